"""Chapter 5, the M-step: the reference."""

import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    """Weight of each component: its mean responsibility (exercise 5.1)."""
    return responsibilities.mean(axis=0)


def update_means(X, responsibilities):
    """Mean of each component, weighted by its responsibilities (exercise 5.2)."""
    return responsibilities.T @ X / _counts(responsibilities)[:, np.newaxis]


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    """Covariance of each component about the given means, weighted by its responsibilities (exercise 5.3)."""
    n_components, n_features = means.shape
    counts = _counts(responsibilities)
    covariances = np.empty((n_components, n_features, n_features))
    for k in range(n_components):
        residuals = X - means[k]
        # The square root gives half of the weight to each factor: the product is then exactly symmetric.
        residuals = residuals * np.sqrt(responsibilities[:, k, np.newaxis])
        covariances[k] = residuals.T @ residuals / counts[k] + reg_covar * np.eye(n_features)
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    """Expected complete-data log-likelihood, the objective of the M-step (exercise 5.4)."""
    joint = log_joint(X, weights, means, covariances)
    # Where a responsibility is 0 the log joint may be -inf, and 0 * -inf is NaN; the limit of r log r is 0.
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


def _counts(responsibilities):
    """Expected number of samples of each component, (K,), kept above 0."""
    # A component that owns no sample would divide 0 by 0; this way its mean and its scatter come out as 0.
    return np.maximum(responsibilities.sum(axis=0), np.finfo(float).tiny)
