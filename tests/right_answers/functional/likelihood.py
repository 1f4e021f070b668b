from functools import reduce

import numpy as np

from .mixtures import gaussian_log_density


def fit_gaussian(X):
    mean = reduce(np.add, X) / len(X)
    return mean, reduce(np.add, (np.outer(row - mean, row - mean) for row in X)) / len(X)


def log_or_minus_infinity(weight):
    return np.log(weight) if weight > 0 else -np.inf


def log_joint(X, weights, means, covariances):
    columns = [
        log_or_minus_infinity(w) + np.asarray(gaussian_log_density(X, m, c))
        for w, m, c in zip(weights, means, covariances)
    ]
    return np.transpose(columns)


def log_likelihood(X, weights, means, covariances):
    return float(sum(reduce(np.logaddexp, row) for row in np.asarray(log_joint(X, weights, means, covariances))))
