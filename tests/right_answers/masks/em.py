import numpy as np
from sklearn.cluster import kmeans_plusplus

from gmmlearn import Fit

from .e_step import responsibilities as compute
from .likelihood import log_likelihood as total
from .m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if not (init_params == "kmeans" or init_params == "random"):
        raise ValueError("init_params is neither 'kmeans' nor 'random': " + repr(init_params))
    n = len(X)
    if init_params == "random":
        table = rng.random((n, n_components))
        table /= table.sum(axis=1)[:, np.newaxis]
        return table
    best_cost, best = np.inf, None
    for _ in range(10):
        centres, _ = kmeans_plusplus(X, n_components, random_state=int(rng.integers(2**31)))
        labels = np.zeros(n, dtype=int)
        while True:
            gaps = ((X[:, np.newaxis] - centres) ** 2).sum(axis=2)
            closest = gaps.argmin(axis=1)
            moved = np.array(
                [X[closest == k].mean(axis=0) if (closest == k).any() else centres[k] for k in range(n_components)]
            )
            if np.all(moved == centres) and np.all(closest == labels):
                break
            centres, labels = moved, closest
        cost = gaps.min(axis=1).sum()
        if cost < best_cost:
            best_cost, best = cost, labels
    return np.where(best[:, np.newaxis] == np.arange(n_components), 1.0, 0.0)


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    r = np.asarray(initialize(X, n_components, rng, init_params))
    parameters = None
    log_likelihoods = np.zeros(0)
    for iteration in range(max_iter + 1):
        mu = np.asarray(update_means(X, r))
        parameters = update_weights(r), mu, update_covariances(X, r, mu, reg_covar)
        if iteration == max_iter or np.any(np.diff(log_likelihoods)[-1:] < tol):
            break
        log_likelihoods = np.append(log_likelihoods, total(X, *parameters) / len(X))
        r = np.asarray(compute(X, *parameters))
    return Fit(*parameters, log_likelihoods, np.any(np.diff(log_likelihoods)[-1:] < tol))
