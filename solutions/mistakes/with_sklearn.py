"""Known mistakes of chapter 7: scikit-learn, and the choice of the number of components."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from ..with_sklearn import bic, fit_sklearn, n_parameters
from .registry import mistake


def _entries(n_components, n_features):
    symmetric = n_features * (n_features + 1) // 2
    full, diag = n_components * symmetric, n_components * n_features
    return {"full": full, "tied": symmetric, "diag": diag, "spherical": n_components}


def _mixture(n_components, covariance_type, init_params, n_init, random_state):
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    )


def _bics(X, candidates, n_init, random_state, covariance_type="full"):
    return [
        fit_sklearn(X, k, covariance_type=covariance_type, n_init=n_init, random_state=random_state).bic(X)
        for k in candidates
    ]


@mistake("fit_sklearn")
def fit_sklearn_covariance_type_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`covariance_type` has no effect: the model has full covariances whatever is asked for."""
    return GaussianMixture(n_components, init_params=init_params, n_init=n_init, random_state=random_state).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_init_params_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`init_params` has no effect: the start is k-means whatever is asked for."""
    return GaussianMixture(n_components, covariance_type=covariance_type, n_init=n_init, random_state=random_state).fit(
        X
    )


@mistake("fit_sklearn")
def fit_sklearn_n_init_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`n_init` has no effect: the model is fitted from one start whatever is asked for."""
    return GaussianMixture(
        n_components, covariance_type=covariance_type, init_params=init_params, random_state=random_state
    ).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_random_state_dropped(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """`random_state` has no effect, so a fit cannot be repeated."""
    return GaussianMixture(n_components, covariance_type=covariance_type, init_params=init_params, n_init=n_init).fit(X)


@mistake("fit_sklearn")
def fit_sklearn_not_fitted(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The model has been set up but not fitted: it has no parameters yet."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state)


@mistake("fit_sklearn")
def fit_sklearn_labels(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """The labels of the samples came; the fitted model itself is asked for."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit_predict(X)


@mistake("fit_sklearn")
def fit_sklearn_set_by_hand(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The parameters were set by hand and never fitted: the model can draw samples, but it cannot score
    them, since the precisions are missing."""
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
    """The model has a single feature: all entries of `X` were stacked into one column."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit(np.reshape(X, (-1, 1)))


@mistake("fit_sklearn")
def fit_sklearn_standardised(
    X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None
):
    """The model describes standardised data: its means and covariances are not in the units of `X`."""
    return _mixture(n_components, covariance_type, init_params, n_init, random_state).fit(
        (X - X.mean(axis=0)) / X.std(axis=0)
    )


@mistake("n_parameters")
def n_parameters_all_entries(n_components, n_features, covariance_type="full"):
    """These are exactly the numbers one gets when every entry of a covariance matrix is free. A symmetric
    matrix has fewer free entries."""
    entries = _entries(n_components, n_features)
    entries |= {"full": n_components * n_features**2, "tied": n_features**2}
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_all_weights(n_components, n_features, covariance_type="full"):
    """These numbers are too large by one: all weights were counted, but they sum to 1."""
    return n_components + n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_weights(n_components, n_features, covariance_type="full"):
    """The weights are not counted; they are estimated as well."""
    return n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_means(n_components, n_features, covariance_type="full"):
    """The means are not counted; they are estimated as well."""
    return n_components - 1 + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_always_full(n_components, n_features, covariance_type="full"):
    """`covariance_type` has no effect: these are the numbers of full covariances."""
    return n_components - 1 + n_components * n_features + _entries(n_components, n_features)["full"]


@mistake("n_parameters")
def n_parameters_tied_for_each(n_components, n_features, covariance_type="full"):
    """With "tied" a matrix was counted for each component; they share one."""
    entries = _entries(n_components, n_features)
    entries["tied"] = entries["full"]
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_diag_shared(n_components, n_features, covariance_type="full"):
    """With "diag" the variances were counted once; each component has its own."""
    entries = _entries(n_components, n_features) | {"diag": n_features}
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_shared(n_components, n_features, covariance_type="full"):
    """With "spherical" one variance was counted for all components; each has its own."""
    entries = _entries(n_components, n_features) | {"spherical": 1}
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_as_diag(n_components, n_features, covariance_type="full"):
    """With "spherical" a variance was counted for each feature; there a component has one variance for all
    of its features."""
    entries = _entries(n_components, n_features)
    entries["spherical"] = entries["diag"]
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_without_diagonal(n_components, n_features, covariance_type="full"):
    """These are exactly the numbers one gets when only the entries beside the diagonal of a covariance
    matrix are counted."""
    entries = _entries(n_components, n_features)
    entries["full"] -= n_components * n_features
    entries["tied"] -= n_features
    return n_components - 1 + n_components * n_features + entries[covariance_type]


@mistake("bic")
def bic_of_mean(log_likelihood, n_parameters, n_samples):
    """The log-likelihood was divided by the number of samples first. BIC uses the sum over the samples;
    beside a mean the price of the parameters is far too high."""
    return float(n_parameters * np.log(n_samples) - 2 * log_likelihood / n_samples)


@mistake("bic")
def bic_opposite_sign(log_likelihood, n_parameters, n_samples):
    """This is exactly the BIC with the opposite sign, by which higher is better; in scikit-learn lower
    is."""
    return float(2 * log_likelihood - n_parameters * np.log(n_samples))


@mistake("bic")
def bic_log10(log_likelihood, n_parameters, n_samples):
    """This is exactly the value one gets with the logarithm to base 10; the natural one is meant."""
    return float(n_parameters * np.log10(n_samples) - 2 * log_likelihood)


@mistake("bic")
def bic_aic(log_likelihood, n_parameters, n_samples):
    """This is exactly Akaike's criterion, AIC; the price of a parameter in BIC grows with the number of
    samples."""
    return float(2 * n_parameters - 2 * log_likelihood)


@mistake("bic")
def bic_likelihood_once(log_likelihood, n_parameters, n_samples):
    """This is exactly the value one gets when the log-likelihood counts once and not twice."""
    return float(n_parameters * np.log(n_samples) - log_likelihood)


@mistake("bic")
def bic_half(log_likelihood, n_parameters, n_samples):
    """This is exactly half of the BIC, the form of some books; scikit-learn has both terms doubled."""
    return float(n_parameters * np.log(n_samples) / 2 - log_likelihood)


@mistake("bic")
def bic_counts_exchanged(log_likelihood, n_parameters, n_samples):
    """The two counts have changed places: the logarithm belongs to the number of samples."""
    return float(n_samples * np.log(n_parameters) - 2 * log_likelihood)


@mistake("select_n_components")
def select_n_components_index(X, candidates, *, n_init=5, random_state=None):
    """This is the place of the best candidate in the list; asked for is the candidate itself."""
    return int(np.argmin(_bics(X, candidates, n_init, random_state)))


@mistake("select_n_components")
def select_n_components_highest(X, candidates, *, n_init=5, random_state=None):
    """This is the candidate with the highest BIC; with scikit-learn's sign lower is better."""
    return int(candidates[np.argmax(_bics(X, candidates, n_init, random_state))])


@mistake("select_n_components")
def select_n_components_one_start(X, candidates, *, n_init=5, random_state=None):
    """`n_init` has no effect: one start can end in a poor fit, and then the wrong candidate wins."""
    return int(candidates[np.argmin(_bics(X, candidates, 1, random_state))])


@mistake("select_n_components")
def select_n_components_likelihood(X, candidates, *, n_init=5, random_state=None):
    """This is the candidate with the highest likelihood. More components nearly always fit better; BIC asks
    a price for them."""
    scores = [fit_sklearn(X, k, n_init=n_init, random_state=random_state).score(X) for k in candidates]
    return int(candidates[np.argmax(scores)])


@mistake("select_n_components")
def select_n_components_aic(X, candidates, *, n_init=5, random_state=None):
    """This is the candidate with the lowest AIC. AIC asks a smaller price for each parameter than BIC, and
    so it takes too many components more often."""
    models = [fit_sklearn(X, k, n_init=n_init, random_state=random_state) for k in candidates]
    return int(candidates[np.argmin([model.aic(X) for model in models])])


@mistake("select_n_components")
def select_n_components_mean_score(X, candidates, *, n_init=5, random_state=None):
    """The mean log-likelihood went into the BIC where the sum belongs; the price of the parameters then
    outweighs everything, and the smallest candidate wins."""
    n_samples, n_features = X.shape
    models = [fit_sklearn(X, k, n_init=n_init, random_state=random_state) for k in candidates]
    values = [bic(m.score(X), n_parameters(m.n_components, n_features), n_samples) for m in models]
    return int(candidates[np.argmin(values)])


@mistake("select_n_components")
def select_n_components_diagonal(X, candidates, *, n_init=5, random_state=None):
    """This is the best candidate for diagonal covariances; full ones are asked for, and correlated data
    need fewer of them."""
    return int(candidates[np.argmin(_bics(X, candidates, n_init, random_state, "diag"))])


@mistake("select_n_components")
def select_n_components_counted_on(X, candidates, *, n_init=5, random_state=None):
    """The place in the list was counted on from the first candidate; the candidates need not be
    neighbouring numbers."""
    return int(min(candidates) + np.argmin(_bics(X, candidates, n_init, random_state)))
