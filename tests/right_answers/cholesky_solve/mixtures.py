import numpy as np
from scipy.linalg import cho_factor, cho_solve


def gaussian_density(x, mean, variance):
    log_density = -0.5 * np.log(2 * np.pi * variance) - np.square(x - mean) / (2 * variance)
    return np.exp(log_density)


def mixture_density(x, weights, means, variances):
    whitened = (x[None, :] - means[:, None]) / np.sqrt(variances)[:, None]
    scale = weights / np.sqrt(2 * np.pi * variances)
    return scale @ np.exp(-np.square(whitened) / 2)


def gaussian_log_density(X, mean, covariance):
    factor, lower = cho_factor(covariance, lower=True)
    D = (X - mean).T
    mahalanobis = np.sum(D * cho_solve((factor, lower), D), axis=0)
    log_det = 2 * np.sum(np.log(np.diagonal(factor)))
    return -(X.shape[1] * np.log(2 * np.pi) + log_det + mahalanobis) / 2
