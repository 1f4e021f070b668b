"""Comparators of values: numbers, integers, shapes. Each says what is wrong in one sentence, or nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...calls import Items
from .. import wording
from .mismatches import (
    Comparator,
    Mismatch,
    Problem,
    as_integers,
    as_numbers,
    is_single_precision,
    nan_mismatch,
    parts_of,
    place,
    shape_mismatch,
    type_in_words,
)

RTOL, ATOL = 1e-9, 1e-11
"""How far a value may be off: relative to itself, and to the largest of its array. A right answer is off by some
1e-14 on inputs as well conditioned as ours; one computed in single precision by some 1e-8."""


@dataclass(frozen=True, eq=False)
class Close:
    """The same numbers, up to `rtol * |expected| + atol * scale`; equal infinities agree, NaN never does.

    `scale` is the largest finite magnitude of `expected`, so that a table of tiny numbers is held to as many digits
    as one of large numbers.

    >>> Close(np.array([1.0, -np.inf]))([1.0 + 1e-12, -np.inf])
    >>> Close(np.array([0.5, 0.5]))([0.5, 0.6]).text
    '1 of 2 values differs, at [1].'
    >>> Close(np.array(2.0))([2.0]).text
    'Got shape (1,); expected a single number: the number of values is right, but an axis of length 1 is left over.'
    """

    expected: Any
    rtol: float = RTOL
    atol: float = ATOL
    axes: str = ""

    def __call__(self, got: Any) -> Mismatch | None:
        expected = np.asarray(self.expected, dtype=np.float64)
        numbers = as_numbers(got)
        if isinstance(numbers, Mismatch):
            return numbers
        mismatch = shape_mismatch(numbers, expected.shape, self.axes) or nan_mismatch(numbers, expected)
        if mismatch:
            return mismatch
        near = self.near(numbers)
        precision = self._precision(got, numbers, expected)
        if near.all() and not precision:
            return None
        which = wording.some_of(int((~near).sum()), near.size)
        text = precision or wording.DIFFERS.format(which=which, place=place(~near))
        return Mismatch(Problem.VALUES, text, numbers, expected)

    def _precision(self, got: Any, numbers: np.ndarray, expected: np.ndarray) -> str:
        """The sentence for values that are right but for the digits that a smaller type of float loses."""
        if not is_single_precision(numbers) or is_single_precision(expected):
            return ""
        half = np.asarray(got).dtype == np.float16
        loose = Close(expected, rtol=1e-2, atol=1e-2) if half else Close(expected, rtol=3e-5, atol=3e-5)
        if not loose.near(numbers).all():
            return ""
        return wording.HALF_PRECISION if half else wording.SINGLE_PRECISION

    def near(self, numbers: np.ndarray) -> np.ndarray:
        """Which values agree, for an array of the right shape."""
        expected = np.asarray(self.expected, dtype=np.float64)
        finite = np.abs(np.where(np.isfinite(expected), expected, 0.0))
        tolerance = self.rtol * finite + self.atol * (finite.max(initial=0.0) or 1.0)
        with np.errstate(invalid="ignore"):  # inf - inf
            close = np.abs(numbers - expected) <= tolerance
        return (numbers == expected) | (close & np.isfinite(expected))


@dataclass(frozen=True, eq=False)
class Labels:
    """The same integers, of any integer type; floats are refused even where they are whole, but for a single number.

    >>> Labels([0, 2, 1])(np.array([0, 2, 1], dtype=np.uint8))
    >>> Labels([0, 2, 1])([0.0, 2.0, 1.0]).text
    'Got values of type float; expected integers.'
    >>> Labels([0, 2, 1])([0, 2, 2]).text
    '1 of 3 values differs, at [2].'
    """

    expected: Any
    axes: str = ""

    def __call__(self, got: Any) -> Mismatch | None:
        expected = np.asarray(self.expected)
        numbers = as_numbers(got)
        labels = as_integers(got)
        if not isinstance(numbers, Mismatch) and (mismatch := shape_mismatch(numbers, expected.shape, self.axes)):
            return mismatch if isinstance(labels, np.ndarray) or numbers.size != expected.size else labels
        if isinstance(labels, Mismatch):
            return labels
        wrong = labels != expected
        if not wrong.any():
            return None
        text = wording.DIFFERS.format(which=wording.some_of(int(wrong.sum()), wrong.size), place=place(wrong))
        return Mismatch(Problem.VALUES, text, labels, self.expected)


@dataclass(frozen=True, eq=False)
class Truth:
    """True or False, of any type that says so.

    >>> Truth(True)(np.True_)
    >>> Truth(True)(1.0).text
    'Got a float; expected True or False.'
    """

    expected: bool

    def __call__(self, got: Any) -> Mismatch | None:
        if not isinstance(got, bool | np.bool_) and not (isinstance(got, np.ndarray) and got.dtype == bool):
            return Mismatch(Problem.TYPE, wording.NOT_BOOLEAN.format(got=type_in_words(got)), got)
        if bool(np.all(got)) == self.expected:
            return None
        return Mismatch(Problem.VALUES, wording.CONVERGED.format(expected=self.expected), str(got), str(self.expected))


@dataclass(frozen=True, eq=False)
class Shape:
    """Numbers of exactly this shape.

    >>> Shape((4, 2), "n, d")(np.zeros((2, 4))).text
    'Got shape (2, 4); expected (n, d) = (4, 2): the axes are exchanged.'
    """

    shape: tuple[int, ...]
    axes: str = ""

    def __call__(self, got: Any) -> Mismatch | None:
        numbers = as_numbers(got)
        return numbers if isinstance(numbers, Mismatch) else shape_mismatch(numbers, self.shape, self.axes)


@dataclass(frozen=True, eq=False)
class Finite:
    """No NaN and no infinity.

    >>> Finite()([1.0, np.inf]).text
    '1 of 2 values is infinite, at [1].'
    """

    def __call__(self, got: Any) -> Mismatch | None:
        numbers = as_numbers(got)
        if isinstance(numbers, Mismatch):
            return numbers
        infinite = np.isinf(numbers)
        if np.isnan(numbers).any() or not infinite.any():
            return nan_mismatch(numbers)
        which = wording.some_of(int(infinite.sum()), numbers.size, ("is", "are"))
        return Mismatch(Problem.VALUES, wording.INFINITE.format(which=which, place=place(infinite)), numbers)


@dataclass(frozen=True, eq=False)
class Parts:
    """Several results, each compared by itself; a tuple, a list or a `Fit` may hold them.

    >>> pair = Parts(("mean", "covariance"), (Shape((2,)), Shape((2, 2))))
    >>> pair([np.zeros(2), np.zeros(2)]).sentence
    '`covariance`: Got shape (2,); expected (2, 2).'
    >>> pair(np.zeros(2)).text
    'Got an array; expected the tuple (mean, covariance).'
    >>> pair((np.zeros((2, 2)), np.zeros(2))).text
    'Got a tuple of 2 with the parts in another order; expected the tuple (mean, covariance).'
    """

    names: tuple[str, ...]
    comparators: tuple[Comparator, ...]

    def __call__(self, got: Any) -> Mismatch | None:
        expected = f"the tuple ({', '.join(self.names)})"
        if got is None:
            return as_numbers(None)
        parts = parts_of(got)
        if parts is None or len(parts) != len(self.names):
            text = wording.NOT_PARTS.format(got=type_in_words(as_items(got)), expected=expected)
            return Mismatch(Problem.PARTS, text, got)
        for name, comparator, part in zip(self.names, self.comparators, parts):
            if mismatch := comparator(part):
                if mismatch.problem.is_basic and self._exchanged(parts):
                    text = wording.PARTS_EXCHANGED.format(got=type_in_words(as_items(got)), expected=expected)
                    return Mismatch(Problem.PARTS, text, got)
                return mismatch.of(name)
        return None

    def _exchanged(self, parts: tuple[Any, ...]) -> bool:
        found = [comparator(part) for comparator, part in zip(self.comparators, parts[::-1])]
        return len(parts) == 2 and not any(one and one.problem.is_basic for one in found)


def as_items(value: Any) -> Any:
    """A plain tuple or list as the `Items` that stand for it."""
    return Items(type(value).__name__, tuple(value)) if isinstance(value, tuple | list) else value
