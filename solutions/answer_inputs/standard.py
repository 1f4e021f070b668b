"""The numbers that the inputs of several chapters share, and how a case is written down."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Call, Case

WEIGHTS = np.array([0.6, 0.3, 0.1])
MEANS = np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]])
COVARIANCES = np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]])
MIXTURE = {"weights": WEIGHTS, "means": MEANS, "covariances": COVARIANCES}
NEAR = np.array([[0.4, -0.2], [2.6, 1.9], [-1.8, 3.7], [1.5, 0.6], [-0.9, 1.6], [0.2, 0.9], [3.3, -0.4]])
FAR = np.array([[60.0, -45.0], [-80.0, 31.0], [52.0, 70.0], [-47.0, -66.0]])
SHARES = np.array(
    [
        [0.7, 0.2, 0.1],
        [0.05, 0.15, 0.8],
        [0.3, 0.4, 0.3],
        [0.9, 0.1, 0.0],
        [0.25, 0.35, 0.4],
        [0.5, 0.3, 0.2],
        [0.1, 0.6, 0.3],
    ]
)
TALL = {"value": "n, K"}


def case(key: str, about: str, kind: str, *calls: Any, **settings: Any) -> Case:
    """A case; a call is the dict of its arguments, or a pair of them with the dict of its options."""
    made = tuple(Call(*call) if isinstance(call, tuple) else Call(call) for call in calls)
    return Case(key, about, kind, made, settings)


def blobs(seed: int, centres: Any, spread: Any, sizes: Any, digits: int = 3) -> np.ndarray:
    """Normal clouds of the given sizes, rounded and shuffled."""
    rng = np.random.default_rng(seed)
    factors = [np.linalg.cholesky(np.atleast_2d(one)) for one in spread]
    rows = [
        np.asarray(centre) + rng.standard_normal((size, len(factor))) @ factor.T
        for centre, factor, size in zip(centres, factors, sizes)
    ]
    return rng.permutation(np.concatenate(rows)).round(digits)


def line_mixture() -> dict[str, Any]:
    """One feature and one component."""
    single = {"weights": np.array([1.0]), "means": np.array([[0.7]]), "covariances": np.array([[[0.4]]])}
    return {"X": NEAR[:4, :1]} | single


PAIR = blobs(21, [[0.0, 0.0], [2.2, 1.0]], [[[1.0, 0.6], [0.6, 1.0]], [[0.4, -0.2], [-0.2, 0.9]]], (70, 30))
"""Two clouds that overlap: k-means has one solution, and EM moves away from it for a while."""
APART = blobs(22, [[0.0, 0.0], [9.0, 2.0]], [[[1.0, 0.6], [0.6, 1.0]], [[0.4, -0.2], [-0.2, 0.9]]], (9, 5), digits=1)
TRIO = blobs(
    23,
    [[0.0, 0.0], [12.0, 3.0], [-6.0, 11.0]],
    [[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]],
    (36, 18, 6),
    digits=2,
)
