import numpy as np

from gmmlearn.likelihood import log_joint


def update_weights(responsibilities):
    return list(responsibilities.T.sum(axis=1) / len(responsibilities))


def update_means(X, responsibilities):
    means = np.zeros((responsibilities.shape[1], X.shape[1]))
    for k, shares in enumerate(responsibilities.T):
        for share, row in zip(shares, X):
            means[k] = means[k] + share * row
        means[k] /= shares.sum() or 1
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    covariances = []
    for shares, mean in zip(responsibilities.T, means):
        scatter = sum(share * np.outer(row - mean, row - mean) for share, row in zip(shares, X))
        covariances.append(scatter / (sum(shares) or 1) + np.diag([reg_covar] * len(mean)))
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    return sum(r * v for row in zip(responsibilities, table) for r, v in zip(*row) if r > 0)
