"""Values as a student sees them: shortened so that the difference shows, aligned, the wrong ones marked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ..comparing.mismatches import Mismatch, as_numbers, parts_of, type_in_words
from ..comparing.values import RTOL, Close
from ..wording import count

N_ROWS, N_COLUMNS, N_VALUES = 4, 6, 8
MARK = "*"
MOST_DECIMALS = 16
_ANY_NUMBER = np.errstate(all="ignore")
"""What a student returns may never have been set, and arithmetic on such numbers warns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A piece of an array as text.

    Attributes
    ----------
    rows : tuple of tuple of str
        The cells, all of one width.
    wrong : tuple of tuple of bool
        Which cells are marked.
    labels : tuple of str
        Index of each row, `"[3]"`; empty where there is one row that needs none.
    rest : str
        What is left out, `"3 more rows"`.
    legend : str
        What the marks and the labels mean.
    """

    rows: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[bool, ...], ...]
    labels: tuple[str, ...]
    rest: str = ""
    legend: str = ""

    @property
    def mark(self) -> str:
        """What is behind a wrong cell."""
        return MARK

    @property
    def below(self) -> list[str]:
        """The lines of words below the cells."""
        return [line for line in (self.rest, self.legend) if line]

    def lines(self) -> list[str]:
        """As lines of a terminal; a star is behind each wrong cell.

        >>> Grid((("1.0", "2.0"),), ((False, True),), ("[0]",)).lines()
        ['[0]  1.0  2.0*']
        """
        width = max((len(label) for label in self.labels), default=0)
        lines = []
        for label, cells, wrong in zip(self.labels, self.rows, self.wrong):
            marked = " ".join(cell + (MARK if bad else " ") for cell, bad in zip(cells, wrong))
            lines.append(f"{label:{width}}  {marked}".rstrip() if width else marked.rstrip())
        return [*lines, *self.below]


@_ANY_NUMBER
def got_and_expected(
    got: Any, expected: Any, *, marked: bool = True, rtol: float = RTOL
) -> tuple[Grid | str, Grid | str]:
    """The same piece of both, around the first value that differs, with as many digits as show it.

    `marked` is False for numbers that may differ without being wrong.

    >>> print(*got_and_expected(np.array([0.25, 0.5]), np.array([0.25, 0.50001]))[1].lines(), sep="\\n")
    0.25000  0.50001*
    * differs
    """
    if isinstance(expected, tuple):  # a shape
        return (shape_in_words(got) if np.ndim(as_array(got)) else SINGLE), f"shape {expected}" if expected else SINGLE
    if expected is None or isinstance(got, str) or isinstance(expected, str):
        return alone(got), "" if expected is None else str(expected)
    numbers, right = as_numbers(got), np.asarray(expected)
    if isinstance(numbers, Mismatch) or not (numbers.size and right.size):
        return alone(got), alone(expected)
    if numbers.ndim == right.ndim == 1 and numbers.size != right.size:
        return _traces(numbers, right, rtol)
    if numbers.shape != right.shape:
        return alone(got), alone(expected)
    return _side_by_side(numbers, right, marked, rtol)


def _side_by_side(numbers: np.ndarray, right: np.ndarray, marked: bool, rtol: float) -> tuple[Grid, Grid]:
    """Two arrays of one shape, about the first value that differs.

    >>> print(*_side_by_side(np.arange(9), np.array([*range(8), 7]), True, 0.1)[1].lines(), sep="\\n")
    [1:9]  1  2  3  4  5  6  7  7*
    1 more value
    * differs; [1:9] is values 1 to 8
    """
    whole = right.dtype.kind in "iub" and bool((numbers == np.rint(numbers)).all())
    right = right.astype(np.float64)
    wrong = ~Close(right, rtol).near(numbers) if marked else np.zeros(numbers.shape, dtype=bool)
    index, rest = _window(wrong)
    # Where no value is marked, as in single precision, the digits still show that the two are not the same.
    different = wrong[index] if wrong.any() else numbers[index] != right[index]
    texts = _texts((numbers[index], right[index]), different, whole)
    labels = _labels(numbers.shape, index)
    marks = wrong[index] & (wrong.size > 1)  # a single number needs no mark
    mark = "differs" if marks.any() else ""
    if (texts[0] == texts[1])[marks].any():
        mark += ", here and there in digits that are not shown"
    legend = _legend(mark, labels, index)
    grids = [Grid(_as_rows(text), _as_rows(marks), labels, rest) for text in texts]
    return grids[0], replace(grids[1], legend=legend)


def _traces(got: np.ndarray, expected: np.ndarray, rtol: float) -> tuple[Grid, Grid]:
    """Two rows of numbers of unequal length, about the entry where they part.

    >>> print(*_traces(np.array([1.0, 2.5]), np.array([1.0, 2.0, 3.0]), 0.1)[0].lines(), sep="\\n")
    1.000  2.500*
    2 values
    """
    common = min(got.size, expected.size)
    wrong = np.zeros(max(got.size, expected.size), dtype=bool)
    wrong[:common] = ~Close(expected[:common], rtol).near(got[:common])
    begin = int(wrong.argmax()) if wrong.any() else common
    begin = 0 if begin < N_VALUES else begin - N_VALUES // 2
    index = slice(begin, min(begin + N_VALUES, wrong.size))
    shared = slice(begin, min(index.stop, common))
    different = wrong[shared]
    decimals = _decimals((got[shared], expected[shared]), different, whole=False)
    texts = [_aligned((array[index],), decimals, whole=False)[0] for array in (got, expected)]
    width = max(len(text) for row in texts for text in row)
    labels = _labels(wrong.shape, (index,))
    legend = _legend("differs" if different.any() else "", labels, (index,))
    grids = [
        Grid((tuple(text.rjust(width) for text in row),), _as_rows(wrong[index][: len(row)]), labels, count(n, "value"))
        for row, n in zip(texts, (got.size, expected.size))
    ]
    return grids[0], replace(grids[1], legend=legend)


SINGLE = "a single number"


def as_array(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, or None."""
    numbers = as_numbers(value)
    return None if isinstance(numbers, Mismatch) else numbers


