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


def _constant(covariance):
    return _log_det(covariance) + len(covariance) * np.log(2 * np.pi)


@mistake("gaussian_density")
def gaussian_density_variance_as_sd(x, mean, variance):
    """The values are exactly those you get when the variance is used as a standard deviation. The variance is the
    square of the standard deviation."""
    return np.exp(-(((x - mean) / variance) ** 2) / 2) / (np.sqrt(2 * np.pi) * variance)


@mistake("gaussian_density")
def gaussian_density_two_pi_outside_root(x, mean, variance):
    """The values are exactly those you get when 2π is outside the square root. The area under such a curve is 0.4,
    not 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * np.sqrt(variance))


@mistake("gaussian_density")
def gaussian_density_precedence(x, mean, variance):
    """The values are exactly those you get when the exponent is multiplied by the variance, not divided by it. For
    example, Python reads a / 2 * b as (a / 2) * b."""
    return np.exp(-((x - mean) ** 2) / 2 * variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_squared_variance_in_root(x, mean, variance):
    """The values are exactly those you get when the factor in front has the variance where the standard deviation is
    needed, for example because the variance is squared under the square root."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance**2)


@mistake("gaussian_density")
def gaussian_density_clipped(x, mean, variance):
    """The values are right up to 1 and cut off there. A density is not a probability: only the area under it is 1,
    and a narrow curve rises above 1."""
    return np.minimum(_normal(x, mean, variance), 1.0)


