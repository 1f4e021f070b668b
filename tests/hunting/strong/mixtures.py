"""Strong tests of chapter 1."""

import numpy as np
from scipy import stats

from .common import FAR, close, mixture, unchanged


def test_gaussian_density(f):
    for variance in (0.01, 1.0, 7.0):
        x = np.array([-3.0, 0.4, 0.5, 0.61, 9.0])
        close(unchanged(f, x, 0.5, variance), stats.norm.pdf(x, 0.5, variance**0.5), rtol=1e-9)


def test_mixture_density(f):
    for n, weights in ((5, [0.2, 0.5, 0.3]), (3, [0.2, 0.5, 0.3]), (1, [0.6, 0.0, 0.4])):
        for unit in (1.0, 0.003):  # in the smaller one the density is far above 1
            x, means = unit * np.linspace(-2, 4.1, n), unit * np.array([-1.0, 0.1, 3.0])
            variances = unit**2 * np.array([0.01, 2.0, 0.5])
            expected = sum(w * stats.norm.pdf(x, m, v**0.5) for w, m, v in zip(weights, means, variances))
            close(unchanged(f, x, np.array(weights), means, variances), expected, rtol=1e-9)


def test_gaussian_log_density(f):
    _, means, covariances = mixture()
    for mean, covariance in zip(means, covariances):
        close(unchanged(f, FAR, mean, covariance), stats.multivariate_normal(mean, covariance).logpdf(FAR), rtol=1e-8)
    for scale in (1e-3, 1e3):  # the determinant leaves the range of floats
        d = 200
        X = np.random.default_rng(1).normal(size=(3, d)) * scale
        expected = stats.norm.logpdf(X, scale=scale).sum(axis=1)
        close(f(X, np.zeros(d), np.eye(d) * scale**2), expected, rtol=1e-8)
