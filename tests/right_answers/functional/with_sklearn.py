from functools import partial
from math import log

from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    make = partial(GaussianMixture, covariance_type=covariance_type, init_params=init_params)
    return make(n_components, n_init=n_init, random_state=random_state).fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    triangle = sum(range(n_features + 1))
    counts = {"full": n_components * triangle, "tied": triangle}
    counts |= {"diag": n_components * n_features, "spherical": n_components}
    return sum((n_components, -1, n_components * n_features, counts[covariance_type]))


def bic(log_likelihood, n_parameters, n_samples):
    return sum(map(float.__mul__, (float(n_parameters), -2.0), (log(n_samples), float(log_likelihood))))


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    fitted = map(partial(fit_sklearn, X, n_init=n_init, random_state=random_state), candidates)
    return min(fitted, key=lambda model: model.bic(X)).n_components
