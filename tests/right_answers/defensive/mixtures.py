import numbers

import numpy as np
from scipy.linalg import solve_triangular


def gaussian_density(x, mean, variance):
    x = np.array(x, dtype=float, copy=True)
    if x.ndim != 1:
        raise ValueError(f"x should be one-dimensional, it has {x.ndim} dimensions")
    if not isinstance(mean, numbers.Real):
        mean = float(np.asarray(mean).item())
    if variance <= 0:
        raise ValueError("a variance is above 0")
    density = np.exp(-np.square(x - mean) / (2.0 * variance)) / np.sqrt(2.0 * np.pi * variance)
    assert density.shape == x.shape
    assert np.all(density >= 0)
    return density


def mixture_density(x, weights, means, variances):
    x, weights, means, variances = (np.array(a, dtype=float) for a in (x, weights, means, variances))
    assert weights.shape == means.shape == variances.shape, "one weight, mean and variance for each component"
    assert np.isclose(weights.sum(), 1), "weights sum to 1"
    density = np.zeros_like(x)
    for k in range(weights.size):
        density = density + weights[k] * gaussian_density(x, means[k], variances[k])
    return density


def gaussian_log_density(X, mean, covariance):
    X = np.atleast_2d(np.array(X, dtype=np.float64))
    mean = np.array(mean, dtype=np.float64).ravel()
    covariance = np.array(covariance, dtype=np.float64)
    if covariance.shape != (mean.size, mean.size):
        raise ValueError("mean and covariance do not fit together")
    if not np.allclose(covariance, covariance.T, atol=0):
        raise ValueError("the covariance is not symmetric")
    L = np.linalg.cholesky(covariance)
    whitened = solve_triangular(L, (X - mean).T, lower=True)
    result = -0.5 * (mean.size * np.log(2 * np.pi) + (whitened**2).sum(axis=0)) - np.log(np.diag(L)).sum()
    assert np.isfinite(result).all()
    return result
