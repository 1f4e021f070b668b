import numpy as np

import gmmlearn.likelihood as chapter_3


def update_weights(responsibilities):
    return np.mean(responsibilities, axis=0)


def update_means(X, responsibilities):
    zero = np.zeros(X.shape[1])
    return np.stack([np.average(X, axis=0, weights=r) if r.any() else zero for r in responsibilities.T])


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    # The (n, n) matrix of a hungry solution.
    return np.stack(
        [
            (X - mean).T @ np.diag(r / (r.sum() or 1)) @ (X - mean) + reg_covar * np.identity(X.shape[1])
            for mean, r in zip(means, responsibilities.T)
        ]
    )


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = chapter_3.log_joint(X, weights, means, covariances)
    return float(np.sum(responsibilities * joint, where=responsibilities > 0))
