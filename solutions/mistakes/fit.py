"""Known mistakes of `fit`: loops that differ from the right one in one place.

They are recognised by their traces.
"""

import numpy as np

from gmmlearn import Fit

from ..e_step import responsibilities
from ..em import initialize
from ..likelihood import log_joint, log_likelihood
from ..m_step import expected_log_likelihood, update_covariances, update_means, update_weights
from .registry import mistake


def _maximize(X, shares, reg_covar):
    means = update_means(X, shares)
    return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)


def _start(X, n_components, rng, init_params, reg_covar):
    return _maximize(X, initialize(X, n_components, rng, init_params), reg_covar)


def _next(X, parameters, reg_covar):
    return _maximize(X, responsibilities(X, *parameters), reg_covar)


def _value(X, before, after):
    return log_likelihood(X, *before) / len(X)


def _gained_little(trace, tol, before, after):
    return len(trace) > 1 and trace[-1] - trace[-2] < tol


def _loop(X, parameters, max_iter, tol, reg_covar, *, step=_next, value=_value, stops=_gained_little):
    trace, converged = [], False
    while not converged and len(trace) < max_iter:
        before, parameters = parameters, step(X, parameters, reg_covar)
        trace.append(value(X, before, parameters))
        converged = stops(trace, tol, before, parameters)
    return Fit(*parameters, np.array(trace), converged)


@mistake("fit")
def fit_old_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when the covariances are about the old means. It ends at the same place,
    but each M-step gains less than it could."""

    def step(X, parameters, reg_covar):
        shares = responsibilities(X, *parameters)
        covariances = update_covariances(X, shares, parameters[1], reg_covar)
        return update_weights(shares), update_means(X, shares), covariances

    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, step=step)


@mistake("fit")
def fit_noted_after(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when the log-likelihood is noted after the M-step: it begins one step too
    late. Expected is the value under the parameters with which the E-step begins."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, value=lambda X, _, after: log_likelihood(X, *after) / len(X))


@mistake("fit")
def fit_tol_on_sum(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, but it ends too late: exactly where the sum over the samples gains less than
    `tol`. Expected is the gain of the mean."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol / len(X), reg_covar)


@mistake("fit")
def fit_trace_of_sums(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds sums over the samples, and the loop ends where a sum gains less than `tol`. Expected are means
    per sample."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, value=lambda X, before, _: log_likelihood(X, *before))


@mistake("fit")
def fit_equal_start(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace stays at the value of a single Gaussian, as when all components start the same. EM can never tell such
    components apart."""
    start = _maximize(X, np.full((len(X), n_components), 1 / n_components), reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar)


@mistake("fit")
def fit_centres_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when only the means come from the start, with equal weights and unit
    covariances. Responsibilities and an M-step give all three."""
    means = update_means(X, initialize(X, n_components, rng, init_params))
    covariances = np.tile(np.eye(X.shape[1]), (n_components, 1, 1))
    return _loop(X, (np.full(n_components, 1 / n_components), means, covariances), max_iter, tol, reg_covar)


@mistake("fit")
def fit_reg_covar_dropped(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when `reg_covar` is not passed on to the M-step."""
    return _loop(X, _start(X, n_components, rng, init_params, 1e-6), max_iter, tol, 1e-6)


