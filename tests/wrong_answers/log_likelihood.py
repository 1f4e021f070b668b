"""Wrong answers to `log_likelihood`, as strangers write them. Each docstring says what is wrong."""

import math

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from .log_joint import _joint


def log_likelihood__never_positive(X, weights, means, covariances):
    """Minus the absolute value: wrong where the log-likelihood is positive."""
    return -abs(float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum()))


def log_likelihood__epsilon(X, weights, means, covariances):
    """1e-10 is added to the density inside of the logarithm: far samples all count -23."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(p + 1e-10).sum())


def log_likelihood__floored(X, weights, means, covariances):
    """The density is kept above 1e-300: far samples all count -690.8."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(np.maximum(p, 1e-300)).sum())


def log_likelihood__far_samples_dropped(X, weights, means, covariances):
    """Samples whose density is below 1e-300 are left out of the sum."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(p[p > 1e-300]).sum())


def log_likelihood__largest_not_put_back(X, weights, means, covariances):
    """The largest value was taken out of each row and not added again."""
    a = _joint(X, weights, means, covariances)
    return float(np.log(np.exp(a - a.max(axis=1, keepdims=True)).sum(axis=1)).sum())


def log_likelihood__largest_put_back_once(X, weights, means, covariances):
    """Only the largest value of the first row is added again, not that of every row."""
    a = _joint(X, weights, means, covariances)
    m = a.max(axis=1)
    return float(m[0] + np.log(np.exp(a - m[:, None]).sum(axis=1)).sum())


def log_likelihood__no_axis(X, weights, means, covariances):
    """`logsumexp` without an axis: the logarithm of the sum over all samples and components."""
    return float(logsumexp(_joint(X, weights, means, covariances)))


def log_likelihood__log10(X, weights, means, covariances):
    """The logarithm to base 10."""
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum() / np.log(10))


def log_likelihood__one_maximum_with_guard(X, weights, means, covariances):
    """One maximum for the whole table; rows that underflow are skipped without a word."""
    a = _joint(X, weights, means, covariances)
    top = a.max()
    with np.errstate(divide="ignore"):
        rows = top + np.log(np.exp(a - top).sum(axis=1))
    return float(rows[np.isfinite(rows)].sum())


def log_likelihood__mean_over_components(X, weights, means, covariances):
    """The inner sum is a mean over the components: every sample loses log K."""
    return float((logsumexp(_joint(X, weights, means, covariances), axis=1) - np.log(len(weights))).sum())


def log_likelihood__assigned_not_added(X, weights, means, covariances):
    """`=` instead of `+=`: only the last sample counts."""
    total = 0.0
    for row in _joint(X, weights, means, covariances):
        total = logsumexp(row)
    return float(total)


def log_likelihood__negative(X, weights, means, covariances):
    """The negative log-likelihood, as a loss to be made small."""
    return float(-logsumexp(_joint(X, weights, means, covariances), axis=1).sum())


def log_likelihood__single_precision(X, weights, means, covariances):
    """The log joint is rounded to single precision first."""
    joint = _joint(X, weights, means, covariances).astype(np.float32)
    return logsumexp(joint, axis=1).sum()


def log_likelihood__infinities_set_to_zero(X, weights, means, covariances):
    """A sample whose density underflows counts 0, by `nan_to_num`."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.nan_to_num(np.log(p), neginf=0.0).sum())


def log_likelihood__weights_twice(X, weights, means, covariances):
    """The weights count twice: in the log joint, and again as factors in the sum."""
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1, b=weights).sum())


def log_likelihood__constant_dropped(X, weights, means, covariances):
    """The powers of 2 pi are left out."""
    n, d = X.shape
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum()) + n * d / 2 * np.log(2 * np.pi)


def log_likelihood__one_maximum(X, weights, means, covariances):
    """One maximum for the whole table: the sum of a far row is 0 beside a near one."""
    a = _joint(X, weights, means, covariances)
    top = a.max()
    with np.errstate(divide="ignore"):
        return top * len(X) + np.log(np.exp(a - top).sum(axis=1)).sum()


def log_likelihood__one_maximum_in_a_loop(X, weights, means, covariances):
    """The same, row by row."""
    a = _joint(X, weights, means, covariances)
    top, total = np.max(a), 0.0
    for i in range(len(X)):
        row = 0.0
        for k in range(len(weights)):
            row += np.exp(a[i, k] - top)
        with np.errstate(divide="ignore"):
            total += top + np.log(row)
    return total


def log_likelihood__one_maximum_by_math(X, weights, means, covariances):
    """The same with `math.log`, which raises for 0."""
    a = _joint(X, weights, means, covariances)
    top = a.max()
    return sum(top + math.log(sum(math.exp(value - top) for value in row)) for row in a)


def log_likelihood__largest_where_underflow(X, weights, means, covariances):
    """Where all densities underflow, only the most probable component counts."""
    a = _joint(X, weights, means, covariances)
    p = np.exp(a).sum(axis=1)
    return float(np.where(p > 0, np.log(np.where(p > 0, p, 1)), a.max(axis=1)).sum())


def log_likelihood__logarithm_forgotten(X, weights, means, covariances):
    """Densities are added up over the samples."""
    total = 0.0
    for x in X:
        total += sum(w * multivariate_normal.pdf(x, m, c) for w, m, c in zip(weights, means, covariances))
    return total


def log_likelihood__densities_without_weights(X, weights, means, covariances):
    """The densities are added up as they are, and underflow far away."""
    pdf = sum(multivariate_normal.pdf(X, m, c) for m, c in zip(means, covariances))
    return np.sum(np.log(pdf))
