import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    a = np.array(log_joint(X, weights, means, covariances))
    a -= np.where(np.isfinite(a), a, -np.inf).max(axis=1)[:, np.newaxis]
    p = np.where(a > -745, np.exp(a), 0.0)
    return np.divide(p, p.sum(axis=1)[:, np.newaxis])


def assign(responsibilities):
    n_components = responsibilities.shape[1]
    top = responsibilities.max(axis=1, keepdims=True)
    places = np.where(responsibilities == top, np.arange(n_components), n_components)
    return places.min(axis=1)
