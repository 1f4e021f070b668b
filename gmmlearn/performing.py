"""Makes a call of a function on fresh copies of its arguments, and says what came of it."""

import linecache
import time
import traceback
import warnings
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from .calls import Call, Failure, Items, Outcome, Seed
from .encoding import MAX_ITEMS, MAX_TEXT, decode, encode


def perform(function: Callable[..., Any], call: Call, files: Collection[str] = ()) -> Outcome:
    """Make a call on fresh copies of its arguments and say what came of it.

    Parameters
    ----------
    function : callable
    call : Call
    files : collection of str
        Names of the student's files, to find the line of an exception; the function's own file counts always.

    Returns
    -------
    Outcome
        Any exception, `SystemExit` among them, becomes a `Failure`; an interrupt by the user stays one.

    Examples
    --------
    >>> perform(lambda x: x + 1, Call({"x": np.array([1.0])})).value
    array([2.])
    >>> perform(lambda x: x.pop(), Call({"x": np.array([1.0])})).failure.name
    'AttributeError'
    """
    given = {name: fresh(value) for name, value in {**call.arguments, **call.options}.items()}
    positional = [given[name] for name in call.arguments]
    keywords = {name: given[name] for name in call.options}
    arrays = {name: value for name, value in given.items() if isinstance(value, np.ndarray)}
    before = {name: (array.shape, array.dtype, array.tobytes()) for name, array in arrays.items()}
    value, failure, aliased = None, None, ()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        begin = time.perf_counter()
        try:
            raw = function(*positional, **keywords)
            seconds = time.perf_counter() - begin
            value = decode(encode(raw))
            aliased = tuple(name for name, array in arrays.items() if _shares_memory(raw, array))
        except (Exception, SystemExit) as error:
            seconds = time.perf_counter() - begin
            failure = failure_of(error, files, function)
    changed = tuple(name for name, a in arrays.items() if (a.shape, a.dtype, a.tobytes()) != before[name])
    warned = tuple(dict.fromkeys(str(one.message)[:MAX_TEXT] for one in caught))[:MAX_ITEMS]
    return Outcome(value, failure, changed, aliased, seconds, warned)


def fresh(value: Any) -> Any:
    """A copy of an argument that a function may spoil; a `Seed` becomes its generator, `Items` a tuple."""
    if isinstance(value, Seed):
        return np.random.default_rng(value.value)
    if isinstance(value, Items):
        return tuple(map(fresh, value.items))
    return value.copy() if isinstance(value, np.ndarray | list) else value


def _shares_memory(value: Any, array: np.ndarray) -> bool:
    parts = value if isinstance(value, tuple | list) else (value,)
    return any(isinstance(part, np.ndarray) and np.may_share_memory(part, array) for part in parts)


def failure_of(
    error: BaseException, files: Collection[str] = (), function: Any = None, *, loading: bool = False
) -> Failure:
    """The exception as data, with the last of the student's own lines that was being run."""
    classes = tuple(one.__name__[:MAX_TEXT] for one in type(error).__mro__[:6])
    if isinstance(error, SyntaxError) and error.filename:
        source = (error.text or "").strip()[:MAX_TEXT]
        return Failure(classes, str(error.msg)[:MAX_TEXT], error.filename, error.lineno or 0, "", source, loading)
    try:
        text = str(error)[:MAX_TEXT]
    except BaseException as second:  # an exception whose text raises
        text = f"(its text cannot be shown: {type(second).__name__})"
    own = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    theirs = {*files, *([own.co_filename] if own else [])}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in theirs or "ipykernel" in frame.filename:  # a function of another cell of the notebook
            source = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()[:MAX_TEXT]
            return Failure(classes, text, frame.filename, frame.lineno or 0, frame.name, source, loading)
    return Failure(classes, text, loading=loading)
