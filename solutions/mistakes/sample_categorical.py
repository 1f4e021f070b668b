"""Known mistakes of `sample_categorical`.

They are recognised by their law: what the draws have in common, not the single numbers.
"""

import numpy as np

from .registry import mistake


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


@mistake("sample_categorical")
def sample_categorical_rounded_in_order(weights, n_samples, rng):
    """Nothing is drawn from `rng`: each label is repeated n times its weight, rounded. Such counts need not add up to
    n, and in a random sample they are random."""
    return np.repeat(np.arange(len(weights)), np.round(n_samples * np.asarray(weights)).astype(int))
