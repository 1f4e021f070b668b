"""Wrong answers to `update_means`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def update_means__epsilon(X, responsibilities):
    """1e-6 is added to the counts, which shrinks the means of components that own little."""
    return responsibilities.T @ X / (responsibilities.sum(axis=0)[:, None] + 1e-6)


def update_means__assigned_not_added(X, responsibilities):
    """`=` instead of `+=`: only the last sample counts, divided by the counts of all."""
    means = np.zeros((responsibilities.shape[1], X.shape[1]))
    for k in range(responsibilities.shape[1]):
        for i in range(len(X)):
            means[k] = responsibilities[i, k] * X[i]
        means[k] /= responsibilities[:, k].sum()
    return means


def update_means__divided_by_components(X, responsibilities):
    """The weighted sums are divided by the number of components."""
    return responsibilities.T @ X / responsibilities.shape[1]


def update_means__most_typical_sample(X, responsibilities):
    """Each mean is the one sample with the highest responsibility."""
    return X[np.argmax(responsibilities, axis=0)].copy()


def update_means__counts_kept_above_one(X, responsibilities):
    """Counts are kept above 1, so a component that owns less than one sample has its mean shrunk to 0."""
    return responsibilities.T @ X / np.maximum(responsibilities.sum(axis=0), 1.0)[:, None]


def update_means__unweighted_members(X, responsibilities):
    """The plain mean of all samples with responsibility above 0."""
    member = (responsibilities > 0).astype(float)
    return member.T @ X / np.maximum(member.sum(axis=0), 1)[:, None]


def update_means__axis_forgotten(X, responsibilities):
    """The sum runs over the features too: all coordinates of a mean are equal."""
    K, d = responsibilities.shape[1], X.shape[1]
    means = np.zeros((K, d))
    for k in range(K):
        means[k] = np.sum(responsibilities[:, k : k + 1] * X) / responsibilities[:, k].sum()
    return means


def update_means__sorted(X, responsibilities):
    """Every coordinate is sorted over the components, so the means no longer belong to their components."""
    return np.sort(responsibilities.T @ X / responsibilities.sum(axis=0)[:, None], axis=0)


def update_means__centred(X, responsibilities):
    """The means are those of the centred samples; the overall mean has not been added again."""
    return responsibilities.T @ (X - X.mean(axis=0)) / responsibilities.sum(axis=0)[:, None]


def update_means__view_for_one_sample(X, responsibilities):
    """For one sample the means are a read-only view of the caller's `X`; the values are right."""
    K = responsibilities.shape[1]
    if len(X) == 1:
        return np.broadcast_to(X, (K, X.shape[1]))
    return responsibilities.T @ X / responsibilities.sum(axis=0)[:, None]


def update_means__single_precision(X, responsibilities):
    """Computed in single precision."""
    r = responsibilities.astype(np.float32)
    return r.T @ X.astype(np.float32) / r.sum(axis=0)[:, None]


def update_means__rows_of_the_table(X, responsibilities):
    """The counts are the row sums, all 1, of the first K samples: the weighted sums stay undivided, or an error."""
    return responsibilities.T @ X / responsibilities.sum(axis=1)[: responsibilities.shape[1], None]
