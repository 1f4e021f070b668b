import numpy as np
from scipy.cluster.vq import kmeans2

from gmmlearn import Fit, e_step, likelihood, m_step


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params not in ("kmeans", "random"):
        raise ValueError(f"unknown init_params {init_params!r}: use 'kmeans' or 'random'")
    if init_params == "random":
        draws = rng.random((X.shape[0], n_components))
        return draws / draws.sum(axis=1)[:, None]
    best = None
    for _ in range(10):
        centres, labels = kmeans2(X, n_components, minit="++", seed=rng, iter=50)
        cost = ((X - centres[labels]) ** 2).sum()
        if best is None or cost < best[0]:
            best = cost, labels
    return np.eye(n_components, dtype=int)[best[1]]


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    r = initialize(X, n_components, rng, init_params)
    log_likelihoods = []
    converged = False
    while len(log_likelihoods) < max_iter and not converged:
        if not log_likelihoods:
            weights, means = m_step.update_weights(r), m_step.update_means(X, r)
            covariances = m_step.update_covariances(X, r, means, reg_covar)
        log_likelihoods.append(likelihood.log_likelihood(X, weights, means, covariances) / X.shape[0])
        r = e_step.responsibilities(X, weights, means, covariances)
        weights, means = m_step.update_weights(r), m_step.update_means(X, r)
        covariances = m_step.update_covariances(X, r, means, reg_covar)
        converged = len(log_likelihoods) > 1 and log_likelihoods[-1] - log_likelihoods[-2] < tol
    return Fit(weights, means, covariances, np.array(log_likelihoods, dtype=float), np.bool_(converged))
