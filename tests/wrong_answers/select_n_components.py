"""Wrong answers to `select_n_components`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture


def _model(X, k, n_init, random_state, **options):
    return GaussianMixture(k, n_init=n_init, random_state=random_state, **options).fit(X)


def _count(K, d):
    return K - 1 + K * d + K * d * (d + 1) // 2


def select_n_components__silhouette(X, candidates, *, n_init=5, random_state=None):
    """The candidate with the highest silhouette of its labels; one component is never chosen."""
    scores = {}
    for k in candidates:
        labels = _model(X, k, n_init, random_state).predict(X)
        scores[k] = silhouette_score(X, labels) if len(set(labels)) > 1 else -1.0
    return max(scores, key=scores.get)


def select_n_components__smallest(X, candidates, *, n_init=5, random_state=None):
    """`min(candidates)`: always the smallest candidate."""
    return min(candidates)


def select_n_components__largest(X, candidates, *, n_init=5, random_state=None):
    """Always the largest candidate."""
    return max(candidates)


def select_n_components__counts_exchanged(X, candidates, *, n_init=5, random_state=None):
    """K and d are exchanged in the count of the parameters."""
    n, d = X.shape
    values = [_count(d, k) * np.log(n) - 2 * n * _model(X, k, n_init, random_state).score(X) for k in candidates]
    return candidates[int(np.argmin(values))]


def select_n_components__score_divides(X, candidates, *, n_init=5, random_state=None):
    """n is divided by the mean score where it should be multiplied."""
    n, d = X.shape
    values = [_count(k, d) * np.log(n) - 2 * n / _model(X, k, n_init, random_state).score(X) for k in candidates]
    return candidates[int(np.argmin(values))]


def select_n_components__fixed_seed(X, candidates, *, n_init=5, random_state=None):
    """The seed is always 0, whatever `random_state` is."""
    return min(candidates, key=lambda k: _model(X, k, n_init, 0).bic(X))


def select_n_components__first_rise(X, candidates, *, n_init=5, random_state=None):
    """It stops at the first candidate in the list whose BIC is higher than the one before."""
    best, lowest = candidates[0], np.inf
    for k in candidates:
        value = _model(X, k, n_init, random_state).bic(X)
        if value > lowest:
            break
        best, lowest = k, value
    return best


def select_n_components__spherical(X, candidates, *, n_init=5, random_state=None):
    """The fits have spherical covariances."""
    return min(candidates, key=lambda k: _model(X, k, n_init, random_state, covariance_type="spherical").bic(X))


def select_n_components__tied(X, candidates, *, n_init=5, random_state=None):
    """The fits have one covariance matrix for all components."""
    return min(candidates, key=lambda k: _model(X, k, n_init, random_state, covariance_type="tied").bic(X))


def select_n_components__lowest_begins_at_zero(X, candidates, *, n_init=5, random_state=None):
    """The lowest BIC so far begins at 0, so None comes back where all are positive."""
    best, lowest = None, 0
    for k in candidates:
        value = _model(X, k, n_init, random_state).bic(X)
        if value < lowest:
            best, lowest = k, value
    return best


def select_n_components__negative_is_missing(X, candidates, *, n_init=5, random_state=None):
    """A negative BIC is taken for a failed fit and skipped; None where all are negative."""
    best, lowest = None, None
    for k in candidates:
        value = _model(X, k, n_init, random_state).bic(X)
        if value < 0:
            continue
        if lowest is None or value < lowest:
            best, lowest = k, value
    return best


def select_n_components__absolute(X, candidates, *, n_init=5, random_state=None):
    """The BIC closest to 0 wins, which is the highest where they are negative."""
    return min(candidates, key=lambda k: abs(_model(X, k, n_init, random_state).bic(X)))


def select_n_components__sorted_apart(X, candidates, *, n_init=5, random_state=None):
    """The fits go through the sorted candidates, the index into the list as it was handed over."""
    values = [_model(X, k, n_init, random_state).bic(X) for k in sorted(candidates)]
    return candidates[int(np.argmin(values))]


def select_n_components__held_out(X, candidates, *, n_init=5, random_state=None):
    """Fitted to one half of the samples and chosen by the likelihood of the other half; no BIC."""
    return max(candidates, key=lambda k: _model(X[::2], k, n_init, random_state).score(X[1::2]))


def select_n_components__entropy_added(X, candidates, *, n_init=5, random_state=None):
    """The entropy of the responsibilities is added to the BIC (ICL), which favours components that lie apart."""

    def icl(k):
        model = _model(X, k, n_init, random_state)
        r = np.clip(model.predict_proba(X), 1e-300, 1)
        return model.bic(X) - 2 * (r * np.log(r)).sum()

    return min(candidates, key=icl)


def select_n_components__large_weights_counted(X, candidates, *, n_init=5, random_state=None):
    """The number of components with a weight above 0.1 in the fit with the most components."""
    return int((_model(X, max(candidates), n_init, random_state).weights_ > 0.1).sum())


def select_n_components__all_numbers_up_to_the_largest(X, candidates, *, n_init=5, random_state=None):
    """All numbers from 1 to the largest candidate are tried, so one that is no candidate can win."""
    return min(range(1, max(candidates) + 1), key=lambda k: _model(X, k, n_init, random_state).bic(X))


def select_n_components__within_ten(X, candidates, *, n_init=5, random_state=None):
    """The smallest candidate whose BIC lies within 10 of the lowest."""
    values = {k: _model(X, k, n_init, random_state).bic(X) for k in candidates}
    return min(k for k, value in values.items() if value < min(values.values()) + 10)


def select_n_components__criterion(X, candidates, *, n_init=5, random_state=None):
    """The lowest BIC itself, not the candidate."""
    return min(_model(X, k, n_init, random_state).bic(X) for k in candidates)


def select_n_components__return_in_loop(X, candidates, *, n_init=5, random_state=None):
    """The return stands inside the loop: always the first candidate."""
    best, lowest = None, np.inf
    for k in candidates:
        value = _model(X, k, n_init, random_state).bic(X)
        if value < lowest:
            best, lowest = k, value
        return best


def select_n_components__starts_forgotten_by_default(X, candidates, *, n_init=1, random_state=None):
    """The default of `n_init` is 1 instead of 5."""
    return min(candidates, key=lambda k: _model(X, k, n_init, random_state).bic(X))


def select_n_components__entries_for_samples(X, candidates, *, n_init=5, random_state=None):
    """`X.size` in the place of the number of samples: a parameter costs log(n d)."""

    def value(k):
        score = _model(X, k, n_init, random_state).score_samples(X).sum()
        return _count(k, X.shape[1]) * np.log(X.size) - 2 * score

    return min(candidates, key=value)


def select_n_components__all_numbers_between(X, candidates, *, n_init=5, random_state=None):
    """All numbers from the smallest candidate to the largest are tried, so one that is no candidate can win."""
    numbers = range(min(candidates), max(candidates) + 1)
    return min(numbers, key=lambda k: _model(X, k, n_init, random_state).bic(X))
