"""Where submissions are judged: in processes of this machine, or by the workers of a Dask cluster.

Both take a task as plain values and give a future, so that the rest of the grading does not know the difference.
"""

import multiprocessing
import multiprocessing.util
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from ...errors import GmmlearnError, UsageError
from ..judge.judging import judge_submission
from ..judge.sandbox import Limits
from ..judge.submission import Submission
from ..judge.verdict import Verdict
from ..processes import end_with_parent

_TASKS_OF_A_PROCESS = 50
_LOADED_ONCE = ("scipy.stats", "sklearn.mixture")
"""What the hidden tests import: once, where all processes are forked from, else each takes a second or two for it."""
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Task:
    """What is judged, as it travels to the process that does it."""

    submission: Submission
    exercises: tuple[str, ...]
    seed: int
    sandbox: bool
    limits: Limits
    hunts: tuple[str, ...] = ()


def judged(task: Task) -> Verdict:
    """Judge a task; one at a time in a process, as pytest captures what the process prints."""
    with _one_at_a_time:
        return judge_submission(
            task.submission,
            task.exercises,
            seed=task.seed,
            sandbox=task.sandbox,
            limits=task.limits,
            hunts=task.hunts,
        )


class Lost(GmmlearnError):
    """The process that judged was killed, or took longer than it was given."""


class Executor(Protocol):
    """Judges tasks side by side.

    `n_slots` says how many at a time. `submit` gives a future of the verdict, which raises `Lost` when the process
    ended or the seconds are over.
    """

    n_slots: int

    def submit(self, task: Task, seconds: float) -> "Future[Verdict]":
        """Judge a task soon."""


@contextmanager
def local(jobs: int, scratch: Path) -> Iterator[Executor]:
    """Processes of this machine.

    They end when this one ends, however it ends, and so do the boxes in them.

    Parameters
    ----------
    jobs : int
        How many.
    scratch : Path
        Where they keep temporary folders, and a link to another one while this runs, see `lock.alone`.
    """
    for path in semaphores(scratch):
        path.unlink(missing_ok=True)
    # Not in the documentation; without it they have names that the next run does not know.
    multiprocessing.current_process()._config["semprefix"] = _prefix(scratch)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *_LOADED_ONCE])
    pool = ProcessPool(
        jobs, max_tasks=_TASKS_OF_A_PROCESS, initializer=_begin, initargs=[str(scratch)], context=context
    )
    # Python's folder for the socket of these processes, whose name has to be shorter than one in `scratch` may be.
    sockets = scratch / "sockets"
    sockets.symlink_to(multiprocessing.util.get_temp_dir())
    try:
        yield _Local(pool, jobs)
    except BaseException:
        pool.stop()
        raise
    else:
        pool.close()
    finally:
        pool.join()
        sockets.unlink()


def semaphores(scratch: Path) -> Iterator[Path]:
    """The semaphores of the run that works in a folder, or of one that was killed with all its processes."""
    return Path("/dev/shm").glob(f"sem.{_prefix(scratch)[1:]}-*")


def _prefix(scratch: Path) -> str:
    status = scratch.stat()
    return f"/gmmlearn-{status.st_dev}-{status.st_ino}"


@dataclass(frozen=True)
class _Local:
    pool: ProcessPool
    n_slots: int

    def submit(self, task: Task, seconds: float) -> "Future[Verdict]":
        try:
            future = self.pool.schedule(judged, args=[task], timeout=seconds)
        except (BrokenProcessPool, RuntimeError) as error:  # pebble does not begin again
            raise GmmlearnError(
                "The processes that judge were killed, and others cannot be started. Run the command again: what is "
                "graded stays."
            ) from error
        return _with_own_errors(future, seconds)


def _with_own_errors(future: "Future[Verdict]", seconds: float) -> "Future[Verdict]":
    """The same future, with the errors of the library in our words."""
    result: Future[Verdict] = Future()

    def finish(done: "Future[Verdict]") -> None:
        if done.cancelled():
            result.cancel()
            return
        error = done.exception()
        if isinstance(error, ProcessExpired | BrokenProcessPool):
            error = Lost("The process that judged it was killed.")
        elif isinstance(error, TimeoutError):
            error = Lost(f"It took more than {seconds:g} seconds.")
        if error is not None:
            result.set_exception(error)
        else:
            result.set_result(done.result())

    future.add_done_callback(finish)
    return result


def _begin(scratch: str) -> None:
    """Called first in each process."""
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who waits for the results
    end_with_parent()
    if not multiprocessing.parent_process().is_alive():  # it died before the signal was asked for
        os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler, which need the same version of the project and its libraries.

    Parameters
    ----------
    address : str
        Of the scheduler, `tcp://host:8786`.

    Raises
    ------
    UsageError
        When `distributed` is not installed, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--scheduler needs the package `distributed`: pip install 'gmmlearn[dask]'.") from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"No scheduler answers at {address} ({type(error).__name__}): is it running?") from error
    with client:
        n_slots = sum(client.nthreads().values())
        if not n_slots:
            raise UsageError(f"The scheduler at {address} has no workers: start some with `dask worker {address}`.")
        with client.get_executor(pure=False, retries=1) as executor:
            yield _Cluster(executor, n_slots)


@dataclass(frozen=True)
class _Cluster:
    executor: object
    n_slots: int

    def submit(self, task: Task, seconds: float) -> "Future[Verdict]":
        return self.executor.submit(judged, task)
