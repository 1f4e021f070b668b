from dataclasses import dataclass, field

import numpy as np
from scipy.linalg import solve_triangular


class Normal:
    def __init__(self, mean, variance):
        self.mean = mean
        self.variance = variance

    def __call__(self, x):
        return np.exp(-self.energy(x)) / self.normaliser

    def energy(self, x):
        return (x - self.mean) ** 2 / (2 * self.variance)

    @property
    def normaliser(self):
        return np.sqrt(2 * np.pi * self.variance)


class Mixture:
    def __init__(self, weights, components):
        self.weights = weights
        self.components = components

    def __call__(self, x):
        return sum(weight * component(x) for weight, component in zip(self.weights, self.components))


@dataclass
class MultivariateNormal:
    mean: np.ndarray
    covariance: np.ndarray
    factor: np.ndarray = field(init=False)

    def __post_init__(self):
        self.factor = np.linalg.cholesky(self.covariance)

    @property
    def log_normaliser(self):
        return self.mean.size * np.log(2 * np.pi) / 2 + np.log(self.factor.diagonal()).sum()

    def whiten(self, X):
        return solve_triangular(self.factor, (X - self.mean).T, lower=True).T

    def log_pdf(self, X):
        return -self.log_normaliser - np.linalg.norm(self.whiten(X), axis=1) ** 2 / 2


def gaussian_density(x, mean, variance):
    return Normal(mean, variance)(x)


def mixture_density(x, weights, means, variances):
    return Mixture(weights, [Normal(m, v) for m, v in zip(means, variances)])(x)


def gaussian_log_density(X, mean, covariance):
    return MultivariateNormal(mean, covariance).log_pdf(X)
