"""Wrong answers to `fit_sklearn`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture


def fit_sklearn__other_reg_covar(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`reg_covar` is set to 1e-1 although nobody asked for it."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
        reg_covar=1e-1,
    ).fit(X)


def fit_sklearn__one_iteration(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`max_iter` is 1: hardly more than the start."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
        max_iter=1,
    ).fit(X)


def fit_sklearn__fixed_seed(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The seed is always 42, whatever `random_state` is."""
    return GaussianMixture(
        n_components, covariance_type=covariance_type, init_params=init_params, n_init=n_init, random_state=42
    ).fit(X)


def fit_sklearn__bayesian(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """A `BayesianGaussianMixture`, which is another model with other estimates."""
    return BayesianGaussianMixture(
        n_components=n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)


def fit_sklearn__kmeans(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """A fitted `KMeans` model, not a mixture."""
    return KMeans(n_components, n_init=n_init, random_state=random_state).fit(X)


def fit_sklearn__half_of_the_data(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """Only every other sample is used, as for a training set."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X[::2] if len(X) >= 2 * n_components else X)


def fit_sklearn__one_component_more(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """One component too many."""
    return GaussianMixture(
        min(n_components + 1, len(X)),
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)


def fit_sklearn__parameters(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The parameters come back in a tuple, not the model."""
    model = GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)
    return model.weights_, model.means_, model.covariances_


def fit_sklearn__means_sorted(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The means are sorted after the fit, while weights and covariances keep their order."""
    model = GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)
    model.means_ = model.means_[np.argsort(model.means_[:, 0])[::-1]]
    return model


def fit_sklearn__single_precision(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """Fitted to samples in single precision, so the estimates are rounded as well."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X.astype(np.float32))


def fit_sklearn__other_default_type(
    X, n_components, *, covariance_type="diag", init_params="kmeans", n_init=1, random_state=None
):
    """The default of `covariance_type` is "diag" instead of "full"."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    ).fit(X)


def fit_sklearn__means_given(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The first K samples are handed over as the first means, so the start that is asked for has little effect."""
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
        means_init=X[:n_components],
    ).fit(X)
