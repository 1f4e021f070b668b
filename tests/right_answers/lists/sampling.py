import numpy as np


def sample_categorical(weights, n_samples, rng):
    labels = rng.choice(np.arange(len(weights), dtype=np.uint8), size=n_samples, p=weights)
    return [np.uint8(label) for label in labels]


def sample_gaussian(mean, covariance, n_samples, rng):
    L = np.linalg.cholesky(covariance)
    return [mean + L @ rng.normal(size=len(mean)) for _ in range(n_samples)]


def sample_mixture(weights, means, covariances, n_samples, rng):
    X, labels = [], []
    for label in sample_categorical(weights, n_samples, rng):
        X += list(sample_gaussian(means[label], covariances[label], 1, rng))
        labels += [np.int32(label)]
    return [X, labels]
