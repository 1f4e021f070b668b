"""Known mistakes of chapter 9: statistics, natural parameters, sums over a block, parameters from sums."""

import numpy as np
from scipy.special import logsumexp, softmax

from .registry import mistake


def _pairs(d):
    return np.triu_indices(d)


def _statistics(X):
    a, b = _pairs(X.shape[1])
    return np.hstack([np.ones((len(X), 1)), X, X[:, a] * X[:, b]])


def _constant(weights, means, covariances):
    """The three parts of the constant: log weight, normalization, distance of the mean from 0."""
    d = means.shape[1]
    precisions = np.linalg.inv(covariances)
    normalization = -d / 2 * np.log(2 * np.pi) - np.linalg.slogdet(covariances)[1] / 2
    with np.errstate(divide="ignore"):
        return np.log(weights), normalization, -np.einsum("ki,kij,kj->k", means, precisions, means) / 2


def _linear(means, precisions):
    return np.einsum("kij,kj->ki", precisions, means)


def _quadratic(precisions):
    a, b = _pairs(precisions.shape[1])
    return -precisions[:, a, b] * np.where(a == b, 0.5, 1.0)


def _theta(constant, means, covariances):
    precisions = np.linalg.inv(covariances)
    return np.column_stack([constant, _linear(means, precisions), _quadratic(precisions)])


def _moments(S):
    """Counts, means and second moments (K, d, d)."""
    d = int(np.sqrt(2 * S.shape[1])) - 1
    a, b = _pairs(d)
    averages = S[:, 1:] / S[:, :1]
    second = np.empty((len(S), d, d))
    second[:, a, b] = second[:, b, a] = averages[:, d:]
    return S[:, 0], averages[:, :d].copy(), second


def _outer(means):
    return means[:, :, np.newaxis] * means[:, np.newaxis]


@mistake("sufficient_statistics")
def sufficient_statistics_without_one(X):
    """The columns are right, but the first one is missing. Which statistic counts the samples?"""
    return _statistics(X)[:, 1:]


@mistake("sufficient_statistics")
def sufficient_statistics_all_products(X):
    """There is a column for each ordered pair of features, so the product of two different features is there twice.
    Expected is each pair once."""
    products = X[:, :, np.newaxis] * X[:, np.newaxis]
    return np.hstack([np.ones((len(X), 1)), X, products.reshape(len(X), -1)])


@mistake("sufficient_statistics")
def sufficient_statistics_squares_only(X):
    """There are the squares of the features, but not the products of two different ones. Without those nothing is
    known about correlations."""
    return np.hstack([np.ones((len(X), 1)), X, X**2])


@mistake("sufficient_statistics")
def sufficient_statistics_doubled(X):
    """The products of two different features are exactly twice what is expected. The factor 2 belongs to the
    natural parameters."""
    d = X.shape[1]
    a, b = _pairs(d)
    T = _statistics(X)
    T[:, 1 + d :] *= np.where(a == b, 1, 2)
    return T


@mistake("sufficient_statistics")
def sufficient_statistics_lower_triangle(X):
    """The columns are all there, but the products are in the order of the lower triangle, (0, 0), (1, 0), (1, 1),
    (2, 0). Expected is the order of `np.triu_indices`."""
    a, b = np.tril_indices(X.shape[1])
    return np.hstack([np.ones((len(X), 1)), X, X[:, a] * X[:, b]])


@mistake("sufficient_statistics")
def sufficient_statistics_squares_first(X):
    """The columns are all there, but the squares come before the products of different features. Expected is the
    order of `np.triu_indices`."""
    a, b = np.triu_indices(X.shape[1], 1)
    return np.hstack([np.ones((len(X), 1)), X, X**2, X[:, a] * X[:, b]])


@mistake("sufficient_statistics")
def sufficient_statistics_transposed(X):
    """Rows and columns are exchanged. Expected is a row for each sample."""
    return _statistics(X).T


