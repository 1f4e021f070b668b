import math

import numpy as np

from gmmlearn.mixtures import gaussian_log_density


def fit_gaussian(X):
    n_samples, n_features = X.shape
    mean = [math.fsum(X[:, j]) / n_samples for j in range(n_features)]
    covariance = [
        [math.fsum((row[i] - mean[i]) * (row[j] - mean[j]) for row in X) / n_samples for j in range(n_features)]
        for i in range(n_features)
    ]
    return mean, covariance


def log_joint(X, weights, means, covariances):
    table = np.full((len(X), len(weights)), -np.inf)
    for k, weight in enumerate(weights):
        if weight > 0:
            table[:, k] = math.log(weight) + np.array(gaussian_log_density(X, means[k], covariances[k]))
    return table


def log_likelihood(X, weights, means, covariances):
    total = 0.0
    for row in log_joint(X, weights, means, covariances):
        total = total + max(row) + math.log(sum(math.exp(value - max(row)) for value in row))
    return np.float64(total)
