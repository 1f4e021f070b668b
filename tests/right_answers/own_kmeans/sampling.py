import random

import numpy as np


def sample_categorical(weights, n_samples, rng):
    dice = random.Random(int(rng.integers(2**63)))  # Python's own dice, seeded by the generator
    return np.array(dice.choices(range(len(weights)), weights=list(weights), k=n_samples))


def sample_gaussian(mean, covariance, n_samples, rng):
    return rng.multivariate_normal(mean, covariance, size=n_samples, method="svd")


def sample_mixture(weights, means, covariances, n_samples, rng):
    X = np.zeros((n_samples, means.shape[1]))
    labels = rng.choice(len(weights), n_samples, p=weights)
    order = np.argsort(labels, kind="stable")
    counts = np.bincount(labels, minlength=len(weights))
    at = 0
    for k, count in enumerate(counts):
        if count:
            X[order[at : at + count]] = rng.multivariate_normal(means[k], covariances[k], count, method="cholesky")
        at += count
    return X, labels
