"""A student's calls made in this process, under an alarm: an exception ends Python code, sleeps and waits."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..calls import Call, Outcome, Status, Stopped
from ..loading import Subject
from ..performing import failure_of
from . import wording
from .printed import kept

WRONG_FUNCTION = "<a wrong function>"
"""Name of the file of one of ours that a student's test calls in a hunt, and that may never end."""

_AGAIN_SECONDS = 0.05
"""After which `TimeIsUp` is raised once more, where the student's code has caught it."""


class TimeIsUp(BaseException):
    """Raised into the student's code; no `except Exception` of theirs catches it."""


class InProcess:
    """The calls are made in this process."""

    def __init__(self, load: Callable[[], Subject], seconds: float, folder: str) -> None:
        self._load, self._left, self._seconds, self._folder = load, seconds, seconds, folder
        self._subject: Subject | None = None

    def __call__(self, call: Call) -> Outcome:
        begin, place = time.monotonic(), [""]
        try:
            with _alarm(max(self._left, 0.01), place, self._folder):
                self._subject = self._subject or loaded(self._load, self._folder)
                return self._subject(call)
        except TimeIsUp:
            raise Stopped(Status.TIMEOUT, text_of_timeout(self._seconds, place[0]), place[0]) from None
        except KeyboardInterrupt:
            raise Stopped(Status.INTERRUPTED, wording.INTERRUPTED) from None
        finally:
            self._left -= time.monotonic() - begin


def _alarm(seconds: float, place: list[str], folder: str) -> contextlib.AbstractContextManager[None]:
    """Within it `TimeIsUp` is raised after so many seconds, and again soon after where it was caught.

    The student's line that was being run then becomes the one entry of `place`.
    """
    if sys.platform == "emscripten":
        return between_lines(seconds, place, folder)
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        return _by_signal(seconds, place, folder)
    return _by_watcher(seconds, place, folder)


@contextlib.contextmanager
def _by_signal(seconds: float, place: list[str], folder: str) -> Iterator[None]:
    """For the main thread of a system with signals, which also end a wait."""

    def ring(number: int, frame: Any) -> None:
        place[0] = place[0] or _place_of(frame, folder)
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _by_watcher(seconds: float, place: list[str], folder: str) -> Iterator[None]:
    """For any other thread, and for Windows: a second thread throws the exception into this one."""
    thread = threading.get_ident()
    done = threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            place[0] = place[0] or _place_of(sys._current_frames().get(thread), folder)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeIsUp))
            wait = _AGAIN_SECONDS

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


@contextlib.contextmanager
def between_lines(seconds: float, place: list[str], folder: str) -> Iterator[None]:
    """The same for a browser, which has neither signals nor threads: every line of the student's looks at the clock.

    What the student's code catches there is not raised again, and compiled code cannot be ended.
    """
    deadline = time.monotonic() + seconds
    before = sys.gettrace()  # one alarm may go on around another

    def at_call(frame: Any, event: str, argument: Any) -> Any:
        outer = before(frame, event, argument) if before else None
        if frame.f_code.co_filename != WRONG_FUNCTION and not is_students_code(frame.f_code.co_filename, folder):
            return outer

        def at_line(frame: Any, event: str, argument: Any) -> Any:
            if time.monotonic() > deadline:
                place[0] = place[0] or _place_of(frame, folder)
                raise TimeIsUp
            if outer:
                outer(frame, event, argument)
            return at_line

        return at_line

    sys.settrace(at_call)
    try:
        yield
    finally:
        sys.settrace(before)


def loaded(load: Callable[[], Subject], folder: str) -> Subject:
    """The subject; where loading raises, one whose calls all fail so."""
    with kept() as text:
        try:
            subject = load()
        except (Exception, SystemExit) as error:
            failed = Outcome(failure=failure_of(error, files_in(folder), loading=True))
            subject = None
    printed = text.getvalue()

    def run(call: Call) -> Outcome:
        nonlocal printed
        if subject is None:
            return replace(failed, printed=printed)
        with kept() as said:
            outcome = subject(call)
        before, printed = printed, ""
        return replace(outcome, printed=before + said.getvalue())

    return run


def files_in(folder: str) -> list[str]:
    """Paths of the files of a folder; none without a folder."""
    return [os.path.join(folder, name) for name in os.listdir(folder)] if folder else []


def text_of_timeout(seconds: float, place: str) -> str:
    """What to say of a function whose time was up, with the line where it is known."""
    return wording.TIMEOUT.format(seconds=seconds, place=wording.TIMEOUT_WHERE.format(place=place) if place else "")


def _place_of(frame: Any, folder: str) -> str:
    """The innermost line of the student's in a stack of frames."""
    while frame is not None:
        code = frame.f_code
        if is_students_code(code.co_filename, folder):
            return wording.PLACE.format(file=short(code.co_filename), line=frame.f_lineno, function=code.co_name)
        frame = frame.f_back
    return ""


def is_students_code(filename: str, folder: str) -> bool:
    """Whether code comes from a file of the student's folder, or from a cell."""
    in_folder = bool(folder) and os.path.dirname(filename) == folder
    return in_folder or _is_cell(filename)


def _is_cell(filename: str) -> bool:
    """Whether code comes from a notebook's cell or from a prompt; `<frozen importlib>` and the like do not."""
    return filename.startswith(("<ipython-input", "<stdin>")) or any(
        kernel in filename for kernel in ("ipykernel", "xpython")
    )


def short(filename: str) -> str:
    """A file as a sentence names it, `gmmlearn/em.py`."""
    if _is_cell(filename):
        return "this notebook"
    return "/".join(filename.replace(os.sep, "/").split("/")[-2:])
