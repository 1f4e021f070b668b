"""SciPy, the functions of earlier chapters, and scatter about the means."""

from itertools import combinations_with_replacement

import numpy as np
from scipy import linalg, special


def _pairs(d):
    return list(combinations_with_replacement(range(d), 2))


def sufficient_statistics(X):
    return np.column_stack([np.ones(X.shape[0]), X] + [X[:, a] * X[:, b] for a, b in _pairs(X.shape[1])])


def natural_parameters(weights, means, covariances):
    theta = []
    for log_weight, mean, covariance in zip(special.xlogy(1, weights), means, covariances):
        factor = linalg.cho_factor(covariance, lower=True)
        precision = linalg.cho_solve(factor, np.eye(len(mean)))
        half_log_det = np.log(np.diag(factor[0])).sum()
        linear = linalg.cho_solve(factor, mean)
        constant = log_weight - len(mean) * np.log(np.sqrt(2 * np.pi)) - half_log_det - mean @ linear / 2
        theta.append([constant, *linear, *(-precision[a, b] / (2 if a == b else 1) for a, b in _pairs(len(mean)))])
    return np.array(theta)


def expected_statistics(X, theta):
    T = sufficient_statistics(X)
    log_joint = (theta @ T.T).T
    log_r = special.log_softmax(log_joint, axis=1)
    return np.exp(log_r).T.dot(T), special.logsumexp(log_joint, axis=1).sum()


def parameters(S, reg_covar=1e-6):
    n_features = int((np.sqrt(8 * S.shape[1] + 1) - 3) / 2)
    weights = S[:, 0] / S[:, 0].sum()
    means = (S[:, 1 : n_features + 1].T / S[:, 0]).T
    covariances = np.empty((len(S), n_features, n_features))
    for column, (a, b) in enumerate(_pairs(n_features), start=n_features + 1):
        covariances[:, a, b] = S[:, column] / S[:, 0] - means[:, a] * means[:, b] + reg_covar * (a == b)
        covariances[:, b, a] = covariances[:, a, b]
    return weights, means, covariances
