"""Known mistakes of chapter 3: one fitted Gaussian, the log joint and the log-likelihood of a mixture."""

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


@mistake("fit_gaussian")
def fit_gaussian_unbiased(X):
    """These are exactly the values one gets when the sum is divided by n - 1, the unbiased estimate. The
    maximum-likelihood estimate divides by another number."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred / (len(X) - 1)


@mistake("fit_gaussian")
def fit_gaussian_rows_as_variables(X):
    """The covariance matrix has a row for each sample and not for each feature: `np.cov` takes rows for
    variables unless told otherwise."""
    return X.mean(axis=0), np.cov(X, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_axes_lost(X):
    """With a single feature the covariance has lost its axes, as `np.cov` does there; a matrix of shape (1,
    1) is due."""
    return X.mean(axis=0), np.cov(X, rowvar=False, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_not_divided(X):
    """This is exactly the sum of squares and products; to be a covariance it still has to be averaged."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred


@mistake("fit_gaussian")
def fit_gaussian_not_centred(X):
    """These are exactly the values one gets when the mean is not subtracted first: second moments about
    0."""
    return X.mean(axis=0), X.T @ X / len(X)


@mistake("fit_gaussian")
def fit_gaussian_variances_only(X):
    """The diagonal is right and everything beside it is 0: the variances are there, the covariances between
    different features are not."""
    return X.mean(axis=0), np.diag(X.var(axis=0))


@mistake("fit_gaussian")
def fit_gaussian_one_mean(X):
    """The mean is a single number: it was taken over all entries of `X` and not for each feature."""
    centred = X - X.mean()
    return X.mean(), centred.T @ centred / len(X)


@mistake("fit_gaussian")
def fit_gaussian_in_place(X):
    """The estimate is right, but the caller's `X` was changed on the way: `X -= ...` works on the array
    that was handed over."""
    mean = X.mean(axis=0)
    X -= mean
    return mean, X.T @ X / len(X)


@mistake("log_joint")
def log_joint_without_weights(X, weights, means, covariances):
    """These are exactly the values one gets when the mixing weights are left out."""
    return _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_epsilon(X, weights, means, covariances):
    """Something small is added to the weights before the logarithm. It is not needed: the logarithm of a
    weight of 0 is -inf, and that is the right value."""
    return np.log(weights + 1e-8) + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_masked_weight(X, weights, means, covariances):
    """A component of weight 0 was left without its logarithm and so counts as one of weight 1; it has to
    explain nothing."""
    log_weights = np.zeros(len(weights))
    np.log(weights, out=log_weights, where=weights > 0)
    return log_weights + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_weight_added(X, weights, means, covariances):
    """These are exactly the values one gets when the weight itself, not its logarithm, is added to the log
    density. Which operation does a product become under the logarithm?"""
    return weights + _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_weight_times_log(X, weights, means, covariances):
    """These are exactly the values one gets when the log density is multiplied by the weight; the logarithm
    of a product is something else."""
    return weights * _log_densities(X, means, covariances)


@mistake("log_joint")
def log_joint_normalised(X, weights, means, covariances):
    """These are exactly the logarithms of the responsibilities: the rows have been normalised, which comes
    only in the E-step."""
    joint = _log_joint(X, weights, means, covariances)
    return joint - logsumexp(joint, axis=1, keepdims=True)


@mistake("log_joint")
def log_joint_not_log(X, weights, means, covariances):
    """These are exactly the products of weight and density; this exercise asks for their logarithms."""
    return np.exp(_log_joint(X, weights, means, covariances))


@mistake("log_joint")
def log_joint_log_of_density(X, weights, means, covariances):
    """Near the components all is right, far from them the result is -inf: the density was computed first
    and was 0 before its logarithm was taken."""
    with np.errstate(divide="ignore"):
        return np.log(weights * np.exp(_log_densities(X, means, covariances)))


@mistake("log_joint")
def log_joint_transposed(X, weights, means, covariances):
    """Rows and columns are exchanged: a row is due for each sample, a column for each component."""
    return _log_joint(X, weights, means, covariances).T


@mistake("log_likelihood")
def log_likelihood_log_inside(X, weights, means, covariances):
    """These are exactly the values one gets when the logarithm is taken of each component and the
    logarithms are added over the components. The logarithm of a sum is not the sum of the logarithms."""
    return float(_log_joint(X, weights, means, covariances).sum())


@mistake("log_likelihood")
def log_likelihood_weighted_logs(X, weights, means, covariances):
    """These are exactly the weighted averages of the log densities; the logarithm belongs around the
    weighted sum of the densities."""
    return float((_log_densities(X, means, covariances) @ weights).sum())


@mistake("log_likelihood")
def log_likelihood_log_of_product(X, weights, means, covariances):
    """The product of the densities of many samples leaves the range of floating-point numbers before its
    logarithm is taken. A sum of logarithms does not."""
    densities = np.exp(logsumexp(_log_joint(X, weights, means, covariances), axis=1))
    with np.errstate(divide="ignore"):
        return float(np.log(np.prod(densities)))


@mistake("log_likelihood")
def log_likelihood_of_normalised_rows(X, weights, means, covariances):
    """The value is always 0, as happens when the rows are normalised before they are summed: then every
    sample contributes log 1."""
    joint = _log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    return float(np.log(responsibilities.sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_largest_only(X, weights, means, covariances):
    """This is exactly the value one gets when only the most probable component of each sample counts; where
    components overlap, all of them contribute."""
    return float(_log_joint(X, weights, means, covariances).max(axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_weight_added(X, weights, means, covariances):
    """This is exactly the value one gets when weight and density are added where they should be
    multiplied."""
    return float(np.log((weights + np.exp(_log_densities(X, means, covariances))).sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_mean(X, weights, means, covariances):
    """This is exactly the mean over the samples; this exercise asks for the sum."""
    return float(logsumexp(_log_joint(X, weights, means, covariances), axis=1).mean())


@mistake("log_likelihood")
def log_likelihood_without_weights(X, weights, means, covariances):
    """This is exactly the value one gets when the mixing weights are left out."""
    return float(logsumexp(_log_densities(X, means, covariances), axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_underflow(X, weights, means, covariances):
    """Near the components all is right, but one sample far from all of them makes the value -inf: its
    density was 0 before the logarithm was taken."""
    densities = np.exp(_log_joint(X, weights, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.log(densities).sum())


@mistake("log_likelihood")
def log_likelihood_expected(X, weights, means, covariances):
    """This is exactly the expected complete-data log-likelihood; it lies below the log-likelihood by the
    entropy of the responsibilities."""
    joint = _log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("log_likelihood")
def log_likelihood_not_summed(X, weights, means, covariances):
    """A value for each sample came; the log-likelihood of the data is one number, their sum."""
    return logsumexp(_log_joint(X, weights, means, covariances), axis=1)


@mistake("log_likelihood")
def log_likelihood_column_and_row(X, weights, means, covariances):
    """A column (n, 1) was added to a row (n,), which makes an (n, n) table: the value is exactly n times too
    large. Two things that belong together need one shape."""
    joint = _log_joint(X, weights, means, covariances)
    largest = joint.max(axis=1, keepdims=True)
    return float((largest + np.log(np.exp(joint - largest).sum(axis=1))).sum())


@mistake("log_likelihood")
def log_likelihood_axis(X, weights, means, covariances):
    """The densities were summed over the samples inside the logarithm, and the components were added outside;
    the sum inside runs over the components, once for each sample."""
    return float(logsumexp(_log_joint(X, weights, means, covariances), axis=0).sum())
