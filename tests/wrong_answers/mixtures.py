"""Wrong answers to chapter 1, as strangers write them. Each docstring says what is wrong."""

import math

import numpy as np
from scipy.linalg import solve_triangular
from scipy.spatial.distance import mahalanobis


def gaussian_density__minus_forgotten(x, mean, variance):
    """The minus sign of the exponent is missing, so the values grow away from the mean."""
    return np.exp((x - mean) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__caret(x, mean, variance):
    """`^` stands where `**` is meant; on floats Python raises a TypeError."""
    return np.exp(-((x - mean) ^ 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__variance_with_epsilon(x, mean, variance):
    """1e-6 is added to the variance."""
    variance = variance + 1e-6
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__divided_then_multiplied(x, mean, variance):
    """`/ sqrt(2 pi) * variance` divides by the root and multiplies by the variance."""
    return np.exp(-0.5 * (x - mean) ** 2 / variance) / np.sqrt(2 * np.pi) * variance


def gaussian_density__return_in_loop(x, mean, variance):
    """The return stands inside the loop: only the density of the first sample comes back, a scalar."""
    values = []
    for value in x:
        values.append(math.exp(-((value - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance))
        return values[0]


def gaussian_density__unit_height(x, mean, variance):
    """The factor in front is that of variance 1; only the exponent knows the variance."""
    return 1 / np.sqrt(2 * np.pi) * np.exp(-((x - mean) ** 2) / (2 * variance))


def gaussian_density__variance_squared_in_exponent_only(x, mean, variance):
    """The deviation is divided by the variance before it is squared; the factor in front is right."""
    return np.exp(-(((x - mean) / variance) ** 2) / 2) / np.sqrt(2 * np.pi * variance)


def gaussian_density__deviation_not_squared(x, mean, variance):
    """The exponent has the absolute deviation, not its square."""
    return np.exp(-np.abs(x - mean) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__sums_to_one(x, mean, variance):
    """The values are divided by their sum, as if the density were a table of probabilities."""
    p = np.exp(-((x - mean) ** 2) / (2 * variance))
    return p / p.sum()


def gaussian_density__rounded(x, mean, variance):
    """The right values, rounded to four digits as in the example."""
    return (np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)).round(4)


def gaussian_density__single_precision(x, mean, variance):
    """Computed in single precision."""
    x = np.asarray(x, dtype=np.float32)
    d = x - np.float32(mean)
    return np.exp(-(d**2) / np.float32(2 * variance)) / np.float32(math.sqrt(2 * math.pi * variance))


def gaussian_density__sd_in_exponent(x, mean, variance):
    """The exponent is divided by twice the standard deviation instead of twice the variance."""
    sd = np.sqrt(variance)
    return np.exp(-((x - mean) ** 2) / (2 * sd)) / (sd * np.sqrt(2 * np.pi))


def _bell(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def mixture_density__assigned_not_added(x, weights, means, variances):
    """`=` instead of `+=` in the loop: only the last component is left."""
    total = np.zeros(len(x))
    for w, m, v in zip(weights, means, variances):
        total = w * _bell(x, m, v)
    return total


def mixture_density__return_in_loop(x, weights, means, variances):
    """The return is indented one level too deep: only the first component counts."""
    total = np.zeros(len(x))
    for w, m, v in zip(weights, means, variances):
        total += w * _bell(x, m, v)
        return total


def mixture_density__last_component_missing(x, weights, means, variances):
    """The loop runs over K - 1 components."""
    total = np.zeros(len(x))
    for k in range(len(weights) - 1):
        total += weights[k] * _bell(x, means[k], variances[k])
    return total


def mixture_density__sums_to_one(x, weights, means, variances):
    """The values are divided by their sum over the samples."""
    total = sum(w * _bell(x, m, v) for w, m, v in zip(weights, means, variances))
    return total / total.sum()


def mixture_density__geometric(x, weights, means, variances):
    """The weights are exponents: a geometric mean of the components, not a weighted sum."""
    return np.prod([_bell(x, m, v) ** w for w, m, v in zip(weights, means, variances)], axis=0)


def mixture_density__weights_by_largest(x, weights, means, variances):
    """The weights are divided by the largest of them, so the area is above 1."""
    shares = weights / weights.max()
    return _bell(x[:, None], means, variances) @ shares


def mixture_density__first_variance(x, weights, means, variances):
    """All components have the variance of the first."""
    return _bell(x[:, None], means, variances[0]) @ weights


def mixture_density__clipped(x, weights, means, variances):
    """The right values, cut off at 1."""
    return np.clip(_bell(x[:, None], means, variances) @ weights, 0, 1)


def mixture_density__epsilon(x, weights, means, variances):
    """1e-6 is added to every value, against a later logarithm of 0."""
    return _bell(x[:, None], means, variances) @ weights + 1e-6


def mixture_density__means_sorted(x, weights, means, variances):
    """The means are sorted, but not the weights and variances that belong to them."""
    return _bell(x[:, None], np.sort(means), variances) @ weights


def mixture_density__exponent_not_halved(x, weights, means, variances):
    """The exponent of every component is not halved."""
    d = (x[:, None] - means) ** 2
    return (weights * np.exp(-d / variances) / np.sqrt(2 * np.pi * variances)).sum(axis=1)


def mixture_density__single_precision_table(x, weights, means, variances):
    """The table of densities is stored in single precision before it is summed."""
    table = np.zeros((len(x), len(weights)), dtype=np.float32)
    for k in range(len(weights)):
        table[:, k] = _bell(x, means[k], variances[k])
    return table @ weights.astype(np.float32)


def mixture_density__root_of_all_variances(x, weights, means, variances):
    """The factor in front has the sum of all variances under its root."""
    bumps = np.exp(-((x[:, None] - means) ** 2) / (2 * variances))
    return bumps @ weights / np.sqrt(2 * np.pi * variances.sum())


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
