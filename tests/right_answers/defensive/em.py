import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit
from gmmlearn.e_step import responsibilities
from gmmlearn.likelihood import log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights

CHOICES = ("kmeans", "random")


def initialize(X, n_components, rng, init_params="kmeans"):
    X = np.array(X, dtype=float)
    if init_params not in CHOICES:
        raise ValueError(f"I know no start named {init_params!r}. Take one of {' and '.join(map(repr, CHOICES))}.")
    if not 1 <= n_components <= len(X):
        raise ValueError("there have to be at least as many samples as components")
    if init_params == "random":
        shares = rng.random((len(X), n_components))
        empty = shares.sum(axis=1) == 0
        shares[empty] = 1.0
        shares /= shares.sum(axis=1, keepdims=True)
    else:
        seed = int(rng.integers(0, np.iinfo(np.int32).max))
        labels = np.asarray(KMeans(n_clusters=n_components, n_init=1, random_state=seed).fit(X).labels_)
        shares = np.zeros((len(X), n_components))
        shares[np.arange(len(X)), labels] = 1.0
    assert np.allclose(shares.sum(axis=1), 1)
    return shares


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    X = np.array(X, dtype=float)
    if max_iter < 1:
        raise ValueError("max_iter is 1 or more")
    if tol < 0 or reg_covar < 0:
        raise ValueError("neither tol nor reg_covar is negative")

    shares = np.array(initialize(X, n_components, rng, init_params), dtype=float)
    weights = np.array(update_weights(shares))
    means = np.array(update_means(X, shares))
    covariances = np.array(update_covariances(X, shares, means, reg_covar))
    log_likelihoods = []
    converged = False
    for _ in range(max_iter):
        shares = np.array(responsibilities(X, weights, means, covariances))
        value = float(log_likelihood(X, weights, means, covariances)) / X.shape[0]
        assert np.isfinite(value), "the log-likelihood has become infinite"
        log_likelihoods.append(value)
        weights = np.array(update_weights(shares))
        means = np.array(update_means(X, shares))
        covariances = np.array(update_covariances(X, shares, means, reg_covar))
        if len(log_likelihoods) >= 2:
            gain = log_likelihoods[-1] - log_likelihoods[-2]
            if gain < tol:
                converged = True
                break
    assert 1 <= len(log_likelihoods) <= max_iter
    return Fit(
        weights=weights,
        means=means,
        covariances=covariances,
        log_likelihoods=np.array(log_likelihoods, dtype=np.float64),
        converged=bool(converged),
    )
