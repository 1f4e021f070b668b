"""Comparators of random draws. Each states its false-alarm rate: how often it refuses a right sampler.

Every test here is exact for its sample size (binomial, chi-square of a known variance, the bound of
Dvoretzky, Kiefer and Wolfowitz), and the rate is shared out among the tests of one comparator: what is stated
is a bound.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import wording
from .mismatches import Mismatch, Problem, as_integers, as_numbers, parts_of
from .values import Finite, Parts, Shape


@dataclass(frozen=True, eq=False)
class SameCategorical:
    """Labels that are independent draws of Cat(`probabilities`).

    `got` is `(n,)`, or `(r, n)` for r separate draws of n: then counts that are the same in every draw, as
    rounded shares would be, are refused as well. A right sampler is refused with probability at most
    `false_alarm`.

    >>> rng = np.random.default_rng(1)
    >>> SameCategorical([0.5, 0.3, 0.2])(rng.choice(3, 20_000, p=[0.5, 0.3, 0.2]))
    >>> SameCategorical([0.5, 0.3, 0.2])(rng.choice(3, 20_000)).text
    'Label 0 was drawn too rarely.'
    >>> SameCategorical([0.5, 0.5])(np.arange(100) // 50).text
    'Neighbours have the same label too often: the draws are grouped, not independent.'
    """

    probabilities: Any
    false_alarm: float = 1e-9

    def __call__(self, got: Any) -> Mismatch | None:
        probabilities = np.asarray(self.probabilities, dtype=np.float64)
        labels = as_integers(got)
        if isinstance(labels, Mismatch):
            return labels
        if labels.ndim not in (1, 2) or not labels.size:
            text = wording.SHAPE.format(got=labels.shape, expected="labels (n_samples,)", remark="")
            return Mismatch(Problem.SHAPE, text, labels)
        n_components = len(probabilities)
        outside = (labels < 0) | (labels >= n_components)
        if outside.any():
            text = wording.LABEL_OUTSIDE.format(label=labels[outside][0], last=n_components - 1)
            return Mismatch(Problem.VALUES, text, labels)
        rate = self.false_alarm / (2 * n_components + 2 + 2 * (labels.ndim == 2))
        table = np.atleast_2d(labels)
        counts = np.bincount(table.ravel().astype(np.intp), minlength=n_components)
        agreement = float((probabilities**2).sum())
        if len(table) > 1 and (table == table[0]).all() and agreement ** (table.size - table.shape[1]) < rate:
            return Mismatch(Problem.LAW, wording.SAME_DRAWS, labels)
        for label, (count, probability) in enumerate(zip(counts.tolist(), probabilities.tolist())):
            if mismatch := _in_tail(count, table.size, probability, rate):
                text = wording.LABEL_SHARE.format(label=label, how=mismatch)
                return Mismatch(Problem.LAW, text, counts / table.size, probabilities, "share of each label")
        equal = table[:, 0:-1:2] == table[:, 1::2]
        if mismatch := _in_tail(int(equal.sum()), equal.size, agreement, rate):
            state = "grouped" if mismatch == "too often" else "alternating"
            return Mismatch(Problem.LAW, wording.NEIGHBOURS.format(how=mismatch, state=state), labels)
        if labels.ndim == 2 and self._never_strays(table, probabilities, rate):
            return Mismatch(Problem.LAW, wording.FIXED_COUNTS, labels)
        return None

    @staticmethod
    def _never_strays(table: np.ndarray, probabilities: np.ndarray, rate: float) -> bool:
        """Whether the counts of a label stay within three neighbors, where chance alone would do so below `rate`."""
        from scipy.special import bdtr

        n_draws, n_samples = table.shape
        label = int(np.abs(probabilities - 0.5).argmin())  # the label whose count varies most
        if np.ptp((table == label).sum(axis=1)) > 2:
            return False
        below = bdtr(np.arange(-3, n_samples + 1).clip(0), n_samples, probabilities[label])
        below[:3] = 0.0
        likeliest = (below[3:] - below[:-3]).max()
        return bool((n_samples + 1) * likeliest**n_draws < rate)


@dataclass(frozen=True, eq=False)
class SameGaussian:
    """Rows that are independent draws of N(`mean`, `covariance`).

    Whitened by the true parameters, the rows are standard normal: mean, variance along the axes and between
    them, the whole distribution of each axis, and how many values are far out are tested. A right sampler is
    refused with probability at most `false_alarm`.

    >>> rng, covariance = np.random.default_rng(1), np.array([[4.0, 1.8], [1.8, 1.0]])
    >>> L, Z = np.linalg.cholesky(covariance), rng.standard_normal((4000, 2))
    >>> SameGaussian([0.0, 0.0], covariance)(Z @ L.T)
    >>> SameGaussian([0.0, 0.0], covariance)(Z @ L).text
    'The covariance of the draws is not the one that was asked for.'
    """

    mean: Any
    covariance: Any
    false_alarm: float = 1e-9

    def __call__(self, got: Any) -> Mismatch | None:
        rows = as_numbers(got)
        if isinstance(rows, Mismatch):
            return rows
        mean = np.asarray(self.mean, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != len(mean):
            text = wording.SHAPE.format(got=rows.shape, expected=f"(n_samples, {len(mean)})", remark="")
            return Mismatch(Problem.SHAPE, text, rows)
        if mismatch := Finite()(rows) or _discrete(rows):
            return mismatch
        from scipy.special import chdtr, chdtrc, ndtr

        n_samples, n_features = rows.shape
        factor = np.linalg.cholesky(np.asarray(self.covariance, dtype=np.float64))
        white = np.linalg.solve(factor, (rows - mean).T).T
        rate = self.false_alarm / (2 * n_features**2 + n_features + 1 + 2 * len(_FAR))
        if chdtrc(n_features, n_samples * (white.mean(axis=0) ** 2).sum()) < rate:
            if _far_from(mean, rows):
                return Mismatch(Problem.LAW, wording.WRONG_MEAN, rows.mean(axis=0), mean, "mean of the draws")
            return self._wrong_covariance(rows)  # draws that scatter too far have a mean that does so too
        for direction in _directions(n_features):
            square = float(((white @ direction) ** 2).sum())
            if min(chdtr(n_samples, square), chdtrc(n_samples, square)) < rate:
                return self._wrong_covariance(rows)
        margin = np.sqrt(np.log(2 / rate) / (2 * n_samples))
        steps = np.arange(n_samples + 1)[:, None] / n_samples
        levels = ndtr(np.sort(white, axis=0))
        strays = max((steps[1:] - levels).max(), (levels - steps[:-1]).max()) > margin
        far = (_in_tail(int((np.abs(white) > bound).sum()), white.size, 2 * ndtr(-bound), rate) for bound in _FAR)
        return Mismatch(Problem.LAW, wording.NOT_NORMAL, rows) if strays or any(far) else None

    def _wrong_covariance(self, rows: np.ndarray) -> Mismatch:
        centred = rows - rows.mean(axis=0)
        got = centred.T @ centred / len(rows)
        return Mismatch(Problem.LAW, wording.WRONG_COVARIANCE, got, self.covariance, "covariance of the draws")


def _far_from(mean: np.ndarray, rows: np.ndarray) -> bool:
    """Whether the mean of rows is off by more than their own scatter explains."""
    from scipy.special import chdtrc

    centred = rows - rows.mean(axis=0)
    off = rows.mean(axis=0) - mean
    precision = np.linalg.pinv(centred.T @ centred / len(rows), hermitian=True)
    return bool(chdtrc(len(mean), len(rows) * off @ precision @ off) < 1e-4)


_FAR = (2.0, 3.0)
"""Bounds in standard deviations; how many values are beyond them shows tails that are too light or too heavy."""


def _in_tail(count: int, trials: int, probability: float, rate: float) -> str:
    """Whether a binomial count lies in a tail of probability below `rate`, and in which."""
    from scipy.special import bdtr, bdtrc

    if trials == 0:
        return ""
    probability = min(probability, 1.0)
    if bdtr(count, trials, probability) < rate:
        return "too rarely"
    return "too often" if count and bdtrc(count - 1, trials, probability) < rate else ""


def _discrete(rows: np.ndarray) -> Mismatch | None:
    """What no draw of a continuous law is: the same as another, or a number of few digits."""
    if len(rows) > 1 and (rows == rows[0]).all():
        return Mismatch(Problem.LAW, wording.ALL_ROWS_EQUAL, rows)
    for digits in (0, 1, 2, 3):
        if rows.size > 4 and (np.round(rows, digits) == rows).all() and np.ptp(rows):
            return Mismatch(Problem.LAW, wording.ROUNDED.format(digits=digits), rows)
    with np.errstate(over="ignore"):
        single = rows.astype(np.float32)
    if rows.size > 4 and (single == rows).all():
        return Mismatch(Problem.LAW, wording.SINGLE_PRECISION, rows)
    if len(np.unique(rows, axis=0)) < len(rows):
        return Mismatch(Problem.LAW, wording.EQUAL_ROWS, rows)
    return None


def _directions(n_features: int) -> np.ndarray:
    """The axes and the diagonals between each two of them, as unit rows; d squared of them."""
    axes = np.eye(n_features)
    rows = list(axes)
    for i in range(n_features):
        for j in range(i):
            rows += [(axes[i] + axes[j]) / np.sqrt(2), (axes[i] - axes[j]) / np.sqrt(2)]
    return np.array(rows)


@dataclass(frozen=True, eq=False)
class SameMixture:
    """`(X, labels)`: labels drawn from the weights, and each row drawn from the component of its label.

    >>> rng = np.random.default_rng(1)
    >>> labels = rng.choice(2, 4000, p=[0.3, 0.7])
    >>> X = rng.standard_normal((4000, 1)) + 5.0 * labels[:, None]
    >>> law = SameMixture([0.3, 0.7], [[0.0], [5.0]], np.ones((2, 1, 1)))
    >>> law((X, labels))
    >>> mismatch = law((X[::-1], labels))
    >>> mismatch.part, mismatch.text
    ('samples with label 0, mean of the draws', 'The mean of the draws is not the one that was asked for.')
    """

    weights: Any
    means: Any
    covariances: Any
    false_alarm: float = 1e-9

    def __call__(self, got: Any) -> Mismatch | None:
        rate = self.false_alarm / (len(self.weights) + 2)
        if mismatch := Parts(("X", "labels"), (Finite(), SameCategorical(self.weights, rate)))(got):
            return mismatch
        X, labels = (np.asarray(part) for part in parts_of(got))
        if mismatch := Shape((len(labels), np.shape(self.means)[1]), "n_samples, d")(X):
            return mismatch.of("X")
        for label, (mean, covariance) in enumerate(zip(self.means, self.covariances)):
            rows = X[labels == label]
            if len(rows) and (mismatch := SameGaussian(mean, covariance, rate)(rows)):
                return mismatch.of(wording.OF_LABEL.format(label=label))
        if self._shared_noise(X, labels, rate):
            return Mismatch(Problem.LAW, wording.SHARED_NOISE, X)
        return None

    def _shared_noise(self, X: np.ndarray, labels: np.ndarray, rate: float) -> bool:
        """Whether the i-th rows of two components lie off their means by the same noise, for the first two.

        With independent rows the sums and the differences of their whitened noise are normal, of variance 2.
        """
        from scipy.special import chdtr, chdtrc

        if len(self.weights) < 2:
            return False
        first, second = (
            np.linalg.solve(np.linalg.cholesky(self.covariances[k]), (X[labels == k] - self.means[k]).T).T
            for k in (0, 1)
        )
        n_pairs = min(len(first), len(second))
        if n_pairs == 0:
            return False
        square = float(((first[:n_pairs] - second[:n_pairs]) ** 2).sum() / 2)
        degrees = n_pairs * X.shape[1]
        return min(chdtr(degrees, square), chdtrc(degrees, square)) < rate / 2
