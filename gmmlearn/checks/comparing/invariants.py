"""Comparators of invariants: what must hold whatever the right numbers are, and whatever the order of components."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import wording
from .mismatches import Mismatch, Problem, as_numbers, parts_of, place, type_in_words
from .values import Close, Finite, Parts, Shape


@dataclass(frozen=True, eq=False)
class RowsSumToOne:
    """A table of probabilities: nothing negative, and every row sums to 1.

    >>> RowsSumToOne()([[0.25, 0.75], [0.5, 0.5]])
    >>> RowsSumToOne()([[0.25, 0.75], [0.75, 0.25], [0.0, 0.0]]).text
    'The columns sum to 1, the rows do not: the sum ran along the other axis.'
    >>> RowsSumToOne()([[0.5, 0.75], [0.5, 0.5]]).text
    'Row 0 does not sum to 1; its sum is 1.25.'
    """

    atol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        table = as_numbers(got)
        if isinstance(table, Mismatch):
            return table
        if table.ndim != 2:
            text = wording.SHAPE.format(got=table.shape, expected="a table (n, K)", remark="")
            return Mismatch(Problem.SHAPE, text, table)
        if mismatch := Finite()(table):
            return mismatch
        if (table < 0).any():
            return Mismatch(Problem.INVARIANT, wording.NEGATIVE.format(place=place(table < 0)), table)
        wrong = np.abs(table.sum(axis=1) - 1) > self.atol
        if not wrong.any():
            return None
        if (np.abs(table.sum(axis=0) - 1) <= self.atol).all():
            text = wording.COLUMN_SUMS
        else:
            number = int(wrong.sum())
            which = f"{number} of {wording.count(len(wrong), 'row')} do"
            first = int(wrong.argmax())
            total = table[first].sum()
            digits = 4 if abs(total - 1) > 1e-3 else 10
            words = wording.ROW_SUM if number == 1 else wording.ROW_SUMS
            text = words.format(which=which, first=first, total=f"{total:.{digits}g}")
        return Mismatch(Problem.INVARIANT, text, table)


@dataclass(frozen=True, eq=False)
class Symmetric:
    """A square matrix, or a stack of them, that equals its transpose.

    >>> Symmetric()([[2.0, 1.0], [0.0, 2.0]]).text
    'The matrix is not symmetric.'
    """

    rtol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        matrix = as_numbers(got)
        if isinstance(matrix, Mismatch):
            return matrix
        if matrix.ndim < 2 or matrix.shape[-1] != matrix.shape[-2]:
            text = wording.SHAPE.format(got=matrix.shape, expected="square matrices", remark="")
            return Mismatch(Problem.SHAPE, text, matrix)
        if mismatch := Finite()(matrix):
            return mismatch
        wrong = np.abs(matrix - matrix.swapaxes(-1, -2)).max(axis=(-1, -2)) > self.rtol * np.abs(matrix).max()
        text = wording.NOT_SYMMETRIC.format(which=which_matrix(wrong))
        return Mismatch(Problem.INVARIANT, text, matrix) if wrong.any() else None


@dataclass(frozen=True, eq=False)
class PositiveDefinite:
    """A covariance matrix, or a stack of them: symmetric, and every variance in every direction positive.

    >>> PositiveDefinite()([[[1.0, 0.5], [0.5, 1.0]], [[1.0, 1.2], [1.2, 1.0]]]).text
    'Matrix 1 is not positive definite.'
    """

    def __call__(self, got: Any) -> Mismatch | None:
        if mismatch := Symmetric()(got):
            return mismatch
        wrong = np.linalg.eigvalsh(np.asarray(got, dtype=np.float64))[..., 0] <= 0
        text = wording.NOT_POSITIVE_DEFINITE.format(which=which_matrix(wrong))
        return Mismatch(Problem.INVARIANT, text, as_numbers(got)) if wrong.any() else None


def which_matrix(wrong: np.ndarray) -> str:
    """The first of a stack that is wrong, in words.

    >>> which_matrix(np.array([False, True]))
    'Matrix 1'
    """
    return "The matrix" if wrong.ndim == 0 else f"Matrix {int(wrong.argmax())}"


@dataclass(frozen=True, eq=False)
class NeverFalls:
    """A trace that rises or stays, up to `slack`.

    >>> NeverFalls()([-3.0, -2.5, -2.6]).text
    'The trace falls 1 time, first after entry 1.'
    """

    slack: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        trace = as_numbers(got)
        if isinstance(trace, Mismatch):
            return trace
        if trace.ndim != 1:
            return Mismatch(Problem.SHAPE, wording.SHAPE_ANY.format(got=trace.shape, expected="(n_iter,)"), trace)
        if mismatch := Finite()(trace):
            return mismatch
        falls = np.diff(trace) < -self.slack
        if not falls.any():
            return None
        times = wording.count(int(falls.sum()), "time")
        text = wording.FALLS.format(times=times, first=int(falls.argmax()))
        return Mismatch(Problem.INVARIANT, text, trace)


@dataclass(frozen=True, eq=False)
class SameUpToPermutation:
    """The same mixture (weights, means, covariances), whatever the order of its components.

    The components are matched by their means, each with one (Hungarian method); further parts of a `Fit`
    are not looked at.

    >>> expected = ([0.3, 0.7], [[0.0], [5.0]], [[[1.0]], [[2.0]]])
    >>> SameUpToPermutation(*expected)(([0.7, 0.3], [[5.0], [0.0]], [[[2.0]], [[1.0]]]))
    >>> SameUpToPermutation(*expected)(([0.3, 0.7], [[5.0], [0.0]], [[[2.0]], [[1.0]]])).sentence
    '`weights`: Both values differ. (The components were matched by their means first.)'
    """

    weights: Any
    means: Any
    covariances: Any
    rtol: float = 1e-6
    atol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        names = ("weights", "means", "covariances")
        right = [np.asarray(getattr(self, name), dtype=np.float64) for name in names]
        three = (parts_of(got) or ())[:3]
        if len(three) < 3:
            text = wording.NOT_PARTS.format(got=type_in_words(got), expected="weights, means and covariances")
            return Mismatch(Problem.PARTS, text, got)
        shapes = Parts(names, tuple(Shape(part.shape, axes) for part, axes in zip(right, ("K", "K, d", "K, d, d"))))
        if mismatch := shapes(three):
            return mismatch
        parts = [np.asarray(part, dtype=np.float64) for part in three]
        if mismatch := Parts(names, (Finite(),) * 3)(parts):
            return mismatch
        from scipy.optimize import linear_sum_assignment

        with np.errstate(over="ignore"):  # huge means are infinitely far, which the matching refuses to weigh
            distances = np.nan_to_num(np.linalg.norm(right[1][:, None] - parts[1][None], axis=2))
        order = linear_sum_assignment(distances)[1]
        for name, part, expected in zip(names, parts, right):
            if mismatch := Close(expected, self.rtol, self.atol)(part[order]):
                text = wording.MATCHED.format(text=mismatch.text)
                return Mismatch(mismatch.problem, text, part[order], expected, name)
        return None
