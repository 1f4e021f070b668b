"""Known mistakes of `expected_log_likelihood`."""

import numpy as np
from scipy.special import logsumexp, xlogy

from ..likelihood import log_joint, log_likelihood
from ..mixtures import gaussian_log_density
from .registry import mistake


def _expected(responsibilities, joint):
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_with_entropy(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the entropy of the responsibilities is added. That sum is the
    evidence lower bound (ELBO). This exercise asks for the part without the entropy."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(responsibilities, joint) - float(xlogy(responsibilities, responsibilities).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_without_weights(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the mixing weights are left out."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return _expected(responsibilities, np.stack(columns, axis=1))


@mistake("expected_log_likelihood")
def expected_log_likelihood_zero_times_infinity(X, responsibilities, weights, means, covariances):
    """A component of weight 0 that owns nothing makes the value NaN, as 0 times -inf does in floating point. Such a
    component should contribute 0."""
    return float((responsibilities * log_joint(X, weights, means, covariances)).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_observed(X, responsibilities, weights, means, covariances):
    """The value is exactly the log-likelihood of the mixture: the given responsibilities have no effect."""
    return log_likelihood(X, weights, means, covariances)


@mistake("expected_log_likelihood")
def expected_log_likelihood_mean(X, responsibilities, weights, means, covariances):
    """The value is exactly the mean over the samples. This exercise asks for the sum."""
    return _expected(responsibilities, log_joint(X, weights, means, covariances)) / len(X)


@mistake("expected_log_likelihood")
def expected_log_likelihood_hard(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when each sample counts only for its most probable component. The
    expectation weights every component by its responsibility."""
    joint = log_joint(X, weights, means, covariances)
    return float(joint[np.arange(len(X)), np.argmax(responsibilities, axis=1)].sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_weights_twice(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the responsibilities are multiplied by the weights. The log joint
    contains the weights already."""
    return _expected(responsibilities * weights, log_joint(X, weights, means, covariances))


@mistake("expected_log_likelihood")
def expected_log_likelihood_own_responsibilities(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the responsibilities are computed again from the parameters. Those
    that are given may belong to other parameters, for example to earlier ones."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(np.exp(joint - logsumexp(joint, axis=1, keepdims=True)), joint)


@mistake("expected_log_likelihood")
def expected_log_likelihood_log_outside(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the logarithm is taken of the sum over the components. In the
    complete-data log-likelihood the logarithm is inside that sum."""
    joint = log_joint(X, weights, means, covariances)
    return float(logsumexp(joint, axis=1, b=responsibilities).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_base_10(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get with logarithms to base 10. Expected is the natural logarithm."""
    return _expected(responsibilities, log_joint(X, weights, means, covariances)) / float(np.log(10))
