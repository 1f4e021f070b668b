"""Known mistakes of `sufficient_statistics`."""

import numpy as np

from .registry import mistake


def _statistics(X):
    a, b = np.triu_indices(X.shape[1])
    return np.hstack([np.ones((len(X), 1)), X, X[:, a] * X[:, b]])


@mistake("sufficient_statistics")
def sufficient_statistics_without_one(X):
    """The columns are right, but the first one is missing. Which statistic counts the samples?"""
    return _statistics(X)[:, 1:]


@mistake("sufficient_statistics")
def sufficient_statistics_all_products(X):
    """There is a column for each ordered pair of features, so the product of two different features is there twice.
    Expected is each pair once."""
    products = X[:, :, np.newaxis] * X[:, np.newaxis]
    return np.hstack([np.ones((len(X), 1)), X, products.reshape(len(X), -1)])


@mistake("sufficient_statistics")
def sufficient_statistics_squares_only(X):
    """There are the squares of the features, but not the products of two different ones. Without those nothing is
    known about correlations."""
    return np.hstack([np.ones((len(X), 1)), X, X**2])


@mistake("sufficient_statistics")
def sufficient_statistics_doubled(X):
    """The products of two different features are exactly twice what is expected. The factor 2 belongs to the
    natural parameters."""
    d = X.shape[1]
    a, b = np.triu_indices(d)
    T = _statistics(X)
    T[:, 1 + d :] *= np.where(a == b, 1, 2)
    return T


@mistake("sufficient_statistics")
def sufficient_statistics_lower_triangle(X):
    """The columns are all there, but the products are in the order of the lower triangle, (0, 0), (1, 0), (1, 1),
    (2, 0). Expected is the order of `np.triu_indices`."""
    a, b = np.tril_indices(X.shape[1])
    return np.hstack([np.ones((len(X), 1)), X, X[:, a] * X[:, b]])


@mistake("sufficient_statistics")
def sufficient_statistics_squares_first(X):
    """The columns are all there, but the squares come before the products of different features. Expected is the
    order of `np.triu_indices`."""
    a, b = np.triu_indices(X.shape[1], 1)
    return np.hstack([np.ones((len(X), 1)), X, X**2, X[:, a] * X[:, b]])


@mistake("sufficient_statistics")
def sufficient_statistics_transposed(X):
    """Rows and columns are exchanged. Expected is a row for each sample."""
    return _statistics(X).T


@mistake("sufficient_statistics")
def sufficient_statistics_summed(X):
    """These are the sums of the statistics over the samples. Expected is a row for each sample; the sums come in
    exercise 9.3, with weights."""
    return _statistics(X).sum(axis=0)
