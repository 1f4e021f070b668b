import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    return GaussianMixture(
        n_components, covariance_type=covariance_type, random_state=random_state, init_params=init_params, n_init=n_init
    ).fit(np.ascontiguousarray(X))


def n_parameters(n_components, n_features, covariance_type="full"):
    tied = covariance_type == "tied"
    matrices = np.where(tied, 1, n_components)
    size = np.select(
        [covariance_type == "spherical", covariance_type == "diag"],
        [1, n_features],
        default=(n_features**2 + n_features) // 2,
    )
    return (n_components - 1) + n_components * n_features + int(matrices) * int(size)


def bic(log_likelihood, n_parameters, n_samples):
    return np.sum(np.full(int(n_parameters), np.log(n_samples))) - 2 * log_likelihood


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    bics = []
    for n_components in candidates:
        model = fit_sklearn(X, n_components, n_init=n_init, random_state=random_state)
        bics.append(model.bic(X))
    return candidates[int(np.where(np.array(bics) == min(bics))[0][0])]
