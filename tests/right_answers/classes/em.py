from dataclasses import astuple, dataclass

import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit, e_step, likelihood, m_step


class KMeansStart:
    name = "kmeans"

    def __call__(self, X, K, rng):
        labels = KMeans(K, n_init=1, random_state=int(rng.integers(2**32))).fit_predict(X)
        return np.array([np.bincount([label], minlength=K) for label in labels], dtype=float)


class RandomStart:
    name = "random"

    def __call__(self, X, K, rng):
        draws = rng.random((len(X), K))
        return draws / draws.sum(axis=1).reshape(-1, 1)


STARTS = {start.name: start for start in (KMeansStart(), RandomStart())}


@dataclass
class State:
    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray

    @classmethod
    def maximising(cls, X, shares, reg_covar):
        means = np.asarray(m_step.update_means(X, shares))
        return cls(m_step.update_weights(shares), means, m_step.update_covariances(X, shares, means, reg_covar))

    def expect(self, X):
        return np.asarray(e_step.responsibilities(X, self.weights, self.means, self.covariances))

    def score(self, X):
        return likelihood.log_likelihood(X, self.weights, self.means, self.covariances) / len(X)


class EM:
    def __init__(self, X, state, reg_covar):
        self.X, self.state, self.reg_covar, self.trace = X, state, reg_covar, []

    def iterate(self):
        self.trace.append(self.state.score(self.X))
        self.state = State.maximising(self.X, self.state.expect(self.X), self.reg_covar)

    @property
    def gain(self):
        return self.trace[-1] - self.trace[-2] if len(self.trace) > 1 else np.inf

    def run(self, max_iter, tol):
        while len(self.trace) < max_iter:
            self.iterate()
            if self.gain < tol:
                return True
        return False


def initialize(X, n_components, rng, init_params="kmeans"):
    try:
        start = STARTS[init_params]
    except KeyError:
        raise ValueError(f"init_params is one of {sorted(STARTS)}") from None
    return start(X, n_components, rng)


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    shares = np.asarray(initialize(X, n_components, rng, init_params))
    em = EM(X, State.maximising(X, shares, reg_covar), reg_covar)
    converged = em.run(max_iter, tol)
    return Fit(*astuple(em.state), log_likelihoods=np.array(em.trace), converged=converged)
