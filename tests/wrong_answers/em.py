"""Wrong answers to chapter 6, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans

from gmmlearn import Fit


def _known(init_params):
    if init_params not in ("kmeans", "random"):
        raise ValueError(f"init_params is 'kmeans' or 'random', not {init_params!r}")


def _clusters(X, K, rng):
    return KMeans(K, n_init=1, random_state=int(rng.integers(2**32))).fit(X).labels_


def _uniform(X, K, rng):
    draws = rng.random((len(X), K))
    return draws / draws.sum(axis=1, keepdims=True)


def _start(X, K, rng, init_params):
    _known(init_params)
    return np.eye(K)[_clusters(X, K, rng)] if init_params == "kmeans" else _uniform(X, K, rng)


def initialize__kmeans_seed_zero(X, n_components, rng, init_params="kmeans"):
    """k-means always has the seed 0; `rng` plays no part in it."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return np.eye(n_components)[KMeans(n_components, n_init=10, random_state=0).fit_predict(X)]


def initialize__global_seed(X, n_components, rng, init_params="kmeans"):
    """NumPy's global generator is seeded with 1 and used for k-means and for the uniform draws."""
    _known(init_params)
    np.random.seed(1)
    if init_params == "random":
        draws = np.random.rand(len(X), n_components)
        return draws / draws.sum(axis=1, keepdims=True)
    return np.eye(n_components)[KMeans(n_components, n_init=1).fit_predict(X)]


