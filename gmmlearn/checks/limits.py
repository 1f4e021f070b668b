"""Runs a student's function so that a check always ends: in a copy of the process where the system has such, else here.

On Linux the calls are made in a forked copy, which is ended from outside at the time limit, also in the middle of
compiled code; whatever the function does to its process stays in the copy. Elsewhere, and while a debugger is talked
to, the calls are made in this process: there an exception ends Python code, sleeps and waits, but not compiled code.
"""

import builtins
import contextlib
import faulthandler
import functools
import io
import os
import re
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from threadpoolctl import ThreadpoolController

from ..calls import Call, Outcome, Status, Stopped
from ..encoding import decode_outcome, encode_outcome
from ..loading import Subject
from ..performing import failure_of
from . import wording
from .in_process import InProcess, files_in, is_students_code, loaded, short, text_of_timeout

SECONDS = 30.0 if sys.platform == "emscripten" else 10.0
"""How long a check may take where nothing else is asked for; a browser counts several times slower."""

_GRACE, _PAUSE = 2.0, 0.1
"""Seconds for a copy to say where it is before it is ended, which takes long on a busy machine; and between two parts
of what it says."""

_ALONE = 5.0
"""Seconds after the limit at which a copy ends itself, if nobody has."""


@contextlib.contextmanager
def limited(
    load: Callable[[], Subject], cases: Sequence[Sequence[Call]], seconds: float, folder: str = ""
) -> Iterator[Subject]:
    """A subject whose calls end after so many seconds, all together.

    Parameters
    ----------
    load : callable
        Gives the subject; may run the student's file, and may raise what that raises.
    cases : sequence of sequences of Call
        All calls, in the order in which they will be asked for. Those of one case end with the first that fails.
    seconds : float
        Loading counts too.
    folder : str
        Of the student's files, to find the line that was being run.

    Yields
    ------
    Subject
        Its calls raise `Stopped`. Where the file cannot be loaded, every call has that failure as its outcome.
    """
    if not hasattr(os, "fork") or sys.platform != "linux":
        yield InProcess(load, seconds, folder)
        return
    copy = Forked(load, cases, seconds, folder)
    try:
        yield copy
    finally:
        copy.end()


class _AsksForInput(BaseException):
    """The student's code wants to read from the keyboard, as a debugger does: that needs the process of the user."""


@functools.lru_cache(maxsize=1)
def _thread_pools(n_modules: int) -> ThreadpoolController:
    """The libraries with threads of their own; to look for them takes as long as most checks."""
    return ThreadpoolController()


@contextlib.contextmanager
def _interrupt_kept() -> Iterator[list[int]]:
    """Keeps an interrupt by hand for afterwards: within `os.fork` Python may swallow it, and the copy would go on."""
    interrupts: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # there nothing is interrupted
        yield interrupts
        return
    before = signal.signal(signal.SIGINT, lambda number, frame: interrupts.append(number))
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


