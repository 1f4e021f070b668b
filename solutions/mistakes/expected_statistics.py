"""Known mistakes of `expected_statistics`."""

import numpy as np
from scipy.special import logsumexp, softmax

from ..at_scale import sufficient_statistics
from .registry import mistake


@mistake("expected_statistics")
def expected_statistics_mean_log_likelihood(X, theta):
    """The log-likelihood is exactly the mean over the samples. Expected is the sum, since blocks are added up."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, float(logsumexp(joint, axis=1).mean())


@mistake("expected_statistics")
def expected_statistics_mean_statistics(X, theta):
    """The statistics are exactly the means over the samples. Expected are sums, since blocks are added up."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T / len(X), float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_not_shifted(X, theta):
    """The values are right where samples are near. Far from every component all exponentials underflow to 0:
    subtract the largest entry of each row first."""
    T = sufficient_statistics(X)
    with np.errstate(all="ignore"):
        joint = np.exp(T @ theta.T)
        total = joint.sum(axis=1)
        return (joint / total[:, np.newaxis]).T @ T, float(np.log(total).sum())


@mistake("expected_statistics")
def expected_statistics_one_shift(X, theta):
    """One number was subtracted from all rows, so that the exponentials of a far sample still underflow to 0 when a
    near one is in the block. Subtract the largest entry of each row from that row."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    largest = joint.max()
    with np.errstate(all="ignore"):
        shifted = np.exp(joint - largest)
        total = shifted.sum(axis=1)
        return (shifted / total[:, np.newaxis]).T @ T, float((np.log(total) + largest).sum())


@mistake("expected_statistics")
def expected_statistics_shift_not_added(X, theta):
    """The statistics are right, but the log-likelihood lacks exactly the sum of what was subtracted from each row."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    shifted = joint - joint.max(axis=1, keepdims=True)
    return softmax(joint, axis=1).T @ T, float(logsumexp(shifted, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_largest_only(X, theta):
    """The log-likelihood counts for each sample its most probable component only. A mixture adds up the densities
    of all of them."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, float(joint.max(axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_hard(X, theta):
    """The statistics are exactly those you get when each sample belongs wholly to its most probable component."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    hard = np.eye(len(theta))[joint.argmax(axis=1)]
    return hard.T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_not_normalized(X, theta):
    """The statistics are weighted by the joint densities themselves. Responsibilities sum to 1 for each sample."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    with np.errstate(under="ignore"):
        return np.exp(joint).T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_axis(X, theta):
    """The responsibilities are normalized over the samples of each component. They sum to 1 over the components of
    each sample."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    with np.errstate(all="ignore"):
        return softmax(joint, axis=0).T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_transposed(X, theta):
    """Rows and columns of the statistics are exchanged. Expected is a row for each component."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return T.T @ softmax(joint, axis=1), float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_exchanged(X, theta):
    """The two results are in the wrong order. Expected are the statistics first, then the log-likelihood."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return float(logsumexp(joint, axis=1).sum()), softmax(joint, axis=1).T @ T


@mistake("expected_statistics")
def expected_statistics_means(X, theta):
    """The statistics and the log-likelihood are exactly the means over the samples. Expected are sums, since blocks
    are added up."""
    T = sufficient_statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T / len(X), float(logsumexp(joint, axis=1).mean())
