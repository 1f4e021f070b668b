from functools import cached_property

import numpy as np

from gmmlearn.likelihood import log_joint


class SufficientStatistics:
    def __init__(self, X, shares):
        self.X, self.shares = X, shares

    @cached_property
    def counts(self):
        return self.shares.sum(axis=0)

    @property
    def divisors(self):
        return np.where(self.counts == 0, 1.0, self.counts)

    def weights(self):
        return self.counts / len(self.shares)

    def means(self):
        return np.array([share @ self.X / n for share, n in zip(self.shares.T, self.divisors)])

    def scatter_about(self, means):
        for share, mean, n in zip(self.shares.T, means, self.divisors):
            residual = self.X - mean
            yield residual.T @ (share[:, None] * residual) / n


def update_weights(responsibilities):
    return SufficientStatistics(None, responsibilities).weights()


def update_means(X, responsibilities):
    return SufficientStatistics(X, responsibilities).means()


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    ridge = reg_covar * np.eye(X.shape[1])
    return np.array([S + ridge for S in SufficientStatistics(X, responsibilities).scatter_about(means)])


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    table = np.asarray(log_joint(X, weights, means, covariances))
    return float(sum(r @ a for r, a in ((r[r > 0], a[r > 0]) for r, a in zip(responsibilities, table))))
