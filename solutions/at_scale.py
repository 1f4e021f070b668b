"""Chapter 9, EM at scale: the reference."""

import numpy as np


def sufficient_statistics(X):
    """All that the M-step needs to know of each sample: 1, its features, their products (exercise 9.1).

    The array is filled by statistic, one contiguous row each, and handed back transposed: a product of two
    features is then one pass over two rows, and the two matrix products read it in order.
    """
    columns = np.transpose(X)
    n_features, n_samples = columns.shape
    statistics = np.empty((1 + n_features + n_features * (n_features + 1) // 2, n_samples))
    statistics[0] = 1
    statistics[1 : n_features + 1] = columns
    first = n_features + 1
    for a in range(n_features):
        np.multiply(columns[a], columns[a:], out=statistics[first : first + n_features - a])
        first += n_features - a
    return statistics.T


def natural_parameters(weights, means, covariances):
    """The numbers by which a sample's statistics become its log joint density (exercise 9.2)."""
    n_features = means.shape[1]
    a, b = np.triu_indices(n_features)
    # W covariance W^T = 1, so that the precision is W^T W and its log determinant is twice that of W.
    whitening = np.linalg.inv(np.linalg.cholesky(covariances))
    precisions = whitening.transpose(0, 2, 1) @ whitening
    linear = (precisions @ means[:, :, np.newaxis])[:, :, 0]
    with np.errstate(divide="ignore"):  # log 0 = -inf is right: a component without weight explains nothing
        constant = np.log(weights) - n_features / 2 * np.log(2 * np.pi)
    constant = constant + np.log(np.diagonal(whitening, axis1=1, axis2=2)).sum(axis=1)
    constant -= (linear * means).sum(axis=1) / 2
    return np.column_stack([constant, linear, precisions[:, a, b] * np.where(a == b, -0.5, -1.0)])


def expected_statistics(X, theta):
    """E-step on a block of samples: sums of statistics, and the log-likelihood (exercise 9.3)."""
    T = sufficient_statistics(X)
    shares = theta @ T.T  # (K, n), so that maximum and sum run over long rows
    largest = shares.max(axis=0)
    shares -= largest
    with np.errstate(under="ignore"):
        np.exp(shares, out=shares)
        total = shares.sum(axis=0)
        shares /= total
        return shares @ T, float((largest + np.log(total)).sum())


def parameters(S, reg_covar=1e-6):
    """M-step: weights, means and covariances from sums of statistics (exercise 9.4)."""
    n_components, n_statistics = S.shape
    n_features = int(np.sqrt(2 * n_statistics)) - 1
    a, b = np.triu_indices(n_features)
    counts = S[:, 0]
    # A component that owns no sample would divide 0 by 0; this way its mean and its covariance come out as 0.
    averages = S[:, 1:] / np.maximum(counts, np.finfo(float).tiny)[:, np.newaxis]
    means = averages[:, :n_features].copy()
    covariances = np.empty((n_components, n_features, n_features))
    covariances[:, a, b] = covariances[:, b, a] = averages[:, n_features:]
    covariances -= means[:, :, np.newaxis] * means[:, np.newaxis]
    return counts / counts.sum(), means, covariances + reg_covar * np.eye(n_features)
