import numpy as np
from scipy import stats


def sample_categorical(weights, n_samples, rng):
    law = stats.rv_discrete(name="labels", values=(np.arange(len(weights)), weights))
    return np.atleast_1d(law.rvs(size=n_samples, random_state=rng))


def sample_gaussian(mean, covariance, n_samples, rng):
    law = stats.multivariate_normal(mean, covariance)
    return law.rvs(size=n_samples, random_state=rng).reshape(n_samples, len(mean))


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = stats.multinomial.rvs(1, weights, size=n_samples, random_state=rng) @ np.arange(len(weights))
    laws = [stats.multivariate_normal(m, c) for m, c in zip(means, covariances)]
    X = np.vstack([laws[k].rvs(random_state=rng).reshape(1, -1) for k in labels])
    return X, labels
