"""Wrong answers to chapter 9, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, softmax


def _T(X):
    i, j = np.triu_indices(X.shape[1])
    return np.column_stack([np.ones(len(X)), X, X[:, i] * X[:, j]])


def _theta(weights, means, covariances):
    d = means.shape[1]
    i, j = np.triu_indices(d)
    P = np.linalg.inv(covariances)
    h = np.einsum("kij,kj->ki", P, means)
    with np.errstate(divide="ignore"):
        c = np.log(weights)
    c = c - (d * np.log(2 * np.pi) + np.linalg.slogdet(covariances)[1] + (h * means).sum(axis=1)) / 2
    return np.column_stack([c, h, P[:, i, j] * np.where(i == j, -0.5, -1)])


def _parameters(S, reg_covar):
    d = int(np.sqrt(2 * S.shape[1])) - 1
    i, j = np.triu_indices(d)
    moments = S / S[:, :1]
    means = moments[:, 1 : d + 1].copy()
    C = np.empty((len(S), d, d))
    C[:, i, j] = C[:, j, i] = moments[:, d + 1 :]
    return S[:, 0] / S[:, 0].sum(), means, C - means[:, :, None] * means[:, None] + reg_covar * np.eye(d)


def sufficient_statistics__centred(X):
    """The samples are moved to their mean first, which differs from block to block."""
    return _T(X - X.mean(axis=0))


def sufficient_statistics__one_last(X):
    """The 1 comes last."""
    return np.roll(_T(X), -1, axis=1)


def sufficient_statistics__absolute(X):
    """Products of absolute values."""
    d = X.shape[1]
    T = _T(X)
    T[:, d + 1 :] = np.abs(T[:, d + 1 :])
    return T


def sufficient_statistics__neighbours(X):
    """Squares, and products of neighbouring features only; the other products are 0."""
    d = X.shape[1]
    i, j = np.triu_indices(d)
    T = _T(X)
    T[:, d + 1 :] *= j - i < 2
    return T


def natural_parameters__log2(weights, means, covariances):
    """Logarithms to base 2 of the weights."""
    theta = _theta(weights, means, covariances)
    with np.errstate(divide="ignore", invalid="ignore"):
        theta[:, 0] += np.where(weights > 0, np.log2(weights) - np.log(weights), 0)
    return theta


def natural_parameters__regularized(weights, means, covariances):
    """A little is added to the covariances."""
    return _theta(weights, means, covariances + 1e-6 * np.eye(means.shape[1]))


def natural_parameters__weights_kept_above_zero(weights, means, covariances):
    """A weight of 0 becomes 1e-300."""
    return _theta(np.maximum(weights, 1e-300), means, covariances)


def natural_parameters__twice(weights, means, covariances):
    """The diagonal of the precision counts twice as well."""
    d = means.shape[1]
    i, j = np.triu_indices(d)
    theta = _theta(weights, means, covariances)
    theta[:, d + 1 :] *= np.where(i == j, 2, 1)
    return theta


def natural_parameters__diagonal(weights, means, covariances):
    """Only the variances are inverted."""
    variances = np.einsum("kii->ki", covariances)
    return _theta(weights, means, np.array([np.diag(row) for row in variances]))


def expected_statistics__clipped(X, theta):
    """Exponents are kept above -700, so that nothing underflows."""
    T = _T(X)
    joint = np.clip(T @ theta.T, -700, None)
    return softmax(joint, axis=1).T @ T, float(logsumexp(joint, axis=1).sum())


def expected_statistics__tiny_added(X, theta):
    """1e-300 is added before the logarithm and the division."""
    T = _T(X)
    p = np.exp(T @ theta.T)
    total = p.sum(axis=1) + 1e-300
    return (p / total[:, None]).T @ T, float(np.log(total).sum())


def expected_statistics__one_shift(X, theta):
    """The largest entry of the table is subtracted, not that of each row."""
    T = _T(X)
    joint = T @ theta.T
    top = joint.max()
    with np.errstate(all="ignore"):
        p = np.exp(joint - top)
        return (p / p.sum(axis=1, keepdims=True)).T @ T, float((top + np.log(p.sum(axis=1))).sum())


def expected_statistics__negative(X, theta):
    """The negative log-likelihood."""
    T = _T(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, -float(logsumexp(joint, axis=1).sum())


def expected_statistics__squared(X, theta):
    """Responsibilities are squared."""
    T = _T(X)
    joint = T @ theta.T
    return (softmax(joint, axis=1) ** 2).T @ T, float(logsumexp(joint, axis=1).sum())


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
