"""Holds what a student's function did against what is due, and names the known mistake behind a difference.

A known mistake is run on the same hidden inputs, through the same proxy; if it does just what the student's
function did, call for call, the message is its sentence. No message holds an input or a right value.
"""

import inspect
import re
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from gmmlearn.checks.compare import Close, Labels, Mismatch, Parts
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.proxy import InProcess, Student, StudentError
from solutions.mistakes import Mistake, mistakes_of
from solutions.mistakes.registry import REGISTRY

from .fingerprint import distance

_PART_NAMES = {"fit_gaussian": ("mean", "covariance")}
_NOT_FOR_US = {"NotImplementedError", "MemoryError", "SystemExit"}


class KnownMistake(AssertionError):
    """The function under test does exactly what a known mistake does; `mistake` is its id."""

    def __init__(self, mistake: Mistake, error: StudentError | None = None) -> None:
        where = f" ({error.kind} at {error.file}, line {error.line})" if error and error.line else ""
        super().__init__(mistake.sentence + where)
        self.mistake = mistake.id


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of one call; see `call`."""

    positional: tuple[Any, ...]
    keyword: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A call that gave no usable value: an exception of the function, or a wrong kind or shape."""

    error: Exception

    def like(self, other: "Refused") -> bool:
        """Whether another call failed in the same way: with the same words, and the same numbers in any order."""
        if type(self.error) is not type(other.error):
            return False
        # Addresses in memory change from call to call.
        one, two = (re.sub(r"0x[0-9A-Fa-f]+", "0x", str(each.error)) for each in (self, other))
        return one == two and _same(_numbers_in(self.error), _numbers_in(other.error))


def _numbers_in(error: Exception) -> np.ndarray:
    value = getattr(error, "value", ())
    parts = [np.ravel(part) for part in (value if isinstance(value, tuple) else (value,))]
    return np.unique(np.concatenate([part for part in parts if part.dtype.kind in "biuf"] or [np.empty(0)]))


def call(*positional: Any, **keyword: Any) -> Call:
    """One call of a function under test."""
    return Call(positional, keyword)


def reference(exercise: str) -> Callable[..., Any]:
    """The function of `solutions`."""
    return getattr(import_module(f"solutions.{EXERCISES[exercise].module}"), exercise)


def agree(
    student: Student,
    exercise: str,
    *calls: Call,
    due: Sequence[Any] | None = None,
    about: Sequence[str] = (),
    rtol: float = 1e-6,
    atol: float = 1e-9,
    naming: bool = True,
) -> None:
    """Assert that the calls return what is due.

    Parameters
    ----------
    student : Student
    exercise : str
    *calls : Call
    due : sequence, optional
        The right values; what the reference returns where it is not given.
    about : sequence of str, optional
        What is special about each call, for the message.
    rtol, atol : float
        See `gmmlearn.checks.compare.Close`.
    naming : bool
        Whether to look for a known mistake; a few small numbers are no evidence of one.
    """
    if due is None:
        due = [reference(exercise)(*one.positional, **one.keyword) for one in calls]
    came = [outcome(getattr(student, exercise), one) for one in calls]
    for got, expected, words in zip(came, due, about or [""] * len(calls)):
        mismatch = None if isinstance(got, Refused) else comparator(exercise, expected, rtol, atol)(got)
        if isinstance(got, Refused) or mismatch:
            if naming:
                raise_if_known(exercise, calls, came)
            if isinstance(got, Refused):
                raise got.error
            fail(exercise, (f"{words}: " if words else "") + mismatch.text + manner(got, expected, mismatch))


def outcome(function: Callable[..., Any], one: Call) -> Any:
    """What a call gave: its value, or `Refused`. What is no mistake in a value is raised at once."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # only the known mistakes run in this process and can warn here
            return function(*one.positional, **one.keyword)
    except StudentError as error:
        if error.loading or _NOT_FOR_US & set(error.kinds):
            raise
        return Refused(error)
    except AssertionError as error:
        return Refused(error)


def twin(mistake: Mistake) -> Student:
    """A known mistake behind the proxy that a student's function is behind."""
    return Student(InProcess({mistake.exercise: mistake.function}))


def comparator(exercise: str, expected: Any, rtol: float, atol: float) -> Callable[[Any], Mismatch | None]:
    """The comparator that fits the kind of the value that is due."""
    if isinstance(expected, tuple):
        names = _PART_NAMES[exercise]
        return Parts(names, tuple(comparator(exercise, part, rtol, atol) for part in expected))
    if np.asarray(expected).dtype.kind in "iu":
        return Labels(expected)
    return Close(expected, rtol, atol)


def raise_if_known(
    exercise: str,
    calls: Sequence[Call],
    came: Sequence[Any],
    kinds: Collection[str] = ("values", "raises"),
    view: Callable[[Any], Any] = lambda value: value,
) -> None:
    """Raise `KnownMistake` if exactly one known mistake gives the same in all calls.

    Where several do, these calls cannot tell which it was, and a guess would mislead. `view` is what is looked
    at in a value.
    """
    fitting = [
        mistake
        for mistake in mistakes_of(exercise)
        if mistake.kind in kinds
        and all(alike(outcome(getattr(twin(mistake), exercise), one), got, view) for one, got in zip(calls, came))
    ]
    if len(fitting) == 1:
        error = next((got.error for got in came if isinstance(got, Refused)), None)
        raise KnownMistake(fitting[0], error if isinstance(error, StudentError) else None)


