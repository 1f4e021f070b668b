"""Known mistakes of `log_joint`."""

import numpy as np
from scipy.special import logsumexp

from ..mixtures import gaussian_log_density
from .registry import mistake


def _log_densities(X, means, covariances):
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return np.stack(columns, axis=1)


def _log_joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_without_weights(X, weights, means, covariances):
    """The values are exactly those you get when the mixing weights are left out."""
    return _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_epsilon(X, weights, means, covariances):
    """The values are exactly those you get when 1e-8 is added to the weights before the logarithm. It is not needed:
    the logarithm of a weight of 0 is -inf, and that is the right value."""
    return np.log(weights + 1e-8) + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_masked_weight(X, weights, means, covariances):
    """A component of weight 0 counts like one of weight 1, as when its logarithm is skipped. Such a component should
    explain nothing."""
    log_weights = np.zeros(len(weights))
    np.log(weights, out=log_weights, where=weights > 0)
    return log_weights + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_weight_added(X, weights, means, covariances):
    """The values are exactly those you get when the weight itself, not its logarithm, is added to the log density.
    What does a product become under the logarithm?"""
    return weights + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_weight_times_log(X, weights, means, covariances):
    """The values are exactly those you get when the log density is multiplied by the weight. That is not the logarithm
    of their product."""
    return weights * _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_weight_subtracted(X, weights, means, covariances):
    """The values are exactly those you get when the logarithm of the weight is subtracted. A density times its weight
    is smaller than the density, and so is its logarithm."""
    with np.errstate(divide="ignore"):
        return _log_densities(X, means, covariances) - np.log(weights)


@mistake("log_joint")
def log_joint_normalised(X, weights, means, covariances):
    """The values are exactly the logarithms of the responsibilities. Normalizing the rows belongs to the E-step."""
    joint = _log_joint(X, weights, means, covariances)
    return joint - logsumexp(joint, axis=1, keepdims=True)


@mistake("log_joint")
def log_joint_not_log(X, weights, means, covariances):
    """The values are exactly the products of weight and density. This exercise asks for their logarithms."""
    return np.exp(_log_joint(X, weights, means, covariances))


@mistake("log_joint")
def log_joint_log_of_density(X, weights, means, covariances):
    """The values are right near the components and -inf far from them, as when the density is 0 on a computer before
    its logarithm is taken."""
    with np.errstate(divide="ignore"):
        return np.log(weights * np.exp(_log_densities(X, means, covariances)))


@mistake("log_joint")
def log_joint_transposed(X, weights, means, covariances):
    """Rows and columns are exchanged. Expected is a row for each sample and a column for each component."""
    return _log_joint(X, weights, means, covariances).T


@mistake("log_joint")
def log_joint_floored_densities(X, weights, means, covariances):
    """The values are exactly those you get when a density below 1e-300 counts as 1e-300. All far samples then have a
    log density of -690.8, however far they are. The log density itself does not need a limit."""
    with np.errstate(divide="ignore"):
        return np.log(weights) + np.log(np.maximum(np.exp(_log_densities(X, means, covariances)), 1e-300))


@mistake("log_joint")
def log_joint_floored_products(X, weights, means, covariances):
    """The values are exactly those you get when weight times density, where it is below 1e-300, counts as 1e-300. Far
    samples and a weight of 0 then all give -690.8. A sum of logarithms does not need a limit."""
    return np.log(np.maximum(np.exp(_log_joint(X, weights, means, covariances)), 1e-300))


@mistake("log_joint")
def log_joint_product_plus_epsilon(X, weights, means, covariances):
    """The values are exactly those you get when 1e-10 is added to weight times density before the logarithm. No value
    is then below -23, however far a sample is. A sum of logarithms does not need it."""
    return np.log(np.exp(_log_joint(X, weights, means, covariances)) + 1e-10)


@mistake("log_joint")
def log_joint_logs_multiplied(X, weights, means, covariances):
    """The values are exactly those you get when the two logarithms are multiplied. The logarithm of a product is the
    sum of the logarithms."""
    with np.errstate(divide="ignore"):
        return np.log(weights) * _log_densities(X, means, covariances)
