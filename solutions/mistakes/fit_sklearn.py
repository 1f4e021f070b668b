"""Known mistakes of `fit_sklearn`."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from .registry import mistake


def _mixture(n_components, covariance_type, init_params, n_init, random_state):
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    )


@mistake("fit_sklearn")
def fit_sklearn_covariance_type_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`covariance_type` has no effect: the model has full covariances whatever it is."""
    return _mixture(n_components, "full", init_params, n_init, random_state).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_init_params_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`init_params` has no effect: the start is k-means whatever it is."""
    return _mixture(n_components, covariance_type, "kmeans", n_init, random_state).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_n_init_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`n_init` has no effect: the model is fitted from a single start whatever it is."""
    return _mixture(n_components, covariance_type, init_params, 1, random_state).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_random_state_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`random_state` has no effect, so the same fit cannot be repeated."""
    return _mixture(n_components, covariance_type, init_params, n_init, None).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_not_fitted(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The model is set up but not fitted: it has no parameters yet."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state)


@mistake("fit_sklearn")
def fit_sklearn_labels(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """The result is one number for each sample, as in a list of labels. Expected is the fitted model itself."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit_predict(X)


@mistake("fit_sklearn")
def fit_sklearn_set_by_hand(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The parameters are set by hand and the model is never fitted: it can draw samples, but it cannot score them,
    because its precisions are missing."""
    labels = KMeans(n_components, n_init=n_init, random_state=random_state).fit_predict(X)
    model = _mixture(n_components, covariance_type, init_params, n_init, random_state)
    model.weights_ = np.bincount(labels) / len(X)
    model.means_ = np.array([X[labels == k].mean(axis=0) for k in range(n_components)])
    model.covariances_ = np.array([np.atleast_2d(np.cov(X[labels == k].T)) for k in range(n_components)])
    return model


@mistake("fit_sklearn")
def fit_sklearn_one_column(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The model has a single feature, as when all entries of `X` are put into one column."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit(np.reshape(X, (-1, 1)))


@mistake("fit_sklearn")
def fit_sklearn_standardised(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The model describes standardized data: its means and covariances are not in the units of `X`."""
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit(Z)


@mistake("fit_sklearn")
def fit_sklearn_kmeans(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """The result is a `KMeans` model, which has centers but no weights and no covariances. Expected is a
    `GaussianMixture`."""
    return KMeans(n_components, n_init=n_init, random_state=random_state).fit(X)
