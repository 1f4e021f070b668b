"""What can be wrong with a value before any number is compared (type, parts, shape, NaN), and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

from ...calls import FittedModel, Items, Unusable
from .. import wording


class Problem(Enum):
    """What can be wrong with the outcome of a call, the most basic first."""

    RAISES = "raises"
    TYPE = "type"
    PARTS = "parts"
    SHAPE = "shape"
    NAN = "nan"
    VALUES = "values"
    INVARIANT = "invariant"
    LAW = "law"
    CHANGED = "changed"

    @property
    def is_basic(self) -> bool:
        """Whether it has to be told before any number can be looked at."""
        return self in (Problem.RAISES, Problem.TYPE, Problem.PARTS, Problem.SHAPE)


@dataclass(frozen=True, slots=True, eq=False)
class Mismatch:
    """Why a value was refused.

    Attributes
    ----------
    problem : Problem
    text : str
        One sentence for the student. It names places and shapes, and holds neither an input nor the right answer.
    got, expected : object
        For the panel; `expected` is None where there is no single right value.
    part : str
        What `got` and `expected` are, where they are not the whole result: `"covariance"`, `"mean of the draws"`.
    """

    problem: Problem
    text: str
    got: Any = None
    expected: Any = None
    part: str = ""

    def of(self, part: str) -> "Mismatch":
        """The same, as found in a part of the result."""
        return replace(self, part=f"{part}, {self.part}" if self.part else part)

    @property
    def sentence(self) -> str:
        """The text, with the part that it is about."""
        return f"`{self.part}`: {self.text}" if self.part.isidentifier() else self.text


Comparator = Callable[[Any], Mismatch | None]
"""A frozen dataclass: called with a value, it says what is wrong with it."""


def parts_of(value: Any) -> tuple[Any, ...] | None:
    """The parts of a tuple, a list or a `Fit`; None for anything else."""
    if isinstance(value, Items):
        return value.items
    return tuple(value) if isinstance(value, tuple | list) else None


def type_in_words(value: Any) -> str:
    """What kind of thing a value is.

    >>> type_in_words(np.zeros(2)), type_in_words(Unusable("dict")), type_in_words(Items("tuple", (1, 2)))
    ('an array', 'a dict', 'a tuple of 2')
    """
    if isinstance(value, Unusable):
        return wording.kind_of_thing(value.type_name)
    if isinstance(value, Items):
        return f"{wording.kind_of_thing(value.type_name)} of {len(value.items)}"
    if isinstance(value, FittedModel):
        return wording.kind_of_thing(value.class_name.rpartition(".")[2])
    return "None" if value is None else wording.kind_of_thing(type(value).__name__)


def as_numbers(got: Any) -> np.ndarray | Mismatch:
    """`got` as a float64 array, or why it is none. Lists, integers and scalars are numbers; text is not.

    >>> as_numbers([[1, 2]]), as_numbers(Items("tuple", (0.5, 0.5)))
    (array([[1., 2.]]), array([0.5, 0.5]))
    >>> as_numbers("two").text
    'Got a str; expected numbers.'
    """
    if got is None:
        return Mismatch(Problem.TYPE, wording.NONE)
    if isinstance(got, Unusable) and "complex" in got.type_name:
        return Mismatch(Problem.TYPE, wording.COMPLEX)
    try:
        array = np.asarray(_nested(got))
    except ValueError:  # rows of unequal length
        array = np.asarray("")
    if array.dtype.kind not in "biuf":
        remark = wording.REMARKS.get(got.type_name, "") if isinstance(got, Unusable) else ""
        return Mismatch(Problem.TYPE, wording.NOT_NUMBERS.format(got=type_in_words(got), remark=remark), got)
    return array.astype(np.float64)


def with_arrays(value: Any, n_parts: int) -> Any:
    """A result with an array in the place of each part that is numbers in a tuple or in tuples of tuples.

    >>> with_arrays(Items("tuple", (1, 2)), 1)
    array([1, 2])
    >>> with_arrays(Items("Fit", (Items("tuple", (0.5, 0.5)), True)), 2)
    Items(type_name='Fit', items=(array([0.5, 0.5]), True))
    """
    if not isinstance(value, Items):
        return value
    if n_parts > 1:
        return Items(value.type_name, tuple(with_arrays(item, 1) for item in value.items))
    return value if isinstance(as_numbers(value), Mismatch) else np.asarray(_nested(value))


def as_integers(got: Any) -> np.ndarray | Mismatch:
    """`got` as an array of integers, or why it is none. A single number may be a whole float.

    >>> as_integers(11.0)
    array(11)
    >>> as_integers([True]).text
    'Got values of type bool; expected integers.'
    """
    numbers = as_numbers(got)
    if isinstance(numbers, Mismatch):
        return numbers
    array = np.asarray(_nested(got))
    dtype = array.dtype
    whole_float = numbers.ndim == 0 and dtype.kind == "f" and float(numbers).is_integer()
    if dtype.kind not in "iu" and numbers.size and not whole_float:
        return Mismatch(Problem.TYPE, wording.NOT_INTEGERS.format(got=dtype.name.rstrip("0123456789")), got)
    return array.astype(np.int64)


def _nested(value: Any) -> Any:
    """`Items` as a plain list, which NumPy understands; everything else as it is."""
    return [_nested(item) for item in value.items] if isinstance(value, Items) else value


def place(wrong: np.ndarray) -> str:
    """Where the first True of `wrong` is, in words; nothing where there is only one value.

    >>> place(np.array([[False, False], [False, True]])), place(np.array([True, True])), place(np.array(True))
    (', at [1, 1]', '', '')
    """
    if wrong.size < 2 or wrong.all():
        return ""
    index = ", ".join(str(int(axis[0])) for axis in np.nonzero(wrong))
    return f", {'at' if wrong.sum() == 1 else 'the first at'} [{index}]"


def shape_mismatch(got: np.ndarray, shape: tuple[int, ...], axes: str = "") -> Mismatch | None:
    """Refuse another shape; nothing is broadcast. `axes` names the axes as the contract does, `"n, K"`.

    >>> print(shape_mismatch(np.zeros((3, 5)), (5, 3), "n, K").text)
    Got shape (3, 5); expected (n, K) = (5, 3): the axes are exchanged.
    """
    if got.shape == shape:
        return None
    expected = f"({axes}{',' if len(shape) == 1 else ''}) = {shape}" if axes else f"{shape}"
    remark = ""
    if got.ndim == 2 and got.shape == shape[::-1]:
        remark = wording.SHAPE_EXCHANGED
    elif got.size == int(np.prod(shape)) and got.squeeze().shape == tuple(n for n in shape if n != 1):
        remark = wording.SHAPE_LEFT_OVER if got.ndim > len(shape) else wording.SHAPE_MISSING
    elif got.ndim == 2 and shape == got.shape[:1] and got.shape[0] == got.shape[1] and axes == "n":
        remark = wording.SHAPE_PAIRS
    text = wording.SHAPE.format(got=got.shape, expected="a single number" if shape == () else expected, remark=remark)
    return Mismatch(Problem.SHAPE, text, got, shape)


def nan_mismatch(got: np.ndarray, expected: Any = None) -> Mismatch | None:
    """Refuse NaN, whatever is expected.

    >>> nan_mismatch(np.array([0.5, np.nan])).text
    '1 of 2 values is NaN, at [1].'
    """
    wrong = np.isnan(got)
    if not wrong.any():
        return None
    which = wording.some_of(int(wrong.sum()), got.size, ("is", "are"))
    return Mismatch(Problem.NAN, wording.NAN.format(which=which, place=place(wrong)), got, expected)


def is_single_precision(got: Any) -> bool:
    """Whether all numbers are those of single precision, though they came as something finer.

    One in 2**29 float64 numbers is a float32 number by chance; short ones, like 0.5, are left out as they say nothing.

    >>> is_single_precision(np.float32([0.1, 0.2, 0.3, 0.7]).astype(float)), is_single_precision([0.1, 0.5, 0.25, 0.7])
    (True, False)
    """
    numbers = np.asarray(got, dtype=np.float64)
    numbers = numbers[np.isfinite(numbers)]
    with np.errstate(over="ignore"):
        telling = numbers[numbers * 2.0**10 != np.rint(numbers * 2.0**10)]
        return bool(telling.size and (telling.astype(np.float32) == telling).all())
