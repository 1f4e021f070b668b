import numpy as np


def sample_categorical(weights, n_samples, rng):
    K = len(weights)
    labels = np.zeros(n_samples, dtype=int)
    for i in range(n_samples):
        u = rng.random()
        total = 0.0
        for k in range(K):
            if weights[k] == 0:
                continue
            total += weights[k]
            labels[i] = k
            if u < total:
                break
    return labels


def sample_gaussian(mean, covariance, n_samples, rng):
    d = len(mean)
    L = np.linalg.cholesky(covariance)
    X = np.zeros((n_samples, d))
    for i in range(n_samples):
        eps = rng.standard_normal(d)
        X[i] = mean + np.dot(L, eps)
    return X


def sample_mixture(weights, means, covariances, n_samples, rng):
    d = means.shape[1]
    labels = sample_categorical(weights, n_samples, rng)
    X = np.zeros((n_samples, d))
    for i in range(n_samples):
        k = labels[i]
        X[i] = sample_gaussian(means[k], covariances[k], 1, rng)[0]
    return X, labels
