import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    return np.average(responsibilities, axis=0)


def update_means(X, responsibilities):
    counts = responsibilities.sum(axis=0)[:, np.newaxis]
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.matmul(responsibilities.T, X) / counts
    return np.where(counts > 0, means, 0.0)


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    d = X.shape[1]
    counts = responsibilities.sum(axis=0)
    out = np.zeros((len(means), d, d))
    for k in np.where(counts > 0)[0]:
        mine = responsibilities[:, k] > 0
        D = X[mine] - means[k]
        out[k] = np.tensordot(responsibilities[mine, k, np.newaxis] * D, D, axes=([0], [0])) / counts[k]
    return out + np.where(np.eye(d, dtype=bool), reg_covar, 0.0)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    a = np.asarray(log_joint(X, weights, means, covariances))
    with np.errstate(invalid="ignore"):
        return np.nansum(responsibilities * a)  # 0 times minus infinity is NaN, and counts as 0
