"""Known mistakes of `gaussian_log_density`."""

import numpy as np
from scipy.linalg import solve_triangular

from .registry import mistake


def _squared_distance(X, mean, covariance):
    return (solve_triangular(np.linalg.cholesky(covariance), (X - mean).T, lower=True) ** 2).sum(axis=0)


def _log_det(covariance):
    return np.linalg.slogdet(covariance)[1]


def _constant(covariance):
    return _log_det(covariance) + len(covariance) * np.log(2 * np.pi)


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


@mistake("gaussian_log_density")
def gaussian_log_density_two_features(X, mean, covariance):
    """The values are exactly those you get when 2π counts twice, as is right for two features. Every feature brings
    its own factor of 2π."""
    return -(_squared_distance(X, mean, covariance) + _log_det(covariance)) / 2 - np.log(2 * np.pi)


@mistake("gaussian_log_density")
def gaussian_log_density_samples_counted(X, mean, covariance):
    """The values are exactly those you get when 2π counts once for each sample. It counts once for each feature, and
    `X` has a column for each of those."""
    constant = _log_det(covariance) + len(X) * np.log(2 * np.pi)
    return -(_squared_distance(X, mean, covariance) + constant) / 2
