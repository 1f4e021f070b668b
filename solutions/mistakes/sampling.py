"""Known mistakes of chapter 2: draws from a categorical distribution, a Gaussian and a mixture.

All of them are recognised by their law: what the draws have in common, not the single numbers.
"""

import numpy as np

from .registry import mistake


def _gaussian(mean, covariance, n_samples, rng):
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


def _members(labels, means, covariances, rng):
    X = np.empty((len(labels), means.shape[1]))
    for k in range(len(means)):
        X[labels == k] = _gaussian(means[k], covariances[k], (labels == k).sum(), rng)
    return X


@mistake("sample_categorical")
def sample_categorical_not_cumulated(weights, n_samples, rng):
    """The labels are what `np.searchsorted` gives on the weights themselves. Each label owns a part of [0, 1] as
    long as its weight, and that part begins where the one before it ends."""
    return np.searchsorted(weights, rng.random(n_samples))


@mistake("sample_categorical")
def sample_categorical_rounded_counts(weights, n_samples, rng):
    """The number of labels is not `n_samples`: it is the sum of n times each weight, rounded, and rounded counts
    need not add up to n. In a random sample the counts are random as well."""
    counts = np.round(n_samples * np.asarray(weights)).astype(int)
    return rng.permutation(np.repeat(np.arange(len(weights)), counts))


@mistake("sample_categorical")
def sample_categorical_fixed_counts(weights, n_samples, rng):
    """The counts of the labels are the same in every draw. In a random sample each label is drawn by itself, so the
    counts vary."""
    ends = np.round(n_samples * np.cumsum(weights)).astype(int)
    counts = np.diff(ends, prepend=0)
    counts[-1] += n_samples - ends[-1]
    return rng.permutation(np.repeat(np.arange(len(weights)), counts))


@mistake("sample_categorical")
def sample_categorical_uniform(weights, n_samples, rng):
    """Every label is equally likely, whatever the weights are."""
    return rng.integers(len(weights), size=n_samples)


@mistake("sample_categorical")
def sample_categorical_global_state(weights, n_samples, rng):
    """Two calls with equal `rng` give different labels, so random numbers come from somewhere else, for example
    from `np.random` or a generator without a seed."""
    return np.random.choice(len(weights), size=n_samples, p=weights)


@mistake("sample_categorical")
def sample_categorical_own_seed(weights, n_samples, rng):
    """The labels are the same whatever `rng` is given, for example because the function makes its own generator
    with a fixed seed."""
    rng = np.random.default_rng(0)
    return rng.choice(len(weights), size=n_samples, p=weights)


@mistake("sample_categorical")
def sample_categorical_weights_returned(weights, n_samples, rng):
    """The function returns weights. Expected is the index of the component that was drawn, an integer."""
    return rng.choice(weights, size=n_samples, p=weights)


@mistake("sample_categorical")
def sample_categorical_from_one(weights, n_samples, rng):
    """The labels run from 1 to K. Python counts from 0, so the first component has label 0."""
    return 1 + rng.choice(len(weights), size=n_samples, p=weights)


@mistake("sample_categorical")
def sample_categorical_one_draw(weights, n_samples, rng):
    """All labels of one call are equal, and another `rng` gives another label: one draw is used for all samples.
    Each sample needs its own draw."""
    return np.full(n_samples, rng.choice(len(weights), p=weights))


@mistake("sample_categorical")
def sample_categorical_most_probable(weights, n_samples, rng):
    """Every label is the most probable one. A random label is drawn in proportion to its weight, so the others
    occur as well."""
    return np.full(n_samples, np.argmax(weights))


@mistake("sample_categorical")
def sample_categorical_first_weight_above(weights, n_samples, rng):
    """The label frequencies are those of the first weight that is above a uniform draw, and label 0 where none is.
    Each label owns a part of [0, 1] that begins where the one before it ends."""
    return (rng.random((n_samples, 1)) < weights).argmax(axis=1)


@mistake("sample_categorical")
def sample_categorical_sorted(weights, n_samples, rng):
    """The labels are sorted: all of component 0 come first. Independent draws have no order."""
    return np.repeat(np.arange(len(weights)), rng.multinomial(n_samples, weights))


