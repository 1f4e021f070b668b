"""Known mistakes of `fit_gaussian`."""

import numpy as np

from .registry import mistake


@mistake("fit_gaussian")
def fit_gaussian_unbiased(X):
    """The values are exactly those you get when the sum is divided by n - 1, the unbiased estimate. The
    maximum-likelihood estimate divides by another number."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred / (len(X) - 1)


@mistake("fit_gaussian")
def fit_gaussian_rows_as_variables(X):
    """The covariance matrix has a row for each sample, not for each feature. `np.cov`, for example, takes rows as
    variables unless you tell it otherwise."""
    return X.mean(axis=0), np.cov(X, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_axes_lost(X):
    """With a single feature the covariance is a number without axes, as `np.cov` returns it. Expected is a matrix of
    shape (1, 1)."""
    return X.mean(axis=0), np.cov(X, rowvar=False, bias=True)


@mistake("fit_gaussian")
def fit_gaussian_not_divided(X):
    """The matrix is exactly the sum of squares and products. A covariance is their average."""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), centred.T @ centred


@mistake("fit_gaussian")
def fit_gaussian_not_centred(X):
    """The values are exactly those you get when the mean is not subtracted first: second moments about 0."""
    return X.mean(axis=0), X.T @ X / len(X)


@mistake("fit_gaussian")
def fit_gaussian_variances_only(X):
    """The diagonal is right and everything off it is 0: the matrix has the variances, but not the covariances between
    different features."""
    return X.mean(axis=0), np.diag(X.var(axis=0))


@mistake("fit_gaussian")
def fit_gaussian_one_mean(X):
    """The mean is a single number, the average of all entries of `X`. Each feature has its own mean."""
    centred = X - X.mean()
    return X.mean(), centred.T @ centred / len(X)


@mistake("fit_gaussian")
def fit_gaussian_in_place(X):
    """The estimate is right, but the function changes the caller's `X`. For example, `X -= ...` works on the caller's
    array itself."""
    mean = X.mean(axis=0)
    X -= mean
    return mean, X.T @ X / len(X)


@mistake("fit_gaussian")
def fit_gaussian_cov_default(X):
    """The values are exactly those of `np.cov(X)`, which takes rows as variables and divides by their length minus 1.
    Here rows are samples, and the maximum-likelihood estimate divides by another number."""
    return X.mean(axis=0), np.cov(X)


@mistake("fit_gaussian")
def fit_gaussian_cov_unbiased(X):
    """The values are exactly those of `np.cov` with features as variables: it divides by n - 1, and a single feature
    loses its axes. The maximum-likelihood estimate divides by another number and is always a matrix."""
    return X.mean(axis=0), np.cov(X, rowvar=False)


@mistake("fit_gaussian")
def fit_gaussian_outer_the_other_way(X):
    """The matrix has a row and a column for each sample, shape (n, n), as when residuals are multiplied with the
    samples on the outside. Expected is a row and a column for each feature."""
    residuals = X - X.mean(axis=0)
    return X.mean(axis=0), residuals @ residuals.T / len(X)


@mistake("fit_gaussian")
def fit_gaussian_pair_exchanged(X):
    """Both values are right, but in the wrong order. Expected is the mean first, then the covariance."""
    residuals = X - X.mean(axis=0)
    return residuals.T @ residuals / len(X), X.mean(axis=0)


@mistake("fit_gaussian")
def fit_gaussian_inner_product(X):
    """Every entry of the matrix is the same number: the mean squared length of the residuals, as when a vector is
    multiplied by itself to a number. `.T` does nothing to an array of one axis. Which product of two vectors is a
    matrix?"""
    centred = X - X.mean(axis=0)
    return X.mean(axis=0), np.full(2 * X.shape[1:], (centred**2).sum() / len(X))