@mistake("sufficient_statistics")
def sufficient_statistics_summed(X):
    """These are the sums of the statistics over the samples. Expected is a row for each sample; the sums come in
    exercise 9.3, with weights."""
    return _statistics(X).sum(axis=0)


@mistake("natural_parameters")
def natural_parameters_pairs_once(weights, means, covariances):
    """The entries for the products of two different features are exactly half of what is expected. How often is
    each such product in the square, and how often in the statistics?"""
    precisions = np.linalg.inv(covariances)
    a, b = _pairs(means.shape[1])
    constant = sum(_constant(weights, means, covariances))
    return np.column_stack([constant, _linear(means, precisions), -precisions[:, a, b] / 2])


@mistake("natural_parameters")
def natural_parameters_squares_not_halved(weights, means, covariances):
    """The entries for the squares are exactly twice what is expected. -P is right for two different features; the
    square of one feature is in the exponent once, with the one half in front."""
    precisions = np.linalg.inv(covariances)
    a, b = _pairs(means.shape[1])
    constant = sum(_constant(weights, means, covariances))
    return np.column_stack([constant, _linear(means, precisions), -precisions[:, a, b]])


@mistake("natural_parameters")
def natural_parameters_without_weights(weights, means, covariances):
    """The first column lacks exactly the logarithm of the weights: this is the log density of each component."""
    return _theta(sum(_constant(weights, means, covariances)[1:]), means, covariances)


@mistake("natural_parameters")
def natural_parameters_weights_not_logged(weights, means, covariances):
    """The first column has the weights where it should have their logarithms."""
    return _theta(weights + sum(_constant(weights, means, covariances)[1:]), means, covariances)


@mistake("natural_parameters")
def natural_parameters_without_two_pi(weights, means, covariances):
    """The first column lacks exactly -d/2 log(2 pi). Responsibilities do not notice a constant that all components
    share; the log-likelihood does."""
    missing = means.shape[1] / 2 * np.log(2 * np.pi)
    return _theta(sum(_constant(weights, means, covariances)) + missing, means, covariances)


@mistake("natural_parameters")
def natural_parameters_one_two_pi(weights, means, covariances):
    """The first column has log(2 pi) / 2 once. Expected is once for each feature."""
    surplus = (means.shape[1] - 1) / 2 * np.log(2 * np.pi)
    return _theta(sum(_constant(weights, means, covariances)) + surplus, means, covariances)


@mistake("natural_parameters")
def natural_parameters_without_square(weights, means, covariances):
    """The first column lacks the square of the mean, which is left when the exponent is multiplied out."""
    return _theta(sum(_constant(weights, means, covariances)[:2]), means, covariances)


@mistake("natural_parameters")
def natural_parameters_whole_log_determinant(weights, means, covariances):
    """The first column has the log determinant where it should have one half of it."""
    constant = sum(_constant(weights, means, covariances)) - np.linalg.slogdet(covariances)[1] / 2
    return _theta(constant, means, covariances)


@mistake("natural_parameters")
def natural_parameters_without_determinant(weights, means, covariances):
    """The first column lacks the log determinant, so that a wide component is as high as a narrow one."""
    constant = sum(_constant(weights, means, covariances)) + np.linalg.slogdet(covariances)[1] / 2
    return _theta(constant, means, covariances)


@mistake("natural_parameters")
def natural_parameters_means_as_they_are(weights, means, covariances):
    """The entries for the features are the means themselves. What multiplies x when the exponent is multiplied out?"""
    theta = _theta(sum(_constant(weights, means, covariances)), means, covariances)
    theta[:, 1 : 1 + means.shape[1]] = means
    return theta


@mistake("natural_parameters")
def natural_parameters_half_linear(weights, means, covariances):
    """The entries for the features are exactly half of what is expected. The cross term of a square has a factor 2,
    which cancels the one half in front."""
    theta = _theta(sum(_constant(weights, means, covariances)), means, covariances)
    theta[:, 1 : 1 + means.shape[1]] /= 2
    return theta


