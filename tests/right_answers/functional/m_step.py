from functools import partial
from itertools import chain

import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    return np.array([*map(np.mean, zip(*responsibilities))])


def weighted_mean(values, weights):
    total = sum(weights)
    return sum(w * v for w, v in zip(weights, values)) / (total if total > 0 else 1.0)


def update_means(X, responsibilities):
    return np.array([*map(partial(weighted_mean, X), responsibilities.T)])


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    ridge = np.diag(np.repeat(reg_covar, X.shape[1]))
    return np.array(
        [
            weighted_mean([np.outer(e, e) for e in X - mean], column) + ridge
            for mean, column in zip(means, responsibilities.T)
        ]
    )


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    cells = zip(chain(*responsibilities), chain(*log_joint(X, weights, means, covariances)))
    return sum(r * value for r, value in filter(lambda cell: cell[0] > 0, cells))
