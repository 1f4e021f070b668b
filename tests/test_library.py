"""The library agrees with the reference, which is written another way, and holds where its parts alone would not."""

import importlib
from dataclasses import replace

import numpy as np
import pytest

from gmmlearn import library, private
from gmmlearn.calls import FittedModel, Items
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.performing import perform

WEIGHTS = np.array([0.6, 0.3, 0.1])
MEANS = np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]])
COVARIANCES = np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.0], [0.0, 0.1]]])
MIXTURE = (WEIGHTS, MEANS, COVARIANCES)


@pytest.fixture
def X():
    return library.sample_mixture(*MIXTURE, 200, np.random.default_rng(5))[0]


@pytest.fixture
def shares():
    """Responsibilities that belong to no parameters."""
    return np.random.default_rng(6).dirichlet([1.0, 0.5, 0.2], size=200)


def both(name, *args, **kwargs):
    """What the library returns and what the reference returns."""
    reference = getattr(importlib.import_module(f"solutions.{EXERCISES[name].module}"), name)
    return getattr(library, name)(*args, **kwargs), reference(*args, **kwargs)


@pytest.mark.parametrize("name", ["log_joint", "log_likelihood", "responsibilities"])
def test_it_agrees_with_the_reference_near_and_far(name, X):
    X[::7] *= 60.0
    got, expected = both(name, X, *MIXTURE)
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", ["update_means", "update_covariances", "expected_log_likelihood"])
def test_it_agrees_with_the_reference_on_responsibilities(name, X, shares):
    more = {"update_means": (), "update_covariances": (MEANS, 0.1), "expected_log_likelihood": MIXTURE}[name]
    got, expected = both(name, X, shares, *more)
    np.testing.assert_allclose(got, expected, rtol=1e-10)


@pytest.mark.parametrize("name", ["update_weights", "assign"])
def test_it_agrees_with_the_reference_on_responsibilities_alone(name, shares):
    np.testing.assert_allclose(*both(name, shares), rtol=1e-14)


@pytest.mark.parametrize("n_features", [1, 2])
def test_one_gaussian_agrees_with_the_reference(X, n_features):
    (mean, covariance), (expected_mean, expected_covariance) = both("fit_gaussian", X[:, :n_features])
    np.testing.assert_allclose(mean, expected_mean)
    np.testing.assert_allclose(covariance, expected_covariance)


def test_densities_on_a_line_agree_with_the_reference():
    x = np.linspace(-9.0, 9.0, 3)  # as many samples as components
    variances = np.array([0.25, 4.0, 9.0])
    np.testing.assert_allclose(*both("gaussian_density", x, 1.0, 0.25))
    np.testing.assert_allclose(*both("mixture_density", x, WEIGHTS, MEANS[:, 0], variances))


def test_samples_agree_with_the_reference_draw_by_draw():
    got, labels = library.sample_mixture(*MIXTURE, 50, np.random.default_rng(8))
    expected, expected_labels = importlib.import_module("solutions.sampling").sample_mixture(
        *MIXTURE, 50, np.random.default_rng(8)
    )
    np.testing.assert_array_equal(labels, expected_labels)
    np.testing.assert_allclose(got, expected)


@pytest.mark.parametrize("init_params", ["kmeans", "random"])
@pytest.mark.parametrize("reg_covar", [1e-6, 0.1])
def test_a_fit_agrees_with_the_reference_step_by_step(X, init_params, reg_covar):
    fits = (
        both_of(X, 3, np.random.default_rng(2), init_params=init_params, tol=1e-6, reg_covar=reg_covar)
        for both_of in (library.fit, importlib.import_module("solutions.em").fit)
    )
    for got, expected in zip(*fits):
        np.testing.assert_allclose(got, expected, rtol=1e-8)


def test_a_start_of_another_name_is_refused_with_the_two_names():
    with pytest.raises(ValueError, match=r"(?=.*kmeans)(?=.*random).*'kmeans\+\+'"):
        library.initialize(np.zeros((4, 2)), 2, np.random.default_rng(0), init_params="kmeans++")


@pytest.mark.parametrize("covariance_type", ["full", "tied", "diag", "spherical"])
def test_the_number_of_parameters_agrees_with_the_reference(covariance_type):
    for sizes in [(1, 1), (3, 2), (4, 10)]:
        got, expected = both("n_parameters", *sizes, covariance_type)
        assert got == expected


