import numpy as np
from sklearn import mixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    options = {"covariance_type": covariance_type, "init_params": init_params, "n_init": n_init}
    return mixture.GaussianMixture(n_components, random_state=random_state, **options).fit(np.array(X))


def n_parameters(n_components, n_features, covariance_type="full"):
    kinds = np.array(["full", "tied", "diag", "spherical"])
    triangle = len(np.tril_indices(n_features)[0])
    sizes = np.array([n_components * triangle, triangle, n_components * n_features, n_components])
    return np.einsum("i,i->", sizes, kinds == covariance_type) + n_components * (n_features + 1) - 1


def bic(log_likelihood, n_parameters, n_samples):
    return np.dot([n_parameters, log_likelihood], [np.log(n_samples), -2.0])


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    values = [fit_sklearn(X, k, n_init=n_init, random_state=random_state).bic(X) for k in candidates]
    return np.asarray(candidates)[np.argmin(values)]
