"""Wrong answers to `natural_parameters`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def _theta(weights, means, covariances):
    d = means.shape[1]
    i, j = np.triu_indices(d)
    P = np.linalg.inv(covariances)
    h = np.einsum("kij,kj->ki", P, means)
    with np.errstate(divide="ignore"):
        c = np.log(weights)
    c = c - (d * np.log(2 * np.pi) + np.linalg.slogdet(covariances)[1] + (h * means).sum(axis=1)) / 2
    return np.column_stack([c, h, P[:, i, j] * np.where(i == j, -0.5, -1)])


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


def natural_parameters__log_determinant_added(weights, means, covariances):
    """Half the log determinant is added, not subtracted."""
    theta = _theta(weights, means, covariances)
    theta[:, 0] += np.linalg.slogdet(covariances)[1]
    return theta


def natural_parameters__log_determinant_added_in_a_loop(weights, means, covariances):
    """The same, entry by entry."""
    d, rows = means.shape[1], []
    for weight, mean, covariance in zip(weights, means, covariances):
        P = np.linalg.inv(covariance)
        with np.errstate(divide="ignore"):
            row = [np.log(weight) - (d * np.log(2 * np.pi) - np.log(np.linalg.det(covariance)) + mean @ P @ mean) / 2]
        row += list(P @ mean)
        row += [-P[i, j] / 2 if i == j else -P[i, j] for i in range(d) for j in range(i, d)]
        rows.append(row)
    return np.array(rows)
