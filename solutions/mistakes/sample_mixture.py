"""Known mistakes of `sample_mixture`.

They are recognised by their law: what the draws have in common, not the single numbers.
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


@mistake("sample_mixture")
def sample_mixture_rows_grouped(weights, means, covariances, n_samples, rng):
    """The rows of `X` are grouped by component, but the labels are in random order: a label does not name the
    component of its row. For example, the rows of each component are stacked while the labels stay as drawn."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return _members(np.sort(labels), means, covariances, rng), labels


@mistake("sample_mixture")
def sample_mixture_labels_grouped(weights, means, covariances, n_samples, rng):
    """The labels are sorted, but the rows of `X` are in random order: a label does not name the component of its
    row. For example, only the labels are sorted, or only `X` is shuffled."""
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return _members(labels, means, covariances, rng), np.sort(labels)
