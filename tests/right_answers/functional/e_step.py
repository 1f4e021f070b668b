import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    def normalised(row):
        odds = np.exp(row - max(row))
        return odds / odds.sum()

    return np.apply_along_axis(normalised, 1, np.asarray(log_joint(X, weights, means, covariances)))


def assign(responsibilities):
    return list(map(int, map(np.argmax, responsibilities)))
