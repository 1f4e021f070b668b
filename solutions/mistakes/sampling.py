"""Known mistakes of chapter 2: draws from a categorical distribution, a Gaussian and a mixture.

All of them are recognised by their law: what the draws have in common, not the single numbers.
"""

from functools import partial

import numpy as np

from .registry import mistake

law = partial(mistake, kind="law")


def _gaussian(mean, covariance, n_samples, rng):
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


def _members(labels, means, covariances, rng):
    X = np.empty((len(labels), means.shape[1]))
    for k in range(len(means)):
        X[labels == k] = _gaussian(means[k], covariances[k], (labels == k).sum(), rng)
    return X


@law("sample_categorical", row=16)
def sample_categorical_not_cumulated(weights, n_samples, rng):
    """The draws are compared with the weights themselves. Each label owns a stretch of [0, 1] as long as
    its weight, and it begins where the one before ends."""
    return np.searchsorted(weights, rng.random(n_samples))


@law("sample_categorical", row=17)
def sample_categorical_rounded_counts(weights, n_samples, rng):
    """The number of labels is not the number asked for: n times each weight was rounded, and the rounded
    counts need not add up to n. In a random sample the counts are random as well."""
    counts = np.round(n_samples * np.asarray(weights)).astype(int)
    return rng.permutation(np.repeat(np.arange(len(weights)), counts))


@law("sample_categorical", row=17)
def sample_categorical_fixed_counts(weights, n_samples, rng):
    """The counts of the labels are the same in every draw. In a random sample each label is drawn on its
    own, and the counts vary."""
    ends = np.round(n_samples * np.cumsum(weights)).astype(int)
    counts = np.diff(ends, prepend=0)
    counts[-1] += n_samples - ends[-1]
    return rng.permutation(np.repeat(np.arange(len(weights)), counts))


@law("sample_categorical")
def sample_categorical_uniform(weights, n_samples, rng):
    """Every label is equally likely here: the weights play no part."""
    return rng.integers(len(weights), size=n_samples)


@law("sample_categorical", row=21)
def sample_categorical_global_state(weights, n_samples, rng):
    """The same `rng` gives a different draw each time, so the numbers come from somewhere else; `np.random`
    has a global state of its own."""
    return np.random.choice(len(weights), size=n_samples, p=weights)


@law("sample_categorical", row=21)
def sample_categorical_own_seed(weights, n_samples, rng):
    """The draw is the same whatever `rng` is handed over, as with a generator that the function seeds
    itself."""
    rng = np.random.default_rng(0)
    return rng.choice(len(weights), size=n_samples, p=weights)


@law("sample_categorical")
def sample_categorical_weights_returned(weights, n_samples, rng):
    """The draws are weights. Asked for is which component was drawn: its index, a whole number."""
    return rng.choice(weights, size=n_samples, p=weights)


@law("sample_categorical")
def sample_categorical_from_one(weights, n_samples, rng):
    """The labels run from 1 to K; Python counts from 0, so the first component has label 0."""
    return 1 + rng.choice(len(weights), size=n_samples, p=weights)


@law("sample_categorical")
def sample_categorical_one_draw(weights, n_samples, rng):
    """All labels of a sample are equal: one draw was made and repeated. Each sample needs a draw of its
    own."""
    return np.full(n_samples, rng.choice(len(weights), p=weights))


@law("sample_categorical", row=22)
def sample_categorical_sorted(weights, n_samples, rng):
    """The labels come in order, all of component 0 first. Independent draws have no order; only the counts
    of these labels are random."""
    return np.repeat(np.arange(len(weights)), rng.multinomial(n_samples, weights))


@law("sample_categorical")
def sample_categorical_largest_product(weights, n_samples, rng):
    """These are the frequencies one gets when each weight is multiplied by a uniform draw and the largest
    product wins; that favours large weights more than their share."""
    return np.argmax(weights * rng.random((n_samples, len(weights))), axis=1)


@law("sample_gaussian", row=19)
def sample_gaussian_factor_not_transposed(mean, covariance, n_samples, rng):
    """The covariance of the draws is that of the Cholesky factor used the wrong way round. Samples are rows
    here, the formula in books multiplies a column: what does that do to the factor?"""
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance)


@law("sample_gaussian", row=20)
def sample_gaussian_times_covariance(mean, covariance, n_samples, rng):
    """The covariance of the draws is the square of the one asked for: the noise was multiplied by the
    covariance matrix and not by a square root of it."""
    return mean + rng.standard_normal((n_samples, len(mean))) @ covariance


@law("sample_gaussian", row=20)
def sample_gaussian_diagonal_only(mean, covariance, n_samples, rng):
    """Each feature has the right spread, but the features are not correlated: only the diagonal of the
    covariance matrix was used."""
    return mean + rng.standard_normal((n_samples, len(mean))) * np.sqrt(np.diag(covariance))


@law("sample_gaussian", row=20)
def sample_gaussian_root_of_entries(mean, covariance, n_samples, rng):
    """The covariance of the draws is what one gets from the square root of each entry. A square root of a
    matrix is another thing: a factor that gives the matrix back when multiplied by its transpose."""
    root = np.sign(covariance) * np.sqrt(np.abs(covariance))
    return mean + rng.standard_normal((n_samples, len(mean))) @ root


@law("sample_gaussian", row=21)
def sample_gaussian_global_state(mean, covariance, n_samples, rng):
    """The same `rng` gives a different draw each time, so the numbers come from somewhere else; `np.random`
    has a global state of its own."""
    return np.random.multivariate_normal(mean, covariance, size=n_samples)


