"""Known mistakes of chapter 5: weights, means and covariances from responsibilities, and the objective."""

import numpy as np
from scipy.special import logsumexp, xlogy

from ..likelihood import log_joint, log_likelihood
from ..mixtures import gaussian_log_density
from .registry import mistake


def _scatter(X, responsibilities, means):
    centred = X[:, np.newaxis] - means
    return np.einsum("nk,nki,nkj->kij", responsibilities, centred, centred)


def _column(values):
    return values[:, np.newaxis, np.newaxis]


def _ridge(X, reg_covar):
    return reg_covar * np.eye(X.shape[1])


def _owned(responsibilities):
    return responsibilities.sum(axis=0)


def _expected(responsibilities, joint):
    possible = responsibilities > 0
    return float((responsibilities[possible] * joint[possible]).sum())


@mistake("update_weights")
def update_weights_counts(responsibilities):
    """These are exactly the expected counts; weights are shares of all samples and sum to 1."""
    return responsibilities.sum(axis=0)


@mistake("update_weights")
def update_weights_axis(responsibilities):
    """The mean was taken within each sample, where it is always 1 / K. A weight belongs to a component:
    over which axis does it average?"""
    return responsibilities.mean(axis=1)


@mistake("update_weights")
def update_weights_hard_counts(responsibilities):
    """These are exactly the shares of the hard labels: each sample was counted for its most probable
    component alone."""
    labels = np.argmax(responsibilities, axis=1)
    return np.bincount(labels, minlength=responsibilities.shape[1]) / len(responsibilities)


@mistake("update_weights")
def update_weights_equal(responsibilities):
    """All weights are equal, whatever the responsibilities say."""
    n_components = responsibilities.shape[1]
    return np.full(n_components, 1 / n_components)


@mistake("update_weights")
def update_weights_divided_by_components(responsibilities):
    """These are exactly the expected counts divided by the number of components; the counts of all
    components add up to something else."""
    return responsibilities.sum(axis=0) / responsibilities.shape[1]


@mistake("update_weights")
def update_weights_axis_kept(responsibilities):
    """The numbers are right, but an axis of length 1 was kept; one axis of length K is due."""
    return responsibilities.mean(axis=0, keepdims=True)


@mistake("update_means")
def update_means_divided_by_n(X, responsibilities):
    """These are exactly the values one gets when the sums are divided by the number of samples; a component
    owns only a part of them, so its mean shrinks towards 0."""
    return responsibilities.T @ X / len(X)


@mistake("update_means")
def update_means_reshaped(X, responsibilities):
    """These are exactly the values one gets when the responsibilities are reshaped to (K, n). Reshaping
    fills rows in reading order; it does not exchange the axes."""
    rows = responsibilities.reshape(responsibilities.shape[1], -1)
    return rows @ X / _owned(responsibilities)[:, np.newaxis]


@mistake("update_means")
def update_means_not_divided(X, responsibilities):
    """These are exactly the weighted sums; to be means they still have to be divided by what each component
    owns."""
    return responsibilities.T @ X


@mistake("update_means")
def update_means_hard(X, responsibilities):
    """These are exactly the means of the hard labels: each sample was given wholly to its most probable
    component."""
    hard = np.eye(responsibilities.shape[1])[np.argmax(responsibilities, axis=1)]
    with np.errstate(invalid="ignore"):
        return hard.T @ X / _owned(hard)[:, np.newaxis]


@mistake("update_means")
def update_means_no_new_axis(X, responsibilities):
    """The sums, (K, d), are divided by numbers of shape (K,), which NumPy lines up with the features; where
    K = d it does so in silence."""
    return responsibilities.T @ X / _owned(responsibilities)


@mistake("update_means")
def update_means_global(X, responsibilities):
    """Every component got the mean of all samples: the responsibilities play no part."""
    return np.tile(X.mean(axis=0), (responsibilities.shape[1], 1))


