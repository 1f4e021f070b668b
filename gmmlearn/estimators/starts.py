"""Where EM begins: scikit-learn's four starts, and a user's own parameters, checked."""

from dataclasses import replace

import numpy as np
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.utils import check_array

from .expectation import moments_given, moments_shared
from .parameters import Parameters, covariances_of, factors_of_precisions, from_moments

BLOCK = 2**14
"""Rows of random responsibilities that are drawn at a time; the numbers are those of one large draw."""


def checked_start(estimator, n_features):
    """`weights_init`, `means_init` and `precisions_init` as arrays or None; a ValueError says what is wrong."""
    n_components, covariance_type = estimator.n_components, estimator.covariance_type
    shapes = {
        "full": (n_components, n_features, n_features),
        "tied": (n_features, n_features),
        "diag": (n_components, n_features),
        "spherical": (n_components,),
    }
    weights = _array(estimator.weights_init, (n_components,), "weights")
    means = _array(estimator.means_init, (n_components, n_features), "means")
    precisions = _array(estimator.precisions_init, shapes[covariance_type], f"{covariance_type} precision")
    if weights is not None:
        if np.any(weights < 0) or np.any(weights > 1):
            raise ValueError(
                "The parameter 'weights' should be in the range [0, 1], but got max value "
                f"{weights.max():.5f}, min value {weights.min():.5f}"
            )
        if abs(weights.sum() - 1) > (1e-6 if np.asarray(estimator.weights_init).dtype == np.float32 else 1e-8):
            raise ValueError(
                f"The parameter 'weights' should be normalized, but got sum(weights) = {weights.sum():.5f}"
            )
    if precisions is not None:
        if covariance_type in ("diag", "spherical"):
            if not np.all(precisions > 0):
                raise ValueError(f"'{covariance_type} precision' should be positive")
        else:
            transposed = np.swapaxes(precisions, -1, -2)
            # numpy.isclose's own tolerances, as scikit-learn has them
            if not np.allclose(precisions, transposed) or np.any(np.linalg.eigvalsh(precisions) <= 0):
                raise ValueError(f"'{covariance_type} precision' should be symmetric, positive-definite")
    return weights, means, precisions


def _array(values, shape, name):
    if values is None:
        return None
    values = check_array(values, dtype=np.float64, ensure_2d=False, allow_nd=True, input_name=name)
    if values.shape != shape:
        raise ValueError(f"The parameter '{name}' should have the shape of {shape}, but got {values.shape}")
    return values


def start(X, sample_weight, estimator, given, random_state, centre):
    """Parameters to begin with, from samples (n, d) or from what the user gave.

    Weights are counts by n, as in scikit-learn: with `"random_from_data"` and `"k-means++"` they do not sum to 1,
    which the first M-step corrects.
    """
    weights, means, precisions = given
    covariance_type = estimator.covariance_type
    if any(part is None for part in given):
        moments = _start_moments(X, sample_weight, estimator, random_state, centre)
        n_samples = len(X) if sample_weight is None else np.sum(sample_weight)
        if precisions is not None:  # then the covariances of the start are not wanted, and need not be positive
            moments = replace(moments, covariances=moments.covariances * 0 + _unit(covariance_type, X.shape[1]))
        begun = from_moments(moments, n_samples, estimator.reg_covar, centre)
        weights = begun.weights if weights is None else weights
        relative = begun.means if means is None else means - centre
        if precisions is None:
            return Parameters(weights, relative, begun.covariances, begun.factors, centre, covariance_type)
    else:
        relative = means - centre
    factors = factors_of_precisions(precisions, covariance_type)
    return Parameters(weights, relative, covariances_of(factors, covariance_type), factors, centre, covariance_type)


def _unit(covariance_type, n_features):
    return np.eye(n_features) if covariance_type in ("full", "tied") else 1.0


def _start_moments(X, sample_weight, estimator, random_state, centre):
    n_components, covariance_type = estimator.n_components, estimator.covariance_type
    init_params = estimator.init_params
    if init_params == "kmeans":
        kmeans = KMeans(n_clusters=n_components, n_init=1, random_state=random_state)
        labels = kmeans.fit(X, sample_weight=sample_weight).labels_
        return moments_given(X, labels, sample_weight, n_components, covariance_type, centre)
    if init_params == "random":
        moments = None
        for first in range(0, len(X), BLOCK):
            rows = slice(first, first + BLOCK)
            shares = random_state.uniform(size=(len(X[rows]), n_components))
            shares /= shares.sum(axis=1, keepdims=True)
            weight = None if sample_weight is None else sample_weight[rows]
            block = moments_shared(X[rows], shares, weight, covariance_type, centre)
            moments = block if moments is None else moments.merged(block)
        return moments
    if init_params == "random_from_data":
        shares = None if sample_weight is None else sample_weight / sample_weight.sum()
        indices = random_state.choice(len(X), size=n_components, replace=False, p=shares)
    else:
        _, indices = kmeans_plusplus(X, n_components, random_state=random_state, sample_weight=sample_weight)
    return moments_given(X[indices], np.arange(n_components), None, n_components, covariance_type, centre)
