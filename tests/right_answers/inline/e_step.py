import math

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    return [
        [1 / sum(math.exp(min(other - value, 700)) for other in row) if value > -math.inf else 0.0 for value in row]
        for row in table
    ]


def assign(responsibilities):
    return [row.index(max(row)) for row in responsibilities.tolist()]
