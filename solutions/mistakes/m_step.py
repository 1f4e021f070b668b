"""Known mistakes of chapter 5: weights, means and covariances from responsibilities, and the objective."""

import numpy as np
from scipy.special import logsumexp, xlogy

from ..likelihood import log_joint, log_likelihood
from ..mixtures import gaussian_log_density
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


def _expected(responsibilities, joint):
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("update_weights")
def update_weights_counts(responsibilities):
    """The values are exactly the expected counts. Weights are shares of all samples: they sum to 1."""
    return responsibilities.sum(axis=0)


@mistake("update_weights")
def update_weights_axis(responsibilities):
    """The values are exactly the mean of each row, which is always 1 / K. A weight belongs to a component: over what
    does it average?"""
    return responsibilities.mean(axis=1)


@mistake("update_weights")
def update_weights_hard_counts(responsibilities):
    """The values are exactly those you get when each sample counts only for its most probable component.
    Responsibilities share a sample among the components."""
    labels = np.argmax(responsibilities, axis=1)
    return np.bincount(labels, minlength=responsibilities.shape[1]) / len(responsibilities)


@mistake("update_weights")
def update_weights_equal(responsibilities):
    """Every weight is 1 / K, whatever the responsibilities are."""
    return np.full(responsibilities.shape[1], 1 / responsibilities.shape[1])


@mistake("update_weights")
def update_weights_divided_by_components(responsibilities):
    """The values are exactly the expected counts divided by the number of components. What do the counts of all
    components add up to?"""
    return responsibilities.sum(axis=0) / responsibilities.shape[1]


@mistake("update_weights")
def update_weights_axis_kept(responsibilities):
    """The values are right, but the result has an extra axis of length 1. Expected is one axis of length K."""
    return responsibilities.mean(axis=0, keepdims=True)


@mistake("update_means")
def update_means_divided_by_n(X, responsibilities):
    """The values are exactly those you get when the weighted sums are divided by the number of samples. A component
    owns only part of the samples, so its mean is pulled toward 0."""
    return responsibilities.T @ X / len(X)


@mistake("update_means")
def update_means_reshaped(X, responsibilities):
    """The values are exactly those you get when the responsibilities are reshaped to (K, n). Reshaping keeps the
    numbers in reading order; it does not exchange rows and columns."""
    rows = responsibilities.reshape(responsibilities.shape[1], -1)
    return rows @ X / _owned(responsibilities)[:, np.newaxis]


@mistake("update_means")
def update_means_not_divided(X, responsibilities):
    """The values are exactly the weighted sums. To get a mean, you still have to divide by what the component owns."""
    return responsibilities.T @ X


@mistake("update_means")
def update_means_hard(X, responsibilities):
    """The values are exactly those you get when each sample belongs wholly to its most probable component.
    Responsibilities share a sample among the components."""
    hard = np.eye(responsibilities.shape[1])[np.argmax(responsibilities, axis=1)]
    with np.errstate(invalid="ignore"):
        return hard.T @ X / _owned(hard)[:, np.newaxis]


@mistake("update_means")
def update_means_no_new_axis(X, responsibilities):
    """The sums, of shape (K, d), are divided by numbers of shape (K,). NumPy lines those up with the features: where
    K = d there is no error, but the values are wrong."""
    return responsibilities.T @ X / _owned(responsibilities)


@mistake("update_means")
def update_means_global(X, responsibilities):
    """Every component has the mean of all samples: the responsibilities have no effect."""
    return np.tile(X.mean(axis=0), (responsibilities.shape[1], 1))


@mistake("update_means")
def update_means_squared_responsibilities(X, responsibilities):
    """The values are exactly those you get when each responsibility is replaced by its square."""
    squares = responsibilities**2
    return squares.T @ X / _owned(squares)[:, np.newaxis]


@mistake("update_means")
def update_means_transposed(X, responsibilities):
    """Rows and columns are exchanged. Expected is a row for each component and a column for each feature."""
    return (responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]).T


@mistake("update_means")
def update_means_last_sample(X, responsibilities):
    """The values are exactly those you get when only the last sample is in the sums, as when each sample replaces the
    sum so far. Every sample adds to it."""
    return np.outer(responsibilities[-1] / _owned(responsibilities), X[-1])


@mistake("update_means")
def update_means_first_only(X, responsibilities):
    """Only the first component has its mean and all other rows are 0, as when the function returns inside its loop
    over the components."""
    means = responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]
    means[1:] = 0
    return means


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


@mistake("expected_log_likelihood")
def expected_log_likelihood_with_entropy(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the entropy of the responsibilities is added. That sum is the
    evidence lower bound (ELBO). This exercise asks for the part without the entropy."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(responsibilities, joint) - float(xlogy(responsibilities, responsibilities).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_without_weights(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the mixing weights are left out."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return _expected(responsibilities, np.stack(columns, axis=1))


@mistake("expected_log_likelihood")
def expected_log_likelihood_zero_times_infinity(X, responsibilities, weights, means, covariances):
    """A component of weight 0 that owns nothing makes the value NaN, as 0 times -inf does in floating point. Such a
    component should contribute 0."""
    return float((responsibilities * log_joint(X, weights, means, covariances)).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_observed(X, responsibilities, weights, means, covariances):
    """The value is exactly the log-likelihood of the mixture: the given responsibilities have no effect."""
    return log_likelihood(X, weights, means, covariances)


@mistake("expected_log_likelihood")
def expected_log_likelihood_mean(X, responsibilities, weights, means, covariances):
    """The value is exactly the mean over the samples. This exercise asks for the sum."""
    return _expected(responsibilities, log_joint(X, weights, means, covariances)) / len(X)


@mistake("expected_log_likelihood")
def expected_log_likelihood_hard(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when each sample counts only for its most probable component. The
    expectation weights every component by its responsibility."""
    joint = log_joint(X, weights, means, covariances)
    return float(joint[np.arange(len(X)), np.argmax(responsibilities, axis=1)].sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_weights_twice(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the responsibilities are multiplied by the weights. The log joint
    contains the weights already."""
    return _expected(responsibilities * weights, log_joint(X, weights, means, covariances))


@mistake("expected_log_likelihood")
def expected_log_likelihood_own_responsibilities(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the responsibilities are computed again from the parameters. Those
    that are given may belong to other parameters, for example to earlier ones."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(np.exp(joint - logsumexp(joint, axis=1, keepdims=True)), joint)


@mistake("expected_log_likelihood")
def expected_log_likelihood_log_outside(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get when the logarithm is taken of the sum over the components. In the
    complete-data log-likelihood the logarithm is inside that sum."""
    joint = log_joint(X, weights, means, covariances)
    return float(logsumexp(joint, axis=1, b=responsibilities).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_base_10(X, responsibilities, weights, means, covariances):
    """The value is exactly the one you get with logarithms to base 10. Expected is the natural logarithm."""
    return _expected(responsibilities, log_joint(X, weights, means, covariances)) / float(np.log(10))
