import numpy as np


def sample_categorical(weights, n_samples, rng):
    with np.errstate(divide="ignore"):
        log_weights = np.log(weights)
    # the largest of log weight plus Gumbel noise
    return np.argmax(log_weights + rng.gumbel(size=(n_samples, len(weights))), axis=1)


def symmetric_root(covariance):
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T


def sample_gaussian(mean, covariance, n_samples, rng):
    return rng.normal(size=(n_samples, mean.shape[0])) @ symmetric_root(covariance) + mean


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = sample_categorical(weights, n_samples, rng)
    roots = [symmetric_root(c) for c in covariances]
    noise = rng.normal(size=(n_samples, means.shape[1]))
    return np.array([means[k] + roots[k] @ e for k, e in zip(labels, noise)]), labels
