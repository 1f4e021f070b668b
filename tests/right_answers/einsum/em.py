import numpy as np
from sklearn.cluster import KMeans

from .e_step import responsibilities as posterior
from .likelihood import log_likelihood
from .m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        labels = KMeans(n_components, n_init=4, random_state=int(rng.integers(1, 10_000))).fit_predict(X)
        return (labels[:, None] == np.arange(n_components)).astype(np.float64)
    if init_params == "random":
        draws = rng.uniform(size=(len(X), n_components))
        return np.einsum("nk,n->nk", draws, 1 / np.einsum("nk->n", draws))
    raise ValueError(f"{init_params} is not one of: kmeans, random")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    def maximise(shares):
        means = np.asarray(update_means(X, shares))
        return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)

    theta = maximise(initialize(X, n_components, rng, init_params))
    trace = np.empty(max_iter)
    for t in range(max_iter):
        trace[t] = log_likelihood(X, *theta) / len(X)
        theta = maximise(np.asarray(posterior(X, *theta)))
        if t and trace[t] - trace[t - 1] < tol:
            return *theta, trace[: t + 1].copy(), True
    return *theta, trace, False
