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


def _densities(X, weights, means, covariances):
    return np.exp(_log_joint(X, weights, means, covariances)).sum(axis=1)


@mistake("fit_gaussian")
def fit_gaussian_unbiased(X):
    """The values are exactly those you get when the sum is divided by n - 1, the unbiased estimate. The
    maximum-likelihood estimate divides by another number."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred / (len(X) - 1)


@mistake("fit_gaussian")
def fit_gaussian_rows_as_variables(X):
    """The covariance matrix has a row for each sample, not for each feature. `np.cov`, for example, takes rows as
    variables unless you tell it otherwise."""
    return X.mean(axis=0), np.cov(X, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_axes_lost(X):
    """With a single feature the covariance is a number without axes, as `np.cov` returns it. Expected is a matrix of
    shape (1, 1)."""
    return X.mean(axis=0), np.cov(X, rowvar=False, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_not_divided(X):
    """The matrix is exactly the sum of squares and products. A covariance is their average."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred


@mistake("fit_gaussian")
def fit_gaussian_not_centred(X):
    """The values are exactly those you get when the mean is not subtracted first: second moments about 0."""
    return X.mean(axis=0), X.T @ X / len(X)


@mistake("fit_gaussian")
def fit_gaussian_variances_only(X):
    """The diagonal is right and everything off it is 0: the matrix has the variances, but not the covariances between
    different features."""
    return X.mean(axis=0), np.diag(X.var(axis=0))


@mistake("fit_gaussian")
def fit_gaussian_one_mean(X):
    """The mean is a single number, the average of all entries of `X`. Each feature has its own mean."""
    centred = X - X.mean()
    return X.mean(), centred.T @ centred / len(X)


@mistake("fit_gaussian")
def fit_gaussian_in_place(X):
    """The estimate is right, but the function changes the caller's `X`. For example, `X -= ...` works on the caller's
    array itself."""
    mean = X.mean(axis=0)
    X -= mean
    return mean, X.T @ X / len(X)


@mistake("fit_gaussian")
def fit_gaussian_cov_default(X):
    """The values are exactly those of `np.cov(X)`, which takes rows as variables and divides by their length minus 1.
    Here rows are samples, and the maximum-likelihood estimate divides by another number."""
    return X.mean(axis=0), np.cov(X)


@mistake("fit_gaussian")
def fit_gaussian_cov_unbiased(X):
    """The values are exactly those of `np.cov` with features as variables: it divides by n - 1, and a single feature
    loses its axes. The maximum-likelihood estimate divides by another number and is always a matrix."""
    return X.mean(axis=0), np.cov(X, rowvar=False)


@mistake("fit_gaussian")
def fit_gaussian_outer_the_other_way(X):
    """The matrix has a row and a column for each sample, shape (n, n), as when residuals are multiplied with the
    samples on the outside. Expected is a row and a column for each feature."""
    residuals = X - X.mean(axis=0)
    return X.mean(axis=0), residuals @ residuals.T / len(X)


@mistake("fit_gaussian")
def fit_gaussian_pair_exchanged(X):
    """Both values are right, but in the wrong order. Expected is the mean first, then the covariance."""
    residuals = X - X.mean(axis=0)
    return residuals.T @ residuals / len(X), X.mean(axis=0)


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


@mistake("log_likelihood")
def log_likelihood_log_inside(X, weights, means, covariances):
    """The value is exactly the one you get when the logarithms of the components are added. The logarithm of a sum is
    not the sum of the logarithms."""
    return float(_log_joint(X, weights, means, covariances).sum())


@mistake("log_likelihood")
def log_likelihood_weighted_logs(X, weights, means, covariances):
    """The value is exactly the sum of the weighted averages of the log densities. Here you need the logarithm of the
    weighted sum of the densities."""
    return float((_log_densities(X, means, covariances) @ weights).sum())


