import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = GaussianMixture(
        n_components,
        random_state=random_state,
        n_init=n_init,
        init_params=init_params,
        covariance_type=covariance_type,
    )
    model.fit_predict(np.asfortranarray(X))
    return model


def n_parameters(n_components, n_features, covariance_type="full"):
    factor = n_features * (n_features + 1) // 2  # entries of a Cholesky factor
    per_type = {
        "full": lambda: n_components * factor,
        "tied": lambda: factor,
        "diag": lambda: n_components * n_features,
        "spherical": lambda: n_components,
    }
    return per_type[covariance_type]() + n_components * n_features + (n_components - 1)


def bic(log_likelihood, n_parameters, n_samples):
    return float(n_parameters * np.log(n_samples) + -2 * log_likelihood)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    n, d = X.shape
    best = None
    for k in candidates:
        model = fit_sklearn(X, k, n_init=n_init, random_state=random_state)
        value = bic(model.score_samples(X).sum(), n_parameters(k, d), n)
        best = (value, k) if best is None or value < best[0] else best
    return best[1]
