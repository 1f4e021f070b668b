"""Strong tests of chapter 2: draws are compared by their moments."""

import numpy as np
from scipy import stats

from .common import array, close


def test_sample_categorical(f):
    weights = np.array([0.0, 0.55, 0.05, 0.4])
    draws = np.array([array(f, weights, 200, np.random.default_rng(seed)) for seed in range(100)])
    assert draws.shape == (100, 200)
    counts = np.stack([(draws == k).sum(axis=1) for k in range(4)], axis=1)
    assert (counts.sum(axis=1) == 200).all()
    spread = np.sqrt(200 * weights * (1 - weights))
    assert (np.abs(counts.mean(axis=0) - 200 * weights) <= 5 * spread / 100**0.5).all()
    close(counts.std(axis=0), spread, rtol=0.25)
    close(np.mean(draws[:, 1:] == draws[:, :-1]), (weights**2).sum(), atol=0.02)  # neither sorted nor repeated
    again = [array(f, weights, 50, np.random.default_rng(seed)) for seed in (4, 4, 6)]
    np.testing.assert_array_equal(*again[:2])
    assert (again[0] != again[2]).any()
    assert len(f(np.ones(3) / 3, 100, np.random.default_rng(0))) == 100


def test_sample_gaussian(f):
    for unit in (1.0, 1e-4):  # in the smaller one rounded samples are all alike
        mean, covariance = unit * np.array([3.0, -2.0]), unit**2 * np.array([[4.0, 1.5], [1.5, 1.0]])
        X = array(f, mean, covariance, 20_000, np.random.default_rng(1)) / unit
        assert X.shape == (20_000, 2)
        close(X.mean(axis=0), [3.0, -2.0], atol=0.1)
        close(np.cov(X.T), [[4.0, 1.5], [1.5, 1.0]], atol=0.2)
        close(stats.kurtosis(X), 0, atol=0.3)
        np.testing.assert_array_equal(X, array(f, mean, covariance, 20_000, np.random.default_rng(1)) / unit)
        few = [array(f, mean, covariance, 5, np.random.default_rng(seed)) for seed in (2, 3)]
        assert np.abs(few[0] - few[1]).max() > 0.01 * unit


def test_sample_mixture(f):
    weights, means = np.array([0.6, 0.3, 0.1]), np.array([[0.0, 0.0], [8.0, 1.0], [-7.0, 9.0]])
    covariances = np.array([[[1.0, 0.9], [0.9, 1.0]], [[0.3, -0.2], [-0.2, 2.0]], [[2.0, 0.0], [0.0, 0.1]]])

    def drawn(n_samples, seed, unit=1.0, means=means):
        given = weights, unit * means, unit**2 * covariances, n_samples, np.random.default_rng(seed)
        X, labels = f(*given)
        return np.asarray(X) / unit, np.asarray(labels)

    overlapping = np.array([[0.0, 0.0], [1.5, 1.0], [-1.0, 1.5]])
    for n, unit, places in ((4_000, 1.0, means), (1_000, 1e-4, means), (1_000, 1.0, overlapping)):
        X, labels = drawn(n, 1, unit, places)
        assert len(np.unique(X)) == X.size
        rough = (4_000 / n) ** 0.5
        close(np.bincount(labels, minlength=3) / n, weights, atol=0.03 * rough)
        for k in range(3):
            close(X[labels == k].mean(axis=0), places[k], atol=0.3 * rough)
            close(np.cov(X[labels == k].T), covariances[k], atol=0.55 * rough)
        close((labels[1:] == labels[:-1]).mean(), (weights**2).sum(), atol=0.04 * rough)
    X, labels = drawn(3_000, 1)
    np.testing.assert_array_equal(drawn(50, 3)[0], drawn(50, 3)[0])
    counts = [np.bincount(drawn(50, seed)[1], minlength=3) for seed in range(40)]
    close(np.std(counts, axis=0), np.sqrt(50 * weights * (1 - weights)), rtol=0.5)
    alone = [f(np.ones(1), means[:1], covariances[:1], 5, np.random.default_rng(seed))[0] for seed in range(2)]
    assert np.abs(np.subtract(*alone)).max() > 0.1
    noise = [np.linalg.solve(np.linalg.cholesky(covariances[k]), (X[labels == k] - means[k])[:500].T) for k in (0, 1)]
    assert np.abs(noise[0] - noise[1]).max() > 0.1
