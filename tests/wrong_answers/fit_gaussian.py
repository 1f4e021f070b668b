"""Wrong answers to `fit_gaussian`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def fit_gaussian__pair_exchanged(X):
    """The covariance comes first and the mean second."""
    mean = X.mean(axis=0)
    return (X - mean).T @ (X - mean) / len(X), mean


def fit_gaussian__cov_of_samples(X):
    """`np.cov(X)` takes the samples for variables: an (n, n) matrix, divided by d - 1."""
    return np.mean(X, axis=0), np.atleast_2d(np.cov(X))


def fit_gaussian__cov_default(X):
    """`np.cov(X, rowvar=False)` divides by n - 1, and gives NaN for one sample."""
    return np.mean(X, axis=0), np.atleast_2d(np.cov(X, rowvar=False))


def fit_gaussian__outer_the_other_way(X):
    """`D @ D.T` has the samples on both sides: an (n, n) matrix."""
    D = X - X.mean(axis=0)
    return X.mean(axis=0), D @ D.T / len(X)


def fit_gaussian__median(X):
    """The centre is the median, and the scatter is taken about it."""
    centre = np.median(X, axis=0)
    return centre, (X - centre).T @ (X - centre) / len(X)


def fit_gaussian__correlations(X):
    """The matrix holds correlations: ones on its diagonal."""
    mean = X.mean(axis=0)
    sd = X.std(axis=0)
    Z = (X - mean) / np.where(sd > 0, sd, 1)
    return mean, Z.T @ Z / len(X)


def fit_gaussian__mean_of_rows(X):
    """The mean runs over the features of each sample, axis 1; raises unless n equals d."""
    mean = X.mean(axis=1)
    return mean, (X - mean).T @ (X - mean) / len(X)


def fit_gaussian__view_for_one_sample(X):
    """For one sample the mean is a view of the caller's `X`, not a new array; the values are right."""
    if len(X) == 1:
        return X[0], np.zeros((X.shape[1], X.shape[1]))
    mean = X.mean(axis=0)
    return mean, (X - mean).T @ (X - mean) / len(X)


def fit_gaussian__ridge(X):
    """1e-6 is added to the variances, which nobody asked for here."""
    mean = X.mean(axis=0)
    return mean, (X - mean).T @ (X - mean) / len(X) + 1e-6 * np.eye(X.shape[1])


def fit_gaussian__assigned_not_added(X):
    """`=` instead of `+=`: only the last sample's product is left, divided by n."""
    n, d = X.shape
    mean = X.mean(axis=0)
    covariance = np.zeros((d, d))
    for i in range(n):
        covariance = np.outer(X[i] - mean, X[i] - mean)
    return mean, covariance / n


def fit_gaussian__about_the_first_sample(X):
    """The scatter is taken about the first sample, not about the mean."""
    D = X - X[0]
    return X.mean(axis=0), D.T @ D / len(X)


def fit_gaussian__divided_by_size(X):
    """The scatter is divided by n times d: `size` instead of `len`."""
    D = X - X.mean(axis=0)
    return X.mean(axis=0), D.T @ D / D.size


def fit_gaussian__single_precision(X):
    """Computed in single precision."""
    Y = np.asarray(X, np.float32)
    D = Y - Y.mean(axis=0)
    return Y.mean(axis=0), D.T @ D / np.float32(len(Y))


def fit_gaussian__roots_on_the_diagonal(X):
    """The diagonal holds standard deviations; the covariances beside it are right."""
    mean = X.mean(axis=0)
    covariance = (X - mean).T @ (X - mean) / len(X)
    np.fill_diagonal(covariance, np.sqrt(np.diag(covariance)))
    return mean, covariance


def fit_gaussian__inner_product(X):
    """A vector times itself is a number, with `.T` as well."""
    mean, covariance = X.mean(axis=0), np.zeros((X.shape[1], X.shape[1]))
    for x in X:
        covariance += np.dot(x - mean, (x - mean).T)
    return mean, covariance / len(X)
