import numpy as np
from scipy.cluster.vq import kmeans, vq

import gmmlearn
from gmmlearn import e_step, likelihood, m_step


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "random":
        rows = rng.uniform(0.0, 1.0, (len(X), n_components))
        return rows / np.linalg.norm(rows, ord=1, axis=1, keepdims=True)
    if init_params == "kmeans":
        if len(np.unique(X, axis=0)) < n_components:
            labels = np.arange(len(X)) % n_components
        else:
            centres = []
            while len(centres) < n_components:  # SciPy drops a centre that loses all of its samples
                centres, _ = kmeans(X, n_components, iter=12, rng=rng)
            labels, _ = vq(X, centres)
        return np.identity(n_components).take(labels, axis=0)
    raise ValueError("init_params: either 'kmeans' or 'random'")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    shares = np.asarray(initialize(X, n_components, rng, init_params), dtype=float)
    log_likelihoods, last, finished = [], -np.inf, False
    while True:
        means = np.asarray(m_step.update_means(X, shares))
        weights = np.asarray(m_step.update_weights(shares))
        covariances = np.asarray(m_step.update_covariances(X, shares, means, reg_covar))
        if finished or len(log_likelihoods) == max_iter:
            break
        value = likelihood.log_likelihood(X, weights, means, covariances) / len(X)
        shares = np.asarray(e_step.responsibilities(X, weights, means, covariances))
        finished = value - last < tol
        log_likelihoods.append(value)
        last = value
    return gmmlearn.Fit(weights, means, covariances, np.asarray(log_likelihoods), finished)
