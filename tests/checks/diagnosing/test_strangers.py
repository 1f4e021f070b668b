"""Wrong answers of strangers that a known mistake explains are called by its name, whatever their style is."""

import importlib
import re

import pytest

from gmmlearn import library
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.performing import perform

NAMES = {
    "gaussian_density-deviation-not-squared": ("square_forgotten", "square_forgotten_in_a_loop"),
    "gaussian_density-absolute-deviation": ("deviation_not_squared",),
    "mixture_density-last-only": ("assigned_not_added", "assigned_sample_by_sample"),
    "mixture_density-first-only": ("return_in_loop",),
    "sample_categorical-rounded-counts": ("rounded_counts_shuffled",),
    "sample_categorical-rounded-in-order": ("rounded_counts_in_order", "rounded_counts_in_a_loop"),
    "sample_mixture-rows-grouped": ("stacked_rows_mixed_labels", "stacked_in_a_loop"),
    "sample_mixture-labels-grouped": ("rows_shuffled_labels_not", "labels_sorted"),
    "log_likelihood-one-shift": ("one_maximum", "one_maximum_in_a_loop"),
    "fit-trace-of-sums": ("sums_throughout", "sums_and_break_first"),
    "fit-tol-on-sum": (*("gain_of_the_sum", "gain_of_the_sum_break_first", "gain_of_the_sum_and_old_parameters"),),
    "fit-never-converged": ("never_converged", "never_converged_break_first"),
    "fit-relative-gain": ("relative_gain", "relative_gain_break_first"),
    "fit-gain-of-one-and-value": ("gain_of_one_and_value",),
    "gaussian_density-unit-height": ("unit_height",),
    "gaussian_log_density-two-features": ("two_dimensional_constant",),
    "gaussian_log_density-samples-counted": ("n_for_d",),
    "update_means-one-number": ("axis_forgotten",),
    "update_covariances-not-centred": ("not_centred",),
    "update_covariances-spherical": ("spherical",),
    "update_covariances-variances-in-each-row": ("variances_assigned_to_a_matrix",),
    "update_covariances-inner-product": ("inner_product", "inner_product_by_dot"),
    "fit_gaussian-inner-product": ("inner_product",),
    "log_likelihood-without-logarithm": ("logarithm_forgotten",),
    "log_likelihood-unweighted-densities": ("densities_without_weights",),
    "responsibilities-unweighted-densities": ("third_for_each", "densities_without_weights"),
    "bic-times-samples": ("times_samples",),
    "bic-base-2": ("base_two",),
    "responsibilities-floored-products": ("joint_floored",),
    "natural_parameters-log-determinant-added": ("log_determinant_added", "log_determinant_added_in_a_loop"),
    "expected_statistics-means": ("means", "means_in_a_loop"),
    "parameters-squares-doubled": ("squares_doubled", "squares_doubled_in_a_loop"),
    "parameters-variances-doubled": ("variances_doubled",),
    "parameters-diagonal-doubled": ("diagonal_doubled",),
}
"""Known mistake -> the answers in `tests/wrong_answers` that make it."""


def diagnosed(exercise, words):
    module = importlib.import_module(f"tests.wrong_answers.{'fit_trace' if exercise == 'fit' else exercise}")
    function, key = getattr(module, f"{exercise}__{words}"), answers(exercise)
    return diagnose(key.cases, lambda call: perform(function, call), key.sentences)


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, those in NAMES.items() for words in those])
def test_a_strangers_answer_is_called_by_the_mistake_it_makes(name, words):
    assert diagnosed(name.partition("-")[0], words).mistake == name


def test_a_logarithm_of_0_by_math_is_explained_and_not_blamed_on_a_mistake():
    found = diagnosed("log_likelihood", "one_maximum_by_math")
    assert found.mistakes == ()
    assert "`math.log` needs a number above 0" in found.why({})


def test_a_gain_relative_to_at_least_one_is_not_called_relative_to_the_value():
    assert diagnosed("fit", "gain_of_at_least_one").mistake is None


def _error_returned(X, n_components, rng, init_params="kmeans"):
    if init_params not in ("kmeans", "random"):
        return ValueError("kmeans or random")
    return library.initialize(X, n_components, rng, init_params)


def _component_repeated(weights, means, covariances, n_samples, rng):
    labels = library.sample_categorical(weights, n_samples, rng)
    return library.sample_gaussian(means[0], covariances[0], 1, rng) + means[labels], labels


@pytest.mark.parametrize(
    ("exercise", "function", "words"),
    [
        ("fit_sklearn", lambda X, n_components, **settings: None, "returned None. Is `return` missing?"),
        ("initialize", _error_returned, "The ValueError was returned as a value; expected it to be raised"),
        ("sample_mixture", _component_repeated, "All of these samples are equal"),
    ],
)
def test_an_effect_is_said_as_it_is(exercise, function, words):
    found = diagnose(answers(exercise).cases, lambda call: perform(function, call), ())
    assert words in found.why({})


def test_a_seed_of_its_own_is_shown_beside_the_one_asked_for():
    found = diagnosed("fit_sklearn", "fixed_seed")
    assert re.search(r"The model has random_state = \d+; expected \d+\.", found.why({}))
    assert "random_state" in found.failed[0].mismatch.part
