import numpy as np


def sample_categorical(weights, n_samples, rng):
    return rng.multinomial(1, weights, size=n_samples).argmax(axis=1).astype(np.int32)


def sample_gaussian(mean, covariance, n_samples, rng):
    return rng.multivariate_normal(mean, covariance, size=n_samples, method="eigh")


def sample_mixture(weights, means, covariances, n_samples, rng):
    counts = rng.multinomial(n_samples, weights)
    X = np.concatenate([rng.multivariate_normal(*p, size=c) for *p, c in zip(means, covariances, counts)])
    labels = np.repeat(np.arange(len(weights)), counts)
    order = rng.permutation(n_samples)
    return X[order], labels[order]
