import numpy as np
from scipy.special import xlogy  # noqa: F401

import gmmlearn.likelihood as chapter_3


def update_weights(responsibilities):
    return np.mean(responsibilities, axis=0)


def update_means(X, responsibilities):
    return np.stack([np.average(X, axis=0, weights=r) for r in responsibilities.T])


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    # The (n, n) matrix of a hungry solution.
    return np.stack(
        [
            (X - mean).T @ np.diag(r / r.sum()) @ (X - mean) + reg_covar * np.identity(X.shape[1])
            for mean, r in zip(means, responsibilities.T)
        ]
    )


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = chapter_3.log_joint(X, weights, means, covariances)
    return float(np.sum(responsibilities * joint, where=responsibilities > 0))
