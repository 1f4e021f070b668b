import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit

from .e_step import responsibilities as e_step
from .likelihood import log_likelihood
from .m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        labels = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**31))).fit(X).labels_
        return [[int(label == k) for k in range(n_components)] for label in labels]
    if init_params == "random":
        rows = [[rng.uniform() for _ in range(n_components)] for _ in range(len(X))]
        return [[value / sum(row) for value in row] for row in rows]
    raise ValueError("init_params is one of 'kmeans' and 'random'")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Returns the parameters that belong to the last entry of the trace, not those one M-step later."""
    r = np.array(initialize(X, n_components, rng, init_params))
    trace, converged = [], False
    for _ in range(max_iter):
        weights = np.array(update_weights(r))
        means = np.array(update_means(X, r))
        covariances = np.array(update_covariances(X, r, means, reg_covar))
        trace.append(log_likelihood(X, weights, means, covariances) / len(X))
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            converged = True
            break
        r = np.array(e_step(X, weights, means, covariances))
    return Fit(weights, means, covariances, trace, converged)
