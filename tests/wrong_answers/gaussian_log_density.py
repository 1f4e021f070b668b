"""Wrong answers to `gaussian_log_density`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.linalg import solve_triangular
from scipy.spatial.distance import mahalanobis


def _quadratic(X, mean, covariance):
    D = X - mean
    return np.einsum("ni,ij,nj->n", D, np.linalg.inv(covariance), D)


def _constant(covariance):
    return len(covariance) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1]


def gaussian_log_density__floored(X, mean, covariance):
    """The density is kept above 1e-300 before its logarithm is taken, so far samples all get -690.8."""
    p = np.exp(-0.5 * (_quadratic(X, mean, covariance) + _constant(covariance)))
    return np.log(np.maximum(p, 1e-300))


def gaussian_log_density__epsilon(X, mean, covariance):
    """1e-16 is added to the density inside of the logarithm: far samples all get -36.8."""
    p = np.exp(-0.5 * (_quadratic(X, mean, covariance) + _constant(covariance)))
    return np.log(p + 1e-16)


def gaussian_log_density__two_dimensional_constant(X, mean, covariance):
    """The constant is log(2 pi), which is right for two features only."""
    return -np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(covariance)[1] - 0.5 * _quadratic(X, mean, covariance)


def gaussian_log_density__mean_of_logs(X, mean, covariance):
    """Half the log-determinant is twice the mean of the log diagonal of L, not its sum: right for two features only."""
    L = np.linalg.cholesky(covariance)
    y = np.linalg.solve(L, (X - mean).T)
    half_log_det = 2 * np.log(np.diag(L)).mean()
    return -0.5 * (y**2).sum(axis=0) - half_log_det - 0.5 * len(mean) * np.log(2 * np.pi)


def gaussian_log_density__lower_forgotten(X, mean, covariance):
    """`lower=True` is missing: the solve uses the diagonal of L only. Right for one feature."""
    L = np.linalg.cholesky(covariance)
    y = solve_triangular(L, (X - mean).T)
    return -0.5 * ((y**2).sum(axis=0) + len(mean) * np.log(2 * np.pi)) - np.log(np.diag(L)).sum()


def gaussian_log_density__log10(X, mean, covariance):
    """The result is the logarithm to base 10."""
    return -0.5 * (_quadratic(X, mean, covariance) + _constant(covariance)) / np.log(10)


def gaussian_log_density__exponent_clipped(X, mean, covariance):
    """Half the distance is cut off at 500, against an underflow that the logarithm does not have."""
    exponent = np.maximum(-0.5 * _quadratic(X, mean, covariance), -500)
    return exponent - 0.5 * _constant(covariance)


def gaussian_log_density__distance_added(X, mean, covariance):
    """The sign of the distance is wrong: the log density rises away from the mean."""
    return 0.5 * _quadratic(X, mean, covariance) - 0.5 * _constant(covariance)


def gaussian_log_density__never_positive(X, mean, covariance):
    """Values above 0 are cut off, as if a density could not exceed 1."""
    return np.minimum(-0.5 * (_quadratic(X, mean, covariance) + _constant(covariance)), 0.0)


def gaussian_log_density__distance_not_squared(X, mean, covariance):
    """SciPy's `mahalanobis` gives the distance itself; its square is due."""
    inverse = np.linalg.inv(covariance)
    distance = np.array([mahalanobis(row, mean, inverse) for row in X])
    return -0.5 * (distance + _constant(covariance))


def gaussian_log_density__determinant_of_diagonal(X, mean, covariance):
    """The distance is right, but the determinant is taken for the product of the variances."""
    log_det = np.log(np.diag(covariance)).sum()
    return -0.5 * (_quadratic(X, mean, covariance) + log_det + len(mean) * np.log(2 * np.pi))


def gaussian_log_density__nan_to_num(X, mean, covariance):
    """The log of a density that has underflowed is replaced by the most negative number, -1.8e308."""
    p = np.exp(-0.5 * (_quadratic(X, mean, covariance) + _constant(covariance)))
    with np.errstate(divide="ignore"):
        return np.nan_to_num(np.log(p))


def gaussian_log_density__regularised(X, mean, covariance):
    """1e-6 is added to the variances before anything else."""
    covariance = covariance + 1e-6 * np.eye(len(mean))
    return -0.5 * (_quadratic(X, mean, covariance) + _constant(covariance))


def gaussian_log_density__own_mean(X, mean, covariance):
    """The samples are centred about their own mean, not about the argument `mean`."""
    return -0.5 * (_quadratic(X, X.mean(axis=0), covariance) + _constant(covariance))


def gaussian_log_density__axis_forgotten(X, mean, covariance):
    """`np.sum` without an axis: every sample gets the distance of all samples together."""
    y = np.linalg.solve(np.linalg.cholesky(covariance), (X - mean).T)
    return -0.5 * (np.sum(y**2) + np.zeros(len(X)) + _constant(covariance))


def gaussian_log_density__n_for_d(X, mean, covariance):
    """The constant counts log(2 pi) once for each sample instead of once for each feature."""
    d, _ = X.shape
    log_det = np.linalg.slogdet(covariance)[1]
    return -0.5 * (_quadratic(X, mean, covariance) + log_det + d * np.log(2 * np.pi))


def gaussian_log_density__single_precision(X, mean, covariance):
    """Computed in single precision."""
    D = (X - mean).astype(np.float32)
    inverse = np.linalg.inv(covariance.astype(np.float32))
    return -(np.sum(D @ inverse * D, axis=1) + np.float32(_constant(covariance))) / np.float32(2)


def gaussian_log_density__determinant_squared(X, mean, covariance):
    """The factor in front has the determinant where its root belongs, and 2 pi to the power d where d/2 belongs."""
    return -0.5 * _quadratic(X, mean, covariance) - _constant(covariance)