@mistake("update_means")
def update_means_squared_responsibilities(X, responsibilities):
    """These are exactly the values one gets when the responsibilities count twice, as squares."""
    squares = responsibilities**2
    return squares.T @ X / _owned(squares)[:, np.newaxis]


@mistake("update_means")
def update_means_transposed(X, responsibilities):
    """Rows and columns are exchanged: a row is due for each component, a column for each feature."""
    return (responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]).T


@mistake("update_covariances")
def update_covariances_divided_by_n(X, responsibilities, means, reg_covar=1e-6):
    """These are exactly the values one gets when the scatter is divided by the number of samples; a
    component owns only a part of them."""
    return _scatter(X, responsibilities, means) / len(X) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_unbiased(X, responsibilities, means, reg_covar=1e-6):
    """These are exactly the values one gets when 1 is taken off the denominator, as for an unbiased
    estimate; EM maximises the likelihood."""
    return _scatter(X, responsibilities, means) / _column(_owned(responsibilities) - 1) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_own_means(X, responsibilities, means, reg_covar=1e-6):
    """The scatter was taken about means that the function worked out itself; the argument `means` says
    about which ones."""
    owned = _owned(responsibilities)
    own_means = responsibilities.T @ X / owned[:, np.newaxis]
    return _scatter(X, responsibilities, own_means) / _column(owned) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_moments_less_means(X, responsibilities, means, reg_covar=1e-6):
    """These are exactly the second moments less the products of the given means. That shortcut holds for
    one choice of means only; the scatter is asked for about any."""
    moments = _scatter(X, responsibilities, np.zeros_like(means)) / _column(_owned(responsibilities))
    return moments - means[:, :, np.newaxis] * means[:, np.newaxis] + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_squared_responsibilities(X, responsibilities, means, reg_covar=1e-6):
    """These are exactly the values one gets when both factors of the product carry the responsibility, so
    that it counts as a square."""
    return _scatter(X, responsibilities**2, means) / _column(_owned(responsibilities)) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_variances_only(X, responsibilities, means, reg_covar=1e-6):
    """The diagonals are right and everything beside them is 0: squares were taken, but no products of
    different features."""
    covariances = _scatter(X, responsibilities, means) / _column(_owned(responsibilities))
    return covariances * np.eye(X.shape[1]) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_sds(X, responsibilities, means, reg_covar=1e-6):
    """The diagonals hold standard deviations; variances are due there, and covariances beside them."""
    covariances = _scatter(X, responsibilities, means) / _column(_owned(responsibilities))
    return np.sqrt(covariances * np.eye(X.shape[1])) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_reg_everywhere(X, responsibilities, means, reg_covar=1e-6):
    """`reg_covar` was added to every entry; it belongs on the diagonal."""
    return _scatter(X, responsibilities, means) / _column(_owned(responsibilities)) + reg_covar


@mistake("update_covariances")
def update_covariances_without_reg(X, responsibilities, means, reg_covar=1e-6):
    """All is right but that `reg_covar` is missing from the diagonal; without it a component that shrinks
    to one point breaks the next E-step."""
    return _scatter(X, responsibilities, means) / _column(_owned(responsibilities))


@mistake("update_covariances")
def update_covariances_global_mean(X, responsibilities, means, reg_covar=1e-6):
    """These are exactly the values one gets when every component is scattered about the mean of all
    samples; each has a mean of its own."""
    global_means = np.tile(X.mean(axis=0), (len(means), 1))
    return _scatter(X, responsibilities, global_means) / _column(_owned(responsibilities)) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_pooled(X, responsibilities, means, reg_covar=1e-6):
    """All components share one covariance matrix, pooled over them (scikit-learn's "tied"); here each has
    its own."""
    pooled = _scatter(X, responsibilities, means).sum(axis=0) / len(X) + _ridge(X, reg_covar)
    return np.tile(pooled, (len(means), 1, 1))


