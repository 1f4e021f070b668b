"""Known mistakes of `natural_parameters`."""

import numpy as np

from .registry import mistake


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
    a, b = np.triu_indices(precisions.shape[1])
    return -precisions[:, a, b] * np.where(a == b, 0.5, 1.0)


def _theta(constant, means, covariances):
    precisions = np.linalg.inv(covariances)
    return np.column_stack([constant, _linear(means, precisions), _quadratic(precisions)])


@mistake("natural_parameters")
def natural_parameters_pairs_once(weights, means, covariances):
    """The entries for the products of two different features are exactly half of what is expected. How often is
    each such product in the square, and how often in the statistics?"""
    precisions = np.linalg.inv(covariances)
    a, b = np.triu_indices(means.shape[1])
    constant = sum(_constant(weights, means, covariances))
    return np.column_stack([constant, _linear(means, precisions), -precisions[:, a, b] / 2])


@mistake("natural_parameters")
def natural_parameters_squares_not_halved(weights, means, covariances):
    """The entries for the squares are exactly twice what is expected. -P is right for two different features; the
    square of one feature is in the exponent once, with the one half in front."""
    precisions = np.linalg.inv(covariances)
    a, b = np.triu_indices(means.shape[1])
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


@mistake("natural_parameters")
def natural_parameters_log_determinant_added(weights, means, covariances):
    """The first column has half the log determinant with the wrong sign: a wide component is then higher at its mean
    than a narrow one."""
    constant = sum(_constant(weights, means, covariances)) + np.linalg.slogdet(covariances)[1]
    return _theta(constant, means, covariances)
