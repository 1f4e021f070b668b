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


def _weights_and_means(n_components, n_features):
    return n_components - 1 + n_components * n_features


def _mixture(n_components, covariance_type, init_params, n_init, random_state):
    return GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    )


def _bics(X, candidates, n_init, random_state, covariance_type="full"):
    options = {"covariance_type": covariance_type, "n_init": n_init, "random_state": random_state}
    return [fit_sklearn(X, k, **options).bic(X) for k in candidates]


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


@mistake("n_parameters")
def n_parameters_all_entries(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when every entry of a covariance matrix counts as free. A symmetric
    matrix has fewer free entries."""
    entries = _entries(n_components, n_features)
    entries |= {"full": n_components * n_features**2, "tied": n_features**2}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_all_weights(n_components, n_features, covariance_type="full"):
    """The numbers are too large by one, as when all weights count as free. The weights sum to 1."""
    return n_components + n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_weights(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the weights are not counted. They are estimated as well."""
    return n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_means(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the means are not counted. They are estimated as well."""
    return n_components - 1 + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_always_full(n_components, n_features, covariance_type="full"):
    """`covariance_type` has no effect: the numbers are always those of full covariances."""
    return _weights_and_means(n_components, n_features) + _entries(n_components, n_features)["full"]


@mistake("n_parameters")
def n_parameters_tied_for_each(n_components, n_features, covariance_type="full"):
    """With "tied" the numbers are exactly those you get when each component has its own matrix. There all components
    share one."""
    entries = _entries(n_components, n_features)
    entries["tied"] = entries["full"]
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_diag_shared(n_components, n_features, covariance_type="full"):
    """With "diag" the numbers are exactly those you get when all components share their variances. There each has
    its own."""
    entries = _entries(n_components, n_features) | {"diag": n_features}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_shared(n_components, n_features, covariance_type="full"):
    """With "spherical" the numbers are exactly those you get when all components share one variance. There each has
    its own."""
    entries = _entries(n_components, n_features) | {"spherical": 1}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_as_diag(n_components, n_features, covariance_type="full"):
    """With "spherical" the numbers are exactly those of "diag", which has a variance for each feature. A spherical
    component has one variance for all of its features."""
    entries = _entries(n_components, n_features)
    entries["spherical"] = entries["diag"]
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_without_diagonal(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when only the entries off the diagonal of a covariance matrix are
    counted. The variances are estimated as well."""
    entries = _entries(n_components, n_features)
    entries["full"] -= n_components * n_features
    entries["tied"] -= n_features
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_arguments_exchanged(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the number of components and the number of features are exchanged."""
    return _weights_and_means(n_features, n_components) + _entries(n_features, n_components)[covariance_type]


@mistake("n_parameters")
def n_parameters_one_mean(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when one mean is counted for all components. Each has its own."""
    return n_components - 1 + n_features + _entries(n_components, n_features)[covariance_type]


@mistake("bic")
def bic_of_mean(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the log-likelihood is divided by the number of samples. BIC uses the
    sum over the samples; compared with a mean, the price of the parameters is far too high."""
    return float(n_parameters * np.log(n_samples) - 2 * log_likelihood / n_samples)


@mistake("bic")
def bic_opposite_sign(log_likelihood, n_parameters, n_samples):
    """The value is exactly the BIC with the opposite sign, where higher is better. In scikit-learn, lower is better."""
    return float(2 * log_likelihood - n_parameters * np.log(n_samples))


@mistake("bic")
def bic_log10(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get with the logarithm to base 10. Expected is the natural logarithm."""
    return float(n_parameters * np.log10(n_samples) - 2 * log_likelihood)


@mistake("bic")
def bic_aic(log_likelihood, n_parameters, n_samples):
    """The value is exactly Akaike's criterion, AIC. In BIC the price of a parameter grows with the number of
    samples."""
    return float(2 * n_parameters - 2 * log_likelihood)


@mistake("bic")
def bic_likelihood_once(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the log-likelihood counts once, not twice."""
    return float(n_parameters * np.log(n_samples) - log_likelihood)


@mistake("bic")
def bic_half(log_likelihood, n_parameters, n_samples):
    """The value is exactly half of the BIC, a form that some books use. In scikit-learn both terms are doubled."""
    return float(n_parameters * np.log(n_samples) / 2 - log_likelihood)


@mistake("bic")
def bic_counts_exchanged(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the two counts are exchanged. The logarithm belongs to the number of
    samples."""
    return float(n_samples * np.log(n_parameters) - 2 * log_likelihood)


@mistake("bic")
def bic_bishop(log_likelihood, n_parameters, n_samples):
    """The value is exactly -1/2 times the expected one: the log-likelihood minus half the price, the form in Bishop's
    book, where higher is better. Expected is scikit-learn's form."""
    return float(log_likelihood - n_parameters * np.log(n_samples) / 2)


@mistake("bic")
def bic_likelihood_added(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when twice the log-likelihood is added, not subtracted. A better fit should
    lower the criterion."""
    return float(n_parameters * np.log(n_samples) + 2 * log_likelihood)


@mistake("select_n_components")
def select_n_components_index(X, candidates, *, n_init=5, random_state=None):
    """The result is exactly the index of the best candidate in the list. Expected is the candidate itself."""
    return int(np.argmin(_bics(X, candidates, n_init, random_state)))


@mistake("select_n_components")
def select_n_components_highest(X, candidates, *, n_init=5, random_state=None):
    """The result is always the candidate with the highest BIC. With scikit-learn's sign, lower is better."""
    return int(candidates[np.argmax(_bics(X, candidates, n_init, random_state))])


@mistake("select_n_components")
def select_n_components_one_start(X, candidates, *, n_init=5, random_state=None):
    """The result is always the best candidate for a single start: `n_init` has no effect. One start can end in a
    poor fit, and then the wrong candidate wins."""
    return int(candidates[np.argmin(_bics(X, candidates, 1, random_state))])


@mistake("select_n_components")
def select_n_components_likelihood(X, candidates, *, n_init=5, random_state=None):
    """The result is always the candidate with the highest likelihood. More components nearly always fit better; in
    BIC they have a price."""
    scores = [fit_sklearn(X, k, n_init=n_init, random_state=random_state).score(X) for k in candidates]
    return int(candidates[np.argmax(scores)])


@mistake("select_n_components")
def select_n_components_aic(X, candidates, *, n_init=5, random_state=None):
    """The result is always the candidate with the lowest AIC. A parameter costs less in AIC than in BIC, so AIC
    chooses too many components more often."""
    models = [fit_sklearn(X, k, n_init=n_init, random_state=random_state) for k in candidates]
    return int(candidates[np.argmin([model.aic(X) for model in models])])


@mistake("select_n_components")
def select_n_components_mean_score(X, candidates, *, n_init=5, random_state=None):
    """The result is exactly the one you get when BIC is computed from the mean log-likelihood, not from the sum. The
    price of the parameters is then far too high, and the smallest candidate nearly always wins."""
    n_samples, n_features = X.shape
    models = [fit_sklearn(X, k, n_init=n_init, random_state=random_state) for k in candidates]
    values = [bic(m.score(X), n_parameters(m.n_components, n_features), n_samples) for m in models]
    return int(candidates[np.argmin(values)])


@mistake("select_n_components")
def select_n_components_diagonal(X, candidates, *, n_init=5, random_state=None):
    """The result is always the best candidate for diagonal covariances. Expected are full covariances, and
    correlated data need fewer of those components."""
    return int(candidates[np.argmin(_bics(X, candidates, n_init, random_state, "diag"))])


@mistake("select_n_components")
def select_n_components_counted_on(X, candidates, *, n_init=5, random_state=None):
    """The result is exactly the smallest candidate plus the index of the best one in the list. The candidates need
    not be consecutive numbers, or in order."""
    return int(min(candidates) + np.argmin(_bics(X, candidates, n_init, random_state)))


@mistake("select_n_components")
def select_n_components_index_plus_one(X, candidates, *, n_init=5, random_state=None):
    """The result is exactly the index of the best candidate in the list plus 1. The candidates need not be 1, 2, 3
    and so on, or in order."""
    return int(1 + np.argmin(_bics(X, candidates, n_init, random_state)))


@mistake("select_n_components")
def select_n_components_lowest_bic(X, candidates, *, n_init=5, random_state=None):
    """The result is exactly the lowest BIC. Expected is the candidate that has it."""
    return float(min(_bics(X, candidates, n_init, random_state)))


@mistake("select_n_components")
def select_n_components_smallest(X, candidates, *, n_init=5, random_state=None):
    """The result is always the smallest candidate, whatever the samples are. Which number should be smallest?"""
    return int(min(candidates))


@mistake("select_n_components")
def select_n_components_first(X, candidates, *, n_init=5, random_state=None):
    """The result is always the first candidate of the list, as when the function returns inside its loop over the
    candidates."""
    return int(candidates[0])


@mistake("select_n_components")
def select_n_components_spherical(X, candidates, *, n_init=5, random_state=None):
    """The result is always the best candidate for spherical covariances. Expected are full covariances."""
    return int(candidates[np.argmin(_bics(X, candidates, n_init, random_state, "spherical"))])


@mistake("select_n_components")
def select_n_components_fixed_state(X, candidates, *, n_init=5, random_state=None):
    """`random_state` has no effect: every call uses the same starts, as when the seed is a constant inside the
    function. If these starts are poor, no other seed can help."""
    return int(candidates[np.argmin(_bics(X, candidates, n_init, 0))])
