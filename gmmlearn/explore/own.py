"""The student's own functions: which can be used, and how to call them without freezing the picture."""

import ctypes
import importlib
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np

from gmmlearn import library, loading
from gmmlearn.calls import Status
from gmmlearn.checks import check
from gmmlearn.checks.dependencies import libraries_of
from gmmlearn.checks.in_process import TimeIsUp, between_lines
from gmmlearn.checks.wording import listed
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import GmmlearnError
from gmmlearn.explore.returned import fault
from gmmlearn.manifest import PACKAGE

CHECK_SECONDS = 5.0
CALL_SECONDS = 1.0
PICTURE_SECONDS = 1.0

NOT_WRITTEN = "is not written yet"
NOT_PASSED = "does not pass its public check"
INTERRUPTED = "was interrupted"
PLURAL = {NOT_WRITTEN: "are not written yet", NOT_PASSED: "do not pass their public checks"}


class TooSlow(GmmlearnError):
    """A call took longer than a picture can wait."""


class Ended(GmmlearnError):
    """A call tried to end the program, by `sys.exit` or an interrupt of its own."""


class OwnCodeFailed(GmmlearnError):
    """A function of the student's raised, took too long or returned what cannot be drawn, in a picture."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name
        self.reason = reason


class _Stop(BaseException):
    """Thrown into a thread that is to end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose function is used for one name of the contract.

    Attributes
    ----------
    name : str
    function : callable
        The student's, or that of `gmmlearn.library`.
    own : bool
        Whether it is the student's.
    reason : str
        Why it is not, in words; empty where it is.
    """

    name: str
    function: Callable[..., Any]
    own: bool
    reason: str = ""


def within(seconds: float, call: Callable[[], Any]) -> Any:
    """The result of a call, if it comes in time.

    The call runs in a thread, so that the caller is free again when time is up; an endless loop is ended by an
    exception thrown into it, at its next line of Python.

    Raises
    ------
    TooSlow
        When it takes longer.
    Ended
        When it calls `sys.exit` or the like.

    Examples
    --------
    >>> within(1, lambda: 6 * 7)
    42
    """
    if sys.platform == "emscripten":  # a browser has no threads
        try:
            with between_lines(seconds, [""], str(PACKAGE)):
                return call()
        except TimeIsUp:
            raise TooSlow(f"took longer than {seconds:g} s") from None
    came: dict[str, Any] = {}
    ended = Event()

    def work() -> None:
        try:
            came["value"] = call()
        except BaseException as error:  # carried to the caller, where it is raised
            came["error"] = error
        finally:
            ended.set()

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        in_time = ended.wait(seconds)  # an interrupted `join` takes a running thread for one that has ended
    finally:
        if not ended.is_set():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_Stop))
    if not in_time:
        raise TooSlow(f"took longer than {seconds:g} s")
    error = came.get("error")
    if isinstance(error, Exception):
        raise error
    if error is not None:
        raise Ended(f"tried to end the program ({type(error).__name__})") from error
    return came["value"]


def choose(names: Iterable[str], folder: Path) -> list[Choice]:
    """For each name the student's function if it is written and passes its public check, else the library's."""
    names = list(names)
    _import_libraries(names, folder)
    return [_choice(name, folder) for name in names]


def _import_libraries(names: Iterable[str], folder: Path) -> None:
    """Import what these functions import, before anything runs within a limit.

    On a slow machine an import takes longer than a call may; broken off, it would leave half a module, which fails
    for as long as the kernel lives.
    """
    of_the_library = ("scipy.linalg", "scipy.special", "scipy.stats")
    for module in sorted({*of_the_library, *(one for name in names for one in libraries_of(name, folder))}):
        with suppress(ImportError):  # a module that is not there is told when the student's file is loaded
            importlib.import_module(module)


def _choice(name: str, folder: Path) -> Choice:
    reason = ""
    try:
        function = within(CHECK_SECONDS, lambda: loading.load(name, folder))
        reason = within(CHECK_SECONDS, lambda: public_check(name, function))
    except NotImplementedError:
        reason = NOT_WRITTEN
    except KeyboardInterrupt:
        reason = INTERRUPTED
    except (TooSlow, Ended) as error:
        reason = str(error)
    except Exception as error:  # whatever the student's module does, the library takes over and says why
        reason = f"cannot be used: {type(error).__name__}: {error}"
    if reason:
        return Choice(name, getattr(library, name), own=False, reason=reason)
    return Choice(name, function, own=True)


def public_check(name: str, function: Callable[..., Any]) -> str:
    """Why a function may not be used, in words that follow its name, or nothing where it passes its public check.

    Examples
    --------
    >>> public_check("update_weights", lambda responsibilities: responsibilities.mean(axis=0))
    ''
    >>> public_check("update_weights", lambda responsibilities: responsibilities.sum(axis=0))
    'does not pass its public check'
    """
    report = check(name, function=function)
    if report.passed:
        return ""
    return NOT_WRITTEN if report.status is Status.NOT_STARTED else NOT_PASSED


class Picture:
    """The functions as a model calls them for one picture, and the time that it may still take.

    A student's function that raises, takes too long or returns what cannot be drawn does so as `OwnCodeFailed`; so
    does the slowest of them when all calls together take longer than `PICTURE_SECONDS`.
    """

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._spent: dict[str, float] = {}
        for choice in choices:
            setattr(self, choice.name, self._guarded(choice) if choice.own else choice.function)

    def _guarded(self, choice: Choice) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            given = tuple(value.copy() if isinstance(value, np.ndarray) else value for value in args)
            left = PICTURE_SECONDS - sum(self._spent.values())
            try:
                value = within(min(CALL_SECONDS, max(left, 0.01)), lambda: choice.function(*given, **kwargs))
            except TooSlow as error:
                if left >= CALL_SECONDS:
                    raise OwnCodeFailed(choice.name, str(error)) from error
                spent = self._spent | {choice.name: self._spent.get(choice.name, 0.0) + left}
                slowest = max(spent, key=lambda name: spent[name])
                reason = f"took longer than {PICTURE_SECONDS:g} s for one picture"
                raise OwnCodeFailed(slowest, reason) from error
            except Ended as error:
                raise OwnCodeFailed(choice.name, str(error)) from error
            except KeyboardInterrupt as error:
                raise OwnCodeFailed(choice.name, INTERRUPTED) from error
            except Exception as error:  # a student's function may raise anything
                raise OwnCodeFailed(choice.name, f"raised {type(error).__name__}: {error}") from error
            wrong = fault(choice.name, args, value)
            if wrong:
                raise OwnCodeFailed(choice.name, wrong)
            self._spent[choice.name] = self._spent.get(choice.name, 0.0) + time.perf_counter() - began
            return np.asarray(value) if np.ndim(value) else value

        return call


def stamp(names: Iterable[str], folder: Path) -> tuple:
    """Changes when one of the files of these functions does."""
    files = sorted({folder / f"{EXERCISES[name].module}.py" for name in names})
    return tuple((path.name, path.stat().st_mtime_ns if path.exists() else 0) for path in files)


def sentence(choices: Iterable[Choice]) -> str:
    """Which functions are the student's and which the library's, as the line under the picture says it.

    Examples
    --------
    >>> sentence([Choice("assign", len, own=False, reason="is not written yet")])
    'From the library: assign, because yours is not written yet.'
    """
    choices = list(choices)
    own = [choice.name for choice in choices if choice.own]
    by_reason: dict[str, list[str]] = {}
    for choice in choices:
        if not choice.own:
            by_reason.setdefault(choice.reason, []).append(choice.name)
    other = [f"{listed(names)}, because yours {_of(names, reason)}" for reason, names in by_reason.items()]
    parts = []
    if own:
        parts.append(f"Your own code: {', '.join(own)}.")
    if other:
        parts.append(f"From the library: {'; '.join(other)}.")
    return " ".join(parts)


def _of(names: list[str], reason: str) -> str:
    return PLURAL.get(reason, reason) if len(names) > 1 else reason


def dismissed(choice: Choice, error: OwnCodeFailed) -> Choice:
    """The choice after a failure: the library's function in the place of the one that failed."""
    if choice.name != error.name:
        return choice
    return Choice(choice.name, getattr(library, choice.name), own=False, reason=error.reason)
