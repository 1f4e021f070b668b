from typing import NamedTuple

import numpy as np

from gmmlearn.mixtures import gaussian_log_density


class Gaussian(NamedTuple):
    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def estimated_from(cls, X):
        mean = X.mean(axis=0)
        return cls(mean, (X - mean).T @ (X - mean) / X.shape[0])


class MixtureModel:
    def __init__(self, weights, means, covariances):
        self.weights = weights
        self.components = [Gaussian(m, c) for m, c in zip(means, covariances)]

    def joint(self, X):
        table = np.array([gaussian_log_density(X, *component) for component in self.components]).T
        with np.errstate(divide="ignore"):
            return table + np.log(self.weights)

    def score(self, X):
        total = 0.0
        for row in self.joint(X):
            top = row.max()
            total += top + np.log(np.exp(row - top).sum())
        return total


def fit_gaussian(X):
    return Gaussian.estimated_from(X)


def log_joint(X, weights, means, covariances):
    return MixtureModel(weights, means, covariances).joint(X)


def log_likelihood(X, weights, means, covariances):
    return MixtureModel(weights, means, covariances).score(X)
