import numpy as np


def sample_categorical(weights, n_samples, rng):
    labels = np.empty(n_samples, dtype=np.uint8)
    for i in range(n_samples):
        left = rng.random()
        for k, weight in enumerate(weights):
            labels[i] = k
            left -= weight
            if left < 0:
                break
    return labels


def sample_gaussian(mean, covariance, n_samples, rng):
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(values)
    return [list(mean + root @ [rng.normal() for _ in mean]) for _ in range(n_samples)]


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = rng.choice(len(weights), size=n_samples, p=weights).astype(np.int32)
    X = [rng.multivariate_normal(means[label], covariances[label]) for label in labels]
    return np.array(X), labels