def test_the_criterion_and_the_choice_agree_with_the_reference(X):
    got, expected = both("bic", -1234.5, 17, 272)
    assert got == pytest.approx(expected, rel=1e-14)
    got, expected = both("select_n_components", X, (4, 3, 1), n_init=2, random_state=0)
    assert got == expected


def test_a_badly_conditioned_covariance_is_no_error():
    # At condition number 1e14, det = 1, and D2 = 1 one standard deviation along each axis.
    covariance = np.diag([1e-7, 1e7])
    X = np.sqrt(np.diag([1e-7, 1e7]))
    expected = -0.5 * (2 * np.log(2 * np.pi) + 1.0)
    np.testing.assert_allclose(library.gaussian_log_density(X, np.zeros(2), covariance), expected)


def test_a_covariance_that_is_not_positive_definite_is_an_error():
    with pytest.raises(np.linalg.LinAlgError):
        library.gaussian_log_density(np.zeros((2, 2)), np.zeros(2), np.array([[1.0, 1.2], [1.2, 1.0]]))


@pytest.mark.filterwarnings("error")
def test_a_component_without_weight_explains_nothing(X):
    mixture = (np.array([0.7, 0.3, 0.0]), MEANS, COVARIANCES)
    shares = library.responsibilities(X, *mixture)
    assert (shares[:, 2] == 0).all()
    assert library.expected_log_likelihood(X, shares, *mixture) <= library.log_likelihood(X, *mixture)


@pytest.mark.filterwarnings("error")
def test_a_component_without_samples_gets_the_origin_and_the_regularization(X):
    shares = np.tile([1.0, 0.0], (200, 1))
    means = library.update_means(X, shares)
    np.testing.assert_array_equal(means[1], 0.0)
    np.testing.assert_allclose(library.update_covariances(X, shares, means, 0.1)[1], 0.1 * np.eye(2))


@pytest.mark.parametrize("name", EXERCISES)
def test_it_holds_where_every_floating_point_warning_is_an_error(name):
    """A student's module may ask NumPy for that, and the library's functions run beside it."""

    def strict(call):
        with np.errstate(all="raise"):
            return perform(getattr(library, name), call)

    assert [trial.effect for trial in diagnose(answers(name).cases, strict).failed] == []


@pytest.mark.parametrize("name", [name for name in EXERCISES if "X" in EXERCISES[name].arguments])
@pytest.mark.parametrize("of", ["library", "reference"])
def test_whole_numbers_are_samples_too(name, of):
    function = getattr(library, name) if of == "library" else private.reference(name)
    calls = [case.calls[0] for case in answers(name).cases if case.type in ("values", "one-hot start", "fit", "model")]
    for call in calls:
        whole = np.rint(10 * call.arguments["X"])
        of_floats, of_integers = (
            perform(function, replace(call, arguments={**call.arguments, "X": X})).value
            for X in (whole, whole.astype(np.int64))
        )
        for one, other in zip(parts(of_integers), parts(of_floats), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12)
    assert calls


def parts(value):
    """The arrays of a result, those of a fitted model included."""
    if isinstance(value, FittedModel):
        return [value.attributes[name] for name in ("weights_", "means_", "covariances_")]
    return value.items if isinstance(value, Items) else (value,)


def test_whole_numbers_are_means_too():
    X, shares, means = np.array([[1, 2], [3, 5], [8, 2]]), np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]]), np.eye(2)
    for function in (library.update_covariances, private.reference("update_covariances")):
        np.testing.assert_allclose(function(X, shares, means.astype(int)), function(X * 1.0, shares, means), rtol=1e-14)


def test_one_sample_has_as_many_features_as_it_has_columns():
    """NumPy 2.0 takes a single row for a single feature, unless it is handed over as a column."""
    X = np.array([[1.0, 2.0, 4.0]])
    assert library.fit_gaussian(X)[1].shape == (3, 3)
    np.testing.assert_allclose(
        library.update_covariances(X, np.ones((1, 1)), X + 1), np.ones((1, 3, 3)) + 1e-6 * np.eye(3)
    )


def test_a_covariance_type_of_another_name_is_refused_with_the_four_names():
    with pytest.raises(ValueError, match="full, tied, diag, spherical"):
        library.n_parameters(2, 2, "diagonal")
