"""Calls into NumPy and SciPy."""

import numpy as np
from scipy.special import logsumexp, softmax


def sufficient_statistics(X):
    i, j = np.triu_indices(X.shape[1])
    return np.c_[np.ones(len(X)), X, X[:, i] * X[:, j]]


def natural_parameters(weights, means, covariances):
    d = means.shape[1]
    i, j = np.triu_indices(d)
    P = np.linalg.inv(covariances)
    h = np.einsum("kij,kj->ki", P, means)
    with np.errstate(divide="ignore"):
        log_weights = np.log(weights)
    c = log_weights - 0.5 * (d * np.log(2 * np.pi) + np.linalg.slogdet(covariances)[1] + (h * means).sum(1))
    return np.hstack([c[:, None], h, np.where(i == j, -0.5, -1) * P[:, i, j]])


def expected_statistics(X, theta):
    T = sufficient_statistics(X)
    log_joint = T @ theta.T
    return softmax(log_joint, axis=1).T @ T, logsumexp(log_joint, axis=1).sum()


def parameters(S, reg_covar=1e-6):
    d = int(np.sqrt(2 * S.shape[1])) - 1
    i, j = np.triu_indices(d)
    moments = S / S[:, [0]]
    means = moments[:, 1 : d + 1]
    covariances = np.zeros((len(S), d, d))
    covariances[:, i, j] = moments[:, d + 1 :] - means[:, i] * means[:, j]
    covariances[:, j, i] = covariances[:, i, j]
    covariances[:, range(d), range(d)] += reg_covar
    return S[:, 0] / S[:, 0].sum(), means, covariances
