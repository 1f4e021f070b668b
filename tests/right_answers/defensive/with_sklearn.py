import math

import numpy as np
from sklearn.mixture import GaussianMixture

TYPES = ("full", "tied", "diag", "spherical")


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    X = np.array(X, dtype=float)
    if covariance_type not in TYPES:
        raise ValueError(f"covariance_type is one of {TYPES}")
    if len(X) < n_components:
        raise ValueError("more components than samples")
    model = GaussianMixture(
        n_components=int(n_components),
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=int(n_init),
        random_state=random_state,
    )
    fitted = model.fit(X)
    assert fitted is model
    return fitted


def n_parameters(n_components, n_features, covariance_type="full"):
    if n_components < 1 or n_features < 1:
        raise ValueError("at least one component and one feature")
    match covariance_type:
        case "full":
            of_covariances = n_components * n_features * (n_features + 1) // 2
        case "tied":
            of_covariances = n_features * (n_features + 1) // 2
        case "diag":
            of_covariances = n_components * n_features
        case "spherical":
            of_covariances = n_components
        case _:
            raise ValueError(f"covariance_type is one of {TYPES}, it was {covariance_type!r}")
    return int(n_components - 1 + n_components * n_features + of_covariances)


def bic(log_likelihood, n_parameters, n_samples):
    if n_samples < 1:
        raise ValueError("no samples")
    if not math.isfinite(log_likelihood):
        raise ValueError("the log-likelihood is not finite")
    return float(n_parameters) * math.log(int(n_samples)) - 2.0 * float(log_likelihood)


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    candidates = [int(k) for k in candidates]
    if len(candidates) == 0:
        raise ValueError("no candidates")
    best_candidate, best_value = candidates[0], float("inf")
    for k in candidates:
        try:
            model = fit_sklearn(X, k, covariance_type="full", n_init=n_init, random_state=random_state)
        except ValueError:
            continue  # more components than samples
        value = bic(float(model.score(X)) * len(X), n_parameters(k, np.shape(X)[1]), len(X))
        if value < best_value:
            best_candidate, best_value = k, value
    return best_candidate
