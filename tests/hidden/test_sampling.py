"""Hidden tests of chapter 2: draws, judged by their laws.

Each law refuses a right sampler with probability 1e-9 or less, whatever path it takes from `rng` to its draws.
"""

import numpy as np
import pytest

from gmmlearn.checks.diagnosing.cases import case, repeated, reproducible, untouched

from . import inputs

WEIGHTS = np.array([0.14, 0.53, 0.05, 0.28])


@pytest.mark.exercise("sample_categorical", weight=4, main=True)
def test_labels_come_as_often_as_their_weights_and_independently(expect, rng):
    weights = rng.permutation(WEIGHTS)
    # Rounded shares of 146 do not add up to 146, so rounding shows in the shape as well.
    many = case("categorical", weights, 146, about="40 draws of 146 labels")
    expect(repeated(many, inputs.seeds(rng, 40)))


@pytest.mark.exercise("sample_categorical")
def test_counts_of_few_labels_vary(expect, rng):
    few = case("categorical", np.array([0.5, 0.5]), 7, about="60 draws of 7 labels, two equal weights")
    expect(repeated(few, inputs.seeds(rng, 60)))


@pytest.mark.exercise("sample_categorical")
def test_labels_come_from_rng_alone(expect, rng):
    expect(reproducible(rng.permutation(WEIGHTS), 60, seeds=inputs.seeds(rng, 12)))


@pytest.mark.exercise("sample_categorical")
def test_label_of_weight_zero_is_never_drawn(expect, rng):
    weights = np.array([0.0, 0.37, 0.0, 0.63])
    one = case("categorical", weights, 400, about="two components of weight 0, the first among them")
    sure = case("categorical", np.array([0.0, 1.0]), 20, about="a weight of 0 and one of 1")
    expect(repeated(one, inputs.seeds(rng, 2)), repeated(sure, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_categorical")
def test_one_label_and_one_component(expect, rng):
    label = case("categorical", WEIGHTS, 1, about="60 draws of a single label")
    alone = case("categorical", np.ones(1), 7, about="one component")
    expect(repeated(label, inputs.seeds(rng, 60)), repeated(alone, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_categorical")
def test_weights_stay_as_they_are(expect, rng):
    expect(repeated(untouched(WEIGHTS, 5), inputs.seeds(rng, 1)))


def normal(rng, n_features):
    return rng.uniform(2, 5, size=n_features).round(2), inputs.covariance(rng, n_features)


@pytest.mark.exercise("sample_gaussian", weight=4, main=True)
def test_draws_have_the_mean_the_covariance_and_the_tails(expect, rng):
    many = case("gaussian", *normal(rng, 3), 4000, about="4000 samples of three correlated features")
    expect(repeated(many, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_gaussian")
def test_draws_of_four_features(expect, rng):
    many = case("gaussian", *normal(rng, 4), 2000, about="2000 samples of four features")
    expect(repeated(many, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_gaussian")
def test_draws_come_from_rng_alone(expect, rng):
    expect(reproducible(*normal(rng, 3), 9, seeds=inputs.seeds(rng, 8)))


@pytest.mark.exercise("sample_gaussian")
def test_one_draw_and_one_feature(expect, rng):
    mean, variance = np.array([3.25]), np.array([[rng.choice([3.5, 4.5])]])
    single = case("gaussian", *normal(rng, 3), 1, about="100 draws of a single sample")
    line = case("gaussian", mean, variance, 300, about="one feature")
    expect(repeated(single, inputs.seeds(rng, 100)), repeated(line, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_gaussian")
def test_mean_and_covariance_stay_as_they_are(expect, rng):
    expect(
        repeated(untouched(*normal(rng, 3), 5), inputs.seeds(rng, 1)),
        repeated(untouched(*normal(rng, 3), 1), inputs.seeds(rng, 1)),
    )


def apart(rng, n_features):
    """Three components so far apart that each row shows its own; one has twenty times the variance of another."""
    means = np.array([[-31.0, 6.0], [4.0, 29.0], [36.0, -13.0]])[:, :n_features] + rng.uniform(-1, 1, n_features).round(
        2
    )
    sizes = rng.permutation([0.2, 0.9, 4.0])
    shape = np.array([[1.0, 0.6], [0.6, 0.8]])[:n_features, :n_features]
    # Shares of 47 samples whose whole parts add up to 45, and which round to 48.
    return rng.permutation([0.17, 0.33, 0.5]), means, (sizes[:, np.newaxis, np.newaxis] * shape).round(3)


@pytest.mark.exercise("sample_mixture", weight=4, main=True)
def test_rows_follow_the_component_of_their_label(expect, rng):
    parameters = inputs.mixture(rng, 3, 4, spread=1.5)
    # No share of 4001 is a whole number, as weights are hundredths: who rounds the counts gets another shape.
    many = case("mixture", *parameters, 4001, about="4001 samples of four features, three unlike components")
    expect(repeated(many, inputs.seeds(rng, 1)))


@pytest.mark.exercise("sample_mixture")
def test_counts_vary_and_rows_are_in_no_order(expect, rng):
    few = case("mixture counts", *apart(rng, 2), 47, about="40 draws of 47 samples")
    expect(repeated(few, inputs.seeds(rng, 40)))


@pytest.mark.exercise("sample_mixture")
def test_rows_and_labels_come_from_rng_alone(expect, rng):
    expect(reproducible(*inputs.mixture(rng, 3, 2), 11, seeds=inputs.seeds(rng, 12)))


@pytest.mark.exercise("sample_mixture")
def test_one_row_one_component_and_one_feature(expect, rng):
    single = case("mixture counts", *apart(rng, 2), 1, about="60 draws of a single sample")
    alone = case("mixture", *inputs.mixture(rng, 1, 2), 300, about="one component")
    line = case("mixture", *apart(rng, 1), 4001, about="one feature")
    expect(
        repeated(single, inputs.seeds(rng, 60)),
        repeated(alone, inputs.seeds(rng, 1)),
        repeated(line, inputs.seeds(rng, 1)),
    )


@pytest.mark.exercise("sample_mixture")
def test_parameters_stay_as_they_are(expect, rng):
    expect(repeated(untouched(*inputs.mixture(rng, 3, 2), 5), inputs.seeds(rng, 1)))
