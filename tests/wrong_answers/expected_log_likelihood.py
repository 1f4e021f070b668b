"""Wrong answers to `expected_log_likelihood`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, xlogy
from scipy.stats import multivariate_normal


def _log_densities(X, means, covariances):
    return np.stack([multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)], axis=1)


def _joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


def _expectation(r, table):
    return float((r[r > 0] * table[r > 0]).sum())


def expected_log_likelihood__never_positive(X, responsibilities, weights, means, covariances):
    """Minus the absolute value: wrong where the right value is positive."""
    return -abs(_expectation(responsibilities, _joint(X, weights, means, covariances)))


def expected_log_likelihood__negative(X, responsibilities, weights, means, covariances):
    """The sign is turned round, as for a loss."""
    return -_expectation(responsibilities, _joint(X, weights, means, covariances))


def expected_log_likelihood__entropy_subtracted(X, responsibilities, weights, means, covariances):
    """The entropy of the responsibilities is subtracted."""
    Q = _expectation(responsibilities, _joint(X, weights, means, covariances))
    return Q + float(xlogy(responsibilities, responsibilities).sum())


def expected_log_likelihood__log_of_expectation(X, responsibilities, weights, means, covariances):
    """The log of the sum of exponentials of responsibility times log joint, in place of the plain sum."""
    with np.errstate(invalid="ignore"):
        terms = np.nan_to_num(responsibilities * _joint(X, weights, means, covariances), nan=0.0)
    return float(logsumexp(terms, axis=1).sum())


def expected_log_likelihood__equal_weights(X, responsibilities, weights, means, covariances):
    """Every component has weight 1 / K."""
    K = len(weights)
    return _expectation(responsibilities, _joint(X, np.full(K, 1 / K), means, covariances))


def expected_log_likelihood__weights_outside(X, responsibilities, weights, means, covariances):
    """The weights multiply the log densities, and their logarithm is left out."""
    return float((weights * responsibilities * _log_densities(X, means, covariances)).sum())


def expected_log_likelihood__single_precision(X, responsibilities, weights, means, covariances):
    """The log joint is rounded to single precision first."""
    table = _joint(X, weights, means, covariances).astype(np.float32)
    return _expectation(responsibilities.astype(np.float32), table)


def expected_log_likelihood__joint_never_positive(X, responsibilities, weights, means, covariances):
    """Entries of the log joint above 0 are cut off."""
    return _expectation(responsibilities, np.minimum(_joint(X, weights, means, covariances), 0))


def expected_log_likelihood__clipped_below(X, responsibilities, weights, means, covariances):
    """Entries of the log joint below -700 are raised to -700."""
    return _expectation(responsibilities, np.maximum(_joint(X, weights, means, covariances), -700))


def expected_log_likelihood__far_terms_dropped(X, responsibilities, weights, means, covariances):
    """Terms whose density underflows are left out."""
    table = _joint(X, weights, means, covariances)
    return float((responsibilities * np.where(np.exp(table) > 0, table, 0)).sum())


def expected_log_likelihood__own_means(X, responsibilities, weights, means, covariances):
    """The means are worked out anew from the responsibilities; those handed over are ignored."""
    counts = np.maximum(responsibilities.sum(axis=0), 1e-300)
    own = responsibilities.T @ X / counts[:, None]
    return _expectation(responsibilities, _joint(X, weights, own, covariances))


def expected_log_likelihood__own_weights(X, responsibilities, weights, means, covariances):
    """The weights are worked out anew from the responsibilities; those handed over are ignored."""
    return _expectation(responsibilities, _joint(X, responsibilities.mean(axis=0), means, covariances))


def expected_log_likelihood__squared_shares(X, responsibilities, weights, means, covariances):
    """The responsibilities count twice, as squares."""
    return _expectation(responsibilities**2, _joint(X, weights, means, covariances))


def expected_log_likelihood__assigned_not_added(X, responsibilities, weights, means, covariances):
    """`=` instead of `+=`: only the last sample counts."""
    table, Q = _joint(X, weights, means, covariances), 0.0
    for r, a in zip(responsibilities, table):
        Q = (r[r > 0] * a[r > 0]).sum()
    return float(Q)


def expected_log_likelihood__divided_by_components(X, responsibilities, weights, means, covariances):
    """The mean over all n times K entries."""
    return _expectation(responsibilities, _joint(X, weights, means, covariances)) / responsibilities.size


def expected_log_likelihood__for_each_sample(X, responsibilities, weights, means, covariances):
    """A value for each sample, not summed."""
    table = _joint(X, weights, means, covariances)
    return np.where(responsibilities > 0, responsibilities * np.where(responsibilities > 0, table, 0), 0).sum(axis=1)


def expected_log_likelihood__weights_kept_above_zero(X, responsibilities, weights, means, covariances):
    """A weight below 1e-10 counts as 1e-10, so what a component of weight 0 owns costs 23."""
    joint = _joint(X, np.maximum(weights, 1e-10), means, covariances)
    return float((responsibilities * joint).sum())
