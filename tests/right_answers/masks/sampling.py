import numpy as np


def sample_categorical(weights, n_samples, rng):
    possible = np.where(weights > 0)[0]
    u = rng.uniform(size=n_samples)
    labels = np.full(n_samples, possible[-1])
    upper = 1.0
    for k in possible[::-1]:
        labels = np.where(u < upper, k, labels)
        upper = upper - weights[k]
    return labels


def sample_gaussian(mean, covariance, n_samples, rng):
    """Feature by feature: each from its law given the features drawn so far."""
    X = np.zeros((n_samples, len(mean)))
    for j in range(len(mean)):
        if j == 0:
            centre, variance = mean[0], covariance[0, 0]
        else:
            slopes = np.linalg.solve(covariance[:j, :j], covariance[:j, j])
            centre = mean[j] + (X[:, :j] - mean[:j]) @ slopes
            variance = covariance[j, j] - covariance[j, :j] @ slopes
        X[:, j] = rng.normal(centre, np.sqrt(variance), size=n_samples)
    return X


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = np.asarray(sample_categorical(weights, n_samples, rng))
    X = np.zeros((n_samples, means.shape[1]))
    for k in range(len(weights)):
        draws = np.asarray(sample_gaussian(means[k], covariances[k], n_samples, rng))
        X = np.where((labels == k)[:, None], draws, X)
    return X, labels
