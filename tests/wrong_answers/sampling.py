"""Wrong answers to chapter 2, as strangers write them. Each docstring says what is wrong."""

import random

import numpy as np
from scipy import stats


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


def sample_gaussian__uniform_from_zero(mean, covariance, n_samples, rng):
    """The noise is uniform on [0, 1): not normal, not centred and too narrow."""
    return mean + rng.random((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__identical_rows(mean, covariance, n_samples, rng):
    """One draw is made and repeated in every row."""
    row = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(len(mean))
    return np.tile(row, (n_samples, 1))


def sample_gaussian__no_noise(mean, covariance, n_samples, rng):
    """Every row is the mean."""
    return np.repeat(mean[np.newaxis], n_samples, axis=0)


def sample_gaussian__zeros(mean, covariance, n_samples, rng):
    """The array is made and returned without being filled."""
    X = np.zeros((n_samples, len(mean)))
    for row in X:
        row = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(len(mean))  # noqa: F841
    return X


def sample_gaussian__precision(mean, covariance, n_samples, rng):
    """The factor is that of the inverse of the covariance."""
    L = np.linalg.cholesky(np.linalg.inv(covariance))
    return mean + rng.standard_normal((n_samples, len(mean))) @ L.T


def sample_gaussian__eigenvectors_not_transposed(mean, covariance, n_samples, rng):
    """The eigenvector factor stands the wrong way round: uncorrelated features with the eigenvalues as variances."""
    values, vectors = np.linalg.eigh(covariance)
    return mean + rng.standard_normal((n_samples, len(mean))) @ (vectors * np.sqrt(values))


def sample_gaussian__rounded(mean, covariance, n_samples, rng):
    """The samples are rounded to three digits."""
    return rng.multivariate_normal(mean, covariance, size=n_samples).round(3)


def sample_gaussian__mean_multiplied(mean, covariance, n_samples, rng):
    """The mean is added before the multiplication, so it is multiplied by the factor too."""
    return (mean + rng.standard_normal((n_samples, len(mean)))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__absolute_noise(mean, covariance, n_samples, rng):
    """The absolute value of the noise is used: no draw falls below the mean of the first feature."""
    return mean + np.abs(rng.standard_normal((n_samples, len(mean)))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__heavy_tails(mean, covariance, n_samples, rng):
    """Student's t with 5 degrees of freedom, scaled to variance 1: mean and covariance are right, the law is not."""
    noise = rng.standard_t(5, size=(n_samples, len(mean))) * np.sqrt(3 / 5)
    return mean + noise @ np.linalg.cholesky(covariance).T


def sample_gaussian__clipped_noise(mean, covariance, n_samples, rng):
    """Noise beyond 2 standard deviations is cut off."""
    noise = np.clip(rng.standard_normal((n_samples, len(mean))), -2, 2)
    return mean + noise @ np.linalg.cholesky(covariance).T


def sample_gaussian__columns(mean, covariance, n_samples, rng):
    """The samples stand in columns, shape (d, n)."""
    return mean[:, None] + np.linalg.cholesky(covariance) @ rng.standard_normal((len(mean), n_samples))


def sample_gaussian__random_walk(mean, covariance, n_samples, rng):
    """`mean +=` moves the caller's mean, and every row begins where the one before ended."""
    L, rows = np.linalg.cholesky(covariance), []
    for _ in range(n_samples):
        mean += L @ rng.standard_normal(len(mean))
        rows.append(mean.copy())
    return np.array(rows)


def sample_gaussian__scipy_global_state(mean, covariance, n_samples, rng):
    """SciPy draws from NumPy's global state, since `random_state` is not handed over."""
    return stats.multivariate_normal(mean, covariance).rvs(size=n_samples).reshape(n_samples, len(mean))


def sample_gaussian__single_precision(mean, covariance, n_samples, rng):
    """Noise, factor and result are in single precision."""
    noise = rng.standard_normal((n_samples, len(mean)), dtype=np.float32)
    return mean.astype(np.float32) + noise @ np.linalg.cholesky(covariance).T.astype(np.float32)


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
