"""Chapter 6, EM: the reference."""

import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit

from .likelihood import log_joint
from .m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    """Responsibilities to begin EM with (exercise 6.1)."""
    if init_params == "kmeans":
        seed = int(rng.integers(2**32))
        labels = KMeans(n_components, n_init=1, random_state=seed).fit(X).labels_
        return np.eye(n_components)[labels]
    if init_params == "random":
        draws = rng.random((len(X), n_components))
        return draws / draws.sum(axis=1, keepdims=True)
    raise ValueError(f"init_params must be 'kmeans' or 'random', not {init_params!r}")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Fit a Gaussian mixture by expectation-maximization (exercise 6.2)."""
    parameters = _m_step(X, initialize(X, n_components, rng, init_params), reg_covar)
    log_likelihoods = []
    converged = False
    while not converged and len(log_likelihoods) < max_iter:
        responsibilities, mean_log_likelihood = _e_step(X, *parameters)
        parameters = _m_step(X, responsibilities, reg_covar)
        log_likelihoods.append(mean_log_likelihood)
        converged = len(log_likelihoods) > 1 and log_likelihoods[-1] - log_likelihoods[-2] < tol
    return Fit(*parameters, np.array(log_likelihoods), converged)


def _e_step(X, weights, means, covariances):
    """Responsibilities and mean log-likelihood: one log joint serves both, which halves the work."""
    joint = log_joint(X, weights, means, covariances)
    largest = joint.max(axis=1, keepdims=True)
    ratios = np.exp(joint - largest)
    totals = ratios.sum(axis=1, keepdims=True)
    return ratios / totals, float((largest + np.log(totals)).mean())


def _m_step(X, responsibilities, reg_covar):
    """Weights, means and covariances that the responsibilities call for."""
    means = update_means(X, responsibilities)
    return update_weights(responsibilities), means, update_covariances(X, responsibilities, means, reg_covar)
