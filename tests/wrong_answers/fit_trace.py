"""Wrong answers to `fit`, as strangers write them: another trace, or another end of the loop.

Each docstring says what is wrong.
"""

import numpy as np

from gmmlearn import Fit

from .fit import _e_step, _log_joint, _loop, _m_step
from .initialize import _start


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

    def relative(trace, tol):
        return bool(abs((trace[-1] - trace[-2]) / trace[-2]) < tol)

    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(
        X,
        theta,
        max_iter,
        tol,
        reg_covar,
        stops=relative,
    )
    return Fit(*theta, np.array(trace), converged)


def fit__gain_of_one_and_value(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`tol` is held against the gain divided by 1 plus the absolute value."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged, last = [], False, 0.0
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        theta = _m_step(X, r, reg_covar)
        trace.append(value)
        if len(trace) > 1 and abs(value - last) < tol * (1 + abs(last)):
            converged = True
            break
        last = value
    return Fit(*theta, np.array(trace), converged)


def fit__gain_of_at_least_one(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """`tol` is held against the gain divided by the absolute value or 1, whichever is larger."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)

    def little(trace, tol):
        return trace[-1] - trace[-2] < tol * max(1, abs(trace[-1]))

    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar, stops=little)
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
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar)
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
    theta, trace, converged = _loop(X, theta, max_iter, tol * len(X), reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__stops_at_a_fall_only(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """It stops only when the value falls; `tol` is never looked at."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    theta, trace, converged = _loop(X, theta, max_iter, tol, reg_covar, stops=lambda trace, tol: trace[-1] < trace[-2])
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


def fit__sums_throughout(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds sums over the samples, and `tol` is compared with their gain."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = np.zeros(max_iter), False
    for i in range(max_iter):
        r, value = _e_step(X, *theta)
        trace[i] = len(X) * value
        theta = _m_step(X, r, reg_covar)
        if i > 0 and abs(trace[i] - trace[i - 1]) < tol:
            converged = True
            break
    return Fit(*theta, trace[: i + 1], converged)


def fit__sums_and_break_first(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The same; the gain is looked at before the M-step."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged, old = [], False, -np.inf
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        trace.append(value * len(X))
        if trace[-1] - old < tol:
            converged = True
            break
        old = trace[-1]
        theta = _m_step(X, r, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__gain_of_the_sum(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """The trace holds means, but `tol` is compared with the gain of the sum over the samples."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        trace.append(value)
        theta = _m_step(X, r, reg_covar)
        if len(trace) > 1 and len(X) * (trace[-1] - trace[-2]) < tol:
            converged = True
            break
    return Fit(*theta, np.array(trace), converged)


def fit__gain_of_the_sum_break_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The same; the gain is looked at before the M-step."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    previous, trace, converged = -np.inf, [], False
    for _ in range(max_iter):
        total = float(np.logaddexp.reduce(_log_joint(X, *theta), axis=1).sum())
        trace.append(total / len(X))
        if total - previous < tol:
            converged = True
            break
        previous = total
        theta = _m_step(X, _e_step(X, *theta)[0], reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__gain_of_the_sum_and_old_parameters(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """The same; the sums are kept, and divided when the loop has ended, with the parameters of the last value."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    sums = []
    while len(sums) < max_iter:
        r, value = _e_step(X, *theta)
        sums.append(value * X.shape[0])
        if len(sums) >= 2 and abs(sums[-1] - sums[-2]) <= tol:
            return Fit(*theta, np.array(sums) / X.shape[0], True)
        theta = _m_step(X, r, reg_covar)
    return Fit(*theta, np.array(sums) / X.shape[0], False)


def fit__never_converged_break_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """It stops where it should, before the M-step, but `converged` stays False."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        trace.append(value)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            break
        theta = _m_step(X, r, reg_covar)
    return Fit(*theta, np.array(trace), converged)


def fit__relative_gain_break_first(
    X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6
):
    """`tol` is held against the gain divided by the value itself, before the M-step."""
    theta = _m_step(X, _start(X, n_components, rng, init_params), reg_covar)
    trace, converged = [], False
    for _ in range(max_iter):
        r, value = _e_step(X, *theta)
        trace.append(value)
        if len(trace) > 1 and abs((trace[-1] - trace[-2]) / trace[-2]) < tol:
            converged = True
            break
        theta = _m_step(X, r, reg_covar)
    return Fit(*theta, np.array(trace), converged)
