"""Strong tests of chapter 6: EM is made again by SciPy's densities and NumPy's averages."""

from functools import cache

import numpy as np
from scipy import stats
from scipy.special import logsumexp, softmax
from sklearn.cluster import KMeans

from .common import PLACES, array, close, logs_of, refusal, unchanged


def test_initialize(f):
    X = np.concatenate([PLACES, PLACES + 20.0, PLACES - 20.0])
    r = array(f, X, 3, np.random.default_rng(0), "kmeans")
    assert set(np.unique(r)) == {0.0, 1.0}
    close(r.sum(axis=1), 1.0)
    labels = r.argmax(axis=1)
    assert sorted(len(set(labels[at : at + 7])) for at in (0, 7, 14)) == [1, 1, 1]
    assert len(set(labels)) == 3
    cloud = np.random.default_rng(3).random((300, 2))
    found = [array(f, cloud, 4, np.random.default_rng(seed), "kmeans") for seed in (1, 1, *range(2, 12))]
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], array(f, cloud, 4, np.random.default_rng(1)))
    assert any((one != found[0]).any() for one in found[2:])
    centres = [one.T @ cloud / one.sum(axis=0)[:, np.newaxis] for one in found]
    nearest = [((cloud[:, np.newaxis] - places) ** 2).sum(axis=2).argmin(axis=1) for places in centres]
    assert np.mean(nearest != np.argmax(found, axis=2)) < 0.02  # k-means ends where the nearest centre is one's own
    shares = array(f, cloud, 4, np.random.default_rng(1), "random")
    close(shares.sum(axis=1), 1.0)
    np.testing.assert_array_equal(shares, array(f, cloud, 4, np.random.default_rng(1), "random"))
    assert np.abs(shares - f(cloud, 4, np.random.default_rng(2), "random")).max() > 0.01
    assert np.abs(shares[1:] - shares[:-1]).max() > 0.01
    wanted = np.random.default_rng(0).random((20_000, 4))
    close(np.std(shares), np.std(wanted / wanted.sum(axis=1, keepdims=True)), rtol=0.12)
    said = refusal(f, cloud, 4, np.random.default_rng(1), "middle")
    assert "kmeans" in said
    assert "random" in said


def em_by_hand(X, r, max_iter, reg_covar, tol):
    """The trace of EM from responsibilities, and whether it has converged."""
    trace = []
    for _ in range(max_iter):
        N = r.sum(axis=0)
        means = [np.average(X, axis=0, weights=one) for one in r.T]
        spread = [np.cov(X.T, aweights=one, bias=True).reshape(X.shape[1], -1) for one in r.T]
        covariances = [c + reg_covar * np.eye(X.shape[1]) for c in spread]
        logs = logs_of(X, N / len(X), means, covariances)
        trace.append(logsumexp(logs, axis=1).mean())
        r = softmax(logs, axis=1)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            return trace, True
    return trace, False


@cache
def fitted():
    """Samples that overlap, although k-means finds the same two parts from every start; options, and what EM gives."""
    rng = np.random.default_rng(1)
    X = np.concatenate([rng.normal(size=(50, 2)) * [1, 0.6], rng.normal(size=(25, 2)) * [0.8, 1.0] + [2.6, 0.8]])
    start = np.eye(2)[KMeans(2, n_init=5, random_state=0).fit_predict(X)]
    asked = ({}, {"tol": 0.1}, {"tol": 1e-4, "reg_covar": 0.01}, {"max_iter": 5, "tol": 1e-9}, {"tol": 1e-13})
    defaults = {"max_iter": 100, "reg_covar": 1e-6, "tol": 1e-3}
    return X, [(options, *em_by_hand(X, start, **{**defaults, **options})) for options in asked]


def test_fit(f):
    X, expected = fitted()
    # From some seeds the components come in one order, from some in the other.
    for seed, (options, trace, converged) in enumerate([*expected, *expected[:1] * 5]):
        weights, means, covariances, found, ended = unchanged(f, X, 2, np.random.default_rng(seed), **options)
        assert bool(ended) == converged
        # A fit that looks at the gain right away notes one value less, and makes one M-step less.
        assert len(trace) - converged <= len(found) <= len(trace)
        close(found, trace[: len(found)], rtol=1e-9)
        at_end = logsumexp(logs_of(X, np.asarray(weights), means, covariances), axis=1).mean()
        assert abs(at_end - found[-1]) <= trace[-1] - trace[-2] + 1e-9
    cloud = np.random.default_rng(3).random((90, 2))  # k-means ends differently from each seed
    found = [f(cloud, 5, np.random.default_rng(seed), max_iter=2)[3][0] for seed in (1, 1, *range(2, 8))]
    assert found[0] == found[1]
    assert len(set(found)) > 2
    line = np.repeat([[0.0], [1.0]], 20, axis=0)  # reg_covar is all the variance there is
    close(f(line, 2, np.random.default_rng(0))[2], np.full((2, 1, 1), 1e-6), rtol=1e-3)
    one = stats.multivariate_normal(X.mean(axis=0), np.cov(X.T, bias=True)).logpdf(X).mean()
    traces = [f(X, 2, np.random.default_rng(s), init_params="random", max_iter=1)[3] for s in (1, 1, 2)]
    assert traces[0][0] == traces[1][0] != traces[2][0]
    assert abs(traces[0][0] - one) < 0.05  # a random start is hardly better than one Gaussian, k-means by 0.13
    assert "kmeans" in refusal(f, X, 2, np.random.default_rng(0), init_params="middle")
