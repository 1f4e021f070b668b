"""Known mistakes of `update_covariances`."""

import numpy as np

from .registry import mistake


def _scatter(X, responsibilities, means):
    centered = X[:, np.newaxis] - means
    return np.einsum("nk,nki,nkj->kij", responsibilities, centered, centered)


def _owned(responsibilities):
    return responsibilities.sum(axis=0)


def _divided(scatter, owned, reg_covar):
    return scatter / np.reshape(owned, (-1, 1, 1)) + reg_covar * np.eye(scatter.shape[-1])


def _covariances(X, responsibilities, means, reg_covar):
    return _divided(_scatter(X, responsibilities, means), _owned(responsibilities), reg_covar)


@mistake("update_covariances")
def update_covariances_divided_by_n(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when the scatter is divided by the number of samples. A component owns only
    part of the samples."""
    return _divided(_scatter(X, responsibilities, means), len(X), reg_covar)


@mistake("update_covariances")
def update_covariances_unbiased(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when 1 is subtracted from the denominator, as in an unbiased estimate. EM
    maximizes the likelihood, which needs no such correction."""
    return _divided(_scatter(X, responsibilities, means), _owned(responsibilities) - 1, reg_covar)


@mistake("update_covariances")
def update_covariances_own_means(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when the weighted means are computed again, and the scatter is about
    those. The argument `means` says which means to use."""
    own_means = responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]
    return _covariances(X, responsibilities, own_means, reg_covar)


@mistake("update_covariances")
def update_covariances_np_cov(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those of `np.cov` with `aweights`: about weighted means of its own instead of the given
    `means`, and with a correction for an unbiased estimate, which the maximum of the likelihood does without."""
    found = [np.cov(X, rowvar=False, aweights=one).reshape(2 * X.shape[1:]) for one in responsibilities.T]
    return np.array(found) + reg_covar * np.eye(X.shape[1])


@mistake("update_covariances")
def update_covariances_moments_less_means(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly the second moments minus the products of the given means. That shortcut is valid only
    for the weighted means, but the scatter is about any means that are given."""
    moments = _covariances(X, responsibilities, np.zeros_like(means), reg_covar)
    return moments - means[:, :, np.newaxis] * means[:, np.newaxis]


@mistake("update_covariances")
def update_covariances_squared_responsibilities(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when the responsibility is squared in the scatter, as when both factors of
    the product carry it."""
    return _divided(_scatter(X, responsibilities**2, means), _owned(responsibilities), reg_covar)


@mistake("update_covariances")
def update_covariances_variances_only(X, responsibilities, means, reg_covar=1e-6):
    """The variances are right and all covariances are 0, as when differences are squared but different features are
    never multiplied with each other."""
    return _covariances(X, responsibilities, means, reg_covar) * np.eye(X.shape[1])


@mistake("update_covariances")
def update_covariances_sds(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get with standard deviations on the diagonal and 0 elsewhere. Expected are
    variances on the diagonal, and covariances elsewhere."""
    variances = _covariances(X, responsibilities, means, 0.0) * np.eye(X.shape[1])
    return np.sqrt(variances) + reg_covar * np.eye(X.shape[1])


@mistake("update_covariances")
def update_covariances_reg_everywhere(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when `reg_covar` is added to every entry. It belongs on the diagonal."""
    return _covariances(X, responsibilities, means, 0.0) + reg_covar


@mistake("update_covariances")
def update_covariances_without_reg(X, responsibilities, means, reg_covar=1e-6):
    """Everything is right, except that `reg_covar` is missing from the diagonal. Without it, a component that shrinks
    to one point breaks the next E-step."""
    return _covariances(X, responsibilities, means, 0.0)


@mistake("update_covariances")
def update_covariances_reg_fixed(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when 1e-6 is added to the diagonal, whatever `reg_covar` is."""
    return _covariances(X, responsibilities, means, 1e-6)


@mistake("update_covariances")
def update_covariances_global_mean(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when the scatter of every component is about the mean of all samples. Each
    component has its own mean."""
    return _covariances(X, responsibilities, np.tile(X.mean(axis=0), (len(means), 1)), reg_covar)


@mistake("update_covariances")
def update_covariances_pooled(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when all components share one covariance matrix, averaged over them
    (scikit-learn calls this "tied"). Here each has its own."""
    pooled = _scatter(X, responsibilities, means).sum(axis=0, keepdims=True)
    return np.tile(_divided(pooled, len(X), reg_covar), (len(means), 1, 1))


@mistake("update_covariances")
def update_covariances_in_place(X, responsibilities, means, reg_covar=1e-6):
    """The first component is right, any later ones are not, and `X` is changed, as when `-=` moves the samples
    themselves: each component then begins with samples that have already moved."""
    covariances = []
    for mean, shares in zip(means, responsibilities.T):
        X -= mean
        covariances.append((shares[:, np.newaxis] * X).T @ X / shares.sum() + reg_covar * np.eye(X.shape[1]))
    return np.array(covariances)


@mistake("update_covariances")
def update_covariances_not_divided(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly the weighted scatter as a sum. To get a covariance, you still have to divide by what the
    component owns."""
    return _divided(_scatter(X, responsibilities, means), 1, reg_covar)


@mistake("update_covariances")
def update_covariances_unweighted(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when every sample counts fully for every component: the responsibilities
    have no effect. A component counts a sample by its share."""
    return _divided(_scatter(X, np.ones_like(responsibilities), means), len(X), reg_covar)


@mistake("update_covariances")
def update_covariances_unweighted_scatter(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when the denominator is right, but in the scatter every sample counts
    fully for every component. A component counts a sample by its share."""
    return _divided(_scatter(X, np.ones_like(responsibilities), means), _owned(responsibilities), reg_covar)


@mistake("update_covariances")
def update_covariances_last_sample(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when only the last sample is in the scatter, as when each sample replaces
    the sum so far. Every sample adds to it."""
    return _divided(_scatter(X[-1:], responsibilities[-1:], means), _owned(responsibilities), reg_covar)


@mistake("update_covariances")
def update_covariances_first_only(X, responsibilities, means, reg_covar=1e-6):
    """Only the first component has its covariance matrix and all other matrices are 0, as when the function returns
    inside its loop over the components."""
    covariances = _covariances(X, responsibilities, means, reg_covar)
    covariances[1:] = 0
    return covariances


@mistake("update_covariances")
def update_covariances_not_centred(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when no mean is subtracted: weighted averages of the products themselves.
    A covariance is about the component's mean."""
    return _covariances(X, responsibilities, np.zeros_like(means), reg_covar)


@mistake("update_covariances")
def update_covariances_reg_divided(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when `reg_covar` is added to the scatter and divided with it. It belongs on
    the diagonal of the result, whatever the component owns."""
    scatter = _scatter(X, responsibilities, means) + reg_covar * np.eye(X.shape[1])
    return _divided(scatter, _owned(responsibilities), 0.0)


@mistake("update_covariances")
def update_covariances_spherical(X, responsibilities, means, reg_covar=1e-6):
    """The values are exactly those you get when each component has one variance, the average over the features, and no
    covariances (scikit-learn calls this "spherical"). Expected is a full matrix for each component."""
    traces = np.einsum("kii->k", _scatter(X, responsibilities, means))
    variances = traces / _owned(responsibilities) / X.shape[1]
    return (variances[:, np.newaxis, np.newaxis] + reg_covar) * np.eye(X.shape[1])


@mistake("update_covariances")
def update_covariances_variances_in_each_row(X, responsibilities, means, reg_covar=1e-6):
    """But for `reg_covar`, every row of a matrix holds the variances, as when d numbers are assigned to a whole (d, d)
    matrix: NumPy repeats them for each row. The variances belong on the diagonal; off it are averages of products of
    different features."""
    variances = np.einsum("kii->ki", _covariances(X, responsibilities, means, 0.0))
    repeated = np.repeat(variances[:, np.newaxis], X.shape[1], axis=1)
    return repeated + reg_covar * np.eye(X.shape[1])


@mistake("update_covariances")
def update_covariances_inner_product(X, responsibilities, means, reg_covar=1e-6):
    """But for `reg_covar`, every entry of a matrix is the same number: the weighted mean of the squared distances, as
    when a vector is multiplied by itself to a number. `.T` does nothing to an array of one axis. Which product of two
    vectors is a matrix?"""
    squares = np.einsum("kii->k", _scatter(X, responsibilities, means)) / _owned(responsibilities)
    return np.full((len(means), *2 * X.shape[1:]), squares[:, np.newaxis, np.newaxis]) + reg_covar * np.eye(X.shape[1])
