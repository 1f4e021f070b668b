import numpy as np


def sample_categorical(weights, n_samples, rng):
    return rng.choice(len(weights), p=weights, size=n_samples, replace=True)


def sample_gaussian(mean, covariance, n_samples, rng):
    noise = rng.standard_normal(size=(n_samples, mean.size))
    return np.einsum("ij,nj->ni", np.linalg.cholesky(covariance), noise) + mean


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = sample_categorical(weights, n_samples, rng)
    factors = np.linalg.cholesky(covariances)
    one_hot = np.eye(len(weights))[labels]
    noise = rng.standard_normal((n_samples, means.shape[1]))
    X = np.einsum("nk,kd->nd", one_hot, means) + np.einsum("nij,nj->ni", factors[labels], noise)
    return X, labels
