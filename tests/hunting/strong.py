"""One strong test for each exercise, as a good student would write it: inputs and expected values of its own.

Expected values are SciPy's, scikit-learn's or counted by hand; draws are compared by their moments.
"""

from functools import cache

import numpy as np
import pytest
from scipy import stats
from scipy.special import logsumexp, softmax
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import PolynomialFeatures

from gmmlearn.contract import EXERCISES

close = np.testing.assert_allclose


def unchanged(function, *given, **options):
    """What it returns, after a look whether it left its arguments alone."""
    before = [np.array(one, copy=True) for one in given if isinstance(one, np.ndarray)]
    found = function(*given, **options)
    for one, other in zip([one for one in given if isinstance(one, np.ndarray)], before):
        np.testing.assert_array_equal(one, other)
    return found


def array(function, *given, **options):
    """The same as an array: lists of numbers are right as well."""
    return np.asarray(unchanged(function, *given, **options))


def mixture(K=4, d=3, seed=3):
    """Weights, of which one is 0, means and correlated covariances."""
    rng = np.random.default_rng(seed)
    weights = np.append(rng.dirichlet(np.ones(K - 1)), 0.0)
    roots = rng.normal(size=(K, d, d))
    return weights, rng.normal(size=(K, d)) * 3, roots @ roots.transpose(0, 2, 1) + 0.2 * np.eye(d)


def logs_of(X, weights, means, covariances):
    """Log joint densities by SciPy."""
    logs = [stats.multivariate_normal(m, c).logpdf(X).reshape(len(X)) for m, c in zip(means, covariances)]
    with np.errstate(divide="ignore"):
        return np.stack(logs, axis=1) + np.log(weights)


NEAR = np.random.default_rng(5).normal(size=(6, 3))
FAR = np.concatenate([NEAR, [[60.0, -70.0, 80.0], [0.0, 1e5, 0.0]]])
SHARES = np.random.default_rng(8).dirichlet([0.6, 1.0, 2.0], size=7)
PLACES = np.random.default_rng(9).normal(size=(7, 3)) * [1.0, 3.0, 0.5] + 4.0


def gaussian_density(f):
    for variance in (0.01, 1.0, 7.0):
        x = np.array([-3.0, 0.4, 0.5, 0.61, 9.0])
        close(unchanged(f, x, 0.5, variance), stats.norm.pdf(x, 0.5, variance**0.5), rtol=1e-9)


def mixture_density(f):
    for n, weights in ((5, [0.2, 0.5, 0.3]), (3, [0.2, 0.5, 0.3]), (1, [0.6, 0.0, 0.4])):
        x, means, variances = np.linspace(-2, 4, n), np.array([-1.0, 0.1, 3.0]), np.array([0.01, 2.0, 0.5])
        expected = sum(w * stats.norm.pdf(x, m, v**0.5) for w, m, v in zip(weights, means, variances))
        close(unchanged(f, x, np.array(weights), means, variances), expected, rtol=1e-9)


def gaussian_log_density(f):
    _, means, covariances = mixture()
    for mean, covariance in zip(means, covariances):
        close(unchanged(f, FAR, mean, covariance), stats.multivariate_normal(mean, covariance).logpdf(FAR), rtol=1e-8)
    for scale in (1e-3, 1e3):  # the determinant leaves the range of floats
        d = 200
        X = np.random.default_rng(1).normal(size=(3, d)) * scale
        expected = stats.norm.logpdf(X, scale=scale).sum(axis=1)
        close(f(X, np.zeros(d), np.eye(d) * scale**2), expected, rtol=1e-8)


def sample_categorical(f):
    weights = np.array([0.0, 0.55, 0.05, 0.4])
    draws = np.array([array(f, weights, 200, np.random.default_rng(seed)) for seed in range(300)])
    assert draws.shape == (300, 200)
    counts = np.stack([(draws == k).sum(axis=1) for k in range(4)], axis=1)
    assert (counts.sum(axis=1) == 200).all()
    spread = np.sqrt(200 * weights * (1 - weights))
    assert (np.abs(counts.mean(axis=0) - 200 * weights) <= 5 * spread / 300**0.5).all()
    close(counts.std(axis=0), spread, rtol=0.25)
    close(np.mean(draws[:, 1:] == draws[:, :-1]), (weights**2).sum(), atol=0.02)  # neither sorted nor repeated
    again = [array(f, weights, 50, np.random.default_rng(seed)) for seed in (4, 4, 6)]
    np.testing.assert_array_equal(*again[:2])
    assert (again[0] != again[2]).any()
    assert len(f(np.ones(3) / 3, 100, np.random.default_rng(0))) == 100