def initialize__soft_distances(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the rows are shares by inverse distance to the centres, not zeros and ones."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    model = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**31))).fit(X)
    closeness = 1 / (model.transform(X) + 1e-9)
    return closeness / closeness.sum(axis=1, keepdims=True)


def initialize__normal_draws(X, n_components, rng, init_params="kmeans"):
    """With "random" the entries are absolute values of normal draws, not uniform ones."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    draws = np.abs(rng.standard_normal((len(X), n_components)))
    return draws / draws.sum(axis=1, keepdims=True)


def initialize__softmax_of_draws(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows are a softmax of uniform draws; they should be divided by their sums."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    return softmax(rng.random((len(X), n_components)), axis=1)


def initialize__one_row_for_all(X, n_components, rng, init_params="kmeans"):
    """With "random" one row is drawn and every sample gets it."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    row = rng.random(n_components)
    return np.tile(row / row.sum(), (len(X), 1))


def initialize__rounded(X, n_components, rng, init_params="kmeans"):
    """With "random" the normalised rows are rounded to two digits and need not sum to 1."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    return np.round(_uniform(X, n_components, rng), 2)


def initialize__nearest_of_random_centres(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the samples go to the nearest of K random samples once; no centre is ever moved."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    centres = X[rng.choice(len(X), n_components, replace=False)]
    return np.eye(n_components)[((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)]


def initialize__message_without_names(X, n_components, rng, init_params="kmeans"):
    """The ValueError for an unknown name does not list the two choices."""
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    if init_params == "random":
        return _uniform(X, n_components, rng)
    raise ValueError("invalid argument")


def initialize__key_error(X, n_components, rng, init_params="kmeans"):
    """An unknown name ends in a KeyError, not in a ValueError."""
    starts = {"kmeans": lambda: np.eye(n_components)[_clusters(X, n_components, rng)]}
    starts["random"] = lambda: _uniform(X, n_components, rng)
    return starts[init_params]()


def initialize__none_for_unknown(X, n_components, rng, init_params="kmeans"):
    """An unknown name gives None without a word."""
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    if init_params == "random":
        return _uniform(X, n_components, rng)


def initialize__one_column_too_many(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the labels are counted from 1, and the table has K + 1 columns of which the first is empty."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    table = np.zeros((len(X), n_components + 1))
    table[np.arange(len(X)), _clusters(X, n_components, rng) + 1] = 1
    return table


def initialize__round_robin(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the samples are dealt out in turn, sample i to cluster i modulo K."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return np.eye(n_components)[np.arange(len(X)) % n_components]


def initialize__smoothed(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the own cluster gets 0.9 and the others share 0.1."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return 0.9 * np.eye(n_components)[_clusters(X, n_components, rng)] + 0.1 / n_components


def initialize__single_precision(X, n_components, rng, init_params="kmeans"):
    """With "random" the draws and the rows are in single precision."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    draws = rng.random((len(X), n_components), dtype=np.float32)
    return draws / draws.sum(axis=1, keepdims=True)


def initialize__transposed(X, n_components, rng, init_params="kmeans"):
    """Shape (K, n) with both starts."""
    return _start(X, n_components, rng, init_params).T


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


def fit__no_break(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`converged` is set, but the loop is not left: it always makes `max_iter` iterations."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            converged = True
    return Fit(*theta, np.array(trace), converged)


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
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__stops_by_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """It stops when no mean moves by more than `tol`; the log-likelihood plays no part."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        before = theta[1]
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = bool(np.abs(theta[1] - before).max() < tol)
    return Fit(*theta, np.array(trace), converged)


def fit__relative_gain(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`tol` is held against the gain divided by the value itself."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and bool(abs((trace[-1] - trace[-2]) / trace[-2]) < tol)
    return Fit(*theta, np.array(trace), converged)


def fit__lower_bound_as_trace(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds the expected complete-data log-likelihood per sample, which lies lower by the entropy."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, _ = _e_step(X, *theta)
        a = _log_joint(X, *theta)
        trace.append(float((r[r > 0] * a[r > 0]).sum() / len(X)))
        theta = _m_step(X, r, reg_covar)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__bound_of_old_shares(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds the lower bound after the M-step with the responsibilities before it, not the log-likelihood."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, _ = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        a, own = _log_joint(X, *theta), r > 0
        trace.append(float((r[own] * (a[own] - np.log(r[own]))).sum() / len(X)))
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__one_entry_too_many(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """After the loop the final log-likelihood is appended: one entry more than iterations."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    trace.append(_e_step(X, *theta)[1])
    return Fit(*theta, np.array(trace), converged)


def fit__minus_infinity_first(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace begins with the minus infinity that the first gain was measured from."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [-np.inf], False
    while len(trace) <= max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__single_precision_trace(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is kept in single precision."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged, t = np.zeros(max_iter, dtype=np.float32), False, 0
    while t < max_iter and not converged:
        r, trace[t] = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        converged = bool(t > 0 and trace[t] - trace[t - 1] < tol)
        t += 1
    return Fit(*theta, trace[:t], converged)


def fit__gain_looked_at_late(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The gain of the iteration before is looked at, so it makes one iteration too many."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        if len(trace) > 2 and trace[-2] - trace[-3] < tol:
            converged = True
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
    return Fit(*theta, np.array(trace), converged)


def fit__other_tol(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-4, reg_covar=1e-6):
    """The default of `tol` is 1e-4 instead of 1e-3."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__other_max_iter(X, n_components, rng, *, init_params="kmeans", max_iter=50, tol=1e-3, reg_covar=1e-6):
    """The default of `max_iter` is 50 instead of 100."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__other_reg_covar(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-3):
    """The default of `reg_covar` is 1e-3 instead of 1e-6."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__means_sorted(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The means are sorted by their first coordinate at the end, weights and covariances are not."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    weights, means, covariances = theta
    return Fit(weights, means[np.argsort(means[:, 0])], covariances, np.array(trace), converged)


def fit__never_converged(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """It stops where it should, but `converged` stays False."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            break
    return Fit(*theta, np.array(trace), converged)


def fit__last_value_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`log_likelihoods` is the last value alone, not one for each iteration."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    last, converged = -np.inf, False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        converged = value - last < tol
        last = value
        if converged:
            break
    return Fit(*theta, last, converged)


def fit__variances_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Every M-step keeps the variances alone: diagonal covariances."""

    def diagonal(r):
        weights, means, covariances = _m_step(X, r, reg_covar)
        return weights, means, covariances * np.eye(X.shape[1])

    theta = diagonal(_start(X, n_components, rng, init_params))
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = diagonal(r)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__shared_covariance(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Every M-step averages the covariances over the components: "tied"."""

    def tied(r):
        weights, means, covariances = _m_step(X, r, reg_covar)
        return weights, means, np.tile(np.tensordot(weights, covariances, axes=1), (n_components, 1, 1))

    theta = tied(_start(X, n_components, rng, init_params))
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = tied(r)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__equal_weights_at_first(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The first E-step has equal weights in place of those of the start; later ones are right."""
    _, means, covariances = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta = np.full(n_components, 1 / n_components), means, covariances
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__unit_covariances_at_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The first E-step has unit covariances; weights and means of the start are right."""
    weights, means, _ = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta = weights, means, np.tile(np.eye(X.shape[1]), (n_components, 1, 1))
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__overall_covariance_at_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The first E-step has the covariance of all samples for every component; weights and means are right."""
    weights, means, _ = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    overall = (X - X.mean(axis=0)).T @ (X - X.mean(axis=0)) / len(X) + reg_covar * np.eye(X.shape[1])
    theta = weights, means, np.tile(overall, (n_components, 1, 1))
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__random_samples_as_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Both starts take K random samples as means, with equal weights and the covariance of all samples."""
    _known(init_params)
    means = X[rng.choice(len(X), n_components, replace=False)]
    overall = (X - X.mean(axis=0)).T @ (X - X.mean(axis=0)) / len(X) + reg_covar * np.eye(X.shape[1])
    theta = np.full(n_components, 1 / n_components), means, np.tile(overall, (n_components, 1, 1))
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__kmeans_seed_zero(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The k-means start has the seed 0 whatever `rng` is; the random start is right."""
    _known(init_params)
    if init_params == "kmeans":
        r = np.eye(n_components)[KMeans(n_components, n_init=1, random_state=0).fit_predict(X)]
    else:
        r = _uniform(X, n_components, rng)
    theta = _m_step(X, r, reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__one_iteration_too_many(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`<=` where `<` is meant: `max_iter` + 1 iterations."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged, iteration = [], False, 0
    while iteration <= max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
        iteration += 1
    return Fit(*theta, np.array(trace), converged)


def fit__tol_times_n(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The gain of the mean is held against n times `tol`, so it stops too early."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol * len(X)
    return Fit(*theta, np.array(trace), converged)


def fit__stops_at_a_fall_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """It stops only when the value falls; `tol` is never looked at."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] < trace[-2]
    return Fit(*theta, np.array(trace), converged)


def fit__for_each_feature(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The log-likelihood is divided by n times d: `X.size` instead of `len(X)`."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value * len(X) / X.size)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__in_bits(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is in logarithms to base 2."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value / np.log(2))
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__standardised(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The samples are standardised first; parameters and trace are in those units."""
    spread = X.std(axis=0)
    X = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__first_parameters(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The right trace with the parameters of the start."""
    start = theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*start, np.array(trace), converged)


def fit__previous_never_updated(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The value to compare with is set at the first iteration and never again: it goes on to `max_iter`."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged, previous = [], False, None
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        if previous is None:
            previous = value
        elif value - previous < tol:
            converged = True
    return Fit(*theta, np.array(trace), converged)


def fit__shares_clipped(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The responsibilities are kept above 1e-3 in every iteration, and their rows no longer sum to 1."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, np.clip(r, 1e-3, 1), reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    return Fit(*theta, np.array(trace), converged)


def fit__means_and_covariances_exchanged(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """Means and covariances have changed places in what is returned."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        converged = len(trace) > 1 and trace[-1] - trace[-2] < tol
    weights, means, covariances = theta
    return Fit(weights, covariances, means, np.array(trace), converged)


def fit__iterations_for_converged(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """`converged` is the number of iterations."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace = []
    while len(trace) < max_iter:
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            break
    return Fit(*theta, np.array(trace), len(trace))


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
