import numpy as np

from gmmlearn.mixtures import gaussian_log_density


def fit_gaussian(X):
    mean = [column.mean() for column in X.T]
    covariance = [[((a - a.mean()) * (b - b.mean())).mean() for b in X.T] for a in X.T]
    return [mean, covariance]


def log_joint(X, weights, means, covariances):
    columns = [gaussian_log_density(X, m, c) for m, c in zip(means, covariances)]
    logs = [np.log(w) if w > 0 else -np.inf for w in weights]
    return [[a + log_w for a, log_w in zip(row, logs)] for row in zip(*columns)]


def log_likelihood(X, weights, means, covariances):
    values = []
    for row in log_joint(X, weights, means, covariances):
        m = max(row)
        values.append(m + np.log(sum(np.exp(a - m) for a in row)))
    return sum(values)
