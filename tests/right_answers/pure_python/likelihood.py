from math import exp, inf, log, log1p

from .mixtures import gaussian_log_density


def fit_gaussian(X):
    rows = X.tolist()
    n, d = len(rows), len(rows[0])
    mean = [sum(row[j] for row in rows) / n for j in range(d)]
    covariance = [[0.0] * d for _ in range(d)]
    for row in rows:
        for i in range(d):
            for j in range(d):
                covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / n
    return mean, covariance


def log_joint(X, weights, means, covariances):
    table = [[] for _ in X]
    for weight, mean, covariance in zip(weights, means, covariances):
        start = log(weight) if weight else -inf
        for cells, value in zip(table, gaussian_log_density(X, mean, covariance)):
            cells.append(start + value)
    return table


def add_logs(a, b):
    """log(exp(a) + exp(b)) without an exponential that overflows."""
    if a < b:
        a, b = b, a
    return a if b == -inf else a + log1p(exp(b - a))


def log_likelihood(X, weights, means, covariances):
    total = 0.0
    for row in log_joint(X, weights, means, covariances):
        inner = -inf
        for value in row:
            inner = add_logs(inner, value)
        total += inner
    return total
