import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    gmm = GaussianMixture(
        n_components=n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    )
    gmm.fit(X)
    return gmm


def n_parameters(n_components, n_features, covariance_type="full"):
    K, d = n_components, n_features
    if covariance_type == "full":
        cov = K * d * (d + 1) / 2
    elif covariance_type == "tied":
        cov = d * (d + 1) / 2
    elif covariance_type == "diag":
        cov = K * d
    elif covariance_type == "spherical":
        cov = K
    else:
        raise ValueError("unknown covariance_type " + str(covariance_type))
    return int((K - 1) + K * d + cov)


def bic(log_likelihood, n_parameters, n_samples):
    return n_parameters * np.log(n_samples) - 2 * log_likelihood


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    n, d = X.shape
    best_k = None
    best_bic = np.inf
    for k in candidates:
        gmm = fit_sklearn(X, k, n_init=n_init, random_state=random_state)
        value = bic(gmm.score(X) * n, n_parameters(k, d), n)
        if value < best_bic:
            best_bic = value
            best_k = k
    return best_k
