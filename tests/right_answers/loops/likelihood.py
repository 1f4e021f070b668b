import math

import numpy as np

from .mixtures import gaussian_log_density


def fit_gaussian(X):
    n, d = X.shape
    mean = [sum(X[:, j]) / n for j in range(d)]
    covariance = [
        [sum((X[i, a] - mean[a]) * (X[i, b] - mean[b]) for i in range(n)) / n for b in range(d)] for a in range(d)
    ]
    return mean, covariance


def log_joint(X, weights, means, covariances):
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        log_weight = math.log(weight) if weight > 0 else -math.inf
        columns.append([log_weight + value for value in gaussian_log_density(X, mean, covariance)])
    return np.array(columns).T


def log_likelihood(X, weights, means, covariances):
    total = 0.0
    for row in log_joint(X, weights, means, covariances):
        top = max(row)
        total += top + math.log(sum(math.exp(value - top) for value in row))
    return total