@_ANY_NUMBER
def alone(value: Any) -> Grid | str:
    """A value without its counterpart: its beginning, or its type where it is not an array of numbers.

    >>> alone("text")
    'text'
    >>> alone(np.zeros((7, 2))).rest
    '3 more rows; shape (7, 2)'
    >>> from gmmlearn.calls import Items
    >>> alone(Items("tuple", (np.zeros(2), 1.5)))
    '(shape (2,), 1.5)'
    """
    if value is None or isinstance(value, str):
        return value or ""
    if (parts := parts_of(value)) is not None and as_array(value) is None:
        return f"({', '.join(shape_in_words(part) for part in parts)})"
    numbers = as_array(value)
    if numbers is None or numbers.size == 0:
        return shape_in_words(value)
    index, rest = _window(np.isnan(numbers))
    piece = numbers[index]
    text = _texts((piece,), np.zeros(piece.shape, dtype=bool), bool((numbers == np.rint(numbers)).all()))[0]
    rest = "; ".join(part for part in (rest, f"shape {numbers.shape}" if numbers.ndim else "") if part)
    labels = _labels(numbers.shape, index)
    return Grid(_as_rows(text), _as_rows(np.isnan(piece)), labels, rest, _legend("", labels, index))


def shape_in_words(value: Any) -> str:
    """What kind of thing it is.

    >>> shape_in_words(np.zeros((7, 2))), shape_in_words(None)
    ('shape (7, 2)', 'None')
    """
    if value is None or isinstance(value, bool | str):
        return repr(value)
    numbers = as_array(value)
    if numbers is None:
        return type_in_words(value)
    return f"shape {numbers.shape}" if numbers.ndim else f"{float(numbers):.4g}"


