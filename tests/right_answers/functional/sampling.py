from itertools import accumulate

import numpy as np


def sample_categorical(weights, n_samples, rng):
    possible = [k for k, weight in enumerate(weights) if weight > 0]
    ends = list(accumulate(weights[k] for k in possible))

    def label(u):
        return next((k for k, end in zip(possible, ends) if u < end), possible[-1])

    return np.array(list(map(label, rng.random(n_samples))), dtype=np.intp)


def sample_gaussian(mean, covariance, n_samples, rng):
    L = np.linalg.cholesky(covariance)
    return np.apply_along_axis(lambda e: mean + L @ e, 1, rng.standard_normal((n_samples, len(mean))))


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = sample_categorical(weights, n_samples, rng)
    rows = [sample_gaussian(means[k], covariances[k], 1, rng)[0] for k in labels]
    return np.stack(rows), labels
