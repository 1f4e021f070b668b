import numpy as np
import sklearn.mixture as mix


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    return mix.GaussianMixture(
        n_components=n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    d = n_features
    of_covariances = {"full": n_components * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": n_components * d}
    return np.int64(of_covariances.get(covariance_type, n_components) + n_components * (d + 1) - 1)


def bic(log_likelihood, n_parameters, n_samples):
    return np.float64(-2.0 * log_likelihood + np.log(n_samples) * n_parameters)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    def rating(k):
        model = fit_sklearn(X, k, n_init=n_init, random_state=random_state)
        return bic(model.score(X) * len(X), n_parameters(k, X.shape[1]), len(X))

    return min(candidates, key=rating)
