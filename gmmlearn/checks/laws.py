"""Comparators of laws: what must hold whatever the right numbers are, and of values that have parts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .values import Close, Finite, Mismatch, Shape, as_numbers, count, place


@dataclass(frozen=True, eq=False)
class RowsSumToOne:
    """A table of probabilities: nothing negative, and every row sums to 1.

    >>> RowsSumToOne()([[0.25, 0.75], [0.5, 0.5]])
    >>> RowsSumToOne()([[0.25, 0.75], [0.75, 0.25], [0.0, 0.0]]).text
    'the columns sum to 1, the rows do not: the sum ran along the wrong axis'
    >>> RowsSumToOne()([[0.5, 0.75], [0.5, 0.5]]).text
    '1 of 2 rows does not sum to 1, the first is row 0'
    """

    atol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        table = as_numbers(got)
        if isinstance(table, Mismatch):
            return table
        if table.ndim != 2:
            return Mismatch("shape", got, None, f"shape {table.shape} came, a table (n, K) was due")
        if mismatch := Finite()(table):
            return mismatch
        if (table < 0).any():
            return Mismatch("law", got, None, f"a probability is negative, the first{place(table < 0)}")
        wrong = np.abs(table.sum(axis=1) - 1) > self.atol
        if not wrong.any():
            return None
        if (np.abs(table.sum(axis=0) - 1) <= self.atol).all():
            text = "the columns sum to 1, the rows do not: the sum ran along the wrong axis"
        else:
            number = int(wrong.sum())
            verb = "does" if number == 1 else "do"
            rows = count(len(wrong), "row")
            text = f"{number} of {rows} {verb} not sum to 1, the first is row {int(wrong.argmax())}"
        return Mismatch("law", got, None, text)

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.array([[0.5, 0.5], [0.5, 0.75]])

    def __str__(self) -> str:
        return "rows that sum to 1"


@dataclass(frozen=True, eq=False)
class Symmetric:
    """A square matrix, or a stack of them, that equals its transpose.

    >>> Symmetric()([[2.0, 1.0], [0.0, 2.0]]).text
    'the matrix is not symmetric'
    """

    rtol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        matrix = as_numbers(got)
        if isinstance(matrix, Mismatch):
            return matrix
        if matrix.ndim < 2 or matrix.shape[-1] != matrix.shape[-2]:
            return Mismatch("shape", got, None, f"shape {matrix.shape} came, square matrices were due")
        if mismatch := Finite()(matrix):
            return mismatch
        wrong = np.abs(matrix - matrix.swapaxes(-1, -2)).max(axis=(-1, -2)) > self.rtol * np.abs(matrix).max()
        return Mismatch("law", got, None, f"{which_matrix(wrong)} is not symmetric") if wrong.any() else None

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.array([[1.0, 0.5], [0.0, 1.0]])

    def __str__(self) -> str:
        return "symmetric matrices"


@dataclass(frozen=True, eq=False)
class PositiveDefinite:
    """A covariance matrix, or a stack of them: symmetric, and every variance in every direction positive.

    >>> PositiveDefinite()([[[1.0, 0.5], [0.5, 1.0]], [[1.0, 1.2], [1.2, 1.0]]]).text
    'matrix 1 is not positive definite'
    """

    def __call__(self, got: Any) -> Mismatch | None:
        if mismatch := Symmetric()(got):
            return mismatch
        wrong = np.linalg.eigvalsh(np.asarray(got, dtype=np.float64))[..., 0] <= 0
        return Mismatch("law", got, None, f"{which_matrix(wrong)} is not positive definite") if wrong.any() else None

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.array([[1.0, 1.2], [1.2, 1.0]])

    def __str__(self) -> str:
        return "positive definite matrices"


def which_matrix(wrong: np.ndarray) -> str:
    """The first of a stack that is wrong, in words.

    >>> which_matrix(np.array([False, True]))
    'matrix 1'
    """
    return "the matrix" if wrong.ndim == 0 else f"matrix {int(wrong.argmax())}"


@dataclass(frozen=True, eq=False)
class NeverFalls:
    """A trace that rises or stays, up to `slack`.

    >>> NeverFalls()([-3.0, -2.5, -2.6]).text
    'the trace falls 1 time, first after entry 1'
    """

    slack: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        trace = as_numbers(got)
        if isinstance(trace, Mismatch):
            return trace
        if trace.ndim != 1:
            return Mismatch("shape", got, None, f"shape {trace.shape} came, one axis (n_iter,) was due")
        if mismatch := Finite()(trace):
            return mismatch
        falls = np.diff(trace) < -self.slack
        if not falls.any():
            return None
        text = f"the trace falls {count(int(falls.sum()), 'time')}, first after entry {int(falls.argmax())}"
        return Mismatch("law", got, None, text)

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.array([-2.0, -3.0])

    def __str__(self) -> str:
        return "a trace that never falls"


@dataclass(frozen=True, eq=False)
class Parts:
    """A tuple whose parts are compared one by one; the sentence names the part.

    >>> Parts(("mean", "covariance"), (Shape((2,)), Shape((2, 2))))([np.zeros(2), np.zeros(2)]).text
    'covariance: shape (2,) came, (2, 2) was due'
    >>> Parts(("mean", "covariance"), (Shape((2,)), Shape((2, 2))))(np.zeros(2)).text
    'a ndarray came, the tuple (mean, covariance) was due'
    """

    names: tuple[str, ...]
    comparators: tuple[Any, ...]

    def __call__(self, got: Any) -> Mismatch | None:
        due = f"({', '.join(self.names)})"
        if not isinstance(got, tuple | list):
            return Mismatch("length", got, None, f"a {type(got).__name__} came, the tuple {due} was due")
        if len(got) != len(self.names):
            return Mismatch("length", got, None, f"{count(len(got), 'value')} came, {due} was due")
        for name, comparator, part in zip(self.names, self.comparators, got):
            if mismatch := comparator(part):
                return Mismatch(mismatch.kind, mismatch.got, mismatch.due, f"{name}: {mismatch.text}", name)
        return None

    def bad(self) -> Any:
        """A value that must be refused."""
        return ()

    def __str__(self) -> str:
        return "; ".join(f"{name}: {comparator}" for name, comparator in zip(self.names, self.comparators))


@dataclass(frozen=True, eq=False)
class SameUpToPermutation:
    """The same mixture (weights, means, covariances), whatever the order of its components.

    The components are matched by their means, each with one (Hungarian method); further parts of a `Fit`
    are not looked at.

    >>> due = ([0.3, 0.7], [[0.0], [5.0]], [[[1.0]], [[2.0]]])
    >>> SameUpToPermutation(*due)(([0.7, 0.3], [[5.0], [0.0]], [[[2.0]], [[1.0]]]))
    >>> SameUpToPermutation(*due)(([0.3, 0.7], [[5.0], [0.0]], [[[2.0]], [[1.0]]])).text
    'weights: both values differ, after the components were matched by their means'
    """

    weights: Any
    means: Any
    covariances: Any
    rtol: float = 1e-6
    atol: float = 1e-8

    def __call__(self, got: Any) -> Mismatch | None:
        names = ("weights", "means", "covariances")
        due = [np.asarray(getattr(self, name), dtype=np.float64) for name in names]
        if not isinstance(got, tuple | list) or len(got) < 3:
            return Mismatch(
                "length", got, None, f"a {type(got).__name__} came, weights, means and covariances were due"
            )
        shapes = Parts(names, tuple(Shape(part.shape, axes) for part, axes in zip(due, ("K", "K, d", "K, d, d"))))
        if mismatch := shapes(got[:3]):
            return mismatch
        parts = [np.asarray(part, dtype=np.float64) for part in got[:3]]
        if mismatch := Parts(names, (Finite(),) * 3)(parts):
            return mismatch
        from scipy.optimize import linear_sum_assignment

        with np.errstate(over="ignore"):  # huge means are infinitely far, which the matching refuses to weigh
            distances = np.nan_to_num(np.linalg.norm(due[1][:, None] - parts[1][None], axis=2))
        order = linear_sum_assignment(distances)[1]
        for name, part, expected in zip(names, parts, due):
            if mismatch := Close(expected, self.rtol, self.atol)(part[order]):
                text = f"{name}: {mismatch.text}, after the components were matched by their means"
                return Mismatch(mismatch.kind, part[order], expected, text, name)
        return None

    def bad(self) -> Any:
        """A value that must be refused."""
        return (self.weights, np.asarray(self.means, dtype=np.float64) + 1, self.covariances)

    def __str__(self) -> str:
        return "the same components in any order"