def sample_gaussian(f):
    mean, covariance = np.array([3.0, -2.0]), np.array([[4.0, 1.5], [1.5, 1.0]])
    X = array(f, mean, covariance, 20_000, np.random.default_rng(1))
    assert X.shape == (20_000, 2)
    close(X.mean(axis=0), mean, atol=0.1)
    close(np.cov(X.T), covariance, atol=0.2)
    close(stats.kurtosis(X), 0, atol=0.3)
    np.testing.assert_array_equal(X, array(f, mean, covariance, 20_000, np.random.default_rng(1)))
    few = [array(f, mean, covariance, 5, np.random.default_rng(seed)) for seed in (2, 3)]
    assert np.abs(few[0] - few[1]).max() > 0.01


def sample_mixture(f):
    weights, means = np.array([0.6, 0.3, 0.1]), np.array([[0.0, 0.0], [8.0, 1.0], [-7.0, 9.0]])
    covariances = np.array([[[1.0, 0.7], [0.7, 1.0]], [[0.3, -0.2], [-0.2, 2.0]], [[2.0, 0.0], [0.0, 0.1]]])

    def drawn(n_samples, seed):
        return [np.asarray(part) for part in f(weights, means, covariances, n_samples, np.random.default_rng(seed))]

    X, labels = drawn(20_000, 1)
    close(np.bincount(labels, minlength=3) / 20_000, weights, atol=0.02)
    for k in range(3):
        close(X[labels == k].mean(axis=0), means[k], atol=0.2)
        close(np.cov(X[labels == k].T), covariances[k], atol=0.3)
    close((labels[1:] == labels[:-1]).mean(), (weights**2).sum(), atol=0.03)
    np.testing.assert_array_equal(drawn(50, 3)[0], drawn(50, 3)[0])
    counts = [np.bincount(drawn(50, seed)[1], minlength=3) for seed in range(40)]
    close(np.std(counts, axis=0), np.sqrt(50 * weights * (1 - weights)), rtol=0.5)
    alone = [f(np.ones(1), means[:1], covariances[:1], 5, np.random.default_rng(seed))[0] for seed in range(2)]
    assert np.abs(np.subtract(*alone)).max() > 0.1
    noise = [np.linalg.solve(np.linalg.cholesky(covariances[k]), (X[labels == k] - means[k])[:500].T) for k in (0, 1)]
    assert np.abs(noise[0] - noise[1]).max() > 0.1


def fit_gaussian(f):
    for X in (PLACES, PLACES[:, :1], PLACES[:3]):
        mean, covariance = unchanged(f, X)
        close(mean, X.mean(axis=0))
        close(covariance, np.cov(X.T, bias=True).reshape(X.shape[1], X.shape[1]), atol=1e-12)
        assert (np.shape(mean), np.shape(covariance)) == ((X.shape[1],), (X.shape[1],) * 2)


def log_joint(f):
    with np.errstate(all="ignore"):
        close(unchanged(f, FAR, *mixture()), logs_of(FAR, *mixture()), rtol=1e-8)


def log_likelihood(f):
    with np.errstate(all="ignore"):
        for X in (NEAR, FAR, FAR[6:7], np.repeat(NEAR, 300, axis=0)):
            found = unchanged(f, X, *mixture())
            assert np.shape(found) == ()
            close(found, logsumexp(logs_of(X, *mixture()), axis=1).sum(), rtol=1e-9)
        weights, means, covariances = mixture()  # far from 0, where single precision has few digits left
        close(f(NEAR + 1e4, weights, means + 1e4, covariances), f(NEAR, weights, means, covariances), rtol=1e-6)


def responsibilities(f):
    with np.errstate(all="ignore"):
        close(unchanged(f, FAR, *mixture()), softmax(logs_of(FAR, *mixture()), axis=1), rtol=1e-7, atol=1e-12)


def assign(f):
    r = np.array(
        [
            [0.4, 0.35, 0.25],
            [0.3, 0.3, 0.4],
            [0.1, 0.6, 0.3],
            [0.2, 0.4, 0.4],
            [0.45, 0.0, 0.55],
            [0.4, 0.3 - 1e-10, 0.3],
        ]
    )
    r[5] = [0.5 - 1e-10, 0.5 + 1e-10, 0.0]
    found = unchanged(f, r)
    np.testing.assert_array_equal(found, [0, 2, 1, 1, 2, 1])


def update_weights(f):
    for r in (SHARES, SHARES[:3]):
        found = array(f, r)
        assert found.shape == (3,)
        close(found, [sum(r[:, k]) / len(r) for k in range(3)], rtol=1e-12)


def update_means(f):
    for X in (PLACES, PLACES[:, :2], np.hstack([PLACES, PLACES[:, :1] ** 2])):
        expected = [np.average(X, axis=0, weights=SHARES[:, k]) for k in range(3)]
        close(unchanged(f, X, SHARES), expected)


