"""One worker process: its pipes, its clock and how its exercises end. The only file with pipes and threads."""

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from ...calls import Status, Stopped
from ...errors import GmmlearnError
from . import sandbox
from .sandbox import Limits, SandboxUnavailable
from .submission import Submission
from .worker import wire

_START_SECONDS = 120.0
_POLL_SECONDS = 0.1


class WorkerFault(GmmlearnError):
    """The worker did not start or does not answer although no student's code runs."""


def malformed(error: Exception) -> Stopped:
    """What to say of bytes that are not a message of ours."""
    return Stopped(Status.MALFORMED, f"The function returned something that is not a value: {error}.")


class Worker:
    """One worker process with its four pipes and the thread that watches it."""

    def __init__(self, submission: Submission, boxed: bool, limits: Limits) -> None:
        self.limits = limits
        self._fds: list[int] = []
        self._folder = tempfile.TemporaryDirectory(prefix="gmmlearn-")
        self._reason: Stopped | None = None
        self._deadline: float | None = None
        self._closing = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._start(boxed)
            self._greet(submission)
        except BaseException:
            self.close()
            raise

    def _start(self, boxed: bool) -> None:
        box = Path(self._folder.name) / "box"
        box.mkdir()
        sandbox.make_box(box)
        commands, reports, requests, replies = (os.pipe() for _ in range(4))
        self._fds = [fd for pipe in (commands, reports, requests, replies) for fd in pipe]
        theirs = (commands[0], reports[1], requests[0], replies[1])
        self._commands, self._reports, self._requests, self._replies = (
            *(commands[1], reports[0]),
            *(requests[1], replies[0]),
        )
        os.set_blocking(self._requests, False)
        command, user = sandbox.sandboxed(box, self.limits) if boxed else (sandbox.worker_command(str(box)), 0)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._process = subprocess.Popen(
            [*command, *map(str, theirs), str(int(boxed)), str(user)],
            pass_fds=theirs,
            env=sandbox.environment(),
            cwd="/" if boxed else self._folder.name,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,
        )
        for fd in theirs:
            os.close(fd)
            self._fds.remove(fd)
        self._watch = threading.Thread(target=self._watching, daemon=True)
        self._watch.start()

    def _greet(self, submission: Submission) -> None:
        self._deadline = time.monotonic() + _START_SECONDS
        try:
            wire.receive(lambda count: os.read(self._reports, count), "judge")
        except (EOFError, wire.WireError) as error:
            self._process.wait(timeout=5)
            self._said.seek(0)
            said = self._said.read(2000).decode("utf-8", "replace").strip()
            if "bwrap:" in said:
                raise SandboxUnavailable(
                    f"The sandbox cannot be built here, so nothing was graded: {said.splitlines()[-1]}. "
                    "Allow user namespaces or run on a machine that has them."
                ) from error
            raise WorkerFault(f"The worker did not start: {said or error}") from error
        self._deadline = None
        limits = self.limits
        self._command(
            wire.Load(
                submission.sources,
                limits.cpu_seconds,
                limits.memory_bytes,
                limits.file_bytes,
                limits.processes,
            )
        )

    def _command(self, message: wire.Load | wire.Begin) -> None:
        try:
            wire.send(lambda frame: os.write(self._commands, frame), message)
        except OSError as error:
            raise WorkerFault(f"The worker takes no commands: {error}") from error

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None and self._reason is None

    def begin(self, exercise: str, own: bool) -> None:
        while select.select([self._replies], [], [], 0)[0]:  # what an earlier process left behind
            os.read(self._replies, 2**20)
        self._deadline = time.monotonic() + self.limits.wall_seconds
        self._command(wire.Begin(exercise, own))

    def write(self, message: wire.Request | wire.Finish) -> None:
        def some(frame: memoryview) -> int:
            ended, _, _ = select.select([self._reports], [self._requests], [])
            if ended:
                raise self._ended()
            try:
                return os.write(self._requests, frame)
            except BrokenPipeError:
                raise self._ended() from None

        wire.send(some, message)

    def read(self) -> Any:
        def some(count: int) -> bytes:
            ready, _, _ = select.select([self._replies, self._reports], [], [])
            if self._replies in ready:
                chunk = os.read(self._replies, count)
                if chunk:
                    return chunk
            raise self._ended()

        return wire.receive(some, "judge")

    def wait_for_end(self) -> None:
        self._ended()

    def _ended(self) -> Stopped:
        """How the process of the exercise ended, from the worker's report or from why we ended it."""
        try:
            ended = wire.receive(lambda count: os.read(self._reports, count), "judge")
        except EOFError:
            self._process.wait()
            return self._reason or Stopped(Status.CRASHED, "The code ended the process that it runs in.")
        except wire.WireError as error:
            return malformed(error)
        finally:
            self._deadline = None
        if self._reason is not None:  # we ended it, and the worker still had the time to report that
            return self._reason
        if not isinstance(ended, wire.Ended):
            return malformed(wire.WireError("a report that is none"))
        killed_late = ended.signal == signal.SIGKILL and ended.cpu_seconds >= 0.8 * self.limits.cpu_seconds
        if ended.signal == signal.SIGXCPU or killed_late:  # SIGKILL for those who ignore the first
            return Stopped(
                Status.TIMEOUT,
                f"The code was stopped after {self.limits.cpu_seconds} seconds of computing. "
                "Is there a loop without end?",
            )
        if ended.signal:
            name = signal.Signals(ended.signal).name if ended.signal in signal.valid_signals() else ended.signal
            return Stopped(Status.CRASHED, f"The code crashed the Python interpreter (signal {name}).")
        return Stopped(
            Status.CRASHED,
            f"The code ended the Python interpreter (exit code {ended.exit_code}) instead of returning.",
        )

    def _watching(self) -> None:
        """In a thread: end the box when the time is up or its memory too much."""
        while not self._closing.wait(_POLL_SECONDS):
            if self._deadline is None:
                continue
            if time.monotonic() > self._deadline:
                self._stop(
                    Status.TIMEOUT,
                    f"The code was stopped after {self.limits.wall_seconds:g} seconds. Does it wait?",
                )
            elif self._resident_bytes() > self.limits.total_memory_bytes:
                self._stop(
                    Status.OUT_OF_MEMORY,
                    f"The code used more than {self.limits.total_memory_bytes / 2**30:.0f} GiB of memory.",
                )

    def _stop(self, status: Status, message: str) -> None:
        self._reason = self._reason or Stopped(status, message)
        self._kill()

    def _resident_bytes(self) -> int:
        total = 0
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += process.memory_info().rss
        return total

    def _kill(self) -> None:
        with contextlib.suppress(psutil.Error, OSError):
            processes = psutil.Process(self._process.pid).children(recursive=True)
            self._process.kill()  # in the box all others end with it (--die-with-parent)
            for process in processes:
                with contextlib.suppress(psutil.Error):
                    process.kill()

    def close(self, *, at_once: bool = True) -> None:
        """End the worker and all that it started, and give everything back."""
        self._closing.set()
        for fd in self._fds:
            os.close(fd)
        self._fds = []
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # without commands an idle worker ends by itself
                self._process.wait(timeout=0 if at_once else 2)
            self._kill()
            self._process.wait()
            self._watch.join()
            self._said.close()
        self._folder.cleanup()
