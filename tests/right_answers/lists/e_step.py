import numpy as np

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    rows = []
    for row in log_joint(X, weights, means, covariances):
        shifted = [value - max(row) for value in row]
        odds = [np.exp(value) for value in shifted]
        rows.append(np.array(odds) / sum(odds))
    return rows  # a list of arrays


def assign(responsibilities):
    return [np.uint8(np.flatnonzero(row == row.max())[0]) for row in responsibilities]
