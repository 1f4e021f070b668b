"""The simulated data of chapter 7, and a fitted model's covariances in one form."""

import numpy as np

from gmmlearn import library

from .examples import THREE

CROSSING = (
    np.array([0.45, 0.35, 0.20]),
    np.array([[0.0, 0.0], [2.2, 1.0], [5.6, -1.2]]),
    np.array([[[2.6, 1.2], [1.2, 0.9]], [[0.8, -1.0], [-1.0, 2.4]], [[0.5, 0.2], [0.2, 0.8]]]),
)
"""Weights, means and covariances of three clusters, two of which cross."""


def crossing_clusters():
    """400 points of the three clusters that cross, with their true labels: `(X, labels)`."""
    return library.sample_mixture(*CROSSING, 400, np.random.default_rng(5))


def skewed_clusters(n_samples=2000):
    """Points of three unequal clusters, on which a start can go wrong: shape `(n_samples, 2)`."""
    return library.sample_mixture(*THREE, n_samples, np.random.default_rng(7))[0]


def stretched_clusters():
    """600 points: one long cluster, one round, one slanted; with their true labels `(X, labels)`."""
    rng = np.random.default_rng(0)
    weights = np.array([3, 1, 2]) / 6
    means = np.array([[0.0, 0.0], [3.0, 2.2], [-2.5, 3.2]])
    covariances = np.array([[[4.84, 0.0], [0.0, 0.25]], [[0.16, 0], [0, 0.16]], [[1.44, 1.2], [1.2, 1.1225]]])
    return library.sample_mixture(weights, means, covariances, 600, rng)


def moons():
    """500 points on two crescents, with their true labels: `(X, labels)`."""
    from sklearn.datasets import make_moons

    return make_moons(500, noise=0.08, random_state=1)


def full_covariances(model) -> np.ndarray:
    """Covariances of a fitted model as `(K, d, d)`, whatever its `covariance_type`.

    Examples
    --------
    >>> model = library.fit_sklearn(moons()[0], 3, covariance_type="spherical", random_state=0)
    >>> model.covariances_.shape, full_covariances(model).shape
    ((3,), (3, 2, 2))
    """
    n_components, n_features = model.means_.shape
    kept = model.covariances_
    if model.covariance_type == "tied":
        return np.broadcast_to(kept, (n_components, n_features, n_features))
    if model.covariance_type == "diag":
        return np.array([np.diag(variances) for variances in kept])
    if model.covariance_type == "spherical":
        return np.array([variance * np.eye(n_features) for variance in kept])
    return kept
