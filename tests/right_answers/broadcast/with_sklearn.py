import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    gm = GaussianMixture(n_components=n_components)
    gm = gm.set_params(
        **{
            "covariance_type": covariance_type,
            "init_params": init_params,
            "n_init": n_init,
            "random_state": random_state,
        }
    )
    return gm.fit(X.copy())


def n_parameters(n_components, n_features, covariance_type="full"):
    matrix = np.ones((n_components, n_features, n_features), dtype=int)
    free = {
        "full": np.tril(matrix).sum(),
        "tied": np.tril(matrix[0]).sum(),
        "diag": np.trace(matrix, axis1=1, axis2=2).sum(),
        "spherical": matrix[:, 0, 0].sum(),
    }
    return free[covariance_type] + matrix[:, 0, :].sum() + n_components - 1


def bic(log_likelihood, n_parameters, n_samples):
    return np.asarray(n_parameters * np.log(n_samples) - 2.0 * log_likelihood)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    candidates = np.asarray(candidates)
    models = [fit_sklearn(X, int(k), n_init=n_init, random_state=random_state) for k in candidates]
    totals = np.array([model.score(X) for model in models]) * len(X)
    sizes = np.array([n_parameters(int(k), X.shape[1]) for k in candidates])
    return candidates[np.argmin(sizes * np.log(len(X)) - 2 * totals)]
