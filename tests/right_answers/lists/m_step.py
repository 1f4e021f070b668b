import numpy as np

from gmmlearn.likelihood import log_joint


def update_weights(responsibilities):
    return tuple(column.mean() for column in responsibilities.T)


def update_means(X, responsibilities):
    means = []
    for r in responsibilities.T:
        n_k = r.sum() if r.sum() > 0 else 1.0
        means.append([(r * column).sum() / n_k for column in X.T])
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    covariances = []
    for r, mean in zip(responsibilities.T, means):
        n_k = r.sum() if r.sum() > 0 else 1.0
        D = X - mean
        covariances.append((D.T * r) @ D / n_k + reg_covar * np.eye(len(mean)))
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    pairs = zip(np.ravel(responsibilities), np.ravel(log_joint(X, weights, means, covariances)))
    return sum([r * a for r, a in pairs if r])
