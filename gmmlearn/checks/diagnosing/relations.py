"""How wrong values are related to those expected: effects, not causes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from .. import wording
from ..comparing.invariants import PositiveDefinite, RowsSumToOne
from ..comparing.mismatches import Mismatch, as_numbers
from ..comparing.values import Close
from .transforms import amount, close, exponentials, factor, linear, logarithms, power, rounded, sign, total


def relation_of(mismatch: Mismatch) -> str:
    """How the values got are related to those expected, in a sentence; nothing where no relation is known.

    >>> relation_of(Close([1.0, 2.0])([0.5, 1.0]))
    'Your values are the expected ones divided by 2.'
    """
    got, expected = as_numbers(mismatch.got), as_numbers(mismatch.expected)
    if isinstance(got, Mismatch) or isinstance(expected, Mismatch):
        return ""  # a setting of a model, say, which may be a word
    if got.shape != expected.shape or expected.size == 0:
        return ""
    if not np.isfinite(expected).all():
        return _finite(got, expected)
    with np.errstate(all="ignore"):
        if nearly := _nearly(got, expected):
            return nearly
        if expected.ndim == 2 and RowsSumToOne()(expected) is None:
            if broken := RowsSumToOne()(got):
                return broken.sentence
            if np.isin(got, (0.0, 1.0)).all() and not np.isin(expected, (0.0, 1.0)).any():
                return wording.IS_ONE_HOT
        # Of a single count or choice nothing but its size is said: any two small integers have some ratio.
        single = expected.size == 1 and np.asarray(mismatch.expected).dtype.kind == "i"
        relations = (_size,) if single else RELATIONS
        return next((words for relation in relations if (words := relation(got, expected))), "")


def _finite(got: np.ndarray, expected: np.ndarray) -> str:
    """Whether a logarithm of 0 came out as a number, and all else is right."""
    no_number = expected == -np.inf
    right = close(got[~no_number], expected[~no_number], rtol=1e-6)
    if not right or not no_number.any() or not np.isfinite(got[no_number]).all():
        return ""
    return wording.FINITE.format(values="value is" if got.size == 1 else "values are")


def _nearly(got: np.ndarray, expected: np.ndarray) -> str:
    """Comes first: values that are all but right fit other relations too, as one times those expected."""
    if not close(got, expected, rtol=1e-6):
        return ""
    used = expected != 0
    error = (np.abs(got - expected)[used] / np.abs(expected[used])).max(initial=0.0)
    return amount(got, expected) or (wording.IS_NEARLY.format(error=f"{error:.0e}") if error else "")


def _infinite(got: np.ndarray, expected: np.ndarray) -> str:
    wrong = ~Close(expected).near(got)
    if got.size == 1 or not wrong.any() or not np.isinf(got[wrong]).all():
        return ""
    return wording.ARE_INFINITE if wrong.all() else wording.WRONG_ARE_INFINITE


def _order(got: np.ndarray, expected: np.ndarray) -> str:
    if expected.ndim > 1 and got.shape == expected.swapaxes(-1, -2).shape and close(got, expected.swapaxes(-1, -2)):
        return wording.IS_TRANSPOSED
    if expected.ndim == 2 and close(_sorted_columns(got), _sorted_columns(expected)):
        return wording.IS_COLUMNS_PERMUTED
    # Of a few values among many, 0 and 1 exchanged say, the place tells more than their order.
    many = 3 * (~Close(expected).near(got)).sum() >= got.size > 1
    return wording.IS_PERMUTED if many and close(np.sort(got, None), np.sort(expected, None)) else ""


def _sorted_columns(table: np.ndarray) -> np.ndarray:
    return table[:, np.lexsort(table[::-1])]


def _partly(got: np.ndarray, expected: np.ndarray) -> str:
    """Where the wrong values are, if that can be said in few words, and what they are."""
    right = Close(expected).near(got)
    if right.all() or not right.any():
        return ""
    wrong = got[~right], expected[~right]
    relation = (amount(*wrong) or factor(*wrong)) if wrong[0].size > 1 else ""
    told = wording.WHERE_WRONG.format(relation=relation[0].lower() + relation[1:]) if relation else ""
    return f"{_place(right)} {told}".strip()


def _place(right: np.ndarray) -> str:
    """Whether the diagonals, or one row, column or matrix, are wrong alone or right alone."""
    if right.ndim < 2:
        return ""
    if right.shape[-1] == right.shape[-2] > 1:
        diagonals = "diagonal is" if right.ndim == 2 else "diagonals are"
        on = np.broadcast_to(np.eye(right.shape[-1], dtype=bool), right.shape)
        if not right[on].any() and right[~on].all():
            return wording.DIAGONALS_WRONG.format(diagonals=diagonals)
        if right[on].all() and not right[~on].any():
            return wording.DIAGONALS_RIGHT.format(diagonals=diagonals)
    for noun, pieces in _along_each_axis(right):
        whole = pieces.all(axis=1)
        for found, words in ((~whole, wording.ONE_WRONG), (whole, wording.ONE_RIGHT)):
            if found.sum() == 1 and found.size > 2:
                return words.format(which=f"{noun} {found.argmax()}")
    return ""


def _each(got: np.ndarray, expected: np.ndarray) -> str:
    """One amount, or one factor, for each row, column or matrix."""
    if expected.ndim < 2 or not expected.all():
        return ""
    for values, words in ((got - expected, wording.EACH_AMOUNT), (got / expected, wording.EACH_FACTOR)):
        for noun, pieces in _along_each_axis(values):
            if pieces.shape[1] > 1 and close(pieces, pieces[:, :1]):
                return words.format(noun=noun)
    return ""


def _same(got: np.ndarray, expected: np.ndarray) -> str:
    """One number for all values, or for each matrix or row, or one matrix or row for all, where they should differ."""
    if got.size < 2 or not got.any():
        return ""
    if close(got, got.flat[0]):
        return wording.ALL_SAME if np.ptp(expected) else ""
    for (noun, pieces), (_, due) in zip(_along_each_axis(got), _along_each_axis(expected)):
        if pieces.shape[1] > 1 and close(pieces, pieces[:, :1]) and np.ptp(due, axis=1).all():
            return wording.EACH_SAME.format(noun=noun)
    if got.ndim > 1 < len(got) and close(got, got[:1]) and not close(expected, expected[:1]):
        return wording.ALL_EQUAL.format(nouns="rows" if got.ndim == 2 else "matrices")
    return ""


def _along_each_axis(array: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """The matrices, the rows and the columns of an array, each kind with its name; one of them in a row."""
    for axis, noun in enumerate(("matrix", "row", "column")[-array.ndim :]):
        yield noun, np.moveaxis(array, axis, 0).reshape(array.shape[axis], -1)


def _clipped(got: np.ndarray, expected: np.ndarray) -> str:
    above = expected > 0
    if above.any() and not above.all() and close(got[~above], expected[~above]) and not np.any(got[above]):
        return wording.NEVER_POSITIVE.format(got=0)
    return ""


def _floor(got: np.ndarray, expected: np.ndarray) -> str:
    """A lowest value in several places where different and lower ones are expected."""
    lowest = got.min()
    there = np.abs(got - lowest) <= 1e-6 * abs(lowest)
    lower = expected[there]
    if lowest == 0 or there.all() or len(lower) < 2 or not np.ptp(lower) or (lower >= lowest).any():
        return ""
    if not np.isclose(got[~there], expected[~there], rtol=1e-2).any():
        return ""
    told = wording.IS_FLOORED.format(lowest=f"{lowest:.4g}")
    digits = -lowest / np.log(10)
    if digits < 0 or abs(digits - round(digits)) > 1e-7:
        return told
    return f"{told} {wording.IS_LOG_OF_FLOOR.format(number=f'1e-{round(digits):02d}')}"


def _small(got: np.ndarray, expected: np.ndarray) -> str:
    """An error that is small beside the largest value, of no form that is known."""
    off, size = np.abs(got - expected), np.abs(expected)
    error = off.max() / size.max()
    # Beside features in large units all that is wrong with the others is small.
    if not error < 1e-4 or not np.median(off[off > 0] / size[off > 0]) < 1e-2:
        return ""
    return (wording.IS_SMALL_OF_ONE if got.size == 1 else wording.IS_SMALL).format(error=f"{error:.0e}")


def _definite(got: np.ndarray, expected: np.ndarray) -> str:
    """No covariances, where such are expected."""
    square = expected.ndim > 1 and expected.shape[-1] == expected.shape[-2] > 1 and np.isfinite(got).all()
    if not square or PositiveDefinite()(expected) or not (broken := PositiveDefinite()(got)):
        return ""
    return broken.sentence


def _size(got: np.ndarray, expected: np.ndarray) -> str:
    if (expected >= 0).all() and (got < 0).any():
        return wording.IS_BELOW_0 if got.size == 1 else wording.ARE_BELOW_0
    values = "value is" if got.size == 1 else "values are all"
    if (got > expected).all():
        return wording.TOO_LARGE.format(values=values)
    return wording.TOO_SMALL.format(values=values) if (got < expected).all() else ""


RELATIONS: tuple[Callable[[np.ndarray, np.ndarray], str], ...] = (
    *(
        _infinite,
        exponentials,
        logarithms,
        sign,
        _clipped,
        total,
        factor,
        amount,
        _order,
        rounded,
        _same,
        linear,
        power,
    ),
    *(_floor, _partly, _each, _small, _definite, _size),
)


def other_axis(mismatch: Mismatch, arguments: Mapping[str, Any]) -> str:
    """Whether a result has a value for each row of an argument where one for each column is expected, or the reverse.

    >>> from gmmlearn.checks.comparing.mismatches import shape_mismatch
    >>> X = np.zeros((7, 3))
    >>> other_axis(shape_mismatch(X.sum(axis=0), (7,), "n"), {"X": X})
    'That is a value for each column of `X`, not for each row.'
    """
    got, expected = np.shape(mismatch.got), mismatch.expected
    if len(got) != 1 or not isinstance(expected, tuple) or len(expected) != 1:
        return ""
    for name, value in arguments.items():
        if isinstance(value, np.ndarray) and value.ndim == 2 and sorted(value.shape) == sorted(got + expected):
            axis, other = ("row", "column") if value.shape == got + expected else ("column", "row")
            return wording.OTHER_AXIS.format(axis=axis, other=other, name=name)
    return ""
