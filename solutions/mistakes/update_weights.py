"""Known mistakes of `update_weights`."""

import numpy as np

from .registry import mistake


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