@mistake("log_likelihood")
def log_likelihood_log_of_product(X, weights, means, covariances):
    """With many samples the value is infinite, as when the product of their densities leaves the range of
    floating-point numbers before its logarithm is taken. A sum of logarithms does not."""
    densities = np.exp(logsumexp(_log_joint(X, weights, means, covariances), axis=1))
    with np.errstate(divide="ignore"):
        return float(np.log(np.prod(densities)))


@mistake("log_likelihood")
def log_likelihood_of_normalised_rows(X, weights, means, covariances):
    """The value is always 0 (but for rounding), as when the rows are normalized before they are summed: then every
    sample contributes log 1."""
    joint = _log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    return float(np.log(responsibilities.sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_largest_only(X, weights, means, covariances):
    """The value is exactly the one you get when only the most probable component of each sample counts. Where
    components overlap, all of them contribute."""
    return float(_log_joint(X, weights, means, covariances).max(axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_weight_added(X, weights, means, covariances):
    """The value is exactly the one you get when weight and density are added, not multiplied."""
    return float(np.log((weights + np.exp(_log_densities(X, means, covariances))).sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_mean(X, weights, means, covariances):
    """The value is exactly the mean over the samples. This exercise asks for the sum."""
    return float(logsumexp(_log_joint(X, weights, means, covariances), axis=1).mean())


@mistake("log_likelihood")
def log_likelihood_without_weights(X, weights, means, covariances):
    """The value is exactly the one you get when the mixing weights are left out."""
    return float(logsumexp(_log_densities(X, means, covariances), axis=1).sum())


@mistake("log_likelihood")
def log_likelihood_underflow(X, weights, means, covariances):
    """Near the components the value is right, but one sample far from all of them makes it -inf, as when its density
    is 0 on a computer before the logarithm is taken."""
    densities = np.exp(_log_joint(X, weights, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.log(densities).sum())


@mistake("log_likelihood")
def log_likelihood_expected(X, weights, means, covariances):
    """The value is exactly the expected complete-data log-likelihood. It is below the log-likelihood, by the entropy
    of the responsibilities."""
    joint = _log_joint(X, weights, means, covariances)
    responsibilities = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("log_likelihood")
def log_likelihood_not_summed(X, weights, means, covariances):
    """The result has a value for each sample. The log-likelihood of the data is one number, their sum."""
    return logsumexp(_log_joint(X, weights, means, covariances), axis=1)


@mistake("log_likelihood")
def log_likelihood_column_and_row(X, weights, means, covariances):
    """The value is exactly n times the expected one, as when a column (n, 1) is added to a row (n,), which gives
    an (n, n) table. Two arrays that belong together need the same shape."""
    joint = _log_joint(X, weights, means, covariances)
    largest = joint.max(axis=1, keepdims=True)
    return float((largest + np.log(np.exp(joint - largest).sum(axis=1))).sum())


@mistake("log_likelihood")
def log_likelihood_axis(X, weights, means, covariances):
    """The value is exactly the one you get when the sum inside the logarithm runs over the samples, and the sum outside
    over the components. Which of them belongs inside?"""
    return float(logsumexp(_log_joint(X, weights, means, covariances), axis=0).sum())


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
    return float(logsumexp(_log_joint(X, weights, means, covariances)))


@mistake("log_likelihood")
def log_likelihood_largest_not_put_back(X, weights, means, covariances):
    """The value is exactly the one you get when the largest term is taken out of each row and not added again."""
    joint = _log_joint(X, weights, means, covariances)
    return float(np.log(np.exp(joint - joint.max(axis=1, keepdims=True)).sum(axis=1)).sum())


@mistake("log_likelihood")
def log_likelihood_base_10(X, weights, means, covariances):
    """The value is exactly the log-likelihood with logarithms to base 10. Expected is the natural logarithm."""
    return float(logsumexp(_log_joint(X, weights, means, covariances), axis=1).sum() / np.log(10))


@mistake("log_likelihood")
def log_likelihood_negative(X, weights, means, covariances):
    """The value is exactly the negative log-likelihood, which optimizers minimize. Expected is the log-likelihood."""
    return float(-logsumexp(_log_joint(X, weights, means, covariances), axis=1).sum())