def update_covariances(f):
    about = np.array([[4.0, 4.0, 4.0], [3.0, 5.0, 4.5], [4.2, 2.0, 3.9]])
    for reg in (1e-6, 0.3):
        expected = [
            np.einsum("i,ij,ik->jk", SHARES[:, k], PLACES - about[k], PLACES - about[k]) / SHARES[:, k].sum()
            + reg * np.eye(3)
            for k in range(3)
        ]
        close(unchanged(f, PLACES, SHARES, about, reg), expected, rtol=1e-9, atol=1e-12)
    close(f(PLACES, SHARES, about), f(PLACES, SHARES, about, 1e-6), rtol=0, atol=1e-12)


def expected_log_likelihood(f):
    r = np.hstack([SHARES[:6], np.zeros((6, 1))])
    logs = logs_of(NEAR, *mixture())
    with np.errstate(all="ignore"):
        found = unchanged(f, NEAR, r, *mixture())
    close(found, (r[:, :3] * logs[:, :3]).sum(), rtol=1e-9)


def initialize(f):
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
    shares = array(f, cloud, 4, np.random.default_rng(1), "random")
    close(shares.sum(axis=1), 1.0)
    np.testing.assert_array_equal(shares, array(f, cloud, 4, np.random.default_rng(1), "random"))
    assert np.abs(shares - f(cloud, 4, np.random.default_rng(2), "random")).max() > 0.01
    wanted = np.random.default_rng(0).random((20_000, 4))
    close(np.std(shares), np.std(wanted / wanted.sum(axis=1, keepdims=True)), rtol=0.12)
    with pytest.raises(ValueError, match=r"(?s)(kmeans.*random|random.*kmeans)"):
        f(cloud, 4, np.random.default_rng(1), "middle")


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


def fit(f):
    X, expected = fitted()
    for options, trace, converged in expected:
        weights, means, covariances, found, ended = unchanged(f, X, 2, np.random.default_rng(0), **options)
        assert bool(ended) == converged
        # Whoever looks at the gain right away notes one value less, and makes one M-step less.
        assert len(trace) - converged <= len(found) <= len(trace)
        close(found, trace[: len(found)], rtol=1e-9)
        at_end = logsumexp(logs_of(X, np.asarray(weights), means, covariances), axis=1).mean()
        assert abs(at_end - found[-1]) <= trace[-1] - trace[-2] + 1e-9
    line = np.repeat([[0.0], [1.0]], 20, axis=0)  # reg_covar is all the variance there is
    close(f(line, 2, np.random.default_rng(0))[2], np.full((2, 1, 1), 1e-6), rtol=1e-3)
    one = stats.multivariate_normal(X.mean(axis=0), np.cov(X.T, bias=True)).logpdf(X).mean()
    traces = [f(X, 2, np.random.default_rng(s), init_params="random", max_iter=1)[3] for s in (1, 1, 2)]
    assert traces[0][0] == traces[1][0] != traces[2][0]
    assert one - 1e-6 < traces[0][0] < one + 0.05
    with pytest.raises(ValueError, match="kmeans"):
        f(X, 2, np.random.default_rng(0), init_params="middle")


def fit_sklearn(f):
    X = np.random.default_rng(3).random((200, 2)) * [1.0, 40.0] + [5.0, 0.0]
    for options in (
        {"random_state": 1},
        {"covariance_type": "diag", "random_state": 2},
        {"init_params": "random", "random_state": 3, "n_init": 1},
        {"n_init": 8, "random_state": 4},
    ):
        model, expected = unchanged(f, X, 3, **options), GaussianMixture(3, **options).fit(X)
        assert isinstance(model, GaussianMixture)
        close(model.means_, expected.means_)
        close(model.covariances_, expected.covariances_)
        close(model.score_samples(X), expected.score_samples(X))


def n_parameters(f):
    full = {(2, 3): 19, (3, 1): 8, (1, 4): 14, (4, 2): 23}
    for (K, d), count in full.items():
        matrix = d * (d + 1) // 2
        others = {
            "full": count,
            "tied": count - (K - 1) * matrix,
            "diag": K - 1 + 2 * K * d,
            "spherical": K * (d + 2) - 1,
        }
        assert {kind: f(K, d, kind) for kind in others} == others
        assert f(K, d) == count


def bic(f):
    for ell, p, n in ((-100.0, 5, 50), (30.0, 2, 1000), (-7.0, 3, 1)):
        assert abs(f(ell, p, n) - (p * np.log(n) - 2 * ell)) < 1e-9


