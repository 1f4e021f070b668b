from math import exp, fsum, log, pi, sqrt, tau

import numpy as np


def gaussian_density(x, mean, variance):
    height = 1 / sqrt(tau * variance)
    values = []
    for one in x:
        values.append(height * exp(-((one - mean) ** 2) / (2 * variance)))
    return values


def mixture_density(x, weights, means, variances):
    values = []
    for one in x:
        parts = []
        for k in range(len(weights)):
            bump = exp(-((one - means[k]) ** 2) / (2 * variances[k])) / sqrt(2 * pi * variances[k])
            parts.append(weights[k] * bump)
        values.append(fsum(parts))
    return values


def lower_factor(matrix):
    """The Cholesky factor, row by row."""
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - fsum(factor[i][k] * factor[j][k] for k in range(j))
            if i == j:
                if rest <= 0:
                    raise np.linalg.LinAlgError("not positive definite")
                factor[i][i] = sqrt(rest)
            else:
                factor[i][j] = rest / factor[j][j]
    return factor


def gaussian_log_density(X, mean, covariance):
    factor = lower_factor(covariance.tolist())
    size = len(factor)
    constant = size * log(tau) / 2 + fsum(log(factor[i][i]) for i in range(size))
    centre = mean.tolist()
    values = []
    for row in X.tolist():
        solved = []
        for i in range(size):
            rest = row[i] - centre[i]
            for j in range(i):
                rest -= factor[i][j] * solved[j]
            solved.append(rest / factor[i][i])
        values.append(-constant - fsum(s * s for s in solved) / 2)
    return values
