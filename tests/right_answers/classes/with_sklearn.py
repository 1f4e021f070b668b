from collections import namedtuple
from enum import Enum

import numpy as np
from sklearn.mixture import GaussianMixture

Ranked = namedtuple("Ranked", "bic candidate")


class Covariance(Enum):
    FULL = "full"
    TIED = "tied"
    DIAG = "diag"
    SPHERICAL = "spherical"

    def entries(self, K, d):
        matrices = 1 if self is Covariance.TIED else K
        each = {"DIAG": d, "SPHERICAL": 1}.get(self.name, d * (d + 1) // 2)
        return matrices * each


class Fitter:
    def __init__(self, **options):
        self.options = options

    def __call__(self, X, K):
        return GaussianMixture(K, **self.options).fit(X)


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    fitter = Fitter(covariance_type=covariance_type, init_params=init_params, n_init=n_init, random_state=random_state)
    return fitter(X, n_components)


def n_parameters(n_components, n_features, covariance_type="full"):
    free_weights, free_means = n_components - 1, n_components * n_features
    return free_weights + free_means + Covariance(covariance_type).entries(n_components, n_features)


def bic(log_likelihood, n_parameters, n_samples):
    price = n_parameters * np.log(n_samples)
    return float(price - 2 * log_likelihood)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    fitter = Fitter(n_init=n_init, random_state=random_state)
    return min(Ranked(fitter(X, k).bic(X), k) for k in candidates).candidate