@mistake("update_covariances")
def update_covariances_in_place(X, responsibilities, means, reg_covar=1e-6):
    """The first component is right, the later ones are not, and `X` has changed: `-=` moved the samples
    themselves, and each component moved them again."""
    covariances = []
    for mean, shares in zip(means, responsibilities.T):
        X -= mean
        covariances.append((shares[:, np.newaxis] * X).T @ X / shares.sum() + _ridge(X, reg_covar))
    return np.array(covariances)


@mistake("update_covariances")
def update_covariances_not_divided(X, responsibilities, means, reg_covar=1e-6):
    """This is exactly the weighted scatter as a sum; to be a covariance it still has to be divided by what
    the component owns."""
    return _scatter(X, responsibilities, means) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_unweighted(X, responsibilities, means, reg_covar=1e-6):
    """Every sample counts fully for every component, and n divides: the responsibilities are left out. A
    component counts a sample by its share."""
    return _scatter(X, np.ones_like(responsibilities), means) / len(X) + _ridge(X, reg_covar)


@mistake("update_covariances")
def update_covariances_unweighted_scatter(X, responsibilities, means, reg_covar=1e-6):
    """What divides is right, but in the scatter above it every sample counts fully for every component; a
    component counts a sample by its share."""
    scatter = _scatter(X, np.ones_like(responsibilities), means)
    return scatter / _column(_owned(responsibilities)) + _ridge(X, reg_covar)


@mistake("expected_log_likelihood")
def expected_log_likelihood_with_entropy(X, responsibilities, weights, means, covariances):
    """The entropy of the responsibilities has been added. That sum is another useful quantity, but this one
    stops before the entropy."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(responsibilities, joint) - float(xlogy(responsibilities, responsibilities).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_without_weights(X, responsibilities, weights, means, covariances):
    """This is exactly the value one gets when the mixing weights are left out."""
    columns = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return _expected(responsibilities, np.stack(columns, axis=1))


@mistake("expected_log_likelihood")
def expected_log_likelihood_zero_times_infinity(X, responsibilities, weights, means, covariances):
    """A component of weight 0 that owns nothing makes the value NaN, because 0 times -inf has no value in
    floating point. Such a component should contribute 0."""
    return float((responsibilities * log_joint(X, weights, means, covariances)).sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_observed(X, responsibilities, weights, means, covariances):
    """This is exactly the log-likelihood of the mixture; the responsibilities handed over play no part in
    it."""
    return log_likelihood(X, weights, means, covariances)


@mistake("expected_log_likelihood")
def expected_log_likelihood_mean(X, responsibilities, weights, means, covariances):
    """This is exactly the mean over the samples; this exercise asks for the sum."""
    return _expected(responsibilities, log_joint(X, weights, means, covariances)) / len(X)


@mistake("expected_log_likelihood")
def expected_log_likelihood_hard(X, responsibilities, weights, means, covariances):
    """Each sample counted for its most probable component alone; the expectation weighs all of them by
    their responsibilities."""
    joint = log_joint(X, weights, means, covariances)
    return float(joint[np.arange(len(X)), np.argmax(responsibilities, axis=1)].sum())


@mistake("expected_log_likelihood")
def expected_log_likelihood_weights_twice(X, responsibilities, weights, means, covariances):
    """The weights count twice: they multiply the responsibilities, and they are in the log joint
    already."""
    return _expected(responsibilities * weights, log_joint(X, weights, means, covariances))


@mistake("expected_log_likelihood")
def expected_log_likelihood_own_responsibilities(X, responsibilities, weights, means, covariances):
    """The responsibilities were worked out anew from the parameters; the expectation is over those handed
    over, which may belong to older parameters."""
    joint = log_joint(X, weights, means, covariances)
    return _expected(np.exp(joint - logsumexp(joint, axis=1, keepdims=True)), joint)


@mistake("expected_log_likelihood")
def expected_log_likelihood_log_outside(X, responsibilities, weights, means, covariances):
    """The logarithm was taken of the sum over the components; in the complete-data log-likelihood it stands
    inside that sum."""
    joint = log_joint(X, weights, means, covariances)
    return float(logsumexp(joint, axis=1, b=responsibilities).sum())
