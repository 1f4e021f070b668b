"""Known mistakes of `log_likelihood`."""

import numpy as np
from scipy.special import logsumexp

from ..likelihood import log_joint
from ..mixtures import gaussian_log_density
from .registry import mistake


def _log_densities(X, means, covariances):
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return np.stack(columns, axis=1)


def _densities(X, weights, means, covariances):
    return np.exp(log_joint(X, weights, means, covariances)).sum(axis=1)


@mistake("log_likelihood")
def log_likelihood_log_inside(X, weights, means, covariances):
    """The value is exactly the one you get when the logarithms of the components are added. The logarithm of a sum is
    not the sum of the logarithms."""
    return float(log_joint(X, weights, means, covariances).sum())


@mistake("log_likelihood")
def log_likelihood_weighted_logs(X, weights, means, covariances):
    """The value is exactly the sum of the weighted averages of the log densities. Here you need the logarithm of the
    weighted sum of the densities."""
    return float((_log_densities(X, means, covariances) @ weights).sum())


@mistake("log_likelihood")
def log_likelihood_log_of_product(X, weights, means, covariances):
    """With many samples the value is infinite, as when the product of their densities leaves the range of
    floating-point numbers before its logarithm is taken. A sum of logarithms does not."""
    densities = np.exp(logsumexp(log_joint(X, weights, means, covariances), axis=1))
    with np.errstate(divide="ignore"):
        return float(np.log(np.prod(densities)))


@mistake("log_likelihood")
def log_likelihood_of_normalised_rows(X, weights, means, covariances):
    """The value is always 0 (but for rounding), as when the rows are normalized before they are summed: then every
    sample contributes log 1."""
    joint = log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    return float(np.log(responsibilities.sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_largest_only(X, weights, means, covariances):
    """The value is exactly the one you get when only the most probable component of each sample counts. Where
    components overlap, all of them contribute."""
    return float(log_joint(X, weights, means, covariances).max(axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_weight_added(X, weights, means, covariances):
    """The value is exactly the one you get when weight and density are added, not multiplied."""
    return float(np.log((weights + np.exp(_log_densities(X, means, covariances))).sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_mean(X, weights, means, covariances):
    """The value is exactly the mean over the samples. This exercise asks for the sum."""
    return float(logsumexp(log_joint(X, weights, means, covariances), axis=1).mean())


@mistake("log_likelihood")
def log_likelihood_without_weights(X, weights, means, covariances):
    """The value is exactly the one you get when the mixing weights are left out."""
    return float(logsumexp(_log_densities(X, means, covariances), axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_underflow(X, weights, means, covariances):
    """Near the components the value is right, but one sample far from all of them makes it -inf, as when its density
    is 0 on a computer before the logarithm is taken."""
    densities = np.exp(log_joint(X, weights, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.log(densities).sum())


@mistake("log_likelihood")
def log_likelihood_expected(X, weights, means, covariances):
    """The value is exactly the expected complete-data log-likelihood. It is below the log-likelihood, by the entropy
    of the responsibilities."""
    joint = log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("log_likelihood")
def log_likelihood_not_summed(X, weights, means, covariances):
    """The result has a value for each sample. The log-likelihood of the data is one number, their sum."""
    return logsumexp(log_joint(X, weights, means, covariances), axis=1)


@mistake("log_likelihood")
def log_likelihood_column_and_row(X, weights, means, covariances):
    """The value is exactly n times the expected one, as when a column (n, 1) is added to a row (n,), which gives
    an (n, n) table. Two arrays that belong together need the same shape."""
    joint = log_joint(X, weights, means, covariances)
    largest = joint.max(axis=1, keepdims=True)
    return float((largest + np.log(np.exp(joint - largest).sum(axis=1))).sum())


@mistake("log_likelihood")
def log_likelihood_axis(X, weights, means, covariances):
    """The value is exactly the one you get when the sum inside the logarithm runs over the samples, and the sum outside
    over the components. Which of them belongs inside?"""
    return float(logsumexp(log_joint(X, weights, means, covariances), axis=0).sum())


@mistake("log_likelihood")
def log_likelihood_floored(X, weights, means, covariances):
    """The value is exactly the one you get when a density below 1e-300 counts as 1e-300. That hides the underflow: a
    far sample then counts -690.8, however far it is."""
    return float(np.log(np.maximum(_densities(X, weights, means, covariances), 1e-300)).sum())


@mistake("log_likelihood")
def log_likelihood_epsilon(X, weights, means, covariances):
    """The value is exactly the one you get when 1e-10 is added to each density before the logarithm. That hides the
    underflow: a far sample then counts -23, however far it is."""
    return float(np.log(_densities(X, weights, means, covariances) + 1e-10).sum())


@mistake("log_likelihood")
def log_likelihood_no_axis(X, weights, means, covariances):
    """The value is exactly the logarithm of one sum over all samples and components. Each sample needs its own."""
    return float(logsumexp(log_joint(X, weights, means, covariances)))


@mistake("log_likelihood")
def log_likelihood_largest_not_put_back(X, weights, means, covariances):
    """The value is exactly the one you get when the largest term is taken out of each row and not added again."""
    joint = log_joint(X, weights, means, covariances)
    return float(np.log(np.exp(joint - joint.max(axis=1, keepdims=True)).sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_base_10(X, weights, means, covariances):
    """The value is exactly the log-likelihood with logarithms to base 10. Expected is the natural logarithm."""
    return float(logsumexp(log_joint(X, weights, means, covariances), axis=1).sum() / np.log(10))


@mistake("log_likelihood")
def log_likelihood_negative(X, weights, means, covariances):
    """The value is exactly the negative log-likelihood, which optimizers minimize. Expected is the log-likelihood."""
    return float(-logsumexp(log_joint(X, weights, means, covariances), axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_one_shift(X, weights, means, covariances):
    """Far samples alone are right, but beside near ones they make the value -inf, as when one number is subtracted
    from all rows. Subtract the largest entry of each row from that row."""
    joint = log_joint(X, weights, means, covariances)
    largest = joint.max()
    with np.errstate(all="ignore"):
        return float((largest + np.log(np.exp(joint - largest).sum(axis=1))).sum())


@mistake("log_likelihood")
def log_likelihood_first_sample(X, weights, means, covariances):
    """The value is exactly that of the first sample: the others are not in the sum. For example, a `return` inside the
    loop ends it after the first round."""
    return float(logsumexp(log_joint(X[:1], weights, means, covariances)))


@mistake("log_likelihood")
def log_likelihood_last_sample(X, weights, means, covariances):
    """The value is exactly that of the last sample: the others are not in the sum. For example, a loop with
    `total = ...` overwrites what `total += ...` adds to."""
    return float(logsumexp(log_joint(X[-1:], weights, means, covariances)))


@mistake("log_likelihood")
def log_likelihood_without_logarithm(X, weights, means, covariances):
    """The value is exactly the sum of the densities themselves. The likelihood is their product, and its logarithm is
    the sum of their logarithms."""
    return float(_densities(X, weights, means, covariances).sum())


@mistake("log_likelihood")
def log_likelihood_unweighted_densities(X, weights, means, covariances):
    """Near the components the value is exactly the one you get when the mixing weights are left out. One sample far
    from all of them makes it -inf, as when its density is 0 on a computer before the logarithm is taken."""
    densities = np.exp(_log_densities(X, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.log(densities).sum())
