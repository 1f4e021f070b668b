import numpy as np
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans

from gmmlearn import Fit
from gmmlearn.e_step import responsibilities
from gmmlearn.likelihood import log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights


def plus_plus(X, n_components, rng):
    chosen = [int(rng.integers(len(X)))]
    for _ in range(1, n_components):
        gaps = cdist(X, X[chosen], "sqeuclidean").min(axis=1)
        if gaps.sum() > 0:
            chosen.append(int(rng.choice(len(X), p=gaps / gaps.sum())))
        else:  # fewer different samples than components
            chosen.append(int(rng.choice(np.setdiff1d(np.arange(len(X)), chosen))))
    return X[chosen].copy()


def lloyd(X, centres, max_iter=300):
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        gaps = cdist(X, centres, "sqeuclidean")
        new = gaps.argmin(axis=1)
        for k in np.setdiff1d(np.arange(len(centres)), new):  # an empty cluster takes the farthest sample
            far = int(np.argmax(np.where(np.bincount(new, minlength=len(centres))[new] > 1, gaps.min(axis=1), -1)))
            new[far] = k
        if np.array_equal(new, labels):
            break
        labels = new
        centres = np.array([X[labels == k].mean(axis=0) for k in range(len(centres))])
    return labels, float(((X - centres[labels]) ** 2).sum())


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        runs = [lloyd(X, plus_plus(X, n_components, rng)) for _ in range(8)]
        labels, _ = min(runs, key=lambda run: run[1])
        return np.eye(n_components)[labels]
    if init_params == "random":
        shares = 1.0 - rng.random((len(X), n_components))
        return shares / shares.sum(axis=1, keepdims=True)
    raise ValueError("There are two ways to begin, 'kmeans' and 'random'.")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """A k-means start of its own, and a look at the gain right after the M-step that made it."""
    if init_params == "kmeans":
        seed = int(rng.integers(2**31))
        shares = np.eye(n_components)[KMeans(n_components, n_init=3, random_state=seed).fit(X).labels_]
    else:
        shares = np.asarray(initialize(X, n_components, rng, init_params))

    def m_step(shares):
        means = np.asarray(update_means(X, shares))
        return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)

    parameters = m_step(shares)
    value = log_likelihood(X, *parameters) / len(X)
    trace, converged = [], False
    while len(trace) < max_iter and not converged:
        trace.append(value)
        parameters = m_step(np.asarray(responsibilities(X, *parameters)))
        value = log_likelihood(X, *parameters) / len(X)
        converged = bool(value - trace[-1] <= tol)
    return Fit(*parameters, np.array(trace), converged)