@mistake("natural_parameters")
def natural_parameters_covariances_not_inverted(weights, means, covariances):
    """The values are exactly those you get with the covariance matrices where their inverses belong."""
    log_weights, normalization, _ = _constant(weights, means, covariances)
    linear = _linear(means, covariances)
    constant = log_weights + normalization - (linear * means).sum(axis=1) / 2
    return np.column_stack([constant, linear, _quadratic(np.asarray(covariances))])


@mistake("natural_parameters")
def natural_parameters_positive_squares(weights, means, covariances):
    """The entries for the products have the wrong sign: the density would grow without bound far from the mean."""
    theta = _theta(sum(_constant(weights, means, covariances)), means, covariances)
    theta[:, 1 + means.shape[1] :] *= -1
    return theta


@mistake("expected_statistics")
def expected_statistics_mean_log_likelihood(X, theta):
    """The log-likelihood is exactly the mean over the samples. Expected is the sum, since blocks are added up."""
    T = _statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, float(logsumexp(joint, axis=1).mean())


@mistake("expected_statistics")
def expected_statistics_mean_statistics(X, theta):
    """The statistics are exactly the means over the samples. Expected are sums, since blocks are added up."""
    T = _statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T / len(X), float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_not_shifted(X, theta):
    """The values are right where samples are near. Far from every component all exponentials underflow to 0:
    subtract the largest entry of each row first."""
    T = _statistics(X)
    with np.errstate(all="ignore"):
        joint = np.exp(T @ theta.T)
        total = joint.sum(axis=1)
        return (joint / total[:, np.newaxis]).T @ T, float(np.log(total).sum())


@mistake("expected_statistics")
def expected_statistics_one_shift(X, theta):
    """One number was subtracted from all rows, so that the exponentials of a far sample still underflow to 0 when a
    near one is in the block. Subtract the largest entry of each row from that row."""
    T = _statistics(X)
    joint = T @ theta.T
    largest = joint.max()
    with np.errstate(all="ignore"):
        shifted = np.exp(joint - largest)
        total = shifted.sum(axis=1)
        return (shifted / total[:, np.newaxis]).T @ T, float((np.log(total) + largest).sum())


