"""Values as a student sees them: shortened so that the difference shows, aligned, the wrong ones marked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .observe import Seed
from .values import Close, Mismatch, as_numbers

N_ROWS, N_COLUMNS, N_VALUES = 4, 6, 8
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
            lines.append(f"{label:{width}}  {' '.join(marked)}".rstrip() if width else "".join(marked).strip())
        return [*lines, self.rest] if self.rest else lines


def came_and_due(came: Any, due: Any, *, marked: bool = True) -> tuple[Grid | str, Grid | str]:
    """The same piece of both, around the first value that differs, with as many digits as show it.

    `marked` is False for numbers that may differ a little without being wrong.

    >>> print(*came_and_due(np.array([0.25, 0.5]), np.array([0.25, 0.50001]))[1].lines(), sep="\\n")
    [0]  0.25000  0.50001*
    """
    if isinstance(due, tuple):  # a shape
        single = "a single number"
        return shape_in_words(came) if np.ndim(came) else single, f"shape {due}" if due else single
    if due is None or isinstance(came, str) or isinstance(due, str):
        return alone(came), "" if due is None else str(due)
    got, right = as_numbers(came), np.asarray(due)
    if isinstance(got, Mismatch) or got.shape != right.shape:
        return alone(came), alone(due)
    whole = right.dtype.kind in "iub" and bool((got == np.rint(got)).all())
    right = right.astype(np.float64)
    wrong = ~(Close(right).near(got)) if marked else np.zeros(got.shape, dtype=bool)
    index, rest = _window(wrong)
    texts = _texts((got[index], right[index]), wrong[index], whole)
    labels, marks = _labels(got.shape, index), _as_rows(wrong[index])
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
    if isinstance(value, tuple):
        return f"({', '.join(shape_in_words(part) for part in value)})"
    numbers = as_numbers(value)
    if isinstance(numbers, Mismatch) or numbers.size == 0:
        return shape_in_words(value)
    index, rest = _window(np.isnan(numbers))
    piece = numbers[index]
    text = _texts((piece,), np.zeros(piece.shape, dtype=bool), bool((numbers == np.rint(numbers)).all()))[0]
    rest = "; ".join(part for part in (rest, f"shape {numbers.shape}" if numbers.ndim else "") if part)
    return Grid(_as_rows(text), _as_rows(np.isnan(piece)), _labels(numbers.shape, index), rest)


def shape_in_words(value: Any) -> str:
    """What kind of thing it is.

    >>> shape_in_words(np.zeros((7, 2))), shape_in_words(None)
    ('shape (7, 2)', 'None')
    """
    if value is None or isinstance(value, bool | str):
        return repr(value)
    numbers = as_numbers(value)
    if isinstance(numbers, Mismatch):
        return f"a {type(value).__name__}"
    return f"shape {numbers.shape}" if numbers.ndim else f"{float(numbers):.4g}"


def _window(wrong: np.ndarray) -> tuple[tuple[slice, ...], str]:
    """Which piece of an array to show: some rows about the first True, and what that leaves out."""
    if wrong.ndim == 0:
        return (), ""
    first = [int(axis[0]) if axis.size else 0 for axis in np.nonzero(wrong)]
    nouns = [("value", "values")] if wrong.ndim == 1 else [("row", "rows"), ("column", "columns")]
    nouns = [("matrix", "matrices")] * (wrong.ndim - 2) + nouns
    lengths = [N_VALUES] if wrong.ndim == 1 else [1] * (wrong.ndim - 2) + [N_ROWS, N_COLUMNS]
    index, left_out = [], []
    for start, length, size, noun in zip(first, lengths, wrong.shape, nouns):
        begin = 0 if start < length else min(start - length // 2, size - length)
        index.append(slice(begin, min(begin + length, size)))
        if size > length:
            left_out.append(f"{size - length} more {noun[size - length > 1]}")
    return tuple(index), ", ".join(left_out)


def _texts(arrays: tuple[np.ndarray, ...], wrong: np.ndarray, whole: bool) -> list[np.ndarray]:
    """The numbers as texts of one width, with the fewest decimals that tell most of the wrong ones apart."""
    finite = np.concatenate([np.abs(array[np.isfinite(array)]).ravel() for array in arrays])
    largest = finite.max(initial=0.0)
    fewest = 0 if whole else int(np.clip(3 - np.floor(np.log10(largest or 1.0)), 0, 4))
    for decimals in range(fewest, 16):
        texts = [_each(array, partial(_number, decimals=decimals, whole=whole)) for array in arrays]
        # Half of them is enough: a hundred digits would tell the last one apart, and nobody would see the first.
        if len(texts) == 1 or (texts[0] == texts[-1])[wrong].sum() * 2 <= wrong.sum():
            break
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
    """The index of each shown row, as one writes it."""
    if not shape:
        return ("",)
    *outer, columns = index
    back = f"{columns.start}:" if columns.start else ""
    if not outer:
        return (f"[{back or 0}]",)
    *front, rows = outer
    before = "".join(f"{one.start}, " for one in front)
    return tuple(f"[{before}{row}{', ' + back if back else ''}]" for row in range(rows.start, rows.stop))


def call_in_words(name: str, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """A call as one would write it, arrays by their names.

    >>> call_in_words("bic", {"log_likelihood": -2.5, "n_parameters": 2, "n_samples": 1}, {})
    'bic(log_likelihood=-2.5, n_parameters=2, n_samples=1)'
    """
    written = []
    for key, value in arguments.items():
        if isinstance(value, np.ndarray):
            few = value.ndim == 1 and value.size <= 3
            written.append(f"{key}=[{', '.join(f'{x:.4g}' for x in value)}]" if few else key)
        else:
            written.append(f"{key}=default_rng({value.value})" if isinstance(value, Seed) else f"{key}={value!r}")
    written += [f"{key}={value!r}" for key, value in options.items()]
    return f"{name}({', '.join(written)})"


def shapes_in_words(arguments: Mapping[str, Any]) -> str:
    """The shapes of the arrays among the arguments.

    >>> shapes_in_words({"X": np.zeros((7, 2)), "n_components": 3})
    'X (7, 2)'
    """
    arrays = {key: value for key, value in arguments.items() if isinstance(value, np.ndarray)}
    return ", ".join(f"{key} {value.shape}" for key, value in arrays.items() if value.ndim > 1 or value.size > 3)
