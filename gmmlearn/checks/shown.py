"""Values as a student sees them: shortened so that the difference shows, aligned, the wrong ones marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .observe import Seed
from .values import Mismatch, as_numbers

N_ROWS, N_COLUMNS = 4, 6
MARK = "*"


@dataclass(frozen=True, slots=True)
class Grid:
    """A piece of an array as text.

    Attributes
    ----------
    rows : tuple of tuple of str
        The cells, all of one width.
    wrong : tuple of tuple of bool
        Which cells are not what is due.
    labels : tuple of str
        Index of each row, `"[3]"`; empty for a single number.
    rest : str
        What is left out, `"3 more rows"`.
    """

    rows: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[bool, ...], ...]
    labels: tuple[str, ...]
    rest: str = ""

    def lines(self) -> list[str]:
        """As lines of a terminal; a star stands behind each wrong cell.

        >>> Grid((("1.0", "2.0"),), ((False, True),), ("[0]",)).lines()
        ['[0]  1.0  2.0*']
        """
        width = max((len(label) for label in self.labels), default=0)
        lines = []
        for label, cells, wrong in zip(self.labels, self.rows, self.wrong):
            marked = [cell + (MARK if bad else " ") for cell, bad in zip(cells, wrong)]
            lines.append(f"{label:{width}}  {' '.join(marked)}".rstrip() if width else " ".join(marked).strip())
        return [*lines, self.rest] if self.rest else lines


def came_and_due(came: Any, due: Any) -> tuple[Grid | str, Grid | str]:
    """The same piece of both, around the first value that differs, with as many digits as show it.

    >>> print(*came_and_due(np.array([0.25, 0.5]), np.array([0.25, 0.50001]))[1].lines(), sep="\\n")
    [0]  0.25000   0.50001*
    """
    if due is None or isinstance(came, str) or isinstance(due, str):
        return alone(came), "" if due is None else str(due)
    got, right = as_numbers(came), np.asarray(due)
    if isinstance(due, tuple):
        return alone(came), f"shape {due}"
    if isinstance(got, Mismatch) or got.shape != right.shape:
        return alone(came), f"shape {right.shape}" if right.ndim else "a single number"
    whole = right.dtype.kind in "iub"
    right = right.astype(np.float64)
    with np.errstate(invalid="ignore"):
        near = (got == right) | (np.abs(got - right) <= 1e-8 * np.abs(right) + 1e-10 * np.abs(right).max(initial=0))
    wrong = ~near
    index, rest = _window(wrong)
    texts = _texts((got[index], right[index]), wrong[index], whole and bool((got == np.rint(got)).all()))
    labels = _labels(got.shape, index)
    marks = _as_rows(wrong[index])
    grids = [Grid(_as_rows(text), marks, labels, rest) for text in texts]
    return grids[0], grids[1]


def alone(value: Any) -> Grid | str:
    """A value without its counterpart: its beginning, or its type where it is no array of numbers.

    >>> alone("text")
    'text'
    >>> alone(np.zeros((7, 2))).rest
    '3 more rows; shape (7, 2)'
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, tuple | bool):
        kinds = ", ".join(_shape_in_words(part) for part in value) if isinstance(value, tuple) else str(value)
        return f"({kinds})" if isinstance(value, tuple) else kinds
    numbers = as_numbers(value)
    if isinstance(numbers, Mismatch):
        return f"a {type(value).__name__}"
    if numbers.size == 0:
        return f"an array of shape {numbers.shape}"
    index, rest = _window(np.isnan(numbers))
    text = _texts((numbers[index],), np.zeros(numbers[index].shape, dtype=bool), False)[0]
    shape = f"shape {numbers.shape}"
    return Grid(
        _as_rows(text),
        _as_rows(np.isnan(numbers[index])),
        _labels(numbers.shape, index),
        f"{rest}; {shape}" if rest else (shape if numbers.ndim else ""),
    )


