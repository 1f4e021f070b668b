import numpy as np
from scipy.special import comb, xlogy
from sklearn.base import clone
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    prototype = GaussianMixture(
        n_components, covariance_type=covariance_type, n_init=n_init, init_params=init_params, random_state=random_state
    )
    return clone(prototype).fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    triangle = comb(n_features + 1, 2, exact=True)
    of = {"spherical": n_components, "diag": n_components * n_features}
    of["tied"], of["full"] = triangle, triangle * n_components
    return n_components - 1 + n_components * n_features + of[covariance_type]


def bic(log_likelihood, n_parameters, n_samples):
    return xlogy(n_parameters, n_samples) - 2 * log_likelihood


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    table = {}
    for k in candidates:
        model = fit_sklearn(X, k, n_init=n_init, random_state=random_state)
        table[int(k)] = bic(np.sum(model.score_samples(X)), n_parameters(k, X.shape[1]), X.shape[0])
    return min(table, key=table.get)
