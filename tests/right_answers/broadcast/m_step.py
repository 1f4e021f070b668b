import numpy as np

from gmmlearn.likelihood import log_joint


def update_weights(responsibilities):
    return responsibilities.sum(axis=0) / responsibilities.shape[0]


def update_means(X, responsibilities):
    total = (responsibilities[:, :, None] * X[:, None, :]).sum(axis=0)
    return total / np.maximum(responsibilities.sum(axis=0), 1e-300)[:, None]


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    diff = X[:, None, :] - means
    outer = diff[..., :, None] * diff[..., None, :]  # (n, K, d, d)
    scatter = np.sum(responsibilities[..., None, None] * outer, axis=0)
    counts = np.maximum(responsibilities.sum(axis=0), 1e-300)
    return scatter / counts[:, None, None] + reg_covar * np.eye(X.shape[1])[None]


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    with np.errstate(invalid="ignore"):
        terms = responsibilities * log_joint(X, weights, means, covariances)
    return np.where(responsibilities > 0, terms, 0.0).sum()
