"""Comparators of values: numbers, integers, shapes. Each says what is wrong in one sentence, or nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Mismatch:
    """Why a value was refused.

    Attributes
    ----------
    kind : str
        `"kind"` (not numbers), `"shape"`, `"nan"`, `"values"`, `"law"` or `"length"`.
    got, due : object
        What came and what was due, for the panel; `due` may be None where there is no single right value.
    text : str
        One sentence for the student. It names places and shapes, and holds neither an input nor the answer.
    part : str
        What `got` and `due` are, where they are not the whole result: `"covariance"`, `"mean of the draws"`.
    """

    kind: str
    got: Any
    due: Any
    text: str
    part: str = ""


def as_numbers(got: Any) -> np.ndarray | Mismatch:
    """`got` as a float64 array, or why it is none. Lists, integers and scalars are numbers; text is not.

    >>> as_numbers([[1, 2]])
    array([[1., 2.]])
    >>> as_numbers("two").text
    'a str came, not numbers'
    """
    if got is None:
        return Mismatch("kind", None, None, "None came: is the `return` missing?")
    try:
        array = np.asarray(got)
    except Exception:  # rows of unequal length, or an object whose own conversion fails in a way of its own
        return Mismatch("kind", got, None, f"a {type(got).__name__} came that cannot be made an array of numbers")
    if array.dtype.kind == "c":
        return Mismatch("kind", got, None, "complex numbers came where real ones are due")
    if array.dtype.kind not in "biuf":
        return Mismatch("kind", got, None, f"a {type(got).__name__} came, not numbers")
    return array.astype(np.float64)


def count(number: int, noun: str) -> str:
    """A number with its noun in the right form.

    >>> count(1, "value"), count(3, "value")
    ('1 value', '3 values')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def place(wrong: np.ndarray, axes: str = "") -> str:
    """Where the first True of `wrong` stands, in words.

    >>> place(np.array([[False, False], [False, True]]), "n, K")
    ' at [1, 1]'
    >>> place(np.array(True))
    ''
    """
    if wrong.ndim == 0:
        return ""
    index = ", ".join(str(int(axis[0])) for axis in np.nonzero(wrong))
    return f" at [{index}]"


def shape_mismatch(got: np.ndarray, shape: tuple[int, ...], axes: str = "") -> Mismatch | None:
    """Refuse another shape; nothing is broadcast. `axes` names the axes as the contract does, `"n, K"`.

    >>> print(shape_mismatch(np.zeros((3, 5)), (5, 3), "n, K").text)
    shape (3, 5) came, (n, K) = (5, 3) was due: the axes are exchanged
    """
    if got.shape == shape:
        return None
    due = f"({axes}{',' if len(shape) == 1 else ''}) = {shape}" if axes else f"{shape}"
    if shape == ():
        due = "a single number"
    text = f"shape {got.shape} came, {due} was due"
    if got.ndim == 2 and got.shape == shape[::-1]:
        text += ": the axes are exchanged"
    elif got.size == int(np.prod(shape)) and got.squeeze().shape == tuple(n for n in shape if n != 1):
        text += ": the numbers fit, but an axis of length 1 is " + ("left over" if got.ndim > len(shape) else "missing")
    elif got.ndim == 2 and shape == got.shape[:1] and got.shape[0] == got.shape[1]:
        text += ": did every sample meet every other one?"
    return Mismatch("shape", got, shape, text)


def nan_mismatch(got: np.ndarray, due: Any = None) -> Mismatch | None:
    """Refuse NaN, whatever is due.

    >>> nan_mismatch(np.array([0.5, np.nan])).text
    '1 of 2 values is NaN, the first at [1]'
    """
    wrong = np.isnan(got)
    if not wrong.any():
        return None
    if got.ndim == 0:
        return Mismatch("nan", got, due, "the value is NaN")
    number = int(wrong.sum())
    verb = "is" if number == 1 else "are"
    text = f"{number} of {count(got.size, 'value')} {verb} NaN, the first{place(wrong)}"
    return Mismatch("nan", got, due, text)


