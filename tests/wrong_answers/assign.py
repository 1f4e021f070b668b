"""Wrong answers to `assign`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def assign__least_probable(responsibilities):
    """`argmin`: the least probable component."""
    return np.argmin(responsibilities, axis=1)


def assign__none_at_tie(responsibilities):
    """A tie gets the label -1."""
    best = responsibilities == responsibilities.max(axis=1, keepdims=True)
    return np.where(best.sum(axis=1) == 1, best.argmax(axis=1), -1)


def assign__first_above_average(responsibilities):
    """The first component above 1 / K, which need not be the most probable one."""
    return np.argmax(responsibilities >= 1 / responsibilities.shape[1], axis=1)


def assign__floats(responsibilities):
    """The labels are floating-point numbers."""
    labels = np.zeros(len(responsibilities))
    for i, row in enumerate(responsibilities):
        labels[i] = np.argmax(row)
    return labels


def assign__return_in_loop(responsibilities):
    """The return stands inside the loop: only the first sample is labelled."""
    labels = np.zeros(len(responsibilities), dtype=int)
    for i, row in enumerate(responsibilities):
        labels[i] = np.argmax(row)
        return labels[: i + 1]


def assign__median_component(responsibilities):
    """The component at which the cumulative responsibilities pass one half."""
    return (np.cumsum(responsibilities, axis=1) < 0.5).sum(axis=1)


def assign__labels_compressed(responsibilities):
    """Components that win no sample are skipped in the numbering, by `np.unique`."""
    return np.unique(np.argmax(responsibilities, axis=1), return_inverse=True)[1]


def assign__by_size(responsibilities):
    """The labels are renumbered by how many samples each component wins."""
    labels = np.argmax(responsibilities, axis=1)
    order = np.argsort(-np.bincount(labels, minlength=responsibilities.shape[1]), kind="stable")
    return np.argsort(order)[labels]


def assign__rounded_first(responsibilities):
    """The responsibilities are rounded to one digit first, which makes ties of near values."""
    return np.argmax(np.round(responsibilities, 1), axis=1)


def assign__drawn(responsibilities):
    """The label is drawn with the responsibilities as probabilities, from a fixed seed."""
    u = np.random.default_rng(0).random((len(responsibilities), 1))
    return (u > np.cumsum(responsibilities, axis=1)[:, :-1]).sum(axis=1)


def assign__random_at_tie(responsibilities):
    """A tie is decided by chance: tiny noise is added before `argmax`."""
    noise = np.random.default_rng().random(responsibilities.shape) * 1e-9
    return np.argmax(responsibilities + noise, axis=1)


def assign__column(responsibilities):
    """The labels are right, but shape (n, 1)."""
    return np.argmax(responsibilities, axis=1)[:, np.newaxis]
