"""Chapter 2, Sampling: the reference."""

import numpy as np


def sample_categorical(weights, n_samples, rng):
    """Draw component labels with the given probabilities (exercise 2.1)."""
    cumulative = np.cumsum(weights)
    # The last sum may come out a rounding error below 1, and a uniform draw above it would get label K.
    cumulative /= cumulative[-1]
    return np.searchsorted(cumulative, rng.random(n_samples), side="right")


def sample_gaussian(mean, covariance, n_samples, rng):
    """Draw samples from a multivariate normal distribution (exercise 2.2)."""
    cholesky = np.linalg.cholesky(covariance)
    return mean + rng.standard_normal((n_samples, len(mean))) @ cholesky.T


def sample_mixture(weights, means, covariances, n_samples, rng):
    """Draw samples from a Gaussian mixture, with the component that each one comes from (exercise 2.3)."""
    labels = sample_categorical(weights, n_samples, rng)
    X = np.empty((n_samples, means.shape[1]))
    for k, (mean, covariance) in enumerate(zip(means, covariances)):
        members = labels == k
        X[members] = sample_gaussian(mean, covariance, members.sum(), rng)
    return X, labels