@dataclass(frozen=True, eq=False)
class Close:
    """The same numbers, up to `rtol * |expected| + atol * scale`; equal infinities agree, NaN never does.

    `scale` is the largest finite magnitude of `expected` where it is not given, so that a table of tiny
    numbers is held to as many digits as one of large numbers.

    >>> Close(np.array([1.0, -np.inf]))([1.0 + 1e-12, -np.inf])
    >>> Close(np.array([0.5, 0.5]))([0.5, 0.6]).text
    '1 of 2 values differs, the first at [1]'
    >>> Close(np.array(2.0))([2.0]).text
    'shape (1,) came, a single number was due: the numbers fit, but an axis of length 1 is left over'
    """

    expected: Any
    rtol: float = 1e-8
    atol: float = 1e-10
    axes: str = ""
    scale: float | None = None

    def __call__(self, got: Any) -> Mismatch | None:
        expected = np.asarray(self.expected, dtype=np.float64)
        numbers = as_numbers(got)
        if isinstance(numbers, Mismatch):
            return numbers
        mismatch = shape_mismatch(numbers, expected.shape, self.axes) or nan_mismatch(numbers, expected)
        if mismatch:
            return mismatch
        near = self.near(numbers)
        if near.all():
            return None
        return Mismatch("values", got, self.expected, differing(~near, getattr(got, "dtype", None)))

    def near(self, numbers: np.ndarray) -> np.ndarray:
        """Which values agree, for an array of the right shape."""
        expected = np.asarray(self.expected, dtype=np.float64)
        with np.errstate(invalid="ignore"):  # inf - inf
            close = np.abs(numbers - expected) <= self.tolerance(expected)
        return (numbers == expected) | (close & np.isfinite(expected))

    def tolerance(self, expected: np.ndarray) -> np.ndarray:
        """How far each value may be off."""
        finite = np.abs(np.where(np.isfinite(expected), expected, 0.0))
        scale = self.scale if self.scale is not None else finite.max(initial=0.0) or 1.0
        return self.rtol * finite + self.atol * scale

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.asarray(self.expected, dtype=np.float64) * (1 + 100 * self.rtol) + 100 * self.atol + 1e-3

    def __str__(self) -> str:
        return f"values within {self.rtol:g} of their size"


def differing(wrong: np.ndarray, dtype: np.dtype | None = None) -> str:
    """The sentence for values that differ.

    >>> differing(np.array([True, True]), np.dtype("float32"))
    'both values differ (they came as float32, which keeps only 7 digits)'
    """
    number, size = int(wrong.sum()), wrong.size
    if wrong.ndim == 0 or size == 1:
        text = "the value differs"
    elif number == size:
        text = "both values differ" if size == 2 else f"all {size} values differ"
    else:
        verb = "differs" if number == 1 else "differ"
        text = f"{number} of {size} values {verb}, the first{place(wrong)}"
    if dtype is not None and dtype in (np.float16, np.float32):
        digits = 7 if dtype == np.float32 else 3
        text += f" (they came as {dtype}, which keeps only {digits} digits)"
    return text


@dataclass(frozen=True, eq=False)
class Labels:
    """The same integers, of any integer type; floats are refused even where they are whole.

    >>> Labels([0, 2, 1])(np.array([0, 2, 1], dtype=np.uint8))
    >>> Labels([0, 2, 1])([0.0, 2.0, 1.0]).text
    'values of type float64 came, integers were due'
    >>> Labels([0, 2, 1])([0, 2, 2]).text
    '1 of 3 values differs, the first at [2]'
    """

    expected: Any
    axes: str = ""

    def __call__(self, got: Any) -> Mismatch | None:
        expected = np.asarray(self.expected)
        labels = as_integers(got)
        if isinstance(labels, Mismatch):
            return labels
        mismatch = shape_mismatch(labels, expected.shape, self.axes)
        if mismatch:
            return mismatch
        wrong = labels != expected
        return Mismatch("values", got, self.expected, differing(wrong)) if wrong.any() else None

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.asarray(self.expected, dtype=np.float64)

    def __str__(self) -> str:
        return "exactly these integers"


def as_integers(got: Any) -> np.ndarray | Mismatch:
    """`got` as an array of integers, or why it is none.

    >>> as_integers([True]).text
    'values of type bool came, integers were due'
    """
    numbers = as_numbers(got)
    if isinstance(numbers, Mismatch):
        return numbers
    array = np.asarray(got)
    if array.dtype.kind not in "iu" and array.size:
        return Mismatch("kind", got, None, f"values of type {array.dtype} came, integers were due")
    return array.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Shape:
    """Numbers of exactly this shape.

    >>> Shape((4, 2), "n, d")(np.zeros((2, 4))).text
    'shape (2, 4) came, (n, d) = (4, 2) was due: the axes are exchanged'
    """

    shape: tuple[int, ...]
    axes: str = ""

    def __call__(self, got: Any) -> Mismatch | None:
        numbers = as_numbers(got)
        return numbers if isinstance(numbers, Mismatch) else shape_mismatch(numbers, self.shape, self.axes)

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.zeros((*self.shape, 1))

    def __str__(self) -> str:
        return f"shape {self.shape}"


@dataclass(frozen=True, eq=False)
class Finite:
    """No NaN and no infinity.

    >>> Finite()([1.0, np.inf]).text
    '1 of 2 values is infinite, the first at [1]'
    """

    def __call__(self, got: Any) -> Mismatch | None:
        numbers = as_numbers(got)
        if isinstance(numbers, Mismatch):
            return numbers
        infinite = np.isinf(numbers)
        if np.isnan(numbers).any() or not infinite.any():
            return nan_mismatch(numbers)
        number = int(infinite.sum())
        verb = "is" if number == 1 else "are"
        text = f"{number} of {count(numbers.size, 'value')} {verb} infinite, the first{place(infinite)}"
        return Mismatch("values", got, None, text if numbers.ndim else "the value is infinite")

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.array([0.0, np.inf])

    def __str__(self) -> str:
        return "finite values"