class Forked:
    """The calls are made in a forked copy of this process, which runs ahead: to wait for every request takes longer."""

    def __init__(
        self, load: Callable[[], Subject], cases: Sequence[Sequence[Call]], seconds: float, folder: str
    ) -> None:
        self._load, self._seconds, self._folder = load, seconds, folder
        self._calls = iter([call for case in cases for call in case])
        self._deadline = time.monotonic() + seconds
        self._here: InProcess | None = None
        from_copy, traces, threads = os.pipe(), os.pipe(), _thread_pools(len(sys.modules))
        with _interrupt_kept() as interrupts:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python warns of forks beside threads; the copy uses none of them
                self._process = os.fork()
            if self._process == 0:
                try:
                    # A kernel that is shut down meanwhile leaves nobody to end the copy.
                    signal.signal(signal.SIGALRM, signal.SIG_DFL)
                    signal.setitimer(signal.ITIMER_REAL, seconds + _ALONE)
                    _serve(load, folder, cases, from_copy[1], traces[1], threads)
                finally:
                    os._exit(1)
            for fd in (from_copy[1], traces[1]):
                os.close(fd)
            self._replies, self._traces = from_copy[0], traces[0]
        if interrupts:
            self.end()
            raise KeyboardInterrupt

    def __call__(self, call: Call) -> Outcome:
        import msgspec

        if self._here is not None:
            return self._here(call)
        while next(self._calls) is not call:  # the rest of a case that failed
            pass
        try:
            reply = msgspec.msgpack.decode(self._read(int.from_bytes(self._read(4), "big")))
        except EOFError:
            raise Stopped(Status.CRASHED, wording.STOPPED_ITSELF.format(how=self._end_in_words())) from None
        except KeyboardInterrupt:
            raise Stopped(Status.INTERRUPTED, wording.INTERRUPTED, self._where()) from None
        if reply is None:  # the code asks the user something, who may take as long as they like
            self.end()
            self._here = InProcess(self._load, 1e6, self._folder)
            return self._here(call)
        return decode_outcome(reply)

    def _read(self, count: int) -> bytes:
        chunks = bytearray()
        while len(chunks) < count:
            left = self._deadline - time.monotonic()
            if left <= 0 or not select.select([self._replies], [], [], left)[0]:
                place = self._where()
                raise Stopped(Status.TIMEOUT, text_of_timeout(self._seconds, place), place)
            chunk = os.read(self._replies, count - len(chunks))
            if not chunk:
                raise EOFError
            chunks += chunk
        return bytes(chunks)

    def _where(self) -> str:
        """The student's line that the copy is running, which it tells even from within compiled code."""
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGUSR1)
        text = b""
        while len(text) < 2**20 and select.select([self._traces], [], [], _PAUSE if text else _GRACE)[0]:
            chunk = os.read(self._traces, 2**16)
            text += chunk
            if not chunk:
                break
        for file, line, function in re.findall(r'File "(.+?)", line (\d+) in (\S+)', text.decode("utf-8", "replace")):
            if is_students_code(file, self._folder):
                return wording.PLACE.format(file=short(file), line=line, function=function)
        return ""

    def _end_in_words(self) -> str:
        process, self._process = self._process, 0
        _, status = os.waitpid(process, 0)
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            return f"signal {signal.Signals(number).name if number in signal.valid_signals() else number}"
        return f"exit code {os.WEXITSTATUS(status)}"

    def end(self) -> None:
        """End the copy and give everything back."""
        if self._process:
            with contextlib.suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
        for fd in (self._replies, self._traces):
            if fd >= 0:
                os.close(fd)
        self._replies = self._traces = -1


def _serve(
    load: Callable[[], Subject],
    folder: str,
    cases: Sequence[Sequence[Call]],
    replies: int,
    traces: int,
    threads: ThreadpoolController,
) -> None:
    """The copy: makes all calls, of each case up to the first that fails, and tells what came of them."""
    import msgspec

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process of the user, which ends this one
    faulthandler.register(signal.SIGUSR1, file=traces, all_threads=False, chain=False)
    # The threads of OpenMP were not copied, and a library would wait for them; one that is loaded later reads the
    # variable, as on a busy machine several threads wait for each other most of the time.
    threads.limit(limits=1)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    builtins.input = sys.breakpointhook = _ask  # type: ignore[assignment]
    sys.stdout = io.StringIO()  # what is printed travels with the outcomes
    subject = None
    for case in cases:
        for call in case:
            try:
                subject = subject or loaded(load, folder)
                outcome = subject(call)
            except _AsksForInput:
                _send(msgspec.msgpack.encode(None), replies)
                return
            except BaseException as error:  # a KeyboardInterrupt that the function raises itself, say
                outcome = Outcome(failure=failure_of(error, files_in(folder)))
            _send(msgspec.msgpack.encode(encode_outcome(outcome)), replies)
            if outcome.failure:
                break


def _send(reply: bytes, replies: int) -> None:
    frame = memoryview(len(reply).to_bytes(4, "big") + reply)
    while frame:
        frame = frame[os.write(replies, frame) :]


def _ask(*prompt: Any, **options: Any) -> Any:
    raise _AsksForInput
