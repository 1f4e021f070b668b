import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    keywords = {
        "n_components": n_components,
        "covariance_type": covariance_type,
        "init_params": init_params,
        "n_init": n_init,
        "random_state": random_state,
        "tol": 1e-3,
        "max_iter": 100,
        "reg_covar": 1e-6,
    }
    return GaussianMixture(**keywords).fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    a_component = {
        "full": n_features * (n_features + 3) // 2 + 1,
        "tied": n_features + 1,
        "diag": 2 * n_features + 1,
        "spherical": n_features + 2,
    }[covariance_type]
    shared = n_features * (n_features + 1) // 2 if covariance_type == "tied" else 0
    return a_component * n_components + shared - 1


def bic(log_likelihood, n_parameters, n_samples):
    return float(-2 * (log_likelihood - 0.5 * n_parameters * np.log(n_samples)))


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    def deviance_plus_price(k):
        model = GaussianMixture(n_components=k, n_init=n_init, random_state=random_state)
        model.fit(X)
        return -2 * model.score(X) * X.shape[0] + n_parameters(k, X.shape[1]) * np.log(X.shape[0])

    return sorted(candidates, key=deviance_plus_price)[0]
