"""Known mistakes of chapter 4: responsibilities and the labels they suggest."""

import numpy as np
from scipy.special import logsumexp

from ..likelihood import log_joint
from ..mixtures import gaussian_log_density
from .registry import mistake


@mistake("responsibilities")
def responsibilities_axis(X, weights, means, covariances):
    """The columns sum to 1 here, not the rows: the sum ran over the samples. Each sample shares itself out
    among the components."""
    joint = log_joint(X, weights, means, covariances)
    return np.exp(joint - logsumexp(joint, axis=0, keepdims=True))


@mistake("responsibilities")
def responsibilities_not_normalised(X, weights, means, covariances):
    """These are exactly the products of weight and density; a posterior is normalised, so that the
    components share each sample."""
    return np.exp(log_joint(X, weights, means, covariances))


@mistake("responsibilities")
def responsibilities_only_shifted(X, weights, means, covariances):
    """The largest value of each row is 1: the largest log joint was subtracted, but the rows were not
    normalised after that."""
    joint = log_joint(X, weights, means, covariances)
    return np.exp(joint - joint.max(axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_one_maximum(X, weights, means, covariances):
    """When near and far samples come together, the far ones turn NaN: one maximum for the whole table was
    subtracted. Which maximum does a far sample need?"""
    joint = log_joint(X, weights, means, covariances)
    ratios = np.exp(joint - joint.max())
    return ratios / ratios.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_epsilon(X, weights, means, covariances):
    """Far samples get responsibilities that sum to 0: something small was added to the denominator. It
    hides the underflow, and the M-step then ignores these samples."""
    joint = np.exp(log_joint(X, weights, means, covariances))
    return joint / (joint.sum(axis=1, keepdims=True) + 1e-10)


@mistake("responsibilities")
def responsibilities_plain_exp(X, weights, means, covariances):
    """Near the components all is right, elsewhere NaN comes: the densities left the range of floating-point
    numbers, to 0 or to infinity, before they were divided."""
    joint = np.exp(log_joint(X, weights, means, covariances))
    return joint / joint.sum(axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_unit_variances(X, weights, means, covariances):
    """These are exactly the values one gets when every component has unit variances; the covariances decide
    how far a sample is."""
    distances = ((X[:, np.newaxis] - means) ** 2).sum(axis=2)
    with np.errstate(divide="ignore"):
        joint = np.log(weights) - distances / 2
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_without_weights(X, weights, means, covariances):
    """These are exactly the values one gets when the mixing weights are left out."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    density = np.stack(columns, axis=1)
    return np.exp(density - logsumexp(density, axis=1, keepdims=True))


@mistake("responsibilities")
def responsibilities_log(X, weights, means, covariances):
    """These are exactly the logarithms of the responsibilities."""
    joint = log_joint(X, weights, means, covariances)
    return joint - logsumexp(joint, axis=1, keepdims=True)


@mistake("responsibilities")
def responsibilities_hard(X, weights, means, covariances):
    """Each sample belongs wholly to its most probable component here. That is a hard assignment;
    responsibilities are shares."""
    joint = log_joint(X, weights, means, covariances)
    return np.eye(len(weights))[joint.argmax(axis=1)]


@mistake("responsibilities")
def responsibilities_of_logs(X, weights, means, covariances):
    """The rows sum to 1, but the logarithms themselves were shared out: these are exactly the log joint
    divided by its row sums."""
    joint = log_joint(X, weights, means, covariances)
    return joint / joint.sum(axis=1, keepdims=True)


@mistake("assign")
def assign_majority(responsibilities):
    """These are exactly the labels one gets when a component needs more than one half: where none has that
    much, label 0 comes out. The most probable component may have less."""
    return np.argmax(responsibilities > 0.5, axis=1)


@mistake("assign")
def assign_nobody(responsibilities):
    """Samples of which no component has more than one half got no label at all. The most probable component
    may have less."""
    return np.nonzero(responsibilities > 0.5)[1]


@mistake("assign")
def assign_axis(responsibilities):
    """These are exactly the samples that each component likes best; asked for is the component of each
    sample. Which axis runs over the components?"""
    return np.argmax(responsibilities, axis=0)


@mistake("assign")
def assign_last_at_tie(responsibilities):
    """All is right but for ties, where the highest index comes out; the lowest is asked for."""
    n_components = responsibilities.shape[1]
    return n_components - 1 - np.argmax(responsibilities[:, ::-1], axis=1)


@mistake("assign")
def assign_one_hot(responsibilities):
    """A table of zeros and ones came; asked for is one whole number for each sample, the label."""
    return np.eye(responsibilities.shape[1], dtype=int)[np.argmax(responsibilities, axis=1)]


@mistake("assign")
def assign_largest_value(responsibilities):
    """These are exactly the largest responsibilities themselves; asked for is where they stand."""
    return responsibilities.max(axis=1)


@mistake("assign")
def assign_from_one(responsibilities):
    """These labels are too large by one; Python counts from 0."""
    return np.argmax(responsibilities, axis=1) + 1


@mistake("assign")
def assign_average_label(responsibilities):
    """These are exactly the average labels, rounded. Labels are names: between components 0 and 2 there is
    no component 1."""
    return np.round(responsibilities @ np.arange(responsibilities.shape[1])).astype(int)


@mistake("assign")
def assign_no_axis(responsibilities):
    """One number came for the whole table: without an axis NumPy looks for the largest entry of all."""
    return int(np.argmax(responsibilities))
