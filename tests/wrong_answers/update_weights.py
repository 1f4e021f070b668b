"""Wrong answers to `update_weights`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def update_weights__counts_above_zero(responsibilities):
    """The share of samples with any responsibility above 0."""
    return (responsibilities > 0).mean(axis=0)


def update_weights__counts_above_one_half(responsibilities):
    """The share of samples of which a component owns more than one half; others count for nobody."""
    return (responsibilities > 0.5).sum(axis=0) / len(responsibilities)


def update_weights__smoothed(responsibilities):
    """One sample is added to every component, as a Laplace estimate does."""
    n, K = responsibilities.shape
    return (responsibilities.sum(axis=0) + 1) / (n + K)


def update_weights__clipped(responsibilities):
    """Weights are kept above 0.05 and normalised again."""
    w = np.clip(responsibilities.mean(axis=0), 0.05, None)
    return w / w.sum()


def update_weights__clipped_not_normalised(responsibilities):
    """Weights are kept above 1e-3, after which they no longer sum to 1."""
    return np.maximum(responsibilities.mean(axis=0), 1e-3)


def update_weights__divided_by_n_minus_one(responsibilities):
    """The counts are divided by n - 1; with one sample by 0."""
    return responsibilities.sum(axis=0) / (len(responsibilities) - 1)


def update_weights__by_largest(responsibilities):
    """The counts are divided by the largest of them."""
    counts = responsibilities.sum(axis=0)
    return counts / counts.max()


def update_weights__softmax_of_counts(responsibilities):
    """A softmax of the counts, where they should be divided by their sum."""
    counts = responsibilities.sum(axis=0)
    return np.exp(counts - counts.max()) / np.exp(counts - counts.max()).sum()


def update_weights__median(responsibilities):
    """The median over the samples, not the mean."""
    return np.median(responsibilities, axis=0)


def update_weights__squares(responsibilities):
    """The responsibilities are squared first."""
    squares = (responsibilities**2).sum(axis=0)
    return squares / squares.sum()


def update_weights__single_precision(responsibilities):
    """Computed in single precision."""
    return responsibilities.astype(np.float32).mean(axis=0)


def update_weights__last_from_the_others(responsibilities):
    """The sum over samples leaves the first sample out; the last weight is 1 minus the others."""
    w = responsibilities[1:].sum(axis=0) / len(responsibilities)
    w[-1] = 1 - w[:-1].sum()
    return w