def _window(wrong: np.ndarray) -> tuple[tuple[Any, ...], str]:
    """Which piece of an array to show: some rows about the first True, and what that leaves out."""
    if wrong.ndim == 0:
        return (), ""
    first = tuple(int(axis[0]) for axis in np.nonzero(wrong)) if wrong.any() else (0,) * wrong.ndim
    lengths = [1] * (wrong.ndim - 2) + [N_ROWS, N_COLUMNS][-min(wrong.ndim, 2) :]
    index, left_out = [], []
    for axis, (start, length, size) in enumerate(zip(first, lengths, wrong.shape)):
        begin = min(max(start - 1, 0), max(size - length, 0)) if length > 1 else start
        index.append(slice(begin, min(begin + length, size)))
        if size > length:
            noun = {0: "values" if wrong.ndim == 1 else "rows", 1: "columns", 2: "matrices"}
            word = noun[1] if axis == wrong.ndim - 1 and axis else noun[0] if axis == wrong.ndim - 2 or not axis else ""
            if wrong.ndim == 3 and axis == 0:
                word = noun[2] if size - length > 1 else "matrix"
            left_out.append(f"{size - length} more {word}")
    return tuple(index), ", ".join(left_out)


def _texts(arrays: tuple[np.ndarray, ...], wrong: np.ndarray, whole: bool) -> list[np.ndarray]:
    """The numbers as texts of one width, with the fewest digits that tell the wrong ones apart."""
    for digits in range(4, 17):
        texts = [np.vectorize(lambda x: _number(x, digits, whole), otypes=[object])(array) for array in arrays]
        if len(texts) == 1 or not (texts[0] == texts[1])[wrong].any():
            break
    decimals = max(
        (len(text.partition(".")[2]) for array in texts for text in array.flat if "e" not in text), default=0
    )
    if decimals:
        texts = [np.vectorize(lambda t: _padded(t, decimals), otypes=[object])(array) for array in texts]
    width = max(len(text) for array in texts for text in array.flat)
    return [np.vectorize(lambda text: text.rjust(width), otypes=[object])(array) for array in texts]


def _number(x: float, digits: int, whole: bool) -> str:
    if whole and np.isfinite(x):
        return str(int(x))
    return f"{x:.{digits}g}"


def _padded(text: str, decimals: int) -> str:
    """Zeros behind the point, so that the points stand below each other."""
    if "e" in text or "n" in text:
        return text
    before, _, after = text.partition(".")
    return f"{before}.{after.ljust(decimals, '0')}"


def _as_rows(array: np.ndarray) -> tuple[tuple[Any, ...], ...]:
    table = np.atleast_2d(array).reshape(-1, array.shape[-1] if array.ndim else 1)
    return tuple(tuple(row) for row in table.tolist())


def _labels(shape: tuple[int, ...], index: tuple[Any, ...]) -> tuple[str, ...]:
    """The index of each shown row, as one writes it."""
    if not shape:
        return ("",)
    if len(shape) == 1:
        last = index[0].stop - 1
        return (f"[{index[0].start}]" if last == index[0].start or not index[0].start else f"[{index[0].start}:]",)
    *outer, rows, columns = index
    front = "".join(f"{one.start}, " for one in outer)
    back = f", {columns.start}:" if columns.start else ""
    return tuple(f"[{front}{row}{back}]" for row in range(rows.start, rows.stop))


def _shape_in_words(value: Any) -> str:
    if isinstance(value, str):
        return repr(value)
    numbers = as_numbers(value)
    if isinstance(numbers, Mismatch):
        return type(value).__name__
    return f"shape {numbers.shape}" if numbers.ndim else f"{float(numbers):.4g}"


def call_in_words(name: str, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """A call as one would write it; arrays by name, and their shapes behind.

    >>> call_in_words("assign", {"responsibilities": np.ones((4, 1))}, {})
    'assign(responsibilities)   with responsibilities (4, 1)'
    """
    written, shapes = [], []
    for key, value in arguments.items():
        if isinstance(value, np.ndarray) and value.size <= 3 and value.ndim == 1:
            written.append(f"{key}=[{', '.join(f'{x:.4g}' for x in value)}]")
        elif isinstance(value, np.ndarray):
            written.append(key)
            shapes.append(f"{key} {value.shape}")
        elif isinstance(value, Seed):
            written.append(f"{key}=default_rng({value.value})")
        else:
            written.append(f"{key}={value!r}")
    written += [f"{key}={value!r}" for key, value in options.items()]
    behind = f"   with {', '.join(shapes)}" if shapes else ""
    return f"{name}({', '.join(written)}){behind}"
