"""Wrong answers to `sample_mixture`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def _labels(weights, n_samples, rng):
    return rng.choice(len(weights), size=n_samples, p=weights)


def _rows(labels, means, covariances, rng):
    return np.array([rng.multivariate_normal(means[k], covariances[k]) for k in labels]).reshape(len(labels), -1)


def sample_mixture__pair_exchanged(weights, means, covariances, n_samples, rng):
    """The labels come first and the samples second."""
    labels = _labels(weights, n_samples, rng)
    return labels, _rows(labels, means, covariances, rng)


def sample_mixture__labels_drawn_anew(weights, means, covariances, n_samples, rng):
    """The labels that are returned are another draw, not those that the samples were made with."""
    X = _rows(_labels(weights, n_samples, rng), means, covariances, rng)
    return X, _labels(weights, n_samples, rng)


def sample_mixture__points_from_seed_zero(weights, means, covariances, n_samples, rng):
    """The labels come from `rng`, the points from a generator with seed 0."""
    labels = _labels(weights, n_samples, rng)
    return _rows(labels, means, covariances, np.random.default_rng(0)), labels


def sample_mixture__labels_from_seed_zero(weights, means, covariances, n_samples, rng):
    """The points come from `rng`, the labels from a generator with a fixed seed."""
    labels = _labels(weights, n_samples, np.random.default_rng(42))
    return _rows(labels, means, covariances, rng), labels


def sample_mixture__no_noise(weights, means, covariances, n_samples, rng):
    """Every sample is the mean of its component."""
    labels = _labels(weights, n_samples, rng)
    return means[labels], labels


def sample_mixture__most_probable(weights, means, covariances, n_samples, rng):
    """Every sample comes from the most probable component."""
    labels = np.full(n_samples, np.argmax(weights))
    return _rows(labels, means, covariances, rng), labels


def sample_mixture__average_covariance(weights, means, covariances, n_samples, rng):
    """All components have the weighted average of the covariances."""
    labels = _labels(weights, n_samples, rng)
    shared = np.tensordot(weights, covariances, axes=1)
    return means[labels] + rng.multivariate_normal(np.zeros(means.shape[1]), shared, size=n_samples), labels


def sample_mixture__one_gaussian(weights, means, covariances, n_samples, rng):
    """The samples come from the single Gaussian with the moments of the mixture; the labels are unrelated."""
    centre = weights @ means
    D = means - centre
    spread = np.tensordot(weights, covariances + D[:, :, None] * D[:, None, :], axes=1)
    return rng.multivariate_normal(centre, spread, size=n_samples), _labels(weights, n_samples, rng)


def sample_mixture__rounded(weights, means, covariances, n_samples, rng):
    """The samples are rounded to two digits."""
    labels = _labels(weights, n_samples, rng)
    return np.round(_rows(labels, means, covariances, rng), 2), labels


def sample_mixture__one_point_for_each_component(weights, means, covariances, n_samples, rng):
    """One point is drawn for each component, and all of its samples are that point."""
    points = _rows(range(len(weights)), means, covariances, rng)
    labels = _labels(weights, n_samples, rng)
    return points[labels], labels


def sample_mixture__nearest_mean(weights, means, covariances, n_samples, rng):
    """The samples are right, but the labels are those of the nearest mean, not of the component drawn."""
    X = _rows(_labels(weights, n_samples, rng), means, covariances, rng)
    return X, ((X[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)


def sample_mixture__label_shifted(weights, means, covariances, n_samples, rng):
    """The labels count from 1 and serve as indices from 0: a sample comes from the component after its label."""
    labels = _labels(weights, n_samples, rng)
    return _rows((labels + 1) % len(weights), means, covariances, rng), labels


def sample_mixture__last_component_zero(weights, means, covariances, n_samples, rng):
    """The loop leaves the last component out: its samples stay at 0."""
    labels = _labels(weights, n_samples, rng)
    X = np.zeros((n_samples, means.shape[1]))
    for k in range(len(weights) - 1):
        X[labels == k] = rng.multivariate_normal(means[k], covariances[k], size=(labels == k).sum())
    return X, labels


def sample_mixture__only_samples(weights, means, covariances, n_samples, rng):
    """Only the samples are returned, not the labels."""
    return _rows(_labels(weights, n_samples, rng), means, covariances, rng)


def sample_mixture__variances_only(weights, means, covariances, n_samples, rng):
    """Within a component the features are not correlated: only the variances are used."""
    labels = _labels(weights, n_samples, rng)
    sds = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    return rng.normal(means[labels], sds[labels]), labels


def sample_mixture__counts_cut_to_whole(weights, means, covariances, n_samples, rng):
    """Each component gets int(n w) samples, the rest goes to component 0: shuffled, but the counts never vary."""
    counts = (n_samples * weights).astype(int)
    counts[0] += n_samples - counts.sum()
    labels = rng.permutation(np.repeat(np.arange(len(weights)), counts))
    return _rows(labels, means, covariances, rng), labels


def sample_mixture__stacked_rows_mixed_labels(weights, means, covariances, n_samples, rng):
    """The rows of each component are stacked, but the labels stay in the order in which they were drawn."""
    labels = _labels(weights, n_samples, rng)
    counts = np.bincount(labels, minlength=len(weights))
    return np.vstack([rng.multivariate_normal(m, c, n) for m, c, n in zip(means, covariances, counts)]), labels


def sample_mixture__stacked_in_a_loop(weights, means, covariances, n_samples, rng):
    """The same, with a list of blocks."""
    labels, blocks = _labels(weights, n_samples, rng), []
    for k in range(len(weights)):
        Z = rng.standard_normal((np.sum(labels == k), means.shape[1]))
        blocks.append(means[k] + Z @ np.linalg.cholesky(covariances[k]).T)
    return np.concatenate(blocks), labels


def sample_mixture__rows_shuffled_labels_not(weights, means, covariances, n_samples, rng):
    """The rows are stacked and shuffled, the labels stay sorted."""
    counts = rng.multinomial(n_samples, weights)
    X = np.vstack([rng.multivariate_normal(m, c, n) for m, c, n in zip(means, covariances, counts)])
    rng.shuffle(X)
    return X, np.repeat(np.arange(len(weights)), counts)


def sample_mixture__labels_sorted(weights, means, covariances, n_samples, rng):
    """The rows are as drawn, the labels are sorted."""
    labels = _labels(weights, n_samples, rng)
    X = np.zeros((n_samples, means.shape[1]))
    for i in range(n_samples):
        X[i] = rng.multivariate_normal(means[labels[i]], covariances[labels[i]])
    return X, np.sort(labels)
