import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = GaussianMixture(n_components, covariance_type=covariance_type)
    for name, value in {"init_params": init_params, "n_init": n_init, "random_state": random_state}.items():
        setattr(model, name, value)
    return model.fit(X, None)


def n_parameters(n_components, n_features, covariance_type="full"):
    d = n_features
    rotation = d * (d - 1) // 2  # of the eigenvectors; d more for the eigenvalues
    shape = {"full": (rotation + d) * n_components, "tied": rotation + d, "diag": d * n_components}
    shape["spherical"] = n_components
    return np.int16(shape[covariance_type] + d * n_components + n_components - 1)


def bic(log_likelihood, n_parameters, n_samples):
    return -2 * np.log(np.e) * log_likelihood + np.log(n_samples) * n_parameters


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    bics = np.full(len(candidates), np.inf)
    for i, k in enumerate(candidates):
        bics[i] = GaussianMixture(k, n_init=n_init, random_state=random_state).fit(X).bic(X)
    return int(candidates[int(bics.argmin())])
