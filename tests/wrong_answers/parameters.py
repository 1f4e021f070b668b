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
