"""Known mistakes of chapter 6: the start of EM, and its loop.

Those of `fit` are complete loops that differ from the right one in one place; they are recognised by their
traces.
"""

import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit

from ..e_step import responsibilities
from ..em import initialize
from ..likelihood import log_joint, log_likelihood
from ..m_step import update_covariances, update_means, update_weights
from .registry import mistake

UNKNOWN = "init_params must be 'kmeans' or 'random'"


def _one_hot(X, n_components, rng):
    labels = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**32))).fit_predict(X)
    return np.eye(n_components)[labels]


def _uniform_rows(X, n_components, rng):
    draws = rng.random((len(X), n_components))
    return draws / draws.sum(axis=1, keepdims=True)


def _maximize(X, shares, reg_covar):
    means = update_means(X, shares)
    return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)


def _gained_little(log_likelihoods, tol):
    return len(log_likelihoods) > 1 and log_likelihoods[-1] - log_likelihoods[-2] < tol


@mistake("initialize")
def initialize_all_ones(X, n_components, rng, init_params="kmeans"):
    """Every entry is 1 with "kmeans": `Z[:, labels]` names whole columns. Each row should have a 1 in the
    column of its own label."""
    if init_params == "kmeans":
        labels = _one_hot(X, n_components, rng).argmax(axis=1)
        Z = np.zeros((len(X), n_components))
        Z[:, labels] = 1
        return Z
    if init_params == "random":
        return _uniform_rows(X, n_components, rng)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_generator_for_kmeans(X, n_components, rng, init_params="kmeans"):
    """`KMeans` takes no NumPy `Generator` as its `random_state`; it wants a whole number, which `rng` can
    draw."""
    if init_params == "kmeans":
        return np.eye(n_components)[KMeans(n_components, n_init=1, random_state=rng).fit_predict(X)]
    if init_params == "random":
        return _uniform_rows(X, n_components, rng)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_columns_normalised(X, n_components, rng, init_params="kmeans"):
    """With "random" the columns sum to 1, not the rows: the sum ran over the samples."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        draws = rng.random((len(X), n_components))
        return draws / draws.sum(axis=0)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_not_normalised(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows do not sum to 1: the draws were not normalised."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        return rng.random((len(X), n_components))
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_all_equal(X, n_components, rng, init_params="kmeans"):
    """With "random" every responsibility is 1 / K. Then all components are the same, and EM can never tell
    them apart."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        return np.full((len(X), n_components), 1 / n_components)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_any_name(X, n_components, rng, init_params="kmeans"):
    """A name that does not exist was taken for one that does; a `ValueError` that lists the two is due."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    return _uniform_rows(X, n_components, rng)


@mistake("initialize")
def initialize_labels(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the labels came, one number a sample; a table is due that has a column for each
    component."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng).argmax(axis=1)
    if init_params == "random":
        return _uniform_rows(X, n_components, rng)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_global_state(X, n_components, rng, init_params="kmeans"):
    """The same `rng` gives a different start each time, so the numbers come from somewhere else;
    `np.random` has a global state of its own, and `KMeans` uses it when it gets no seed."""
    if init_params == "kmeans":
        return np.eye(n_components)[KMeans(n_components, n_init=1).fit_predict(X)]
    if init_params == "random":
        draws = np.random.random((len(X), n_components))
        return draws / draws.sum(axis=1, keepdims=True)
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_own_seed(X, n_components, rng, init_params="kmeans"):
    """With "random" the start is the same whatever `rng` is handed over, as with a generator that the
    function seeds itself."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        return _uniform_rows(X, n_components, np.random.default_rng(0))
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_random_labels(X, n_components, rng, init_params="kmeans"):
    """With "random" each sample was given wholly to a random component; uniform draws whose rows are
    normalised are asked for."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        return np.eye(n_components)[rng.integers(n_components, size=len(X))]
    raise ValueError(UNKNOWN)


@mistake("initialize")
def initialize_dirichlet(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows spread wider than asked for, as draws of a Dirichlet law do; uniform draws
    whose rows are normalised lie closer to 1 / K."""
    if init_params == "kmeans":
        return _one_hot(X, n_components, rng)
    if init_params == "random":
        return rng.dirichlet(np.ones(n_components), size=len(X))
    raise ValueError(UNKNOWN)


@mistake("fit")
def fit_old_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """This is exactly the trace one gets when the covariances are taken about the old means. It ends at the
    same place, but each M-step does less than it could."""
    weights, means, covariances = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, weights, means, covariances) / len(X))
        shares = responsibilities(X, weights, means, covariances)
        weights, covariances = update_weights(shares), update_covariances(X, shares, means, reg_covar)
        means = update_means(X, shares)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(weights, means, covariances, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_noted_after(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace begins one step too late: the log-likelihood was noted after the M-step, and not at the
    parameters with which the E-step began."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_tol_on_sum(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The right trace, but it goes on too long: `tol` was held against the gain of the sum over the
    samples; it is meant for the mean."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        converged = _gained_little(log_likelihoods, tol / len(X))
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_trace_of_sums(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds sums over the samples; means per sample are asked for."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_equal_start(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace stays where one single Gaussian would be: all components began alike, and EM can never tell
    such components apart."""
    parameters = _maximize(X, np.full((len(X), n_components), 1 / n_components), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_centres_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace begins lower than it should: k-means gave the means alone, with equal weights and unit
    covariances. Responsibilities and an M-step give all three."""
    means = update_means(X, initialize(X, n_components, rng, init_params))
    covariances = np.tile(np.eye(X.shape[1]), (n_components, 1, 1))
    parameters = np.full(n_components, 1 / n_components), means, covariances
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_reg_covar_dropped(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """This is exactly the trace one gets when `reg_covar` is not handed on to the M-step."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), 1e-6)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), 1e-6)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_always_converged(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`converged` is True although `max_iter` ended the loop; it tells which of the two came first."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods = []
    while len(log_likelihoods) < max_iter and not _gained_little(log_likelihoods, tol):
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
    return Fit(*parameters, np.array(log_likelihoods), True)


@mistake("fit")
def fit_tol_ignored(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The right trace, but it always runs to `max_iter`: `tol` plays no part."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods = []
    for _ in range(max_iter):
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
    return Fit(*parameters, np.array(log_likelihoods), False)


@mistake("fit")
def fit_hard_assignment(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """This is exactly the trace one gets when each sample is given wholly to its most probable component,
    as k-means does; EM shares it out."""
    parameters = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        hard = np.eye(n_components)[log_joint(X, *parameters).argmax(axis=1)]
        parameters = _maximize(X, hard, reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_weights_kept(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """This is exactly the trace one gets when the weights stay equal: the M-step updates them as well."""
    weights = np.full(n_components, 1 / n_components)
    _, *rest = _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, weights, *rest) / len(X))
        _, *rest = _maximize(X, responsibilities(X, weights, *rest), reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(weights, *rest, np.array(log_likelihoods), converged)


@mistake("fit")
def fit_init_params_ignored(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The start is k-means whatever `init_params` says."""
    parameters = _maximize(X, initialize(X, n_components, rng), reg_covar)
    log_likelihoods, converged = [], False
    while not converged and len(log_likelihoods) < max_iter:
        log_likelihoods.append(log_likelihood(X, *parameters) / len(X))
        parameters = _maximize(X, responsibilities(X, *parameters), reg_covar)
        converged = _gained_little(log_likelihoods, tol)
    return Fit(*parameters, np.array(log_likelihoods), converged)
