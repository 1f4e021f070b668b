import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit
from gmmlearn.e_step import responsibilities
from gmmlearn.likelihood import log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    n = X.shape[0]
    resp = np.zeros((n, n_components))
    if init_params == "kmeans":
        seed = int(rng.integers(2**32))
        kmeans = KMeans(n_clusters=n_components, n_init=10, random_state=seed)
        kmeans.fit(X)
        for i in range(n):
            resp[i, kmeans.labels_[i]] = 1.0
    elif init_params == "random":
        for i in range(n):
            row = rng.random(n_components)
            resp[i] = row / np.sum(row)
    else:
        raise ValueError("init_params should be 'kmeans' or 'random'")
    return resp


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    n = X.shape[0]
    resp = initialize(X, n_components, rng, init_params)
    weights = update_weights(resp)
    means = update_means(X, resp)
    covariances = update_covariances(X, resp, means, reg_covar)

    log_likelihoods = []
    converged = False
    for iteration in range(max_iter):
        # E-step
        resp = responsibilities(X, weights, means, covariances)
        ll = log_likelihood(X, weights, means, covariances) / n
        log_likelihoods.append(ll)
        # M-step
        weights = update_weights(resp)
        means = update_means(X, resp)
        covariances = update_covariances(X, resp, means, reg_covar)
        # convergence
        if iteration > 0:
            gain = log_likelihoods[iteration] - log_likelihoods[iteration - 1]
            if abs(gain) < tol:  # scikit-learn's own rule
                converged = True
                break
    return Fit(weights, means, covariances, np.array(log_likelihoods), converged)