@mistake("sample_categorical")
def sample_categorical_largest_product(weights, n_samples, rng):
    """The label frequencies are those you get when each weight is multiplied by a uniform draw and the largest
    product wins. That favors large weights beyond their share."""
    return np.argmax(weights * rng.random((n_samples, len(weights))), axis=1)


@mistake("sample_gaussian")
def sample_gaussian_factor_not_transposed(mean, covariance, n_samples, rng):
    """The covariance of the draws is that of the Cholesky factor used the wrong way round. Here samples are rows;
    the formula in books multiplies a column. What does that change for the factor?"""
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance)


@mistake("sample_gaussian")
def sample_gaussian_times_covariance(mean, covariance, n_samples, rng):
    """The covariance of the draws is the square of the one that was asked for, as when the noise is multiplied by
    the covariance matrix and not by a square root of it."""
    return mean + rng.standard_normal((n_samples, len(mean))) @ covariance


@mistake("sample_gaussian")
def sample_gaussian_diagonal_only(mean, covariance, n_samples, rng):
    """Each feature has the right spread, but the features are not correlated, as when only the diagonal of the
    covariance is used."""
    return mean + rng.standard_normal((n_samples, len(mean))) * np.sqrt(np.diag(covariance))


@mistake("sample_gaussian")
def sample_gaussian_root_of_entries(mean, covariance, n_samples, rng):
    """The covariance of the draws is what the square root of each entry gives. A square root of a matrix is
    different: a factor that gives the matrix back when it is multiplied by its transpose."""
    root = np.sign(covariance) * np.sqrt(np.abs(covariance))
    return mean + rng.standard_normal((n_samples, len(mean))) @ root


@mistake("sample_gaussian")
def sample_gaussian_global_state(mean, covariance, n_samples, rng):
    """Two calls with equal `rng` give different samples, so random numbers come from somewhere else, for example
    from `np.random`, a generator without a seed, or SciPy without `random_state`."""
    return np.random.multivariate_normal(mean, covariance, size=n_samples)


@mistake("sample_gaussian")
def sample_gaussian_own_seed(mean, covariance, n_samples, rng):
    """The samples are the same whatever `rng` is given, for example because the function makes its own generator
    with a fixed seed."""
    return np.random.default_rng(0).multivariate_normal(mean, covariance, size=n_samples)


@mistake("sample_gaussian")
def sample_gaussian_one_draw_per_row(mean, covariance, n_samples, rng):
    """All samples are on one line, as when a single random number moves every feature of a sample. Each feature
    needs its own draw."""
    return mean + rng.standard_normal((n_samples, 1)) @ np.sqrt(np.diag(covariance))[np.newaxis]


@mistake("sample_gaussian")
def sample_gaussian_variances_as_sds(mean, covariance, n_samples, rng):
    """The features are not correlated, and their standard deviations are the variances that were asked for."""
    return rng.normal(mean, np.diag(covariance), size=(n_samples, len(mean)))


