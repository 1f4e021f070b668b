import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    table = np.asarray(log_joint(X, weights, means, covariances))
    return np.exp(table - np.logaddexp.reduce(table, axis=1)[:, np.newaxis])


def assign(responsibilities):
    return (-responsibilities).argmin(axis=1)
