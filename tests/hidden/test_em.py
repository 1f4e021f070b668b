"""Hidden tests of chapter 6: the start of EM, and the loop.

Whole traces are compared only where every k-means start is the same; of random starts only invariants are asked.
"""

import numpy as np
import pytest

from gmmlearn import private
from gmmlearn.checks.diagnosing.cases import case, refusal, repeated, reproducible, untouched

from . import inputs


def once(rng, made):
    return repeated(made, inputs.seeds(rng, 1))


def apart(rng):
    """Three small groups far apart, (13, 2), which no k-means can miss."""
    centres = np.repeat([[0.0, 0.0], [40.0, 5.0], [-10.0, 45.0]], [6, 4, 3], axis=0)
    return inputs.similar(rng, centres + rng.normal(size=(13, 2)))


def shrunk(X, value):
    """The same samples, (n, 3), scaled so that the log-likelihood per sample ends near a given value."""
    trace = private.reference("fit")(X, 2, np.random.default_rng(0)).log_likelihoods
    return np.round(X * np.exp((trace[-1] - value) / 3), 4)


@pytest.mark.exercise("initialize", weight=4, main=True)
def test_kmeans_start_is_the_one_hot_table_of_the_clusters(expect, rng):
    expect(
        repeated(case("one-hot start", apart(rng), 3, about="three groups far apart"), inputs.seeds(rng, 10)),
        once(rng, case("one-hot start", inputs.pair(rng), 2, init_params="kmeans", about="two clouds that overlap")),
    )


@pytest.mark.exercise("initialize", weight=2)
def test_random_start_is_uniform_draws_whose_rows_are_normalised(expect, rng):
    X = (np.arange(20_000.0) % 7)[:, np.newaxis]
    expect(once(rng, case("uniform start", X, 2, init_params="random", about="20,000 samples, two components")))


@pytest.mark.exercise("initialize")
def test_random_start_comes_from_rng_alone(expect, rng):
    X = rng.uniform(size=(30, 2)).round(2)
    words = '"random": twice the same generator, then others'
    expect(reproducible(X, 3, seeds=inputs.seeds(rng, 4), init_params="random", about=words))


@pytest.mark.exercise("initialize")
def test_kmeans_start_comes_from_rng_alone(expect, rng):
    # Where there are no clusters, k-means ends differently from each seed.
    X = rng.uniform(size=(60, 2)).round(3)
    words = '"kmeans" on data without clusters: twice the same generator, then others'
    expect(reproducible(X, 5, seeds=inputs.seeds(rng, 8), init_params="kmeans", about=words))


@pytest.mark.exercise("initialize")
def test_another_name_is_refused_and_the_two_are_listed(expect, rng):
    wrong = [
        refusal(apart(rng), 2, init_params=name, names=("kmeans", "random"), about="a name that does not exist")
        for name in ("k-means++", "uniform")
    ]
    expect(*(once(rng, one) for one in wrong))


@pytest.mark.exercise("initialize")
def test_one_sample_one_component_and_one_feature(expect, rng):
    single, line = np.array([[2.25, -1.5]]), apart(rng)[:, :1]
    expect(
        *(
            once(rng, case("values", X, 1, init_params=name, about=f'{words}, "{name}"'))
            for X, words in ((single, "one sample"), (line, "one component, one feature"))
            for name in ("kmeans", "random")
        )
    )


@pytest.mark.exercise("initialize")
def test_samples_stay_as_they_are(expect, rng):
    cases = [untouched(apart(rng), 2), untouched(apart(rng), 2, init_params="random"), untouched(np.ones((1, 1)), 1)]
    expect(*(once(rng, one) for one in cases))


@pytest.mark.exercise("fit", weight=5, main=True)
def test_whole_trace_and_parameters_from_the_kmeans_start(expect, rng):
    expect(
        # Several times: whoever sorts the means apart from the weights may find them in order once by luck.
        *(
            once(rng, case("fit", inputs.trio(rng), 3, about="three clouds of three features, default settings"))
            for _ in range(4)
        ),
        once(rng, case("fit", inputs.pair(rng), 2, about="two clouds that overlap, default settings")),
    )


@pytest.mark.exercise("fit", weight=2)
def test_tol_ends_the_loop(expect, rng):
    expect(
        once(rng, case("fit", inputs.trio(rng), 3, tol=2e-2, about="a large `tol`")),
        once(rng, case("fit", inputs.pair(rng), 2, tol=1e-9, about="a small `tol`, so that `max_iter` ends the loop")),
        # A gain held against `tol` times the value ends the first too late; times 1 plus it, the second too soon.
        once(rng, case("fit", shrunk(inputs.pair(rng), -0.64), 2, about="log-likelihoods per sample between -1 and 0")),
        once(rng, case("fit", shrunk(inputs.pair(rng), -1.4), 2, about="log-likelihoods per sample below -1")),
    )


@pytest.mark.exercise("fit", weight=2)
def test_max_iter_ends_the_loop_and_a_large_reg_covar_is_used(expect, rng):
    X, options = inputs.trio(rng), {"tol": 1e-9, "reg_covar": 0.1}
    expect(
        once(rng, case("fit", X, 3, max_iter=4, **options, about="`max_iter` 4, a large `reg_covar`")),
        once(rng, case("fit", X, 3, max_iter=1, **options, about="`max_iter` 1, a large `reg_covar`")),
    )


@pytest.mark.exercise("fit")
def test_random_start_begins_near_one_gaussian_and_never_falls(expect, rng):
    X = inputs.pair(rng)
    mean, covariance = private.reference("fit_gaussian")(X)
    alone = private.reference("gaussian_log_density")(X, mean, covariance).mean()
    trace = private.reference("fit")(X, 2, np.random.default_rng(0), max_iter=1).log_likelihoods
    bound = {"first_below": float((alone + trace[0]) / 2)}
    words = 'the start "random"'
    expect(once(rng, case("random fit", X, 2, settings=bound, init_params="random", max_iter=7, tol=0.0, about=words)))


@pytest.mark.exercise("fit")
def test_density_of_an_outlier_is_too_small_for_a_float(expect, rng):
    X = np.append(rng.normal(size=1999).round(1), 1e5)[:, np.newaxis]
    expect(once(rng, case("fit", X, 1, max_iter=2, about="2000 samples, one of them 100,000 spreads away")))


@pytest.mark.exercise("fit")
def test_one_component_is_one_gaussian(expect, rng):
    X = rng.normal(3, 2, size=(9, 3)).round(2)
    cases = [
        case("fit", X[:, :1], 1, reg_covar=0.05, about="one component, one feature"),
        case("fit", X, 1, reg_covar=0.05, about="one component, three features"),
        case("fit", X[:1], 1, reg_covar=0.05, about="one sample, one component"),
    ]
    expect(*(once(rng, one) for one in cases))


@pytest.mark.exercise("fit")
def test_fit_comes_from_rng_alone(expect, rng):
    # Where there are no clusters, k-means ends differently from each seed, and so does EM after two steps.
    X = rng.uniform(size=(80, 2)).round(3)
    words = "data without clusters: twice the same generator, then others"
    expect(reproducible(X, 5, seeds=inputs.seeds(rng, 6), max_iter=2, about=words))


@pytest.mark.exercise("fit")
def test_another_name_of_a_start_is_refused(expect, rng):
    expect(once(rng, refusal(apart(rng), 2, init_params="k-means++", names=(), about="a name that does not exist")))


@pytest.mark.exercise("fit")
def test_data_stay_as_they_are(expect, rng):
    expect(once(rng, untouched(apart(rng), 2, max_iter=3)))
