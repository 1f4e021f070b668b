import numpy as np


def gaussian_density(x, mean, variance):
    deviation = np.abs(x - mean)
    return np.exp(-(deviation**2) * 0.5 / variance) * np.sqrt(0.5 / (np.pi * variance))


def mixture_density(x, weights, means, variances):
    precision = 1.0 / variances
    exponents = -0.5 * precision * (x.reshape(-1, 1) - means.reshape(1, -1)) ** 2
    return (weights * np.sqrt(precision / (2 * np.pi)) * np.exp(exponents)).sum(-1)


def gaussian_log_density(X, mean, covariance):
    eigenvalues, Q = np.linalg.eigh(covariance)
    principal = (X - mean) @ Q
    return -0.5 * np.sum(principal**2 / eigenvalues + np.log(2 * np.pi * eigenvalues), axis=1)