def alike(one: Any, other: Any, view: Callable[[Any], Any] = lambda value: value) -> bool:
    """Whether two outcomes are the same; here NaN is like NaN."""
    if isinstance(one, Refused) or isinstance(other, Refused):
        return isinstance(one, Refused) and isinstance(other, Refused) and one.like(other)
    return _same(view(one), view(other))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and one == other
    one, other = np.asarray(one), np.asarray(other)
    scale = np.abs(one[np.isfinite(one)]).max(initial=0.0)
    return one.shape == other.shape and np.allclose(other, one, rtol=1e-6, atol=1e-9 * scale, equal_nan=True)


def manner(got: Any, due: Any, mismatch: Mismatch) -> str:
    """In which way all values are off, where that can be said in a few words."""
    if mismatch.kind != "values" or isinstance(due, tuple):
        return ""
    got, due = np.asarray(got, dtype=np.float64), np.asarray(due, dtype=np.float64)
    if not (np.isfinite(got).all() and np.isfinite(due).all()):
        return ""
    if np.allclose(got, -due):
        return "; the sign is the opposite of what was due"
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = got / due
    if due.size > 1 and np.isfinite(ratios).all() and np.ptp(ratios) <= 1e-6 * np.abs(ratios).max():
        return f"; all are {ratios.flat[0]:.3g} times what was due"
    if due.size > 1 and np.ptp(got - due) <= 1e-6 * np.abs(got - due).max():
        return "; all are off by the same amount"
    if (got > due).all():
        return "; too large" if due.size == 1 else "; all are too large"
    return ("; too small" if due.size == 1 else "; all are too small") if (got < due).all() else ""


def signature(exercise: str) -> str:
    """The call as one reads it, `update_means(X, responsibilities)`."""
    return f"{exercise}({', '.join(inspect.signature(reference(exercise)).parameters)})"


def fail(exercise: str, text: str) -> None:
    """Raise the failure of a test, in a sentence that begins with what was called."""
    raise AssertionError(f"{signature(exercise)}: {text}.")


def hold(exercise: str, mismatch: Mismatch | None, about: str = "") -> None:
    """Fail with the words of a comparator if it found something; `about` says which call it was."""
    if mismatch:
        fail(exercise, f"{about}: {mismatch.text}" if about else mismatch.text)


def known(identity: str) -> KnownMistake:
    """The exception for a mistake that a test has recognised by itself."""
    mistakes_of(identity.partition("-")[0])  # reads the chapter in
    return KnownMistake(REGISTRY[identity])


def untouched(student: Student, exercise: str, one: Call) -> None:
    """Assert that a call leaves its arguments as they were."""
    getattr(student, exercise)(*one.positional, **one.keyword)
    if student.last_call.unchanged:
        return
    for mistake in mistakes_of(exercise):
        subject = twin(mistake)
        outcome(getattr(subject, exercise), one)
        if not subject.last_call.unchanged:
            raise KnownMistake(mistake)
    fail(exercise, "the call changed its input; make new arrays and leave the caller's as they are")


def reproducible(student: Student, exercise: str, one: Call, again: Call, *others: Call) -> None:
    """Assert that equal seeds give equal results, and that some of the others differ; `one` and `again` are equal."""
    first, second, *rest = (
        getattr(student, exercise)(*each.positional, **each.keyword) for each in (one, again, *others)
    )
    if not _identical(first, second):
        raise known(f"{exercise}-global-state")
    if rest and all(_identical(first, other) for other in rest):
        raise known(f"{exercise}-own-seed")


def _identical(one: Any, other: Any) -> bool:
    parts = zip(one, other) if isinstance(one, tuple) else [(one, other)]
    return all(np.array_equal(a, b, equal_nan=True) for a, b in parts)


def follow(
    student: Student,
    exercise: str,
    draw: Callable[[Student, int], Any],
    law: Callable[[Any], Mismatch | None],
    statistics: Callable[[Any], np.ndarray],
    seed: int,
) -> None:
    """Assert that draws follow a law; where they do not, look for a known mistake with the same statistics.

    Parameters
    ----------
    student : Student
    exercise : str
    draw : callable
        `draw(subject, seed)` makes the calls and returns what came.
    law : callable
        A comparator.
    statistics : callable
        Numbers that tell one law from another.
    seed : int
        Of the student's draw; those of the mistakes are others.
    """
    came = outcome(draw, call(student, seed))
    mismatch = None if isinstance(came, Refused) else law(came)
    if not isinstance(came, Refused) and mismatch is None:
        return
    distances = {}
    for mistake in mistakes_of(exercise):
        draws = [outcome(draw, call(twin(mistake), seed + repeat)) for repeat in range(6)]
        if isinstance(came, Refused):
            if alike(draws[0], came):
                raise KnownMistake(mistake)
        elif not any(isinstance(one, Refused) for one in draws) and law(draws[0]):
            distances[mistake] = distance([statistics(one) for one in draws], statistics(came))
    fitting = {mistake: off for mistake, off in distances.items() if off is not None}
    if fitting:
        raise KnownMistake(min(fitting, key=fitting.__getitem__))
    if isinstance(came, Refused):
        raise came.error
    hold(exercise, mismatch)
