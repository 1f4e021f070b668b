"""One worker process: its pipes, its clock and how its exercises end. The only file with pipes."""

import contextlib
import os
import select
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psutil

from ...calls import Status, Stopped
from ...errors import GmmlearnError
from . import filter, sandbox
from .box import Box
from .sandbox import Limits, SandboxUnavailable
from .submission import Submission
from .watch import Left, Watch, out_of_time
from .worker import wire

MALFORMED = "The function returned something that is not a value."
"""What the decoder says holds what it could not decode, so the student does not read it."""
_START_SECONDS = 120.0


class WorkerFault(GmmlearnError):
    """The worker did not start or does not answer although no student's code runs."""


class Worker:
    """One worker process with its four pipes and the thread that watches it."""

    def __init__(self, submission: Submission, boxed: bool, limits: Limits) -> None:
        self.limits = limits
        self._fds: list[int] = []
        self._folder = tempfile.TemporaryDirectory(prefix="gmmlearn-")
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: Watch | None = None
        try:
            self._start(boxed)
            self._greet(submission)
        except BaseException:
            self.close()
            raise

    def _start(self, boxed: bool) -> None:
        self._box = Box(Path(self._folder.name))
        commands, reports, requests, replies = (os.pipe() for _ in range(4))
        self._fds = [fd for pipe in (commands, reports, requests, replies) for fd in pipe]
        theirs = (commands[0], reports[1], requests[0], replies[1])
        self._commands, self._reports, self._requests, self._replies = (
            *(commands[1], reports[0]),
            *(requests[1], replies[0]),
        )
        self._left_behind = (requests[0], replies[0])
        os.set_blocking(self._requests, False)
        if boxed:
            filter_fd = self._filter()
            command, user = sandbox.sandboxed(self._box, self.limits, filter_fd)
            command = sandbox.with_keys_of_its_own(command)
        else:
            filter_fd = None
            command, user = sandbox.worker_command(self._box), 0
        passed = theirs if filter_fd is None else (*theirs, filter_fd)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._process = subprocess.Popen(
            [*command, *map(str, theirs), str(int(boxed)), str(user)],
            pass_fds=passed,
            env=sandbox.environment(),
            cwd="/" if boxed else self._folder.name,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,
        )
        for fd in {*passed} - {requests[0]}:
            os.close(fd)
            self._fds.remove(fd)
        self._watch = Watch(self._process.pid, self.limits, self._kill)

    def _filter(self) -> int | None:
        """A pipe that holds the filter on system calls, as bubblewrap reads it; None on a machine without one."""
        program = filter.program()
        if program is None:
            return None
        fd, end = os.pipe()
        self._fds.append(fd)
        with open(end, "wb") as pipe:
            pipe.write(program)
        return fd

    def _greet(self, submission: Submission) -> None:
        try:
            with self._watch.waiting(_START_SECONDS):
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
        return self._process is not None and self._process.poll() is None and self._watch.reason is None

    def may_judge(self, exercise: str) -> bool:
        """Whether nothing is in its box that this exercise must not find."""
        return self._box.may_hold(exercise)

    def begin(self, exercise: str, own: bool, left: Left, tests: bool = False) -> None:
        """Have an exercise's process forked, with nothing in its box or its pipes that another one has put there."""
        self._drain()
        self._box.hold(exercise, own=own)
        self._watch.begin(left)
        self._command(wire.Begin(exercise, own, tests))

    def _drain(self) -> None:
        """Throw away what the last exercise has not read or has written too much."""
        while waiting := select.select(self._left_behind, [], [], 0)[0]:
            os.read(waiting[0], 2**20)

    def write(self, message: wire.Request | wire.Answer | wire.Finish) -> None:
        def some(frame: memoryview) -> int:
            ended, _, _ = select.select([self._reports], [self._requests], [])
            if ended:
                raise self._ended()
            try:
                return os.write(self._requests, frame)
            except BrokenPipeError:
                raise self._ended() from None

        with self._watch.waiting():
            wire.send(some, message)

    def read(self) -> Any:
        def some(count: int) -> bytes:
            ready, _, _ = select.select([self._replies, self._reports], [], [])
            if self._replies in ready:
                chunk = os.read(self._replies, count)
                if chunk:
                    return chunk
            raise self._ended()

        with self._watch.waiting():
            return wire.receive(some, "judge")

    def wait_for_end(self) -> None:
        with self._watch.waiting():
            self._ended()

    def _ended(self) -> Stopped:
        """How the process of the exercise ended, from the worker's report or from why we ended it."""
        cpu_seconds = None
        try:
            ended = wire.receive(lambda count: os.read(self._reports, count), "judge")
            if not isinstance(ended, wire.Ended):
                raise wire.WireError("a report that is none")
            cpu_seconds = ended.cpu_seconds
        except EOFError:
            self._process.wait()
            return self._watch.reason or Stopped(Status.CRASHED, "The code ended the process that it runs in.")
        except wire.WireError:
            return Stopped(Status.MALFORMED, MALFORMED)
        finally:
            self._watch.ended(cpu_seconds)
        if self._watch.reason is not None:  # we ended it, and the worker still had the time to report that
            return self._watch.reason
        killed_late = ended.signal == signal.SIGKILL and ended.cpu_seconds >= 0.8 * self.limits.cpu_seconds
        if ended.signal == signal.SIGXCPU or killed_late:  # SIGKILL for those who ignore the first
            return out_of_time(self.limits)
        if ended.signal:
            name = signal.Signals(ended.signal).name if ended.signal in signal.valid_signals() else ended.signal
            return Stopped(Status.CRASHED, f"The code crashed the Python interpreter (signal {name}).")
        return Stopped(Status.CRASHED, "The code ended the Python interpreter instead of returning.")

    def _kill(self) -> None:
        with contextlib.suppress(psutil.Error, OSError):
            processes = psutil.Process(self._process.pid).children(recursive=True)
            self._process.kill()  # in the box all others end with it (--die-with-parent)
            for process in processes:
                with contextlib.suppress(psutil.Error):
                    process.kill()

    def close(self, *, at_once: bool = True) -> None:
        """End the worker and all that it started, and give everything back."""
        if self._watch is not None:
            self._watch.ended()
        for fd in self._fds:
            os.close(fd)
        self._fds = []
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # without commands an idle worker ends by itself
                self._process.wait(timeout=0 if at_once else 2)
            self._kill()
            self._process.wait()
            self._said.close()
        if self._watch is not None:
            self._watch.close()
        self._folder.cleanup()
