"""Chapter 7, scikit-learn: the reference."""

import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """Fit a Gaussian mixture with scikit-learn (exercise 7.1)."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    """Count the free parameters of a Gaussian mixture (exercise 7.2)."""
    symmetric = n_features * (n_features + 1) // 2
    of_covariances = {
        "full": n_components * symmetric,
        "tied": symmetric,
        "diag": n_components * n_features,
        "spherical": n_components,
    }
    of_weights = n_components - 1  # they sum to 1, so the last one is not free
    return of_weights + n_components * n_features + of_covariances[covariance_type]


def bic(log_likelihood, n_parameters, n_samples):
    """Bayesian information criterion, lower is better (exercise 7.3)."""
    return float(n_parameters * np.log(n_samples) - 2 * log_likelihood)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    """Choose the number of components by the lowest BIC (exercise 7.4)."""
    X = np.asarray(X, dtype=float)  # `score` of scikit-learn 1.9 cuts the log densities of integers to whole numbers
    n_samples, n_features = X.shape

    def criterion(n_components):
        model = fit_sklearn(X, n_components, n_init=n_init, random_state=random_state)
        total = n_samples * model.score(X)  # score is the mean over the samples
        return bic(total, n_parameters(n_components, n_features), n_samples)

    return int(min(candidates, key=criterion))