@mistake("sample_gaussian")
def sample_gaussian_mean_forgotten(mean, covariance, n_samples, rng):
    """The samples have the right covariance, but they are centered at 0 and not at the mean."""
    return rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_uniform_noise(mean, covariance, n_samples, rng):
    """Mean and covariance are right, but no sample is far out: the noise is distributed like uniform noise, not
    normal."""
    noise = rng.uniform(-np.sqrt(3), np.sqrt(3), size=(n_samples, len(mean)))
    return mean + noise @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_uniform_from_zero(mean, covariance, n_samples, rng):
    """The samples are distributed like those of uniform noise between 0 and 1, as `rng.random` draws it. Expected
    is standard normal noise."""
    return mean + rng.random((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_identical_rows(mean, covariance, n_samples, rng):
    """All samples of one call are equal, and another `rng` gives another one: one draw is repeated. Each sample
    needs its own draw."""
    return np.tile(_gaussian(mean, covariance, 1, rng), (n_samples, 1))


@mistake("sample_gaussian")
def sample_gaussian_no_noise(mean, covariance, n_samples, rng):
    """Every sample is the mean itself: no noise is added to it."""
    return np.tile(mean, (n_samples, 1))


@mistake("sample_gaussian")
def sample_gaussian_zeros(mean, covariance, n_samples, rng):
    """All samples are 0, as in an array that is created and never filled."""
    return np.zeros((n_samples, len(mean)))


@mistake("sample_mixture")
def sample_mixture_grouped(weights, means, covariances, n_samples, rng):
    """The rows are grouped by component. Independent samples come in no particular order of their labels."""
    labels = np.repeat(np.arange(len(weights)), rng.multinomial(n_samples, weights))
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_shuffled_apart(weights, means, covariances, n_samples, rng):
    """The samples of every label have the mean of the whole mixture: a label does not name the component of its
    row, for example because `X` and `labels` are shuffled separately, or the labels are drawn again."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return rng.permutation(_members(labels, means, covariances, rng)), rng.permutation(labels)


@mistake("sample_mixture")
def sample_mixture_uniform_labels(weights, means, covariances, n_samples, rng):
    """Every component is equally likely, whatever the weights are."""
    labels = rng.integers(len(weights), size=n_samples)
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_same_noise(weights, means, covariances, n_samples, rng):
    """Every component gets the same noise, as from a generator that starts again with the same seed for each of
    them."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    X = np.empty((n_samples, means.shape[1]))
    for k in range(len(weights)):
        X[labels == k] = _gaussian(means[k], covariances[k], (labels == k).sum(), np.random.default_rng(0))
    return X, labels


@mistake("sample_mixture")
def sample_mixture_global_state(weights, means, covariances, n_samples, rng):
    """Two calls with equal `rng` give different results, so random numbers come from somewhere else, for example
    from `np.random` or a generator without a seed."""
    labels = np.random.choice(len(weights), size=n_samples, p=weights)
    noise = np.random.standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nji->nj", noise, np.linalg.cholesky(covariances)[labels]), labels


@mistake("sample_mixture")
def sample_mixture_own_seed(weights, means, covariances, n_samples, rng):
    """Samples and labels are the same whatever `rng` is given, for example because the function makes its own
    generator with a fixed seed."""
    rng = np.random.default_rng(0)
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_points_own_seed(weights, means, covariances, n_samples, rng):
    """The labels come from `rng`, but the noise of the samples is the same for every `rng`, for example because it
    comes from a generator with a fixed seed."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    noise = np.random.default_rng(0).standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nji->nj", noise, np.linalg.cholesky(covariances)[labels]), labels


@mistake("sample_mixture")
def sample_mixture_no_noise(weights, means, covariances, n_samples, rng):
    """Every row is the mean of its component: no noise is added to it."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return means[labels], labels


@mistake("sample_mixture")
def sample_mixture_most_probable(weights, means, covariances, n_samples, rng):
    """Every row comes from the most probable component. A label is drawn in proportion to its weight, so the other
    components occur as well."""
    labels = np.full(n_samples, np.argmax(weights))
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_weighted_sum(weights, means, covariances, n_samples, rng):
    """For every label the samples are distributed like a weighted sum of draws from all components, which is one
    Gaussian. In a mixture each row comes from one component."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    draws = [_gaussian(mean, covariance, n_samples, rng) for mean, covariance in zip(means, covariances)]
    return np.tensordot(weights, draws, axes=1), labels


@mistake("sample_mixture")
def sample_mixture_fixed_counts(weights, means, covariances, n_samples, rng):
    """Each component gets the same number of rows in every call. In a random sample each label is drawn by itself,
    so the counts vary."""
    ends = np.round(n_samples * np.cumsum(weights)).astype(int)
    counts = np.diff(ends, prepend=0)
    counts[-1] += n_samples - ends[-1]
    labels = rng.permutation(np.repeat(np.arange(len(weights)), counts))
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_one_label(weights, means, covariances, n_samples, rng):
    """All rows of one call come from one component, and another `rng` gives another one: one label is used for all
    rows."""
    labels = np.full(n_samples, rng.choice(len(weights), p=weights))
    return _members(labels, means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_factor_not_transposed(weights, means, covariances, n_samples, rng):
    """Within each component the covariance is that of the Cholesky factor used the wrong way round: here samples
    are rows; the formula in books multiplies a column."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    factors = np.linalg.cholesky(covariances)[labels]
    noise = rng.standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nij->nj", noise, factors), labels


@mistake("sample_mixture")
def sample_mixture_first_covariance(weights, means, covariances, n_samples, rng):
    """Every component has the covariance of component 0. Each has its own."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return means[labels] + _gaussian(np.zeros(means.shape[1]), covariances[0], n_samples, rng), labels