def _window(wrong: np.ndarray) -> tuple[tuple[slice, ...], str]:
    """Which piece of an array to show: some rows about the first True, and what that leaves out."""
    if wrong.ndim == 0:
        return (), ""
    first = [int(axis[0]) if axis.size else 0 for axis in np.nonzero(wrong)]
    nouns = ["value"] if wrong.ndim == 1 else [*["matrix"] * (wrong.ndim - 2), "row", "column"]
    lengths = [N_VALUES] if wrong.ndim == 1 else [*[1] * (wrong.ndim - 2), N_ROWS, N_COLUMNS]
    index, left_out = [], []
    for start, length, size, noun in zip(first, lengths, wrong.shape, nouns):
        begin = 0 if start < length else min(start - length // 2, size - length)
        index.append(slice(begin, min(begin + length, size)))
        if size > length:
            left_out.append(count(size - length, noun).replace(" ", " more ", 1))
    return tuple(index), ", ".join(left_out)


def _texts(arrays: tuple[np.ndarray, ...], different: np.ndarray, whole: bool) -> list[np.ndarray]:
    """The numbers as texts of one width, with the fewest decimals that tell most of the different ones apart."""
    return _aligned(arrays, _decimals(arrays, different, whole), whole)


def _decimals(arrays: tuple[np.ndarray, ...], different: np.ndarray, whole: bool) -> int:
    finite = np.concatenate([np.abs(array[np.isfinite(array)]).ravel() for array in arrays])
    largest = finite.max(initial=0.0)
    decimals = 0 if whole else int(np.clip(3 - np.floor(np.log10(largest or 1.0)), 0, 4))
    while decimals < MOST_DECIMALS:
        texts = [_each(array, partial(_number, decimals=decimals, whole=whole)) for array in arrays]
        # Half of them is enough: a hundred digits would tell the last one apart, and nobody would see the first.
        if (texts[0] == texts[-1])[different].sum() * 2 <= different.sum():
            break
        decimals += 1
    return decimals


def _aligned(arrays: tuple[np.ndarray, ...], decimals: int, whole: bool) -> list[np.ndarray]:
    texts = [_each(array, partial(_number, decimals=decimals, whole=whole)) for array in arrays]
    width = max(len(text) for array in texts for text in array.flat)
    return [_each(array, lambda text: text.rjust(width)) for array in texts]


def _each(array: np.ndarray, function: Callable[[Any], str]) -> np.ndarray:
    return np.vectorize(function, otypes=[object])(array)


def _number(x: float, decimals: int, whole: bool) -> str:
    if not np.isfinite(x) or x == 0 or (whole and abs(x) < 1e15):
        return f"{x:.0f}" if whole or not np.isfinite(x) else f"{0:.{decimals}f}"
    if abs(x) >= 1e7 or abs(x) < 0.5 * 10.0**-decimals:
        return f"{x:.{max(decimals - 3, 0)}e}"
    return f"{x:.{decimals}f}"


def _as_rows(array: np.ndarray) -> tuple[tuple[Any, ...], ...]:
    table = np.atleast_2d(array).reshape(-1, array.shape[-1] if array.ndim else 1)
    return tuple(tuple(row) for row in table.tolist())


def _labels(shape: tuple[int, ...], index: tuple[slice, ...]) -> tuple[str, ...]:
    """The index of each shown row, as you write it; none for a single number and for a vector from its beginning on."""
    if not shape:
        return ("",)
    *outer, columns = index
    piece = f"{columns.start}:{columns.stop}" if columns.start else ""
    if not outer:
        return (f"[{piece}]" if piece else "",)
    *front, rows = outer
    before = "".join(f"{one.start}, " for one in front)
    return tuple(f"[{before}{row}{', ' + piece if piece else ''}]" for row in range(rows.start, rows.stop))


def _legend(mark: str, labels: tuple[str, ...], index: tuple[slice, ...]) -> str:
    """What the marks and the first label mean.

    >>> _legend("differs", ("[1, 0, 3:9]",), (slice(1, 2), slice(0, 4), slice(3, 9)))
    '* differs; [1, 0, 3:9] is matrix 1, row 0, columns 3 to 8'
    """
    parts = [f"{MARK} {mark}"] if mark else []
    if any(labels):
        *outer, columns = index
        words = [f"matrix {one.start}" for one in outer[:-1]] + [f"row {one.start}" for one in outer[-1:]]
        if columns.start:
            words.append(f"{'columns' if outer else 'values'} {columns.start} to {columns.stop - 1}")
        parts.append(f"{labels[0]} is {', '.join(words)}")
    return "; ".join(parts)