@mistake("fit")
def fit_always_converged(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`converged` is True even when `max_iter` ends the loop. It should be True only when `tol` ends it."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar)._replace(converged=True)


@mistake("fit")
def fit_never_converged(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is right, but `converged` is False even when `tol` ends the loop."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar)._replace(converged=False)


@mistake("fit")
def fit_tol_ignored(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, but it always goes on to `max_iter`, and `converged` is False: `tol` has no
    effect."""
    return _loop(X, _start(X, n_components, rng, init_params, reg_covar), max_iter, -np.inf, reg_covar)


@mistake("fit")
def fit_no_break(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, and so is `converged`, but the loop always goes on to `max_iter`: a small
    gain does not end it."""
    fit = _loop(X, _start(X, n_components, rng, init_params, reg_covar), max_iter, -np.inf, reg_covar)
    return fit._replace(converged=bool((np.diff(fit.log_likelihoods) < tol).any()))


@mistake("fit")
def fit_stops_by_means(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, but it ends exactly where all coordinates of the means move by less than
    `tol`. `tol` belongs to the gain in mean log-likelihood."""
    start = _start(X, n_components, rng, init_params, reg_covar)

    def stops(trace, tol, before, after):
        return bool(np.abs(after[1] - before[1]).max() < tol)

    return _loop(X, start, max_iter, tol, reg_covar, stops=stops)


@mistake("fit")
def fit_relative_gain(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, but it ends exactly where the gain divided by the value itself is below
    `tol`. Expected is the gain alone, not relative to anything."""
    start = _start(X, n_components, rng, init_params, reg_covar)

    def stops(trace, tol, before, after):
        return len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol * abs(trace[-2])

    return _loop(X, start, max_iter, tol, reg_covar, stops=stops)


@mistake("fit")
def fit_gain_of_one_and_value(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The values of the trace are right, but it ends exactly where the gain is below `tol` times 1 plus the size of
    the value. Expected is a gain below `tol`, whatever the value is."""
    start = _start(X, n_components, rng, init_params, reg_covar)

    def stops(trace, tol, before, after):
        return len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol * (1 + abs(trace[-2]))

    return _loop(X, start, max_iter, tol, reg_covar, stops=stops)


@mistake("fit")
def fit_trace_without_entropy(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the expected complete-data log-likelihood per sample. That is below the log-likelihood, by
    the entropy of the responsibilities, and it can fall."""
    start = _start(X, n_components, rng, init_params, reg_covar)

    def value(X, before, after):
        return expected_log_likelihood(X, responsibilities(X, *before), *before) / len(X)

    return _loop(X, start, max_iter, tol, reg_covar, value=value)


@mistake("fit")
def fit_final_entry(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is right, but has one entry too many, that of the final parameters. Expected is one entry for each
    iteration."""
    fit = _loop(X, _start(X, n_components, rng, init_params, reg_covar), max_iter, tol, reg_covar)
    last = log_likelihood(X, *fit[:3]) / len(X)
    return fit._replace(log_likelihoods=np.append(fit.log_likelihoods, last))


@mistake("fit")
def fit_no_e_step(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace never leaves its first value, as when the responsibilities are not updated in the loop: every M-step
    then repeats the first."""
    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, step=lambda X, parameters, reg_covar: parameters)


@mistake("fit")
def fit_hard_assignment(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when each sample belongs wholly to its most probable component, as in
    k-means. EM shares a sample among the components."""

    def step(X, parameters, reg_covar):
        return _maximize(X, np.eye(n_components)[log_joint(X, *parameters).argmax(axis=1)], reg_covar)

    return _loop(X, _start(X, n_components, rng, init_params, reg_covar), max_iter, tol, reg_covar, step=step)


@mistake("fit")
def fit_weights_kept(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when the weights stay equal. The M-step updates them as well."""
    weights = np.full(n_components, 1 / n_components)

    def step(X, parameters, reg_covar):
        return weights, *_next(X, parameters, reg_covar)[1:]

    start = weights, *_start(X, n_components, rng, init_params, reg_covar)[1:]
    return _loop(X, start, max_iter, tol, reg_covar, step=step)


@mistake("fit")
def fit_means_kept(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when the means stay as they are at the start. The M-step updates them as
    well."""

    def step(X, parameters, reg_covar):
        shares = responsibilities(X, *parameters)
        means = parameters[1]
        return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)

    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, step=step)


@mistake("fit")
def fit_covariances_kept(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace is exactly the one you get when the covariances stay as they are at the start. The M-step updates them
    as well."""

    def step(X, parameters, reg_covar):
        return *_next(X, parameters, reg_covar)[:2], parameters[2]

    start = _start(X, n_components, rng, init_params, reg_covar)
    return _loop(X, start, max_iter, tol, reg_covar, step=step)


@mistake("fit")
def fit_init_params_ignored(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """With "random" the trace begins too high for such a start, and an unknown name is accepted, as when the start is
    k-means whatever `init_params` is."""
    return _loop(X, _start(X, n_components, rng, "kmeans", reg_covar), max_iter, tol, reg_covar)