@cache
def samples(name):
    """Slanted groups; or three parallel bands, which EM separates from few starts only."""
    rng = np.random.default_rng(3)
    if name == "bands":
        along = 2.0 * rng.standard_normal((3, 20))
        across = 0.3 * along + 1.3 * np.arange(3)[:, np.newaxis] + 0.12 * rng.standard_normal((3, 20))
        return np.column_stack([along.ravel(), across.ravel()])
    if name == "close":  # AIC takes two components, BIC one
        rng = np.random.default_rng(0)
        return np.concatenate([rng.normal(size=(30, 2)), rng.normal([2.6, 0.0], size=(30, 2))])
    centres = {"three": [[0, 0], [6, 0], [0, 6]], "one": [[0, 0]]}[name]
    return np.concatenate([rng.multivariate_normal(centre, [[1.0, 0.9], [0.9, 1.0]], 40) for centre in centres])


@cache
def lowest(name, candidates, n_init, random_state):
    """The candidate with the lowest BIC by scikit-learn."""
    fits = {K: GaussianMixture(K, n_init=n_init, random_state=random_state) for K in candidates}
    return min(candidates, key=lambda K: fits[K].fit(samples(name)).bic(samples(name)))


def select_n_components(f):
    cases = (
        ("three", (4, 3, 1), {"random_state": 0, "n_init": 1}),
        ("close", (1, 2), {"random_state": 0, "n_init": 1}),
        ("one", (4, 2, 1), {"random_state": 0, "n_init": 1}),
        ("bands", (2, 3), {"random_state": 28}),  # the fifth start is the first good one
        ("bands", (2, 3), {"random_state": 4}),  # here the sixth
        *(("bands", (2, 3), {"random_state": state, "n_init": 1}) for state in (13, 3, 0, 1, 2)),
    )
    for name, candidates, options in cases:
        expected = lowest(name, candidates, options.get("n_init", 5), options["random_state"])
        assert unchanged(f, samples(name), list(candidates), **options) == expected


def sufficient_statistics(f):
    for d in (1, 2, 4, 5):
        X = np.random.default_rng(d).normal(1.5, 2, size=(7, d))
        close(array(f, X), PolynomialFeatures(2).fit_transform(X), rtol=1e-12)


def log_densities(X, weights, means, covariances):
    """Log of weight times density, (n, K), by SciPy."""
    with np.errstate(divide="ignore"):
        logs = np.log(weights)
    return np.transpose(
        [one + stats.multivariate_normal(m, C).logpdf(X) for one, m, C in zip(logs, means, covariances)]
    )


def natural_parameters(f):
    for K, d in ((4, 3), (3, 1), (2, 4), (5, 2)):
        weights, means, covariances = mixture(K, d)
        for scale in (1.0, 0.01):
            parameters = weights, means * scale, covariances * scale**2
            X = scale * np.random.default_rng(1).normal(size=(40, d))
            theta = array(f, *parameters)
            assert theta.shape == (K, 1 + d + d * (d + 1) // 2)
            expected = log_densities(X, *parameters)
            close(PolynomialFeatures(2).fit_transform(X) @ theta[:-1].T, expected[:, :-1], rtol=1e-7, atol=1e-7)
            assert theta[-1, 0] == -np.inf  # its weight is 0
            assert np.isfinite(theta[-1, 1:]).all()


def expected_statistics(f):
    theta = np.array(
        [[-1.0, 0.5, 0.2, -0.5, 0.3, -0.8], [-2.0, -1.0, 0.0, -0.3, -0.2, -0.4], [-np.inf, 0, 0, -1, 0, -1]]
    )
    X = np.random.default_rng(2).normal(0, 1.5, size=(9, 2))
    for samples in (X, X[:1], X[:3], X * np.array([[1.0], [400.0], [-300.0]] * 3)):
        T = PolynomialFeatures(2).fit_transform(samples)
        logs = T @ theta.T
        S, log_likelihood = unchanged(f, samples, theta)
        close(S, softmax(logs, axis=1).T @ T, rtol=1e-9, atol=1e-12)
        close(log_likelihood, logsumexp(logs, axis=1).sum(), rtol=1e-9)


def parameters(f):
    for n, d, K in ((9, 3, 4), (12, 1, 2), (8, 2, 1)):
        rng = np.random.default_rng(n)
        X, shares = rng.normal(1.5, 2, size=(n, d)), rng.dirichlet(np.ones(K), n)
        S = shares.T @ PolynomialFeatures(2).fit_transform(X)
        for options in ({}, {"reg_covar": 0.5}, {"reg_covar": 0.0}):
            weights, means, covariances = unchanged(f, 0.4 * S, **options)
            close(weights, shares.mean(axis=0), rtol=1e-9)
            close(means, [np.average(X, axis=0, weights=one) for one in shares.T], rtol=1e-9)
            more = options.get("reg_covar", 1e-6) * np.eye(d)
            close(covariances, [np.cov(X.T, bias=True, aweights=one) + more for one in shares.T], rtol=1e-8, atol=1e-10)


STRONG = {name: globals()[name] for name in EXERCISES}