@mistake("expected_statistics")
def expected_statistics_shift_not_added(X, theta):
    """The statistics are right, but the log-likelihood lacks exactly the sum of what was subtracted from each row."""
    T = _statistics(X)
    joint = T @ theta.T
    shifted = joint - joint.max(axis=1, keepdims=True)
    return softmax(joint, axis=1).T @ T, float(logsumexp(shifted, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_largest_only(X, theta):
    """The log-likelihood counts for each sample its most probable component only. A mixture adds up the densities
    of all of them."""
    T = _statistics(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, float(joint.max(axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_hard(X, theta):
    """The statistics are exactly those you get when each sample belongs wholly to its most probable component."""
    T = _statistics(X)
    joint = T @ theta.T
    hard = np.eye(len(theta))[joint.argmax(axis=1)]
    return hard.T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_not_normalized(X, theta):
    """The statistics are weighted by the joint densities themselves. Responsibilities sum to 1 for each sample."""
    T = _statistics(X)
    joint = T @ theta.T
    with np.errstate(under="ignore"):
        return np.exp(joint).T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_axis(X, theta):
    """The responsibilities are normalized over the samples of each component. They sum to 1 over the components of
    each sample."""
    T = _statistics(X)
    joint = T @ theta.T
    with np.errstate(all="ignore"):
        return softmax(joint, axis=0).T @ T, float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_transposed(X, theta):
    """Rows and columns of the statistics are exchanged. Expected is a row for each component."""
    T = _statistics(X)
    joint = T @ theta.T
    return T.T @ softmax(joint, axis=1), float(logsumexp(joint, axis=1).sum())


@mistake("expected_statistics")
def expected_statistics_exchanged(X, theta):
    """The two results are in the wrong order. Expected are the statistics first, then the log-likelihood."""
    T = _statistics(X)
    joint = T @ theta.T
    return float(logsumexp(joint, axis=1).sum()), softmax(joint, axis=1).T @ T


@mistake("parameters")
def parameters_not_centred(S, reg_covar=1e-6):
    """The covariances are exactly the second moments about 0. What do you subtract to get those about the mean?"""
    counts, means, second = _moments(S)
    return counts / counts.sum(), means, second + reg_covar * np.eye(means.shape[1])


@mistake("parameters")
def parameters_divided_by_n(S, reg_covar=1e-6):
    """The sums are divided by the number of all samples. A component owns only part of them."""
    counts, means, second = _moments(S)
    weights = counts / counts.sum()
    means, second = means * weights[:, np.newaxis], second * weights[:, np.newaxis, np.newaxis]
    return weights, means, second - _outer(means) + reg_covar * np.eye(means.shape[1])


@mistake("parameters")
def parameters_counts(S, reg_covar=1e-6):
    """The weights are exactly the counts. Weights are shares of all samples: they sum to 1."""
    counts, means, second = _moments(S)
    return counts.copy(), means, second - _outer(means) + reg_covar * np.eye(means.shape[1])


@mistake("parameters")
def parameters_no_reg_covar(S, reg_covar=1e-6):
    """The values are right without `reg_covar`, which is missing on the diagonals."""
    counts, means, second = _moments(S)
    return counts / counts.sum(), means, second - _outer(means)


@mistake("parameters")
def parameters_reg_covar_everywhere(S, reg_covar=1e-6):
    """`reg_covar` was added to every entry of the covariance matrices. It belongs to the variances alone."""
    counts, means, second = _moments(S)
    return counts / counts.sum(), means, second - _outer(means) + reg_covar


@mistake("parameters")
def parameters_upper_only(S, reg_covar=1e-6):
    """The second moments were filled in above the diagonal only. A covariance matrix has each pair twice."""
    counts, means, second = _moments(S)
    d = means.shape[1]
    return counts / counts.sum(), means, np.triu(second) - _outer(means) + reg_covar * np.eye(d)


@mistake("parameters")
def parameters_lower_zero(S, reg_covar=1e-6):
    """The entries below the diagonal of the covariance matrices are 0. The sums have each pair once, a covariance
    matrix has it twice."""
    counts, means, second = _moments(S)
    upper = np.triu(second - _outer(means))
    return counts / counts.sum(), means, upper + reg_covar * np.eye(means.shape[1])


@mistake("parameters")
def parameters_pairs_halved(S, reg_covar=1e-6):
    """The second moments of two different features are halved. The sums have each pair once, and each of the two
    entries gets all of it."""
    counts, means, second = _moments(S)
    d = means.shape[1]
    halved = second * np.where(np.eye(d) > 0, 1.0, 0.5)
    return counts / counts.sum(), means, halved - _outer(means) + reg_covar * np.eye(d)


@mistake("parameters")
def parameters_variances_doubled(S, reg_covar=1e-6):
    """The variances are doubled. A matrix plus its transpose has the diagonal of the matrix twice."""
    counts, means, second = _moments(S)
    covariances = second - _outer(means)
    doubled = covariances * (1 + np.eye(means.shape[1]))
    return counts / counts.sum(), means, doubled + reg_covar * np.eye(means.shape[1])


@mistake("parameters")
def parameters_sums_of_means(S, reg_covar=1e-6):
    """The means are the sums, not divided by what the component owns."""
    counts, means, second = _moments(S)
    return (
        counts / counts.sum(),
        S[:, 1 : 1 + means.shape[1]].copy(),
        second - _outer(means) + reg_covar * np.eye(means.shape[1]),
    )


@mistake("parameters")
def parameters_unbiased(S, reg_covar=1e-6):
    """The scatter is divided by N - 1. EM maximizes the likelihood, which divides by N."""
    counts, means, second = _moments(S)
    scale = (counts / (counts - 1))[:, np.newaxis, np.newaxis]
    covariances = (second - _outer(means)) * scale
    return counts / counts.sum(), means, covariances + reg_covar * np.eye(means.shape[1])
