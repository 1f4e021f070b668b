"""Wrong answers to chapter 7, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
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


def n_parameters__right_for_two_and_three(n_components, n_features, covariance_type="full"):
    """For "full" it is K d^2 + 1, which is right at K = 2 and d = 3 and nearly nowhere else."""
    K, d = n_components, n_features
    of = {"full": K * d * d + 1, "tied": K - 1 + K * d + d * (d + 1) // 2}
    of |= {"diag": K - 1 + 2 * K * d, "spherical": K - 1 + K * d + K}
    return of[covariance_type]


def n_parameters__arguments_exchanged(n_components, n_features, covariance_type="full"):
    """K and d have changed places."""
    d, K = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__one_mean(n_components, n_features, covariance_type="full"):
    """One mean is counted for all components."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K - 1 + d + of[covariance_type]


def n_parameters__halved_first(n_components, n_features, covariance_type="full"):
    """`d // 2 * (d + 1)` drops a half where d is odd."""
    K, d = n_components, n_features
    triangle = d // 2 * (d + 1)
    of = {"full": K * triangle, "tied": triangle, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__not_halved(n_components, n_features, covariance_type="full"):
    """A covariance matrix counts d (d + 1) entries; the half is missing."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1), "tied": d * (d + 1), "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__minus_one_only(n_components, n_features, covariance_type="full"):
    """The weights are left out, but the 1 for their sum is still taken off."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K * d + of[covariance_type] - 1


def n_parameters__tied_as_diag(n_components, n_features, covariance_type="full"):
    """With "tied" the shared matrix counts d variances, as if it were diagonal."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__spherical_by_features(n_components, n_features, covariance_type="full"):
    """With "spherical" a variance is counted for each feature, shared by the components."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": d}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__any_other_type_as_diag(n_components, n_features, covariance_type="full"):
    """Any type but "full" is counted as "diag"."""
    K, d = n_components, n_features
    cov = K * d * (d + 1) // 2 if covariance_type == "full" else K * d
    return K - 1 + K * d + cov


def n_parameters__weights_for_features(n_components, n_features, covariance_type="full"):
    """d - 1 weights are counted instead of K - 1."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return d - 1 + K * d + of[covariance_type]


def bic__bishop(log_likelihood, n_parameters, n_samples):
    """-1/2 times the value that is due: log-likelihood minus half the price, higher is better."""
    return log_likelihood - 0.5 * n_parameters * np.log(n_samples)


def bic__log_plus_one(log_likelihood, n_parameters, n_samples):
    """The logarithm is that of n + 1."""
    return n_parameters * np.log1p(n_samples) - 2 * log_likelihood


def bic__base_two(log_likelihood, n_parameters, n_samples):
    """The logarithm is that to base 2."""
    return n_parameters * np.log2(n_samples) - 2 * log_likelihood


def bic__absolute(log_likelihood, n_parameters, n_samples):
    """The absolute value: wrong where the criterion is negative."""
    return abs(n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__never_negative(log_likelihood, n_parameters, n_samples):
    """Values below 0 are raised to 0."""
    return max(0.0, n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__log_of_log_likelihood(log_likelihood, n_parameters, n_samples):
    """The logarithm of the log-likelihood is taken once more: NaN where it is negative."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return n_parameters * np.log(n_samples) - 2 * np.log(log_likelihood)


def bic__likelihood_added(log_likelihood, n_parameters, n_samples):
    """Twice the log-likelihood is added instead of subtracted."""
    return n_parameters * np.log(n_samples) + 2 * log_likelihood


def bic__hannan_quinn(log_likelihood, n_parameters, n_samples):
    """The criterion of Hannan and Quinn: a parameter costs 2 log log n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * n_parameters * np.log(np.log(n_samples)) - 2 * log_likelihood


def bic__per_sample(log_likelihood, n_parameters, n_samples):
    """The whole is divided by the number of samples."""
    return (n_parameters * np.log(n_samples) - 2 * log_likelihood) / n_samples


def bic__whole_number(log_likelihood, n_parameters, n_samples):
    """The value is rounded to a whole number."""
    return round(n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__likelihood_of_score(log_likelihood, n_parameters, n_samples):
    """The log-likelihood is taken for a mean and multiplied by n."""
    return n_parameters * np.log(n_samples) - 2 * n_samples * log_likelihood


def bic__single_precision(log_likelihood, n_parameters, n_samples):
    """Computed in single precision."""
    return np.float32(n_parameters) * np.log(np.float32(n_samples)) - np.float32(2) * np.float32(log_likelihood)


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
