import numpy as np
import scipy.linalg


def sample_categorical(weights, n_samples, rng):
    inner = np.cumsum(weights)[:-1]
    labels = np.searchsorted(inner, rng.random(n_samples), side="right")
    return np.minimum(labels, np.flatnonzero(weights)[-1])


def sample_gaussian(mean, covariance, n_samples, rng):
    L = scipy.linalg.cholesky(covariance, lower=True)
    E = rng.standard_normal((len(mean), n_samples))
    return (mean[:, None] + L @ E).T


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = sample_categorical(weights, n_samples, rng)
    E = rng.standard_normal((n_samples, means.shape[1], 1))
    L = np.linalg.cholesky(covariances)
    return means[labels] + (L[labels] @ E)[..., 0], labels
