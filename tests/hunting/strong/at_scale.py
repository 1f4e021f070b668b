"""Strong tests of chapter 9: the statistics are multiplied one by one."""

import numpy as np
from scipy.special import logsumexp, softmax

from .common import array, close, logs_of, mixture, unchanged


def products_of(X):
    """1, the features, and the product of every two of them, a sample a row."""
    d = X.shape[1]
    return np.array([[1.0, *x, *(x[a] * x[b] for a in range(d) for b in range(a, d))] for x in X])


def test_sufficient_statistics(f):
    for d in (1, 2, 4, 5):
        X = np.random.default_rng(d).normal(1.5, 2, size=(7, d))
        close(array(f, X), products_of(X), rtol=1e-12)


def test_natural_parameters(f):
    for K, d in ((4, 3), (3, 1), (2, 4), (5, 2)):
        weights, means, covariances = mixture(K, d)
        for scale in (1.0, 0.01):
            parameters = weights, means * scale, covariances * scale**2
            X = scale * np.random.default_rng(1).normal(size=(40, d))
            theta = array(f, *parameters)
            assert theta.shape == (K, 1 + d + d * (d + 1) // 2)
            expected = logs_of(X, *parameters)
            close(products_of(X) @ theta[:-1].T, expected[:, :-1], rtol=1e-7, atol=1e-7)
            assert theta[-1, 0] == -np.inf  # its weight is 0
            assert np.isfinite(theta[-1, 1:]).all()


def test_expected_statistics(f):
    theta = np.array(
        [[-1.0, 0.5, 0.2, -0.5, 0.3, -0.8], [-2.0, -1.0, 0.0, -0.3, -0.2, -0.4], [-np.inf, 0, 0, -1, 0, -1]]
    )
    theta = np.vstack([theta, theta[1] - [0.5, 0, 0, 0, 0, 0]])  # shares with the second, however far a sample is
    X = np.random.default_rng(2).normal(0, 1.5, size=(9, 2))
    for samples in (X, X[:1], X[:3], X * np.array([[1.0], [400.0], [-300.0]] * 3)):
        T = products_of(samples)
        logs = T @ theta.T
        S, log_likelihood = unchanged(f, samples, theta)
        close(S, softmax(logs, axis=1).T @ T, rtol=1e-9, atol=1e-12)
        close(log_likelihood, logsumexp(logs, axis=1).sum(), rtol=1e-9)


def test_parameters(f):
    for n, d, K in ((9, 3, 4), (12, 1, 2), (8, 2, 1)):
        rng = np.random.default_rng(n)
        X, shares = rng.normal(1.5, 2, size=(n, d)), rng.dirichlet(np.ones(K), n)
        S = shares.T @ products_of(X)
        for options in ({}, {"reg_covar": 0.5}, {"reg_covar": 0.0}):
            weights, means, covariances = unchanged(f, 0.4 * S, **options)
            close(weights, shares.mean(axis=0), rtol=1e-9)
            close(means, [np.average(X, axis=0, weights=one) for one in shares.T], rtol=1e-9)
            more = options.get("reg_covar", 1e-6) * np.eye(d)
            close(covariances, [np.cov(X.T, bias=True, aweights=one) + more for one in shares.T], rtol=1e-8, atol=1e-10)
