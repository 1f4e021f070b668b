import numpy as np

LOG_2PI = np.log(2 * np.pi)


def log_normal(x, mean, variance):
    return -0.5 * (LOG_2PI + np.log(variance) + (x - mean) ** 2 / variance)


def gaussian_density(x, mean, variance):
    return np.exp(log_normal(x, mean, variance))


def mixture_density(x, weights, means, variances):
    total = 0
    for k, weight in enumerate(weights):
        total = total + weight * np.exp(log_normal(x, means[k], variances[k]))
    return total


def gaussian_log_density(X, mean, covariance):
    """One feature after the other, each given those before it: a sum of log densities in one dimension."""
    remaining, residuals = np.array(covariance, dtype=float), np.array(X - mean, dtype=float)
    result = np.zeros(len(X))
    for j in range(len(mean)):
        result += log_normal(residuals[:, j], 0.0, remaining[j, j])
        slope = remaining[:, j] / remaining[j, j]
        residuals = residuals - np.outer(residuals[:, j], slope)
        remaining = remaining - np.outer(slope, remaining[j])
    return result
