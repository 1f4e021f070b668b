"""Calls a function as a check does and notes what it did: its value, or its exception, and what it changed."""

import inspect
import linecache
import sysconfig
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .printed import kept

_NOT_THE_STUDENTS = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    | {str(Path(__file__).parent), str(Path(__file__).parents[1] / "desks.py")}
    | {str(Path(__file__).parents[1] / "library.py"), "<frozen", "<__array"}
)


@dataclass(frozen=True, slots=True)
class Seed:
    """Stands in the arguments of a stored call for `np.random.default_rng(value)`, fresh at every call."""

    value: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception of the student's function, as data.

    Attributes
    ----------
    kind, text : str
        Name of the exception's class, and its message.
    file, line, function, source : str, int, str, str
        The student's own line that was being run: where it stands and how it reads. Empty when no line is known.
    """

    kind: str
    text: str
    file: str = ""
    line: int = 0
    function: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One call: what came back, or how it failed.

    Attributes
    ----------
    value : object
        What the function returned; None after a failure.
    failure : Failure or None
        Its exception.
    changed : tuple of str
        Names of the arguments whose bytes are not what they were.
    seconds : float
        Wall time of the function alone.
    warnings : tuple of str
        What NumPy and others warned of while it ran.
    printed : str
        What it printed.
    """

    value: Any = None
    failure: Failure | None = None
    changed: tuple[str, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    printed: str = ""


def observe(function: Callable[..., Any], arguments: Mapping[str, Any], options: Mapping[str, Any]) -> Observation:
    """Call `function(*arguments, **options)` on fresh copies, with the exercise's required arguments in order.

    An exception, `SystemExit` among them, becomes a `Failure`; an interrupt by the user stays one.

    Examples
    --------
    >>> observe(lambda x: x + 1, {"x": np.array([1.0])}, {}).value
    array([2.])
    >>> observe(lambda x: x.pop(), {"x": np.array([1.0])}, {}).failure.kind
    'AttributeError'
    """
    given = {name: fresh(value) for name, value in arguments.items()}
    keywords = {name: fresh(value) for name, value in options.items()}
    value, failure = None, None
    with warnings.catch_warnings(record=True) as caught, kept() as text:
        warnings.simplefilter("always")
        begin = time.perf_counter()
        try:
            value = function(*given.values(), **keywords)
        except (Exception, SystemExit) as error:
            failure = failure_of(error, function)
        seconds = time.perf_counter() - begin
    changed = tuple(
        name for name, array in given.items() if isinstance(array, np.ndarray) and not same(array, arguments[name])
    )
    warned = tuple(dict.fromkeys(str(w.message) for w in caught))
    return Observation(value, failure, changed, seconds, warned, text.getvalue())


def fresh(value: Any) -> Any:
    """A copy of a stored argument that a function may spoil; a `Seed` becomes its generator."""
    if isinstance(value, Seed):
        return np.random.default_rng(value.value)
    return value.copy() if isinstance(value, np.ndarray) else value


def same(array: np.ndarray, before: np.ndarray) -> bool:
    """Whether shape, type and bytes are what they were."""
    return array.shape == before.shape and array.dtype == before.dtype and array.tobytes() == before.tobytes()


def failure_of(error: BaseException, function: Callable[..., Any] | None = None) -> Failure:
    """The exception as data, with the last line of the student's own that was being run.

    An error that carries `kind`, `message`, `line` and `text` of its own, as one that crossed a process does,
    is taken at its word.
    """
    if isinstance(error, SyntaxError) and error.filename:
        return Failure("SyntaxError", error.msg, error.filename, error.lineno or 0, source=(error.text or "").rstrip())
    if hasattr(error, "kind") and hasattr(error, "message"):
        line, text = getattr(error, "line", None), getattr(error, "text", None)
        return Failure(error.kind, error.message, line=line or 0, source=(text or "").strip())
    kind = type(error).__name__
    try:
        text = str(error)
    except Exception:  # a class of the student's may fail at this too
        text = ""
    home = _file_of(function)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == home or not frame.filename.startswith(_NOT_THE_STUDENTS):
            source = frame.line or linecache.getline(frame.filename, frame.lineno or 0).strip()
            return Failure(kind, text, frame.filename, frame.lineno or 0, frame.name, source)
    return Failure(kind, text)


def _file_of(function: Callable[..., Any] | None) -> str:
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return code.co_filename if code else ""