@law("sample_gaussian", row=21)
def sample_gaussian_own_seed(mean, covariance, n_samples, rng):
    """The draw is the same whatever `rng` is handed over, as with a generator that the function seeds
    itself."""
    return np.random.default_rng(0).multivariate_normal(mean, covariance, size=n_samples)


@law("sample_gaussian")
def sample_gaussian_one_draw_per_row(mean, covariance, n_samples, rng):
    """All samples lie on one line: a single random number moved every feature of a sample. Each feature
    needs a draw of its own."""
    return mean + rng.standard_normal((n_samples, 1)) @ np.sqrt(np.diag(covariance))[np.newaxis]


@law("sample_gaussian", row=1)
def sample_gaussian_variances_as_sds(mean, covariance, n_samples, rng):
    """The features are not correlated, and the variances serve as standard deviations."""
    return rng.normal(mean, np.diag(covariance), size=(n_samples, len(mean)))


@law("sample_gaussian")
def sample_gaussian_mean_forgotten(mean, covariance, n_samples, rng):
    """The draws have the right shape but lie around 0: the mean has not been added."""
    return rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@law("sample_gaussian")
def sample_gaussian_uniform_noise(mean, covariance, n_samples, rng):
    """Mean and covariance are right, but no draw lies far out: the noise is uniform and not normal."""
    noise = rng.uniform(-np.sqrt(3), np.sqrt(3), size=(n_samples, len(mean)))
    return mean + noise @ np.linalg.cholesky(covariance).T


@law("sample_mixture", row=22)
def sample_mixture_grouped(weights, means, covariances, n_samples, rng):
    """The rows are grouped by component. Independent samples come in no order of their labels."""
    labels = np.repeat(np.arange(len(weights)), rng.multinomial(n_samples, weights))
    return _members(labels, means, covariances, rng), labels


@law("sample_mixture", row=23)
def sample_mixture_shuffled_apart(weights, means, covariances, n_samples, rng):
    """The samples of every label have the same mean, that of the whole mixture: `X` and `labels` were
    shuffled apart, so a label no longer names the component of its row."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return rng.permutation(_members(labels, means, covariances, rng)), rng.permutation(labels)


@law("sample_mixture")
def sample_mixture_uniform_labels(weights, means, covariances, n_samples, rng):
    """Every component is drawn equally often: the weights play no part."""
    labels = rng.integers(len(weights), size=n_samples)
    return _members(labels, means, covariances, rng), labels


@law("sample_mixture", row=21)
def sample_mixture_same_noise(weights, means, covariances, n_samples, rng):
    """Every component gets the same noise, as with a generator that is seeded anew for each of them."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    X = np.empty((n_samples, means.shape[1]))
    for k in range(len(weights)):
        X[labels == k] = _gaussian(means[k], covariances[k], (labels == k).sum(), np.random.default_rng(0))
    return X, labels


@law("sample_mixture", row=21)
def sample_mixture_global_state(weights, means, covariances, n_samples, rng):
    """The same `rng` gives a different draw each time, so the numbers come from somewhere else; `np.random`
    has a global state of its own."""
    labels = np.random.choice(len(weights), size=n_samples, p=weights)
    noise = np.random.standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nji->nj", noise, np.linalg.cholesky(covariances)[labels]), labels


@law("sample_mixture", row=21)
def sample_mixture_own_seed(weights, means, covariances, n_samples, rng):
    """The draw is the same whatever `rng` is handed over, as with a generator that the function seeds
    itself."""
    rng = np.random.default_rng(0)
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return _members(labels, means, covariances, rng), labels


@law("sample_mixture", row=6)
def sample_mixture_weighted_sum(weights, means, covariances, n_samples, rng):
    """Each row is a weighted sum of draws from all components, and such a sum is Gaussian: one cloud. In a
    mixture each row comes from one component."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    draws = [_gaussian(mean, covariance, n_samples, rng) for mean, covariance in zip(means, covariances)]
    return np.tensordot(weights, draws, axes=1), labels


@law("sample_mixture", row=17)
def sample_mixture_fixed_counts(weights, means, covariances, n_samples, rng):
    """Each component contributes the same number of rows in every draw. In a random sample each label is
    drawn on its own, and the counts vary."""
    ends = np.round(n_samples * np.cumsum(weights)).astype(int)
    counts = np.diff(ends, prepend=0)
    counts[-1] += n_samples - ends[-1]
    labels = rng.permutation(np.repeat(np.arange(len(weights)), counts))
    return _members(labels, means, covariances, rng), labels


@law("sample_mixture")
def sample_mixture_one_label(weights, means, covariances, n_samples, rng):
    """All rows of a sample come from one component: the label was drawn once and not for each row."""
    labels = np.full(n_samples, rng.choice(len(weights), p=weights))
    return _members(labels, means, covariances, rng), labels


@law("sample_mixture", row=19)
def sample_mixture_factor_not_transposed(weights, means, covariances, n_samples, rng):
    """Within each component the covariance is that of the Cholesky factor used the wrong way round: samples
    are rows here, the formula in books multiplies a column."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    factors = np.linalg.cholesky(covariances)[labels]
    noise = rng.standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nij->nj", noise, factors), labels


@law("sample_mixture")
def sample_mixture_first_covariance(weights, means, covariances, n_samples, rng):
    """Every component has the covariance of the first one; each has its own."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return means[labels] + _gaussian(np.zeros(means.shape[1]), covariances[0], n_samples, rng), labels
