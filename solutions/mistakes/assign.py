"""Known mistakes of `assign`."""

import numpy as np

from .registry import mistake


@mistake("assign")
def assign_majority(responsibilities):
    """The labels are exactly those you get when a component needs more than one half: where none has that much, the
    label is 0. The most probable component may have less."""
    return np.argmax(responsibilities > 0.5, axis=1)


@mistake("assign")
def assign_nobody(responsibilities):
    """Samples get a label only if a component has more than one half. The most probable component may have less."""
    return np.nonzero(responsibilities > 0.5)[1]


@mistake("assign")
def assign_axis(responsibilities):
    """The result is, for each component, the sample with its largest responsibility. Expected is the component of each
    sample. Which axis runs over the components?"""
    return np.argmax(responsibilities, axis=0)


@mistake("assign")
def assign_last_at_tie(responsibilities):
    """The labels are right except at a tie, where they are the highest index. Expected is the lowest."""
    n_components = responsibilities.shape[1]
    return n_components - 1 - np.argmax(responsibilities[:, ::-1], axis=1)


@mistake("assign")
def assign_one_hot(responsibilities):
    """The result is a table of zeros and ones. Expected is one integer for each sample, its label."""
    return np.eye(responsibilities.shape[1], dtype=int)[np.argmax(responsibilities, axis=1)]


@mistake("assign")
def assign_largest_value(responsibilities):
    """The values are exactly the largest responsibilities themselves. Expected is the component they belong to."""
    return responsibilities.max(axis=1)


@mistake("assign")
def assign_from_one(responsibilities):
    """All labels are too large by 1. Python counts from 0, so the first component has label 0."""
    return np.argmax(responsibilities, axis=1) + 1


@mistake("assign")
def assign_average_label(responsibilities):
    """The labels are exactly the average labels, rounded. Labels are names, not amounts: the average of components 0
    and 2 is not component 1."""
    return np.round(responsibilities @ np.arange(responsibilities.shape[1])).astype(int)


@mistake("assign")
def assign_no_axis(responsibilities):
    """The result is one number for the whole table, the place of its largest entry. Expected is a label for each
    sample: along which axis do you search?"""
    return int(np.argmax(responsibilities))


@mistake("assign")
def assign_least_probable(responsibilities):
    """The labels are exactly those of the least probable components. Expected is the most probable one."""
    return np.argmin(responsibilities, axis=1)
