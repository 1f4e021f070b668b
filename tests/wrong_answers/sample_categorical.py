"""Wrong answers to `sample_categorical`, as strangers write them. Each docstring says what is wrong."""

import random

import numpy as np


def sample_categorical__first_weight_above(weights, n_samples, rng):
    """Each draw takes the first component whose weight exceeds it, and label 0 if none does; nothing is cumulated."""
    u = rng.random((n_samples, 1))
    return (u < weights).argmax(axis=1)


def sample_categorical__draw_for_each_component(weights, n_samples, rng):
    """A fresh draw is made for each component in turn, so label k has probability w[k] times those of the refusals."""
    labels = np.full(n_samples, len(weights) - 1)
    for i in range(n_samples):
        for k, weight in enumerate(weights):
            if rng.random() < weight:
                labels[i] = k
                break
    return labels


def sample_categorical__cumprod(weights, n_samples, rng):
    """`cumprod` stands where `cumsum` is meant."""
    ends = np.cumprod(weights)[::-1]
    return np.minimum(np.searchsorted(ends, rng.random(n_samples)), len(weights) - 1)


def sample_categorical__most_probable(weights, n_samples, rng):
    """Always the most probable label."""
    return np.full(n_samples, np.argmax(weights))


def sample_categorical__sorted_weights(weights, n_samples, rng):
    """The weights are sorted first, and the labels refer to the sorted order."""
    ends = np.cumsum(np.sort(weights)[::-1])
    return np.minimum(np.searchsorted(ends, rng.random(n_samples), side="right"), len(weights) - 1)


def sample_categorical__one_scalar(weights, n_samples, rng):
    """`size` is missing: a single label comes back, not an array."""
    return rng.choice(len(weights), p=weights)


def sample_categorical__floats(weights, n_samples, rng):
    """The labels are floating-point numbers."""
    labels = np.zeros(n_samples)
    for i in range(n_samples):
        labels[i] = rng.choice(len(weights), p=weights)
    return labels


def sample_categorical__without_replacement(weights, n_samples, rng):
    """Drawn without replacement: raises where more samples than components are asked for."""
    return rng.choice(len(weights), size=n_samples, replace=False, p=weights)


def sample_categorical__python_seeded_with_zero(weights, n_samples, rng):
    """Python's own generator with the fixed seed 0: `rng` plays no part."""
    return np.array(random.Random(0).choices(range(len(weights)), weights=weights, k=n_samples))


def sample_categorical__systematic(weights, n_samples, rng):
    """One uniform draw, spread evenly and shuffled: the counts hardly vary, the labels are not independent."""
    u = (np.arange(n_samples) + rng.random()) / n_samples
    labels = np.minimum(np.searchsorted(np.cumsum(weights), u, side="right"), len(weights) - 1)
    return rng.permutation(labels)


def sample_categorical__softmax(weights, n_samples, rng):
    """The weights are put through a softmax first, which makes them more equal."""
    p = np.exp(weights) / np.exp(weights).sum()
    return rng.choice(len(weights), size=n_samples, p=p)


def sample_categorical__one_hot(weights, n_samples, rng):
    """A table of zeros and ones comes back, not the labels."""
    return rng.multinomial(1, weights, size=n_samples)


def sample_categorical__smoothed(weights, n_samples, rng):
    """0.01 is added to every weight, so a component of weight 0 can come."""
    p = (weights + 0.01) / (weights + 0.01).sum()
    return rng.choice(len(weights), size=n_samples, p=p)


def sample_categorical__cumulates_in_place(weights, n_samples, rng):
    """The labels are right, but the caller's weights are overwritten by their cumulative sums."""
    np.cumsum(weights, out=weights)
    labels = np.searchsorted(weights, rng.random(n_samples) * weights[-1], side="right")
    return np.minimum(labels, len(weights) - 1)


def sample_categorical__rounded_counts_in_order(weights, n_samples, rng):
    """Each label is repeated n w times, rounded; nothing is drawn."""
    return np.repeat(np.arange(len(weights)), np.rint(n_samples * np.asarray(weights)).astype(int))


def sample_categorical__rounded_counts_in_a_loop(weights, n_samples, rng):
    """The same, label by label."""
    labels = []
    for k, weight in enumerate(weights):
        labels += [k] * round(n_samples * weight)
    return np.array(labels)


def sample_categorical__rounded_counts_shuffled(weights, n_samples, rng):
    """The rounded counts in random order."""
    labels = np.repeat(np.arange(len(weights)), np.round(n_samples * np.asarray(weights)).astype(int))
    rng.shuffle(labels)
    return labels