@mistake("gaussian_density")
def gaussian_density_log(x, mean, variance):
    """The values are exactly the logarithms of the density. This exercise asks for the density itself."""
    return -((x - mean) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2


@mistake("gaussian_density")
def gaussian_density_exponent_not_halved(x, mean, variance):
    """The values are exactly those you get when the exponent is not halved. The curve is then too narrow, and the
    area under it is 0.7, not 1."""
    return np.exp(-((x - mean) ** 2) / variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_without_constant(x, mean, variance):
    """The values are exactly those of the exponential alone. At the mean it is 1 whatever the variance is, so the
    area under it depends on the variance. The area under a density is 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance))


@mistake("gaussian_density")
def gaussian_density_minus_forgotten(x, mean, variance):
    """The values are exactly those you get when the exponent has no minus sign. They grow with the distance from the
    mean; a Gaussian density falls."""
    return np.exp((x - mean) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_times_variance(x, mean, variance):
    """The values are exactly those you get when the exponential is divided by √(2π) and multiplied by the variance.
    For example, Python reads a / b * c as (a / b) * c."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi) * variance


@mistake("gaussian_density")
def gaussian_density_without_root(x, mean, variance):
    """The values are exactly those you get when the square root in the factor in front is left out. The area under
    such a curve depends on the variance; the area under a density is 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * variance)


@mistake("mixture_density")
def mixture_density_without_weights(x, weights, means, variances):
    """The values are exactly those you get when the mixing weights are left out. The area under such a curve is the
    number of components, not 1."""
    return _components(x, means, variances).sum(axis=1)


@mistake("mixture_density")
def mixture_density_plain_average(x, weights, means, variances):
    """The values are exactly the plain average of the components: the weights play no part in it."""
    return _components(x, means, variances).mean(axis=1)


@mistake("mixture_density")
def mixture_density_averaged_parameters(x, weights, means, variances):
    """The values are exactly those of one Gaussian with averaged parameters. A mixture averages the densities of its
    components, so it can have a bump for each of them."""
    return _normal(x, weights @ means, weights @ variances)


@mistake("mixture_density")
def mixture_density_sum_of_variables(x, weights, means, variances):
    """The values are exactly the density of a weighted sum of Gaussian variables, which is one Gaussian again. In a
    mixture each sample comes from one component; samples are not added."""
    return _normal(x, weights @ means, weights**2 @ variances)


@mistake("mixture_density")
def mixture_density_matched_moments(x, weights, means, variances):
    """The values are exactly those of the one Gaussian with the mean and variance of the mixture. The mixture itself
    can have a bump for each component."""
    mean = weights @ means
    return _normal(x, mean, weights @ (variances + (means - mean) ** 2))


@mistake("mixture_density")
def mixture_density_no_new_axis(x, weights, means, variances):
    """The samples are paired with the components one to one, as when NumPy combines `x` of shape (n,) with an array
    of shape (K,). Every sample needs the density of every component: which shape gives that?"""
    return weights * _normal(x, means, variances)


@mistake("mixture_density")
def mixture_density_sum_over_samples(x, weights, means, variances):
    """The values are sums over the samples, one for each component. A density has one value for each sample."""
    return (weights * _components(x, means, variances)).sum(axis=0)


@mistake("mixture_density")
def mixture_density_variances_as_sds(x, weights, means, variances):
    """The values are exactly those you get when the variances are used as standard deviations."""
    return _components(x, means, variances**2) @ weights


@mistake("mixture_density")
def mixture_density_largest_only(x, weights, means, variances):
    """The values are exactly those you get when only the largest term counts at each point. Where bumps overlap, all
    components contribute."""
    return (weights * _components(x, means, variances)).max(axis=1)


@mistake("mixture_density")
def mixture_density_sum_over_everything(x, weights, means, variances):
    """The result is a single number, the sum over all samples and components. A density has one value for each
    sample: over which axis should the sum run?"""
    return (weights * _components(x, means, variances)).sum()


@mistake("mixture_density")
def mixture_density_not_summed(x, weights, means, variances):
    """The result has a value for each pair of sample and component: weight times density. The density of the mixture
    is their sum over the components."""
    return weights * _components(x, means, variances)


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_density(X, mean, covariance):
    """The values are right near the mean and -inf far from it, as when the exponential is 0 on a computer before its
    logarithm is taken. The log density can be written down without an exponential."""
    density = np.exp(-_squared_distance(X, mean, covariance) / 2)
    return np.log(density) - (_log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_det(X, mean, covariance):
    """The values are infinite with many features, as when the determinant leaves the range of floating-point numbers
    (0 or inf) before its logarithm is taken. The log-determinant itself is an ordinary number."""
    log_det = np.log(np.linalg.det(covariance))
    return -(_squared_distance(X, mean, covariance) + log_det + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_not_halved(X, mean, covariance):
    """The values are exactly those you get when the log-determinant is not halved. In the density it is the square
    root of the determinant that you divide by."""
    distance = _squared_distance(X, mean, covariance)
    return -(distance + len(mean) * np.log(2 * np.pi)) / 2 - _log_det(covariance)


@mistake("gaussian_log_density")
def gaussian_log_density_distance_not_halved(X, mean, covariance):
    """The values are exactly those you get when the squared Mahalanobis distance is not halved."""
    constant = _log_det(covariance) + len(mean) * np.log(2 * np.pi)
    return -_squared_distance(X, mean, covariance) - constant / 2


@mistake("gaussian_log_density")
def gaussian_log_density_two_pi_once(X, mean, covariance):
    """The values are exactly those you get when 2π counts once. Every feature brings its own factor of 2π."""
    return -(_squared_distance(X, mean, covariance) + _log_det(covariance) + np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_all_pairs(X, mean, covariance):
    """The result has a value for each pair of samples, shape (n, n); the expected values are on its diagonal. A matrix
    product combines every row with every other row."""
    centred = X - mean
    distance = centred @ np.linalg.inv(covariance) @ centred.T
    return -(distance + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_transposed_factor(X, mean, covariance):
    """The values are exactly those you get when the Cholesky factor is transposed. When features are correlated, a
    factor and its transpose give different distances."""
    whitened = np.linalg.solve(np.linalg.cholesky(covariance).T, (X - mean).T)
    return -((whitened**2).sum(axis=0) + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_density(X, mean, covariance):
    """The values are exactly the densities. This exercise asks for their logarithms."""
    constant = _log_det(covariance) + len(mean) * np.log(2 * np.pi)
    return np.exp(-(_squared_distance(X, mean, covariance) + constant) / 2)


@mistake("gaussian_log_density")
def gaussian_log_density_covariance_not_inverted(X, mean, covariance):
    """The values are exactly those you get when the distance uses the covariance matrix itself, not its inverse. In a
    direction of large variance a deviation should count less, not more."""
    distance = ((X - mean) @ covariance * (X - mean)).sum(axis=1)
    return -(distance + _log_det(covariance) + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_diagonal_only(X, mean, covariance):
    """The values are exactly those you get when the covariances off the diagonal are ignored."""
    variances = np.diag(covariance)
    return -((X - mean) ** 2 / variances + np.log(2 * np.pi * variances)).sum(axis=1) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_of_factor(X, mean, covariance):
    """The values are exactly those you get when the log-determinant of the Cholesky factor is used as that of the
    covariance matrix. The covariance matrix is the factor times its transpose."""
    log_det = np.log(np.diag(np.linalg.cholesky(covariance))).sum()
    return -(_squared_distance(X, mean, covariance) + log_det + len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_det_sign(X, mean, covariance):
    """The values are exactly those you get when half the log-determinant is added, not subtracted. A wide Gaussian is
    a flat one, so a large determinant should lower the density."""
    distance = _squared_distance(X, mean, covariance)
    return (_log_det(covariance) - distance - len(mean) * np.log(2 * np.pi)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_pdf(X, mean, covariance):
    """The values are -inf wherever the density itself is 0 on a computer, as when its logarithm is taken afterwards.
    The log density can be written down without the density."""
    return np.log(np.exp(-(_squared_distance(X, mean, covariance) + _constant(covariance)) / 2))


@mistake("gaussian_log_density")
def gaussian_log_density_log_of_formula(X, mean, covariance):
    """The values are infinite far from the mean and with many features, as when the density and the determinant leave
    the range of floating-point numbers before the logarithm is taken. The logarithm needs neither of them."""
    height = 1 / np.sqrt((2 * np.pi) ** len(mean) * np.linalg.det(covariance))
    return np.log(height * np.exp(-_squared_distance(X, mean, covariance) / 2))


@mistake("gaussian_log_density")
def gaussian_log_density_floored(X, mean, covariance):
    """The values are exactly those you get when a density below 1e-300 counts as 1e-300. All far samples then get
    -690.8, however far they are. The log density can be written down without the density."""
    density = np.exp(-(_squared_distance(X, mean, covariance) + _constant(covariance)) / 2)
    return np.log(np.maximum(density, 1e-300))


@mistake("gaussian_log_density")
def gaussian_log_density_distance_added(X, mean, covariance):
    """The values are exactly those you get when half the squared distance is added, not subtracted. They grow with
    the distance from the mean; a Gaussian density falls."""
    return (_squared_distance(X, mean, covariance) - _constant(covariance)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_distance_not_squared(X, mean, covariance):
    """The values are exactly those you get when the Mahalanobis distance is not squared. SciPy's `mahalanobis`, for
    example, returns the distance itself."""
    return -(np.sqrt(_squared_distance(X, mean, covariance)) + _constant(covariance)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_diagonal_of_factor(X, mean, covariance):
    """The values are exactly those you get when only the diagonal of the Cholesky factor goes into the distance. For
    example, `solve_triangular` reads the upper triangle of a matrix unless you tell it otherwise."""
    whitened = solve_triangular(np.linalg.cholesky(covariance), (X - mean).T)
    return -((whitened**2).sum(axis=0) + _constant(covariance)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_without_two_pi(X, mean, covariance):
    """The values are exactly those you get without the term with 2π. The density then does not integrate to 1."""
    return -(_squared_distance(X, mean, covariance) + _log_det(covariance)) / 2


@mistake("gaussian_log_density")
def gaussian_log_density_without_log_det(X, mean, covariance):
    """The values are exactly those you get when the log-determinant is left out. A wide Gaussian is a flat one, so its
    height depends on the determinant."""
    return -(_squared_distance(X, mean, covariance) + len(mean) * np.log(2 * np.pi)) / 2
