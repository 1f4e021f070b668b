import numpy as np


def gaussian_density(x, mean, variance):
    out = np.empty(len(x), dtype=float)
    np.subtract(x, mean, out=out)
    np.square(out, out=out)
    out /= -2 * variance
    np.exp(out, out=out)
    out /= np.sqrt(2 * np.pi * variance)
    return out


def mixture_density(x, weights, means, variances):
    density = np.zeros((len(weights), len(x)))
    for k in np.where(weights > 0)[0]:
        density[k] = weights[k] * gaussian_density(x, means[k], variances[k])
    return density.sum(axis=0)


def gaussian_log_density(X, mean, covariance):
    d = len(mean)
    L = np.linalg.cholesky(covariance)
    L_inverse = np.linalg.inv(L)
    whitened = (X - mean) @ np.where(np.tri(d, dtype=bool), L_inverse, 0.0).T
    halves = np.concatenate([0.5 * whitened**2, np.tile(0.5 * np.log(2 * np.pi) + np.log(np.diag(L)), (len(X), 1))], 1)
    return -halves.sum(axis=1)
