import numpy as np


class AliasTable:
    """Walker's method: every label has a stick of length 1, and shares it with at most one other."""

    def __init__(self, weights):
        K = len(weights)
        self.probability = np.ones(K)
        self.alias = np.arange(K)
        rest = np.array(weights, dtype=float) * K
        small = [k for k in range(K) if rest[k] < 1]
        large = [k for k in range(K) if rest[k] >= 1]
        while small and large:
            s, t = small.pop(), large.pop()
            self.probability[s], self.alias[s] = rest[s], t
            rest[t] -= 1 - rest[s]
            (small if rest[t] < 1 else large).append(t)
        best = int(np.argmax(weights))
        for k in small + large:  # left over by rounding; a weight of 0 must not come
            if weights[k] == 0:
                self.probability[k], self.alias[k] = 0.0, best

    def draw(self, n_samples, rng):
        stick = rng.integers(len(self.alias), size=n_samples)
        return np.where(rng.random(n_samples) < self.probability[stick], stick, self.alias[stick])


class Gaussian:
    def __init__(self, mean, covariance):
        self.mean, self.L = mean, np.linalg.cholesky(covariance)

    def draw(self, n_samples, rng):
        return self.mean + rng.standard_normal((n_samples, len(self.mean))).dot(self.L.T)


def sample_categorical(weights, n_samples, rng):
    return AliasTable(weights).draw(n_samples, rng)


def sample_gaussian(mean, covariance, n_samples, rng):
    return Gaussian(mean, covariance).draw(n_samples, rng)


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = AliasTable(weights).draw(n_samples, rng)
    stocks = [
        iter(Gaussian(mean, covariance).draw(np.count_nonzero(labels == k), rng))
        for k, (mean, covariance) in enumerate(zip(means, covariances))
    ]
    return np.array([next(stocks[label]) for label in labels]), labels
