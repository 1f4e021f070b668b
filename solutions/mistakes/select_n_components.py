"""Known mistakes of `select_n_components`."""

import numpy as np

from ..with_sklearn import bic, fit_sklearn, n_parameters
from .registry import mistake


def _bics(X, candidates, n_init, random_state, covariance_type="full"):
    options = {"covariance_type": covariance_type, "n_init": n_init, "random_state": random_state}
    return [fit_sklearn(X, k, **options).bic(X) for k in candidates]


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
    """The result does not depend on `random_state`, as when a constant seed stands inside the function, or when
    `random_state` is not handed on. If the starts are poor, another seed is of no help then."""
    return int(candidates[np.argmin(_bics(X, candidates, n_init, 0))])
