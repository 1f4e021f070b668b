"""Wrong answers to `parameters`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def _parameters(S, reg_covar):
    d = int(np.sqrt(2 * S.shape[1])) - 1
    i, j = np.triu_indices(d)
    moments = S / S[:, :1]
    means = moments[:, 1 : d + 1].copy()
    C = np.empty((len(S), d, d))
    C[:, i, j] = C[:, j, i] = moments[:, d + 1 :]
    return S[:, 0] / S[:, 0].sum(), means, C - means[:, :, None] * means[:, None] + reg_covar * np.eye(d)


def parameters__tied(S, reg_covar=1e-6):
    """All components get the covariance of the mixture."""
    weights, means, C = _parameters(S, reg_covar)
    return weights, means, np.tile(np.einsum("k,kij->ij", weights, C), (len(S), 1, 1))


def parameters__standard_deviations(S, reg_covar=1e-6):
    """Roots of the absolute covariances."""
    weights, means, C = _parameters(S, reg_covar)
    return weights, means, np.sqrt(np.abs(C))


def parameters__about_the_mean_of_all(S, reg_covar=1e-6):
    """The mean of all samples is subtracted instead of that of the component."""
    weights, means, C = _parameters(S, reg_covar)
    centre = weights @ means
    return weights, means, C + means[:, :, None] * means[:, None] - np.outer(centre, centre)


def parameters__fixed_reg_covar(S, reg_covar=1e-6):
    """1e-6, whatever `reg_covar` is."""
    return _parameters(S, 1e-6)


def parameters__weights_by_largest(S, reg_covar=1e-6):
    """The counts are divided by the largest."""
    weights, means, C = _parameters(S, reg_covar)
    return weights / weights.max(), means, C


def _upper(S):
    """Shares, means, and the second moments above the diagonal and on it."""
    d = int(np.sqrt(2 * S.shape[1])) - 1
    moments = S / S[:, :1]
    U = np.zeros((len(S), d, d))
    U[(slice(None), *np.triu_indices(d))] = moments[:, d + 1 :]
    return S[:, 0] / S[:, 0].sum(), moments[:, 1 : d + 1].copy(), U


def parameters__squares_doubled(S, reg_covar=1e-6):
    """The triangle of second moments plus its transpose, which has the diagonal twice."""
    weights, means, U = _upper(S)
    C = U + U.transpose(0, 2, 1) - means[:, :, None] * means[:, None]
    return weights, means, C + reg_covar * np.eye(means.shape[1])


def parameters__squares_doubled_in_a_loop(S, reg_covar=1e-6):
    """Each second moment is added at both of its places, which are one on the diagonal."""
    weights, means, U = _upper(S)
    C = np.zeros(U.shape)
    for k in range(len(S)):
        for i in range(means.shape[1]):
            for j in range(i, means.shape[1]):
                C[k, i, j] += U[k, i, j]
                C[k, j, i] += U[k, i, j]
        C[k] += reg_covar * np.eye(means.shape[1]) - np.outer(means[k], means[k])
    return weights, means, C


def parameters__variances_doubled(S, reg_covar=1e-6):
    """The triangle of covariances plus its transpose."""
    weights, means, U = _upper(S)
    U = np.triu(U - means[:, :, None] * means[:, None])
    return weights, means, U + U.transpose(0, 2, 1) + reg_covar * np.eye(means.shape[1])


def parameters__diagonal_doubled(S, reg_covar=1e-6):
    """The same, with `reg_covar` in the triangle."""
    weights, means, U = _upper(S)
    U = np.triu(U - means[:, :, None] * means[:, None] + reg_covar * np.eye(means.shape[1]))
    return weights, means, U + U.transpose(0, 2, 1)
