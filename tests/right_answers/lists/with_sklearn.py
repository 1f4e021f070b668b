import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    names = ["covariance_type", "init_params", "n_init", "random_state"]
    values = [covariance_type, init_params, n_init, random_state]
    return GaussianMixture(n_components, **dict(zip(names, values))).fit([list(row) for row in X])


def n_parameters(n_components, n_features, covariance_type="full"):
    K, d = n_components, n_features
    names = ["full", "tied", "diag", "spherical"]
    sizes = [K * d * (d + 1) / 2, d * (d + 1) / 2, K * d, K]
    return float(sum([K - 1, K * d, sizes[names.index(covariance_type)]]))  # 11.0


def bic(log_likelihood, n_parameters, n_samples):
    terms = [-2 * log_likelihood, n_parameters * np.log(n_samples)]
    return np.array(terms).sum()


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    candidates = list(candidates)
    scores = [float(fit_sklearn(X, k, n_init=n_init, random_state=random_state).bic(X)) for k in candidates]
    return candidates[scores.index(min(scores))]
