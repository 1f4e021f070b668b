"""Known mistakes of chapter 1: densities of one Gaussian and of a mixture in one dimension."""

import numpy as np
from scipy.linalg import solve_triangular

from .registry import mistake


def _normal(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def _components(x, means, variances):
    return _normal(x[:, np.newaxis], means, variances)


def _squared_distance(X, mean, covariance):
    return (solve_triangular(np.linalg.cholesky(covariance), (X - mean).T, lower=True) ** 2).sum(axis=0)


def _log_det(covariance):
    return np.linalg.slogdet(covariance)[1]


@mistake("gaussian_density")
def gaussian_density_variance_as_sd(x, mean, variance):
    """These are exactly the values one gets when the variance is used as a standard deviation."""
    return np.exp(-(((x - mean) / variance) ** 2) / 2) / (np.sqrt(2 * np.pi) * variance)


@mistake("gaussian_density")
def gaussian_density_two_pi_outside_root(x, mean, variance):
    """These are exactly the values one gets when 2π stands outside the square root; such a curve encloses
    an area of 0.4 and not of 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * np.sqrt(variance))


@mistake("gaussian_density")
def gaussian_density_precedence(x, mean, variance):
    """These are exactly the values one gets when the exponent is multiplied by the variance.
    Python reads a / 2 * b as (a / 2) * b."""
    return np.exp(-((x - mean) ** 2) / 2 * variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_squared_variance_in_root(x, mean, variance):
    """These are exactly the values one gets when the variance under the square root is squared once
    more."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance**2)


@mistake("gaussian_density")
def gaussian_density_clipped(x, mean, variance):
    """The values are right up to 1 and cut off there. A density is no probability: only its area is 1, and
    a narrow one rises above 1."""
    return np.minimum(_normal(x, mean, variance), 1.0)


@mistake("gaussian_density")
def gaussian_density_log(x, mean, variance):
    """These are exactly the logarithms of the density; this exercise asks for the density itself."""
    return -((x - mean) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2


@mistake("gaussian_density")
def gaussian_density_exponent_not_halved(x, mean, variance):
    """These are exactly the values one gets when the exponent is not halved."""
    return np.exp(-((x - mean) ** 2) / variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_without_constant(x, mean, variance):
    """These are exactly the values of the bare exponential: at the mean it is 1 whatever the variance, so
    the area under it is not 1 yet."""
    return np.exp(-((x - mean) ** 2) / (2 * variance))


@mistake("mixture_density")
def mixture_density_without_weights(x, weights, means, variances):
    """These are exactly the values one gets when the mixing weights are left out; the area under such a
    curve is the number of components."""
    return _components(x, means, variances).sum(axis=1)


@mistake("mixture_density")
def mixture_density_plain_average(x, weights, means, variances):
    """These are exactly the values one gets when every component counts the same: the plain average of the
    components, in which the weights play no part."""
    return _components(x, means, variances).mean(axis=1)


@mistake("mixture_density")
def mixture_density_averaged_parameters(x, weights, means, variances):
    """These are exactly the values of one Gaussian with averaged parameters. A mixture averages the
    densities of its components and keeps a bump for each."""
    return _normal(x, weights @ means, weights @ variances)


@mistake("mixture_density")
def mixture_density_sum_of_variables(x, weights, means, variances):
    """This is exactly the density of a weighted sum of Gaussian variables, which is Gaussian again. In a
    mixture each sample comes from one component; nothing is added up."""
    return _normal(x, weights @ means, weights**2 @ variances)


@mistake("mixture_density")
def mixture_density_matched_moments(x, weights, means, variances):
    """These are exactly the values of the one Gaussian that has the mixture's mean and variance; the
    mixture itself has a bump for each component."""
    mean = weights @ means
    return _normal(x, mean, weights @ (variances + (means - mean) ** 2))


@mistake("mixture_density")
def mixture_density_no_new_axis(x, weights, means, variances):
    """The samples are paired with the components one to one, as `x` of shape (n,) against (K,) is. Every
    sample has to meet every component: which shape would do that?"""
    return weights * _normal(x, means, variances)


@mistake("mixture_density")
def mixture_density_sum_over_samples(x, weights, means, variances):
    """The sum runs over the samples and leaves one number for each component; a density has one number for
    each sample."""
    return (weights * _components(x, means, variances)).sum(axis=0)


@mistake("mixture_density")
def mixture_density_variances_as_sds(x, weights, means, variances):
    """These are exactly the values one gets when the variances are used as standard deviations."""
    return _components(x, means, variances**2) @ weights


@mistake("mixture_density")
def mixture_density_largest_only(x, weights, means, variances):
    """These are exactly the values one gets when only the largest component counts at each point. Where
    bumps overlap, all of them contribute."""
    return (weights * _components(x, means, variances)).max(axis=1)


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_density(X, mean, covariance):
    """Near the mean all is right, far from it the result is -inf: the density was computed first and was 0
    before its logarithm was taken. The logarithm can be written down without the density."""
    density = np.exp(-_squared_distance(X, mean, covariance) / 2)
    return np.log(density) - (_log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_det(X, mean, covariance):
    """With many features the determinant leaves the range of floating-point numbers (0 or inf) before its
    logarithm is taken; the logarithm of the determinant itself is an ordinary number."""
    log_det = np.log(np.linalg.det(covariance))
    return -(_squared_distance(X, mean, covariance) + log_det + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_not_halved(X, mean, covariance):
    """These are exactly the values one gets when the log-determinant is not halved."""
    distance = _squared_distance(X, mean, covariance)
    return -(distance + len(mean) * np.log(2 * np.pi)) / 2 - _log_det(covariance)


@mistake("gaussian_log_density")
def gaussian_log_density_distance_not_halved(X, mean, covariance):
    """These are exactly the values one gets when the squared Mahalanobis distance is not halved."""
    constant = _log_det(covariance) + len(mean) * np.log(2 * np.pi)
    return -_squared_distance(X, mean, covariance) - constant / 2


@mistake("gaussian_log_density")
def gaussian_log_density_two_pi_once(X, mean, covariance):
    """These are exactly the values one gets when 2π counts once, as in one dimension; each feature brings
    its own."""
    return -(_squared_distance(X, mean, covariance) + _log_det(covariance) + np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_all_pairs(X, mean, covariance):
    """This is a number for each pair of samples, shape (n, n); the numbers asked for stand on its diagonal.
    The matrix product pairs every row with every other row."""
    centred = X - mean
    distance = centred @ np.linalg.inv(covariance) @ centred.T
    return -(distance + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_transposed_factor(X, mean, covariance):
    """These are exactly the values one gets when the transposed Cholesky factor stands where the factor
    itself belongs; with correlated features the two give different distances."""
    whitened = np.linalg.solve(np.linalg.cholesky(covariance).T, (X - mean).T)
    return -((whitened**2).sum(axis=0) + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_density(X, mean, covariance):
    """These are exactly the densities; this exercise asks for their logarithms."""
    constant = _log_det(covariance) + len(mean) * np.log(2 * np.pi)
    return np.exp(-(_squared_distance(X, mean, covariance) + constant) / 2)


@mistake("gaussian_log_density")
def gaussian_log_density_covariance_not_inverted(X, mean, covariance):
    """These are exactly the values one gets when the distance is measured with the covariance matrix
    itself; a wide direction has to make a deviation count less, not more."""
    distance = ((X - mean) @ covariance * (X - mean)).sum(axis=1)
    return -(distance + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_diagonal_only(X, mean, covariance):
    """These are exactly the values one gets when only the variances count and the covariances beside the
    diagonal are ignored."""
    variances = np.diag(covariance)
    return -((X - mean) ** 2 / variances + np.log(2 * np.pi * variances)).sum(axis=1) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_of_factor(X, mean, covariance):
    """These are exactly the values one gets when the log-determinant of the Cholesky factor is taken for
    that of the covariance matrix, which is the factor times its transpose."""
    log_det = np.log(np.diag(np.linalg.cholesky(covariance))).sum()
    return -(_squared_distance(X, mean, covariance) + log_det + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_sign(X, mean, covariance):
    """These are exactly the values one gets when the log-determinant is added where it should lower the
    density: a wide Gaussian is a flat one."""
    distance = _squared_distance(X, mean, covariance)
    return (_log_det(covariance) - distance - len(mean) * np.log(2 * np.pi)) / 2
