import math

import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = GaussianMixture(n_components)
    model.set_params(covariance_type=covariance_type, init_params=init_params, n_init=n_init)
    model.set_params(random_state=None if random_state is None else np.random.RandomState(random_state))
    model.fit(X.tolist())
    return model


def n_parameters(n_components, n_features, covariance_type="full"):
    lower = sum(1 for i in range(n_features) for j in range(i + 1))
    matrices = {"full": [lower] * n_components, "tied": [lower]}
    matrices |= {"diag": [n_features] * n_components, "spherical": [1] * n_components}
    return np.int32(sum(matrices[covariance_type]) + n_components * n_features + n_components - 1)


def bic(log_likelihood, n_parameters, n_samples):
    return np.array(-2 * (log_likelihood - n_parameters * math.log(n_samples) / 2))


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    best, lowest = None, math.inf
    for candidate in sorted(candidates):
        model = fit_sklearn(X, candidate, n_init=n_init, random_state=random_state)
        value = float(model.bic(X))
        if value < lowest:
            best, lowest = np.int64(candidate), value
    return best
