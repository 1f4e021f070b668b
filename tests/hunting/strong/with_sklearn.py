"""Strong tests of chapter 7: expected values are scikit-learn's, or counted by hand."""

from functools import cache

import numpy as np
from sklearn.mixture import GaussianMixture

from .common import close, unchanged


def test_fit_sklearn(f):
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


def test_n_parameters(f):
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


def test_bic(f):
    for ell, p, n in ((-100.0, 5, 50), (30.0, 2, 1000), (-7.0, 3, 1)):
        assert abs(f(ell, p, n) - (p * np.log(n) - 2 * ell)) < 1e-9


@cache
def samples(name):
    """Parallel bands, which EM separates from few starts only; near, crossed, tight, slanted groups; five features."""
    rng = np.random.default_rng(3)
    if name == "bands":
        along = 2.0 * rng.standard_normal((3, 20))
        across = 0.3 * along + 1.3 * np.arange(3)[:, np.newaxis] + 0.12 * rng.standard_normal((3, 20))
        return np.column_stack([along.ravel(), across.ravel()])
    if name == "close":  # AIC takes two components, BIC one
        rng = np.random.default_rng(0)
        return np.concatenate([rng.normal(size=(30, 2)), rng.normal([2.6, 0.0], size=(30, 2))])
    if name == "crossed":  # one covariance matrix for both is not enough
        return np.concatenate([rng.normal(size=(60, 2)) * [6.0, 0.1], rng.normal(size=(60, 2)) * [0.1, 6.0]])
    if name == "five":  # a second component would pay if it cost no more than with two features
        return np.concatenate([rng.normal(size=(100, 5)), rng.normal(size=(100, 5)) + 1.7])
    if name == "inside":  # a small group within a wide one: two components, though no sample is sure of its own
        return np.concatenate([rng.normal(size=(150, 2)), 0.4 * rng.normal(size=(150, 2)) + [1.0, 0.0]])
    if name == "tight":
        return samples("three") / 1000
    centres = {"three": [[0, 0], [6, 0], [0, 6]], "one": [[0, 0]]}[name]
    return np.concatenate([rng.multivariate_normal(centre, [[1.0, 0.9], [0.9, 1.0]], 40) for centre in centres])


@cache
def lowest(name, candidates, n_init, random_state):
    """The candidate with the lowest BIC by scikit-learn."""
    fits = {K: GaussianMixture(K, n_init=n_init, random_state=random_state) for K in candidates}
    return min(candidates, key=lambda K: fits[K].fit(samples(name)).bic(samples(name)))


def test_select_n_components(f):
    cases = (
        ("three", (4, 3, 1), {"random_state": 0, "n_init": 1}),
        ("three", (4, 6, 3), {"random_state": 0, "n_init": 1}),  # worse, then better than both
        ("three", (1, 4), {"random_state": 0, "n_init": 1}),  # the best number is no candidate
        ("close", (1, 2), {"random_state": 0, "n_init": 1}),
        ("inside", (1, 2), {"random_state": 0, "n_init": 1}),
        ("one", (4, 2, 1), {"random_state": 0, "n_init": 1}),
        ("crossed", (1, 2, 3), {"random_state": 0, "n_init": 1}),
        ("five", (1, 2, 3), {"random_state": 0, "n_init": 1}),
        ("tight", (1, 3, 4), {"random_state": 0, "n_init": 1}),  # every BIC is negative
        ("bands", (2, 3), {"random_state": 28}),  # the fifth start is the first good one
        ("bands", (2, 3), {"random_state": 4}),  # here the sixth
        *(("bands", (2, 3), {"random_state": state, "n_init": 1}) for state in (13, 3, 0, 1, 2)),
    )
    for name, candidates, options in cases:
        expected = lowest(name, candidates, options.get("n_init", 5), options["random_state"])
        assert unchanged(f, samples(name), list(candidates), **options) == expected
