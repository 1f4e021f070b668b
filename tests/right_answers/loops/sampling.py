import numpy as np


def sample_categorical(weights, n_samples, rng):
    labels = []
    for _ in range(n_samples):
        u, k = rng.random(), 0
        while k < len(weights) - 1 and u >= weights[: k + 1].sum():
            k += 1
        labels.append(k)
    return np.array(labels, dtype=np.uint8)


def sample_gaussian(mean, covariance, n_samples, rng):
    root = np.linalg.cholesky(covariance)
    return [list(mean + root @ rng.standard_normal(len(mean))) for _ in range(n_samples)]


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels, rows = [], []
    for _ in range(n_samples):
        k = int(sample_categorical(weights, 1, rng)[0])
        labels.append(k)
        rows.append(sample_gaussian(means[k], covariances[k], 1, rng)[0])
    return np.array(rows), labels
