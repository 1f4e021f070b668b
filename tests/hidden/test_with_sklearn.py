"""Hidden tests of chapter 7: scikit-learn's mixture, counting parameters, and the choice by BIC."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn.checks.diagnosing.cases import case, untouched, values

from . import inputs

TYPES = ("full", "tied", "diag", "spherical")


@pytest.mark.exercise("fit_sklearn", weight=4, main=True)
def test_model_is_fitted_with_all_that_was_asked_for(expect, rng):
    X, cases = inputs.trio(rng), []
    for covariance_type, n_init in (("tied", 2), ("diag", 3)):
        options = {"covariance_type": covariance_type, "init_params": "random_from_data", "n_init": n_init}
        state = int(rng.integers(2**31))
        cases.append(case("model", X, 3, **options, random_state=state, about="every option at a value of its own"))
    expect(*cases)


@pytest.mark.exercise("fit_sklearn")
def test_defaults(expect, rng):
    expect(case("model", inputs.pair(rng), 2, random_state=3, about="nothing but a seed"))


@pytest.mark.exercise("fit_sklearn")
def test_random_state_decides(expect, rng):
    X, seeds = rng.uniform(size=(50, 2)).round(3), inputs.seeds(rng, 2)
    words = "data without clusters, where another `random_state` gives another model"
    expect(*(case("model", X, 4, init_params="random_from_data", random_state=one, about=words) for one in seeds))


@pytest.mark.exercise("fit_sklearn")
def test_one_component_and_one_feature(expect, rng):
    X = rng.normal(3, 2, size=(12, 1)).round(2)
    expect(case("model", X, 1, random_state=0, about="one component, one feature"))


@pytest.mark.exercise("fit_sklearn")
def test_samples_stay_as_they_are(expect, rng):
    expect(untouched(inputs.pair(rng)[:20], 2, random_state=0))


@pytest.mark.exercise("n_parameters", weight=4, main=True)
def test_parameters_of_every_type_of_covariance(expect, rng):
    few, many = (int(rng.integers(3, 6)) for _ in range(2)), (int(rng.integers(6, 10)) for _ in range(2))
    (k, d), (more, wide) = few, many
    sizes = [(k, wide), (more, d), (more + 2, wide + 1)]  # one even and one odd number of features at least
    expect(*(values(*size, covariance_type=kind, about=f'"{kind}"') for size in sizes for kind in TYPES))


@pytest.mark.exercise("n_parameters")
def test_parameters_are_as_many_as_sklearn_counts(expect, rng):
    X, cases = inputs.pair(rng)[:40], []
    for kind in TYPES:
        model = GaussianMixture(2, covariance_type=kind, random_state=0, tol=1.0).fit(X)
        # BIC - AIC = p log n - 2 p
        due = round((model.bic(X) - model.aic(X)) / (np.log(len(X)) - 2))
        cases.append(values(2, 3, covariance_type=kind, expected=due, about=f'"{kind}", named'))
    expect(*cases)


@pytest.mark.exercise("n_parameters")
def test_without_a_type_it_is_full(expect, rng):
    # Two of three weights, three means of two numbers, three matrices of two variances and one covariance.
    expect(
        values(3, 2, expected=2 + 6 + 9, about="no `covariance_type` given"),
        values(4, 7, about="no `covariance_type` given"),
    )


@pytest.mark.exercise("n_parameters")
def test_types_coincide_for_one_feature_and_for_one_component(expect, rng):
    one_feature = [
        values(4, 1, covariance_type=kind, expected=3 + 4 + 4, about=f'one feature, "{kind}"')
        for kind in TYPES
        if kind != "tied"
    ]
    one_component = [
        values(1, 5, covariance_type=kind, expected=5 + 15, about=f'one component, "{kind}"') for kind in TYPES[:2]
    ]
    expect(*one_feature, *one_component)


def score(rng, low, high):
    return round(rng.uniform(low, high), 2), int(rng.integers(5, 30)), int(rng.integers(60, 300))


@pytest.mark.exercise("bic", weight=3, main=True)
def test_bic_of_a_log_likelihood_and_two_counts(expect, rng):
    expect(
        values(*score(rng, -900, -200), about="a negative log-likelihood"),
        values(*score(rng, 700, 900), about="a positive log-likelihood, where BIC is negative"),
        values(*score(rng, -90, -20), about="another size"),
    )


@pytest.mark.exercise("bic")
def test_bic_is_that_of_sklearn(expect, rng):
    X = inputs.pair(rng)[:40]
    model = GaussianMixture(2, random_state=0).fit(X)
    total = float(model.score_samples(X).sum())
    expect(values(total, 19, 40, expected=float(model.bic(X)), about="two components of three features"))


@pytest.mark.exercise("bic")
def test_one_sample_costs_nothing(expect, rng):
    total = -round(rng.uniform(2, 9), 2)
    expect(values(total, 9, 1, expected=-2 * total, about="one sample"))


def choice(X, candidates, state, chosen, n_init=1, about=""):
    """A case whose answer is known: whatever the student, the data are the same but for turns, scales and moves."""
    return values(X, candidates, n_init=n_init, random_state=state, expected=chosen, about=about)


@pytest.mark.exercise("select_n_components", weight=4, main=True)
def test_candidate_with_the_lowest_bic_whatever_the_order_of_the_list(expect, rng):
    slanted = "three slanted groups, and a start from which three components fit badly"
    expect(
        choice(inputs.groups(rng, (30, 26, 24), slanted=True), (4, 6, 3), 1, 4, about=slanted),
        choice(inputs.groups(rng, (40, 35)), (1, 4, 2), 2, 2, about="two round groups"),
        choice(inputs.groups(rng, (40, 35), slanted=True), (5, 2, 4), 3, 2, about="two slanted groups"),
        choice(inputs.groups(rng, (60,), slanted=True), (3, 1, 2), 4, 1, about="one slanted group"),
        # Without these the lowest AIC and the highest likelihood would look alike.
        *(choice(inputs.contested(rng, seed), (3, 1, 2), 7, 1, about="nearly one group") for seed in (26, 81)),
        choice(inputs.scarcely_two(rng), (1, 2), 7, 2, about="two groups that overlap"),
        choice(inputs.scarcely_one(rng), (1, 2), 7, 1, about="nearly one group of five features"),
        choice(
            inputs.groups(rng, (40, 35)) / 30, (3, 1, 2), 2, 2, about="two tight groups, where every BIC is negative"
        ),
        # So far apart that even the mean of the log-likelihood outweighs the price of a component.
        choice(
            np.append(rng.normal(size=12), 1e5 + rng.normal(size=10))[:, np.newaxis].round(2),
            (2, 1),
            0,
            2,
            about="one feature, two groups very far apart",
        ),
        # Three would be best, but it is no candidate.
        choice(inputs.groups(rng, (30, 26, 24)), (4, 2), 1, 4, about="three round groups, candidates with a gap"),
    )


@pytest.mark.exercise("select_n_components")
def test_several_starts_find_what_one_start_misses(expect, rng):
    X = inputs.bands(rng)
    several = [choice(X, (2, 3), state, 3, n_init=3, about="three bands, three starts") for state in (13, 20)]
    single = [
        choice(X, (2, 3), state, chosen, about="three bands, a single start")
        # Both answers are there more than once: no state that is fixed gives them all, and chance hardly ever.
        for state, chosen in ((3, 3), (13, 2), (16, 3), (10, 2), (33, 3))
    ]
    expect(*several, *single)


@pytest.mark.exercise("select_n_components")
def test_five_starts_are_the_default(expect, rng):
    X = inputs.bands(rng)
    words = "three bands, no `n_init` given"
    expect(*(values(X, (2, 3), random_state=state, expected=k, about=words) for state, k in ((28, 3), (4, 2))))


@pytest.mark.exercise("select_n_components")
def test_only_candidate_is_chosen(expect, rng):
    X = inputs.groups(rng, (20, 25))
    expect(
        choice(X, (3,), 0, 3, about="a single candidate"),
        choice(X, (1,), 0, 1, about="a single candidate"),
    )


@pytest.mark.exercise("select_n_components")
def test_one_feature_and_default_settings(expect, rng):
    expect(values(inputs.groups(rng, (20, 25))[:, :1] * 3, (2, 1), about="one feature, no options"))


@pytest.mark.exercise("select_n_components")
def test_samples_are_not_changed(expect, rng):
    expect(untouched(inputs.groups(rng, (20, 25)), (1, 2), n_init=1, random_state=0))
