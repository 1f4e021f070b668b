import numpy as np


def sample_categorical(weights, n_samples, rng):
    u = rng.random((n_samples, 1))
    return np.sum(u >= np.cumsum(weights)[np.newaxis, :-1], axis=1)


def sample_gaussian(mean, covariance, n_samples, rng):
    L = np.linalg.cholesky(covariance)
    noise = rng.standard_normal((n_samples, 1, len(mean)))
    return mean + np.sum(L * noise, axis=2)


def sample_mixture(weights, means, covariances, n_samples, rng):
    K, d = means.shape
    labels = sample_categorical(weights, n_samples, rng)
    noise = rng.standard_normal((n_samples, K, d, 1))
    everyone = means + (np.linalg.cholesky(covariances) @ noise)[..., 0]  # a draw from every component
    chosen = np.take_along_axis(everyone, labels[:, None, None], axis=1)
    return chosen[:, 0, :], labels
