import numpy as np

from .mixtures import gaussian_log_density


def fit_gaussian(X):
    mean = np.nanmean(X, axis=0)
    second = np.tensordot(X - mean, X - mean, axes=(0, 0))
    return mean, second / X.shape[0]


def log_joint(X, weights, means, covariances):
    out = np.full((X.shape[0], weights.shape[0]), -np.inf)
    for k in np.nonzero(weights)[0]:
        out[:, k] = np.add(gaussian_log_density(X, means[k], covariances[k]), np.log(weights[k]))
    return out


def log_likelihood(X, weights, means, covariances):
    a = np.asarray(log_joint(X, weights, means, covariances))
    m = np.nanmax(a, axis=1, keepdims=True)
    terms = np.exp(a - m, where=np.isfinite(a), out=np.zeros_like(a))
    return float(np.sum(m) + np.sum(np.log(terms.sum(axis=1))))
