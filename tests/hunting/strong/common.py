"""What the strong tests share: looks at the arguments after a call, inputs, and log joint densities by SciPy."""

import numpy as np
from scipy import stats

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


def refusal(function, *given, **options):
    """The text of the `ValueError` that a call raises."""
    try:
        function(*given, **options)
    except ValueError as error:
        return str(error)
    raise AssertionError("it refused nothing")


def mixture(K=4, d=3, seed=3):
    """Weights, of which one is 0, means and correlated covariances."""
    rng = np.random.default_rng(seed)
    weights = np.append(rng.dirichlet(np.ones(K - 1)), 0.0)
    roots = rng.normal(size=(K, d, d))
    return weights, rng.normal(size=(K, d)) * 3, roots @ roots.transpose(0, 2, 1) + 0.2 * np.eye(d)


def tight(X, weights, means, covariances):
    """Everything in units a thousand times as large, so that densities are far above 1."""
    return X / 1e3, weights, means / 1e3, covariances / 1e6


def logs_of(X, weights, means, covariances):
    """Log joint densities by SciPy."""
    logs = [stats.multivariate_normal(m, c).logpdf(X).reshape(len(X)) for m, c in zip(means, covariances)]
    with np.errstate(divide="ignore"):
        return np.stack(logs, axis=1) + np.log(weights)


NEAR = np.random.default_rng(5).normal(size=(6, 3))
FAR = np.concatenate([NEAR, [[60.0, -70.0, 80.0], [0.0, 1e5, 0.0]]])
SHARES = np.random.default_rng(8).dirichlet([0.6, 1.0, 2.0], size=7)
PLACES = np.random.default_rng(9).normal(size=(7, 3)) * [1.0, 3.0, 0.5] + 4.0
