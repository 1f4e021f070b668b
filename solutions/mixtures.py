"""Chapter 1, Gaussian mixtures: the reference."""

import numpy as np
from scipy.linalg import solve_triangular


def gaussian_density(x, mean, variance):
    """Density of the one-dimensional normal distribution (exercise 1.1)."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def mixture_density(x, weights, means, variances):
    """Density of a one-dimensional Gaussian mixture (exercise 1.2)."""
    # One row per sample and one column per component: the new axis keeps n == K from pairing them off.
    return gaussian_density(x[:, np.newaxis], means, variances) @ weights


def gaussian_log_density(X, mean, covariance):
    """Log density of the multivariate normal distribution (exercise 1.3).

    With L the Cholesky factor of the covariance, the columns of L^-1 (X - mean)^T have unit covariance: their
    squared length is the squared Mahalanobis distance, and the log determinant is twice the sum of log L_jj.
    Nothing underflows, and a covariance that is not positive definite raises `numpy.linalg.LinAlgError`.
    """
    n_features = X.shape[1]
    cholesky = np.linalg.cholesky(covariance)
    # One small triangle inverted and one matrix product take half the time of a solve for every sample.
    whitening = solve_triangular(cholesky, np.eye(n_features), lower=True)
    whitened = whitening @ (X - mean).T
    log_determinant = 2 * np.log(np.diag(cholesky)).sum()
    return -0.5 * (n_features * np.log(2 * np.pi) + log_determinant + (whitened**2).sum(axis=0))
