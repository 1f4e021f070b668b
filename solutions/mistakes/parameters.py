"""Known mistakes of `parameters`."""

import numpy as np

from .registry import mistake


def _moments(S):
    """Counts, means and second moments (K, d, d)."""
    d = int(np.sqrt(2 * S.shape[1])) - 1
    a, b = np.triu_indices(d)
    averages = S[:, 1:] / S[:, :1]
    second = np.empty((len(S), d, d))
    second[:, a, b] = second[:, b, a] = averages[:, d:]
    return S[:, 0], averages[:, :d].copy(), second


def _outer(means):
    return means[:, :, np.newaxis] * means[:, np.newaxis]


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


@mistake("parameters")
def parameters_squares_doubled(S, reg_covar=1e-6):
    """The averages of the squares are doubled before the means are subtracted. A matrix plus its transpose has the
    diagonal of the matrix twice."""
    counts, means, second = _moments(S)
    d = means.shape[1]
    return counts / counts.sum(), means, second * (1 + np.eye(d)) - _outer(means) + reg_covar * np.eye(d)


@mistake("parameters")
def parameters_diagonal_doubled(S, reg_covar=1e-6):
    """The variances are doubled, `reg_covar` included. A matrix plus its transpose has the diagonal of the matrix
    twice."""
    counts, means, second = _moments(S)
    d = means.shape[1]
    covariances = second - _outer(means) + reg_covar * np.eye(d)
    return counts / counts.sum(), means, covariances * (1 + np.eye(d))
