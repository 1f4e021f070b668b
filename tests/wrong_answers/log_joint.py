"""Wrong answers to `log_joint`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.stats import multivariate_normal


def _log_densities(X, means, covariances):
    return np.stack([multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)], axis=1)


def _joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


def log_joint__tiny_epsilon(X, weights, means, covariances):
    """1e-16 is added to the weights: a component of weight 0 gets -36.8 instead of minus infinity."""
    return np.log(weights + 1e-16) + _log_densities(X, means, covariances)


def log_joint__weights_kept_above_zero(X, weights, means, covariances):
    """Weights are kept above 1e-300: a component of weight 0 gets -690.8 instead of minus infinity."""
    return np.log(np.maximum(weights, 1e-300)) + _log_densities(X, means, covariances)


def log_joint__never_positive(X, weights, means, covariances):
    """Values above 0 are cut off, as if densities could not exceed 1."""
    return np.minimum(_joint(X, weights, means, covariances), 0.0)


def log_joint__single_precision(X, weights, means, covariances):
    """The table is in single precision."""
    table = np.empty((len(X), len(weights)), dtype=np.float32)
    table[:] = _joint(X, weights, means, covariances)
    return table


def log_joint__floored_densities(X, weights, means, covariances):
    """Densities are kept above 1e-300 before the logarithm: far samples all get -690.8 plus the log weight."""
    densities = np.maximum(np.exp(_log_densities(X, means, covariances)), 1e-300)
    with np.errstate(divide="ignore"):
        return np.log(weights) + np.log(densities)


def log_joint__log10_of_weights(X, weights, means, covariances):
    """The logarithm of the weights is that to base 10."""
    with np.errstate(divide="ignore"):
        return np.log10(weights) + _log_densities(X, means, covariances)


def log_joint__weights_subtracted(X, weights, means, covariances):
    """The log weights are subtracted."""
    with np.errstate(divide="ignore"):
        return _log_densities(X, means, covariances) - np.log(weights)


def log_joint__first_covariance(X, weights, means, covariances):
    """All components have the covariance of the first one."""
    same = np.repeat(covariances[:1], len(weights), axis=0)
    return _joint(X, weights, means, same)


def log_joint__constant_dropped(X, weights, means, covariances):
    """d/2 log(2 pi) is left out, because it cancels in the E-step."""
    return _joint(X, weights, means, covariances) + X.shape[1] / 2 * np.log(2 * np.pi)


def log_joint__determinant_dropped(X, weights, means, covariances):
    """The log-determinant is left out, as if it were a constant."""
    return _joint(X, weights, means, covariances) + np.linalg.slogdet(covariances)[1] / 2


def log_joint__nan_to_num(X, weights, means, covariances):
    """Minus infinity is replaced by the most negative number, -1.8e308."""
    return np.nan_to_num(_joint(X, weights, means, covariances))


def log_joint__weights_along_samples(X, weights, means, covariances):
    """The log weights are a column and go along the samples: raises, or pairs wrongly where n equals K."""
    with np.errstate(divide="ignore"):
        return _log_densities(X, means, covariances) + np.log(weights)[:, None]


def log_joint__largest_subtracted(X, weights, means, covariances):
    """The largest value of each row is subtracted, as the E-step does later on."""
    joint = _joint(X, weights, means, covariances)
    return joint - joint.max(axis=1, keepdims=True)


def log_joint__zero_weights_dropped(X, weights, means, covariances):
    """Components of weight 0 are left out, so the table has fewer columns."""
    alive = weights > 0
    return _joint(X, weights[alive], means[alive], covariances[alive])


def log_joint__clipped_below(X, weights, means, covariances):
    """Values below -700 are raised to -700."""
    return np.clip(_joint(X, weights, means, covariances), -700, None)


def log_joint__return_in_loop(X, weights, means, covariances):
    """The return stands inside the loop: all columns but the first stay at 0."""
    joint = np.zeros((len(X), len(weights)))
    for k in range(len(weights)):
        joint[:, k] = _joint(X, weights, means, covariances)[:, k]
        return joint
