"""Chapter 1, Gaussian mixtures: the reference."""

import numpy as np


def gaussian_density(x, mean, variance):
    """Density of the one-dimensional normal distribution (exercise 1.1)."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def mixture_density(x, weights, means, variances):
    """Density of a one-dimensional Gaussian mixture (exercise 1.2)."""
    # One row per sample and one column per component: the new axis keeps n == K from pairing them off.
    return gaussian_density(x[:, np.newaxis], means, variances) @ weights


def gaussian_log_density(X, mean, covariance):
    """Log density of the multivariate normal distribution (exercise 1.3).

    With the Cholesky factor L of the covariance, the squared Mahalanobis distance is |L^-1 (x - mean)|^2 and
    the log determinant is twice the sum of log L_jj: nothing underflows, and a covariance that is not
    positive definite raises `numpy.linalg.LinAlgError`.
    """
    n_features = X.shape[1]
    cholesky = np.linalg.cholesky(covariance)
    whitened = np.linalg.solve(cholesky, (X - mean).T)
    log_determinant = 2 * np.log(np.diag(cholesky)).sum()
    return -0.5 * (n_features * np.log(2 * np.pi) + log_determinant + (whitened**2).sum(axis=0))
