import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit
from gmmlearn.e_step import responsibilities as compute_responsibilities
from gmmlearn.likelihood import log_likelihood as compute_log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params not in {"kmeans", "random"}:
        raise ValueError(f"init_params should be 'kmeans' or 'random' (got {init_params})")
    if init_params == "random":
        u = rng.random((len(X), n_components))
        return u / np.sum(u, axis=1)[:, None]
    km = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**32))).fit(X)
    distance = np.linalg.norm(X[:, None, :] - km.cluster_centers_[None], axis=-1)
    return (distance.argmin(axis=1)[:, None] == np.arange(n_components)[None]) * 1.0


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    resp = initialize(X, n_components, rng, init_params)
    lls = np.full(max_iter, np.nan)
    converged = False
    for i in range(max_iter):
        weights = update_weights(resp)
        means = update_means(X, resp)
        covariances = update_covariances(X, resp, means, reg_covar)
        lls[i] = compute_log_likelihood(X, weights, means, covariances) / X.shape[0]
        resp = compute_responsibilities(X, weights, means, covariances)
        if i > 0 and lls[i] < lls[i - 1] + tol:
            converged = True
            break
    return Fit(weights, means, covariances, lls[~np.isnan(lls)], converged)
