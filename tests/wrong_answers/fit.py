"""Wrong answers to `fit`, as strangers write them: other steps, another start, other defaults.

Each docstring says what is wrong.
"""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans

from gmmlearn import Fit

from .initialize import _known, _start, _uniform


def _log_joint(X, weights, means, covariances):
    columns = [multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)]
    with np.errstate(divide="ignore"):
        return np.log(weights) + np.stack(columns, axis=1)


def _e_step(X, weights, means, covariances):
    a = _log_joint(X, weights, means, covariances)
    norm = logsumexp(a, axis=1)
    return np.exp(a - norm[:, None]), float(norm.mean())


def _m_step(X, r, reg_covar):
    counts = np.maximum(r.sum(axis=0), 1e-300)
    means = r.T @ X / counts[:, None]
    D = X[:, None] - means
    covariances = np.einsum("nk,nki,nkj->kij", r, D, D) / counts[:, None, None] + reg_covar * np.eye(X.shape[1])
    return r.mean(axis=0), means, covariances


def _loop(X, theta, max_iter, tol, reg_covar, *, m_step=_m_step, stops=lambda trace, tol: trace[-1] - trace[-2] < tol):
    """The loop as it should be, but for one step of it."""
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and stops(trace, tol)
    return theta, trace, converged


def fit__no_e_step_in_loop(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The responsibilities are never updated in the loop: every iteration repeats the first M-step."""
    r = _start(X, n_components, rng, init_params)
    trace, converged = [], False
    for _ in range(max_iter):
        theta = _m_step(X, r, reg_covar)
        trace.append(_e_step(X, *theta)[1])
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            converged = True
            break
    return Fit(*theta, np.array(trace), converged)


def fit__reg_covar_at_start_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`reg_covar` is used in the M-step before the loop; those in the loop add 1e-6."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, 1e-6)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__reg_covar_not_at_start(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The M-step before the loop adds 1e-6; `reg_covar` is used in the loop only."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), 1e-6)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__other_tol(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-4, reg_covar=1e-6):
    """The default of `tol` is 1e-4 instead of 1e-3."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__other_max_iter(X, n_components, rng, *, init_params="kmeans", max_iter=50, tol=1e-3, reg_covar=1e-6):
    """The default of `max_iter` is 50 instead of 100."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__other_reg_covar(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-3):
    """The default of `reg_covar` is 1e-3 instead of 1e-6."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__means_sorted(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The means are sorted by their first coordinate at the end, weights and covariances are not."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    weights, means, covariances = theta
    return Fit(weights, means[np.argsort(means[:, 0])], covariances, np.array(trace), converged)


def fit__variances_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Every M-step keeps the variances alone: diagonal covariances."""

    def diagonal(X, r, reg_covar):
        weights, means, covariances = _m_step(X, r, reg_covar)
        return weights, means, covariances * np.eye(X.shape[1])

    theta = diagonal(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar, m_step=diagonal)
    return Fit(*theta, np.array(trace), converged)


def fit__shared_covariance(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Every M-step averages the covariances over the components: "tied"."""

    def tied(X, r, reg_covar):
        weights, means, covariances = _m_step(X, r, reg_covar)
        return weights, means, np.tile(np.tensordot(weights, covariances, axes=1), (n_components, 1, 1))

    theta = tied(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar, m_step=tied)
    return Fit(*theta, np.array(trace), converged)


def fit__equal_weights_at_first(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The first E-step has equal weights in place of those of the start; later ones are right."""
    _, means, covariances = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta = np.full(n_components, 1 / n_components), means, covariances
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__unit_covariances_at_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The first E-step has unit covariances; weights and means of the start are right."""
    weights, means, _ = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta = weights, means, np.tile(np.eye(X.shape[1]), (n_components, 1, 1))
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__overall_covariance_at_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The first E-step has the covariance of all samples for every component; weights and means are right."""
    weights, means, _ = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    overall = (X - X.mean(axis=0)).T @ (X - X.mean(axis=0)) / len(X) + reg_covar * np.eye(X.shape[1])
    theta = weights, means, np.tile(overall, (n_components, 1, 1))
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__random_samples_as_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Both starts take K random samples as means, with equal weights and the covariance of all samples."""
    _known(init_params)
    means = X[rng.choice(len(X), n_components, replace=False)]
    overall = (X - X.mean(axis=0)).T @ (X - X.mean(axis=0)) / len(X) + reg_covar * np.eye(X.shape[1])
    theta = np.full(n_components, 1 / n_components), means, np.tile(overall, (n_components, 1, 1))
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__kmeans_seed_zero(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The k-means start has the seed 0 whatever `rng` is; the random start is right."""
    _known(init_params)
    if init_params == "kmeans":
        r = np.eye(n_components)[KMeans(n_components, n_init=1, random_state=0).fit_predict(X)]
    else:
        r = _uniform(X, n_components, rng)
    theta = _m_step(X, r, reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__standardised(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The samples are standardised first; parameters and trace are in those units."""
    spread = X.std(axis=0)
    X = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__first_parameters(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The right trace with the parameters of the start."""
    start = theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    return Fit(*start, np.array(trace), converged)


def fit__shares_clipped(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The responsibilities are kept above 1e-3 in every iteration, and their rows no longer sum to 1."""

    def clipped(X, r, reg_covar):
        return _m_step(X, np.clip(r, 1e-3, 1), reg_covar)

    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar, m_step=clipped)
    return Fit(*theta, np.array(trace), converged)


def fit__means_and_covariances_exchanged(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """Means and covariances have changed places in what is returned."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
    weights, means, covariances = theta
    return Fit(weights, covariances, means, np.array(trace), converged)


def fit__start_as_first_e_step(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The loop makes its first M-step from the start once more, so the first value comes twice."""
    r = _start(X, n_components, rng, init_params)
    theta = _m_step(X, r, reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        _, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        r, _ = _e_step(X, *theta)
        trace.append(value)
        converged = len(trace) > 2 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)
