"""Comparators of random draws. Each states its false-alarm rate: how often it refuses a right sampler.

Every test here is exact for its sample size (binomial, chi-square of a known variance, the bound of
Dvoretzky, Kiefer and Wolfowitz), and the rate is shared out among the tests of one comparator: what is stated
is a bound.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .laws import Parts
from .values import Finite, Mismatch, Shape, as_integers, as_numbers


@dataclass(frozen=True, eq=False)
class SameLaw:
    """Labels that are independent draws of Cat(`probabilities`).

    `got` is `(n,)`, or `(r, n)` for r separate draws of n: then counts that are the same in every draw, as
    rounded shares would be, are refused as well. A right sampler is refused with probability at most
    `false_alarm`.

    >>> rng = np.random.default_rng(1)
    >>> SameLaw([0.5, 0.3, 0.2])(rng.choice(3, 20_000, p=[0.5, 0.3, 0.2]))
    >>> SameLaw([0.5, 0.3, 0.2])(rng.choice(3, 20_000)).text
    'label 0 came too rarely'
    >>> SameLaw([0.5, 0.5])(np.arange(100) // 50).text
    'neighbours have the same label too often: the draws are grouped, not independent'
    """

    probabilities: Any
    false_alarm: float = 1e-9

    def __call__(self, got: Any) -> Mismatch | None:
        probabilities = np.asarray(self.probabilities, dtype=np.float64)
        labels = as_integers(got)
        if isinstance(labels, Mismatch):
            return labels
        if labels.ndim not in (1, 2) or not labels.size:
            return Mismatch("shape", got, None, f"shape {labels.shape} came, labels (n_samples,) were due")
        n_components = len(probabilities)
        outside = (labels < 0) | (labels >= n_components)
        if outside.any():
            text = f"label {labels[outside][0]} came; labels run from 0 to {n_components - 1}"
            return Mismatch("values", got, None, text)
        rate = self.false_alarm / (2 * n_components + 2 + (labels.ndim == 2))
        table = np.atleast_2d(labels)
        counts = np.bincount(table.ravel(), minlength=n_components)
        for label, (came, probability) in enumerate(zip(counts.tolist(), probabilities.tolist())):
            if mismatch := self._count(came, table.size, probability, rate):
                text = f"label {label} came {mismatch}"
                return Mismatch("law", counts / table.size, probabilities, text, "share of each label")
        equal = table[:, 0:-1:2] == table[:, 1::2]
        if mismatch := self._count(int(equal.sum()), equal.size, float((probabilities**2).sum()), rate):
            cause = "grouped" if mismatch == "too often" else "alternating"
            text = f"neighbours have the same label {mismatch}: the draws are {cause}, not independent"
            return Mismatch("law", got, None, text)
        if labels.ndim == 2 and self._never_strays(table, probabilities, rate):
            text = "the counts are the same in every draw: they are fixed, not random"
            return Mismatch("law", got, None, text)
        return None

    @staticmethod
    def _count(came: int, trials: int, probability: float, rate: float) -> str:
        """Whether a binomial count lies in a tail of probability below `rate`, and in which."""
        from scipy.special import bdtr, bdtrc

        if trials == 0:
            return ""
        probability = min(probability, 1.0)
        if bdtr(came, trials, probability) < rate:
            return "too rarely"
        return "too often" if came and bdtrc(came - 1, trials, probability) < rate else ""

    @staticmethod
    def _never_strays(table: np.ndarray, probabilities: np.ndarray, rate: float) -> bool:
        """Whether every count stays within one of its mean, where chance alone would do so below `rate`."""
        from scipy.special import bdtr

        n_draws, n_samples = table.shape
        label = int(np.abs(probabilities - 0.5).argmin())  # the label whose count varies most
        mean = n_samples * probabilities[label]
        low, high = int(np.ceil(mean - 1)), int(np.floor(mean + 1))
        stays = (table == label).sum(axis=1)
        if ((stays < low) | (stays > high)).any():
            return False
        below = bdtr(low - 1, n_samples, probabilities[label]) if low > 0 else 0.0
        return bool((bdtr(high, n_samples, probabilities[label]) - below) ** n_draws < rate)

    def bad(self) -> Any:
        """A value that must be refused."""
        return np.full(4, len(self.probabilities))

    def __str__(self) -> str:
        return f"draws of the categorical law (a right sampler is refused once in {1 / self.false_alarm:g})"


@dataclass(frozen=True, eq=False)
class SameMoments:
    """Rows that are independent draws of N(`mean`, `covariance`).

    Whitened by the true parameters, the rows are standard normal: mean, variance along the axes and between
    them, and the whole distribution of each axis are tested. A right sampler is refused with probability at
    most `false_alarm`.

    >>> rng, covariance = np.random.default_rng(1), np.array([[4.0, 1.8], [1.8, 1.0]])
    >>> L, Z = np.linalg.cholesky(covariance), rng.standard_normal((4000, 2))
    >>> SameMoments([0.0, 0.0], covariance)(Z @ L.T)
    >>> SameMoments([0.0, 0.0], covariance)(Z @ L).text
    'the covariance of the draws is not the one asked for'
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
            return Mismatch("shape", got, None, f"shape {rows.shape} came, (n_samples, {len(mean)}) was due")
        if mismatch := Finite()(rows):
            return mismatch
        from scipy.special import chdtr, chdtrc, ndtr

        n_samples, n_features = rows.shape
        factor = np.linalg.cholesky(np.asarray(self.covariance, dtype=np.float64))
        white = np.linalg.solve(factor, (rows - mean).T).T
        rate = self.false_alarm / (2 * n_features**2 + n_features + 1)
        if chdtrc(n_features, n_samples * (white.mean(axis=0) ** 2).sum()) < rate:
            text = "the mean of the draws is not the one asked for"
            return Mismatch("law", rows.mean(axis=0), mean, text, "mean of the draws")
        for direction in _directions(n_features):
            square = float(((white @ direction) ** 2).sum())
            if min(chdtr(n_samples, square), chdtrc(n_samples, square)) < rate:
                text = "the covariance of the draws is not the one asked for"
                centred = rows - rows.mean(axis=0)
                came = centred.T @ centred / n_samples
                return Mismatch("law", came, self.covariance, text, "covariance of the draws")
        margin = np.sqrt(np.log(2 / rate) / (2 * n_samples))
        steps = np.arange(n_samples + 1)[:, None] / n_samples
        levels = ndtr(np.sort(white, axis=0))
        if max((steps[1:] - levels).max(), (levels - steps[:-1]).max()) > margin:
            return Mismatch("law", got, None, "mean and covariance fit, but the draws are not normal")
        return None

    def bad(self) -> Any:
        """A value that must be refused."""
        mean = np.asarray(self.mean, dtype=np.float64)
        return np.tile(mean + 100 * np.sqrt(np.diag(self.covariance)), (4, 1))

    def __str__(self) -> str:
        return f"draws of the normal law (a right sampler is refused once in {1 / self.false_alarm:g})"


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
    >>> law((X[::-1], labels)).text
    'rows with label 0: the mean of the draws is not the one asked for'
    """

    weights: Any
    means: Any
    covariances: Any
    false_alarm: float = 1e-9

    def __call__(self, got: Any) -> Mismatch | None:
        rate = self.false_alarm / (len(self.weights) + 2)
        if mismatch := Parts(("X", "labels"), (Finite(), SameLaw(self.weights, rate)))(got):
            return mismatch
        X, labels = np.asarray(got[0], dtype=np.float64), np.asarray(got[1])
        if mismatch := Shape((len(labels), np.shape(self.means)[1]), "n_samples, d")(X):
            return Mismatch(mismatch.kind, got, None, f"X: {mismatch.text}")
        for label, (mean, covariance) in enumerate(zip(self.means, self.covariances)):
            rows = X[labels == label]
            if len(rows) and (mismatch := SameMoments(mean, covariance, rate)(rows)):
                text = f"rows with label {label}: {mismatch.text}"
                part = f"{mismatch.part}, label {label}" if mismatch.part else ""
                return Mismatch(mismatch.kind, mismatch.got, mismatch.due, text, part)
        if self._shared_noise(X, labels, rate):
            return Mismatch("law", got, None, "the components get the same noise: their rows are not independent")
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

    def bad(self) -> Any:
        """A value that must be refused."""
        return (np.asarray(self.means)[:1], np.array([len(self.weights)]))

    def __str__(self) -> str:
        return f"draws of the mixture (a right sampler is refused once in {1 / self.false_alarm:g})"
