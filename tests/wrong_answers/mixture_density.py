"""Wrong answers to `mixture_density`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def _bell(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def mixture_density__assigned_not_added(x, weights, means, variances):
    """`=` instead of `+=` in the loop: only the last component is left."""
    total = np.zeros(len(x))
    for w, m, v in zip(weights, means, variances):
        total = w * _bell(x, m, v)
    return total


def mixture_density__return_in_loop(x, weights, means, variances):
    """The return is indented one level too deep: only the first component counts."""
    total = np.zeros(len(x))
    for w, m, v in zip(weights, means, variances):
        total += w * _bell(x, m, v)
        return total


def mixture_density__last_component_missing(x, weights, means, variances):
    """The loop runs over K - 1 components."""
    total = np.zeros(len(x))
    for k in range(len(weights) - 1):
        total += weights[k] * _bell(x, means[k], variances[k])
    return total


def mixture_density__sums_to_one(x, weights, means, variances):
    """The values are divided by their sum over the samples."""
    total = sum(w * _bell(x, m, v) for w, m, v in zip(weights, means, variances))
    return total / total.sum()


def mixture_density__geometric(x, weights, means, variances):
    """The weights are exponents: a geometric mean of the components, not a weighted sum."""
    return np.prod([_bell(x, m, v) ** w for w, m, v in zip(weights, means, variances)], axis=0)


def mixture_density__weights_by_largest(x, weights, means, variances):
    """The weights are divided by the largest of them, so the area is above 1."""
    shares = weights / weights.max()
    return _bell(x[:, None], means, variances) @ shares


def mixture_density__first_variance(x, weights, means, variances):
    """All components have the variance of the first."""
    return _bell(x[:, None], means, variances[0]) @ weights


def mixture_density__clipped(x, weights, means, variances):
    """The right values, cut off at 1."""
    return np.clip(_bell(x[:, None], means, variances) @ weights, 0, 1)


def mixture_density__epsilon(x, weights, means, variances):
    """1e-6 is added to every value, against a later logarithm of 0."""
    return _bell(x[:, None], means, variances) @ weights + 1e-6


def mixture_density__means_sorted(x, weights, means, variances):
    """The means are sorted, but not the weights and variances that belong to them."""
    return _bell(x[:, None], np.sort(means), variances) @ weights


def mixture_density__exponent_not_halved(x, weights, means, variances):
    """The exponent of every component is not halved."""
    d = (x[:, None] - means) ** 2
    return (weights * np.exp(-d / variances) / np.sqrt(2 * np.pi * variances)).sum(axis=1)


def mixture_density__single_precision_table(x, weights, means, variances):
    """The table of densities is stored in single precision before it is summed."""
    table = np.zeros((len(x), len(weights)), dtype=np.float32)
    for k in range(len(weights)):
        table[:, k] = _bell(x, means[k], variances[k])
    return table @ weights.astype(np.float32)


def mixture_density__root_of_all_variances(x, weights, means, variances):
    """The factor in front has the sum of all variances under its root."""
    bumps = np.exp(-((x[:, None] - means) ** 2) / (2 * variances))
    return bumps @ weights / np.sqrt(2 * np.pi * variances.sum())


def mixture_density__assigned_sample_by_sample(x, weights, means, variances):
    """`=` instead of `+=` in the inner of two loops."""
    density = np.zeros(len(x))
    for i in range(len(x)):
        for k in range(len(weights)):
            density[i] = weights[k] * _bell(x[i], means[k], variances[k])
    return density
