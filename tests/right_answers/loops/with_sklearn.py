import math

from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = GaussianMixture(n_components)
    model.set_params(covariance_type=covariance_type, init_params=init_params, n_init=n_init, random_state=random_state)
    return model.fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    entries = 0
    for _ in range(n_components if covariance_type != "tied" else 1):
        for i in range(n_features):
            for j in range(i + 1):
                entries += covariance_type in ("full", "tied") or (covariance_type == "diag" and i == j)
        entries += covariance_type == "spherical"
    return entries + n_components * n_features + n_components - 1


def bic(log_likelihood, n_parameters, n_samples):
    return n_parameters * math.log(n_samples) - 2 * log_likelihood


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    best, lowest = None, math.inf
    for candidate in candidates:
        value = fit_sklearn(X, candidate, n_init=n_init, random_state=random_state).bic(X)
        if value < lowest:
            best, lowest = candidate, value
    return best
