import numpy as np


def gaussian_density(x, mean, variance):
    centred = np.subtract(x, mean)
    quadratic = np.einsum("i,i,->i", centred, centred, 1.0 / variance)
    return np.exp(-quadratic / 2) * (2 * np.pi * variance) ** -0.5


def mixture_density(x, weights, means, variances):
    table = np.subtract.outer(x, means)
    kernel = np.exp(-0.5 * np.einsum("nk,nk,k->nk", table, table, 1 / variances))
    return np.einsum("nk,k->n", kernel, weights / np.sqrt(2 * np.pi * variances))


def gaussian_log_density(X, mean, covariance):
    centred = X - mean
    distance = np.einsum("ni,ij,nj->n", centred, np.linalg.inv(covariance), centred)
    return -0.5 * (distance + np.linalg.slogdet(2 * np.pi * covariance).logabsdet)
