"""Mixtures that the pictures of several chapters draw."""

from typing import NamedTuple

import numpy as np


class Mixture(NamedTuple):
    """Parameters of a mixture, in the order in which the functions of the course take them."""

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray


BOOKS = Mixture(np.array([0.6, 0.4]), np.array([10.0, 27.0]), np.array([4.0, 25.0]))
"""Simulated prices in euros: paperbacks and hardcovers. One feature, so the last are variances."""

THREE = Mixture(
    np.array([0.6, 0.3, 0.1]),
    np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]]),
    np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.0], [0.0, 0.1]]]),
)
"""Three components with unequal weights and unequal, mostly tilted, covariances."""

FAITHFUL = Mixture(
    np.array([0.3559, 0.6441]),
    np.array([[2.0364, 54.4785], [4.2897, 79.9681]]),
    np.array([[[0.0692, 0.4352], [0.4352, 33.6973]], [[0.1700, 0.9406], [0.9406, 36.0462]]]),
)
"""What EM finds for Old Faithful with two components (chapter 6 shows how), to four decimals."""


def book_prices(n_samples: int = 400, seed: int = 1) -> np.ndarray:
    """Simulated prices of `n_samples` books, shape `(n_samples,)`."""
    rng = np.random.default_rng(seed)
    labels = rng.choice(2, size=n_samples, p=BOOKS.weights)
    return rng.normal(BOOKS.means[labels], np.sqrt(BOOKS.covariances[labels]))


def marginal(mixture: Mixture, feature: int) -> Mixture:
    """The one-dimensional mixture that one feature follows."""
    return Mixture(mixture.weights, mixture.means[:, feature], mixture.covariances[:, feature, feature])
