import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    return np.einsum("nk->k", responsibilities) / np.einsum("nk->", responsibilities)


def update_means(X, responsibilities):
    owned = np.einsum("nk->k", responsibilities) + 10 * np.finfo(float).eps
    return np.einsum("nk,nd,k->kd", responsibilities, X, 1 / owned)


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    owned = np.einsum("nk->k", responsibilities) + 10 * np.finfo(float).eps
    centred = X[:, np.newaxis] - means
    covariances = np.einsum("nk,nki,nkj->kij", responsibilities, centred, centred) / owned[:, None, None]
    np.einsum("kii->ki", covariances)[...] += reg_covar  # einsum gives a view of the diagonals
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = np.asarray(log_joint(X, weights, means, covariances))
    finite = np.where(responsibilities == 0, 0.0, joint)
    return np.einsum("nk,nk->", responsibilities, finite)
