"""Known mistakes of `responsibilities`."""

import numpy as np
from scipy.special import logsumexp

from ..likelihood import log_joint
from ..mixtures import gaussian_log_density
from .registry import mistake


def _shares(table):
    return table / table.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_axis(X, weights, means, covariances):
    """The values are exactly those you get when the sum in the denominator runs over the samples: the columns sum to
    1, not the rows. Each sample is shared among the components."""
    joint = log_joint(X, weights, means, covariances)
    return np.exp(joint - logsumexp(joint, axis=0, keepdims=True))


@mistake("responsibilities")
def responsibilities_not_normalised(X, weights, means, covariances):
    """The values are exactly the products of weight and density. A posterior is normalized, so that the components
    share each sample."""
    return np.exp(log_joint(X, weights, means, covariances))


@mistake("responsibilities")
def responsibilities_only_shifted(X, weights, means, covariances):
    """The largest value of each row is 1, as when the largest log joint is subtracted and the rows are not normalized
    after that. The shares of a sample should sum to 1."""
    joint = log_joint(X, weights, means, covariances)
    return np.exp(joint - joint.max(axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_one_maximum(X, weights, means, covariances):
    """When near and far samples are in one table, the far ones get NaN, as when a single maximum is subtracted from
    the whole table. Which maximum does a far sample need?"""
    joint = log_joint(X, weights, means, covariances)
    ratios = np.exp(joint - joint.max())
    return ratios / ratios.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_epsilon(X, weights, means, covariances):
    """The values are exactly those you get when 1e-10 is added to the denominator. The rows of far samples then sum to
    0: this hides the underflow, and the M-step ignores these samples."""
    joint = np.exp(log_joint(X, weights, means, covariances))
    return joint / (joint.sum(axis=1, keepdims=True) + 1e-10)


@mistake("responsibilities")
def responsibilities_plain_exp(X, weights, means, covariances):
    """The values are right near the components and NaN elsewhere, as when the densities leave the range of
    floating-point numbers (0 or infinity) before they are divided."""
    joint = np.exp(log_joint(X, weights, means, covariances))
    return joint / joint.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_unit_variances(X, weights, means, covariances):
    """The values are exactly those you get when every component has unit variances and no correlations. The
    covariances decide how far away a sample is."""
    distances = ((X[:, np.newaxis] - means) ** 2).sum(axis=2)
    with np.errstate(divide="ignore"):
        joint = np.log(weights) - distances / 2
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_without_weights(X, weights, means, covariances):
    """The values are exactly those you get when the mixing weights are left out. In Bayes' rule they are the prior."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    density = np.stack(columns, axis=1)
    return np.exp(density - logsumexp(density, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_log(X, weights, means, covariances):
    """The values are exactly the logarithms of the responsibilities. Expected are the responsibilities themselves."""
    joint = log_joint(X, weights, means, covariances)
    return joint - logsumexp(joint, axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_hard(X, weights, means, covariances):
    """Each sample belongs entirely to its most probable component. That is a hard assignment; responsibilities are
    shares, a soft assignment."""
    joint = log_joint(X, weights, means, covariances)
    return np.eye(len(weights))[joint.argmax(axis=1)]


@mistake("responsibilities")
def responsibilities_of_logs(X, weights, means, covariances):
    """The values are exactly the log joint divided by its row sums. The rows sum to 1, but it is probabilities that
    are shared, not their logarithms."""
    joint = log_joint(X, weights, means, covariances)
    return joint / joint.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_floored_products(X, weights, means, covariances):
    """The values are exactly those you get when weight times density, where it is below 1e-300, counts as 1e-300, or
    when a sample whose products are all 0 is shared evenly. There too, some components explain it better."""
    return _shares(np.maximum(np.exp(log_joint(X, weights, means, covariances)), 1e-300))


@mistake("responsibilities")
def responsibilities_floored_densities(X, weights, means, covariances):
    """The values are exactly those you get when a density below 1e-300 counts as 1e-300. The weights alone then share
    out a far sample. There too, one component explains it best."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return _shares(weights * np.maximum(np.exp(np.stack(columns, axis=1)), 1e-300))


@mistake("responsibilities")
def responsibilities_nan_to_zero(X, weights, means, covariances):
    """The values are exactly those you get when NaN, the result of 0 / 0 for example, is replaced by 0. The rows of
    those samples then sum to 0: this hides the underflow, and the M-step ignores these samples."""
    joint = np.exp(log_joint(X, weights, means, covariances))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(joint / joint.sum(axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_whole_table(X, weights, means, covariances):
    """The values are exactly those you get when the sum in the denominator runs over the whole table: all entries
    together sum to 1. It is each row that should sum to 1."""
    joint = log_joint(X, weights, means, covariances)
    return np.exp(joint - logsumexp(joint))


@mistake("responsibilities")
def responsibilities_weighted_afterwards(X, weights, means, covariances):
    """The values are exactly those you get when the densities are normalized first and multiplied by the weights after
    that. The rows then do not sum to 1."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    density = np.stack(columns, axis=1)
    return weights * np.exp(density - logsumexp(density, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_without_determinant(X, weights, means, covariances):
    """The values are exactly those you get when the determinants of the covariances are left out, as if all densities
    were equally high at their means. A wide component has a low density everywhere."""
    joint = log_joint(X, weights, means, covariances) + np.linalg.slogdet(covariances)[1] / 2
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_unweighted_densities(X, weights, means, covariances):
    """Near the components the values are exactly those you get when the mixing weights are left out; in Bayes' rule
    they are the prior. Elsewhere they are NaN, as when the densities leave the range of floating-point numbers (0 or
    infinity) before they are divided."""
    densities = [np.exp(gaussian_log_density(X, *component)) for component in zip(means, covariances)]
    return _shares(np.stack(densities, axis=1))
