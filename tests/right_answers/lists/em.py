import numpy as np
from sklearn.cluster import k_means

from gmmlearn.e_step import responsibilities
from gmmlearn.likelihood import log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params not in ["kmeans", "random"]:
        raise ValueError("init_params must be in " + str(["kmeans", "random"]))
    if init_params == "random":
        rows = [rng.random(n_components) for _ in X]
        return [row / row.sum() for row in rows]
    _, labels, _ = k_means(X, n_components, n_init=3, random_state=int(rng.integers(0, 2**31 - 1)))
    return [np.eye(n_components)[label] for label in labels]


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    r = np.array(initialize(X, n_components, rng, init_params), dtype=float)
    history = []
    converged = False
    weights = np.array(update_weights(r))
    means = np.array(update_means(X, r))
    covariances = np.array(update_covariances(X, r, means, reg_covar=reg_covar))
    while len(history) < max_iter and converged is False:
        history += [log_likelihood(X, weights, means, covariances) / len(X)]
        r = np.array(responsibilities(X, weights, means, covariances))
        weights = np.array(update_weights(r))
        means = np.array(update_means(X, r))
        covariances = np.array(update_covariances(X, r, means, reg_covar=reg_covar))
        if len(history) > 1 and history[-1] - history[-2] < tol:
            converged = True
    return [list(weights), list(means), list(covariances), history, converged]
