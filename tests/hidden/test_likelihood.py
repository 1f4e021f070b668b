"""Hidden tests of chapter 3: one Gaussian fitted, the log joint, the log-likelihood."""

import numpy as np
import pytest

from gmmlearn.checks.compare import Finite

from . import inputs
from .recognise import agree, call, fail, hold, reference, untouched


def cloud(rng, n, d):
    return inputs.samples(rng, n, *inputs.mixture(rng, 1, d))


def near(rng, n, n_components, d):
    parameters = inputs.mixture(rng, n_components, d)
    return inputs.samples(rng, n, *parameters), *parameters


@pytest.mark.exercise("fit_gaussian", weight=3, main=True)
def test_mean_and_covariance_of_correlated_samples(student, rng):
    agree(student, "fit_gaussian", call(cloud(rng, 9, 3)), call(cloud(rng, 2, 2)))


@pytest.mark.exercise("fit_gaussian")
def test_no_other_gaussian_makes_the_samples_more_likely(student, rng):
    X = cloud(rng, 8, 2)
    mean, covariance = student.fit_gaussian(X)

    def log_likelihood(shift, factor):
        return reference("gaussian_log_density")(X, mean + shift, factor * covariance).sum()

    hold("fit_gaussian", Finite()(covariance))
    if np.linalg.eigvalsh(covariance)[0] <= 0:
        fail("fit_gaussian", "the covariance is not positive definite")
    best = log_likelihood(0.0, 1.0)
    if max(log_likelihood(0.0, 1.03), log_likelihood(0.0, 0.97), log_likelihood(0.02, 1.0)) >= best:
        fail("fit_gaussian", "a Gaussian close by makes the samples more likely, so this is not the maximum")


@pytest.mark.exercise("fit_gaussian")
def test_fitted_gaussian_moves_and_stretches_with_the_samples(student, rng):
    X, scales, shift = cloud(rng, 7, 2), np.array([0.1, 40.0]), np.array([300.0, -8.0])
    mean, covariance = student.fit_gaussian(X)
    due = mean * scales + shift, covariance * np.outer(scales, scales)
    agree(student, "fit_gaussian", call(X * scales + shift), due=[due])


@pytest.mark.exercise("fit_gaussian")
def test_one_feature_keeps_its_axes(student, rng):
    agree(student, "fit_gaussian", call(cloud(rng, 6, 1)))


@pytest.mark.exercise("fit_gaussian")
def test_one_sample_has_no_spread(student, rng):
    X = cloud(rng, 1, 3)
    agree(student, "fit_gaussian", call(X), due=[(X[0], np.zeros((3, 3)))])


@pytest.mark.exercise("fit_gaussian")
def test_fit_gaussian_leaves_its_input_alone(student, rng):
    untouched(student, "fit_gaussian", call(cloud(rng, 6, 2)))


@pytest.mark.exercise("log_joint", weight=3, main=True)
def test_log_joint_of_unequal_components(student, rng):
    agree(student, "log_joint", call(*near(rng, 7, 3, 2)), call(*near(rng, 3, 3, 4)))


@pytest.mark.exercise("log_joint")
def test_component_of_weight_zero_has_log_joint_minus_infinity(student, rng):
    X, _, means, covariances = near(rng, 5, 3, 2)
    agree(student, "log_joint", call(X, np.array([0.35, 0.0, 0.65]), means, covariances))


@pytest.mark.exercise("log_joint", weight=2)
def test_log_joint_is_finite_far_from_every_component(student, rng):
    X, *parameters = near(rng, 5, 3, 2)
    X[1::2] *= np.array([[300.0], [-4000.0]])
    agree(student, "log_joint", call(X, *parameters))


@pytest.mark.exercise("log_joint")
def test_order_of_the_components_is_the_order_of_the_columns(student, rng):
    X, *parameters = near(rng, 6, 4, 2)
    order = np.array([3, 1, 0, 2])
    due = student.log_joint(X, *parameters)[:, order]
    if not np.allclose(student.log_joint(X, *(part[order] for part in parameters)), due, rtol=1e-9):
        fail("log_joint", "components in another order do not give the same columns in that order")


@pytest.mark.exercise("log_joint")
def test_log_joint_of_one_sample_one_component_and_one_feature(student, rng):
    agree(student, "log_joint", call(*near(rng, 1, 3, 2)), call(*near(rng, 4, 1, 2)), call(*near(rng, 4, 3, 1)))


@pytest.mark.exercise("log_joint")
def test_log_joint_leaves_its_input_alone(student, rng):
    untouched(student, "log_joint", call(*near(rng, 5, 3, 2)))


@pytest.mark.exercise("log_likelihood", weight=3, main=True)
def test_log_likelihood_of_overlapping_components(student, rng):
    agree(student, "log_likelihood", call(*near(rng, 12, 3, 2)), call(*near(rng, 5, 2, 3)))


@pytest.mark.exercise("log_likelihood")
def test_log_likelihood_of_many_samples_is_finite(student, rng):
    agree(student, "log_likelihood", call(*near(rng, 3, 2, 2)), call(*near(rng, 900, 2, 2)))


@pytest.mark.exercise("log_likelihood", weight=2)
def test_log_likelihood_is_finite_with_samples_far_from_every_component(student, rng):
    X, *parameters = near(rng, 6, 3, 2)
    far = X * np.array([[1.0], [400.0], [1.0], [1.0], [-90.0], [1.0]])
    # The many near samples tell a density that underflowed from a product of densities that did.
    many = call(*near(rng, 900, 2, 2))
    agree(student, "log_likelihood", call(X, *parameters), call(far, *parameters), many)


@pytest.mark.exercise("log_likelihood")
def test_log_likelihoods_of_two_halves_add_up(student, rng):
    X, *parameters = near(rng, 11, 3, 2)
    whole = student.log_likelihood(X, *parameters)
    halves = student.log_likelihood(X[:4], *parameters) + student.log_likelihood(X[4:], *parameters)
    if not np.isclose(whole, halves, rtol=1e-9):
        fail("log_likelihood", "the values of two parts of the samples do not add up to the value of all of them")


@pytest.mark.exercise("log_likelihood")
def test_component_counted_as_two_halves_changes_nothing(student, rng):
    X, weights, means, covariances = near(rng, 9, 2, 2)
    due = reference("log_likelihood")(X, weights, means, covariances)
    split = np.array([0, 0, 1])
    halves = np.array([0.3, 0.7, 1.0]) * weights[split]
    idle = np.append(weights, 0.0), np.append(means, X[:1], axis=0), np.append(covariances, covariances[:1], axis=0)
    agree(student, "log_likelihood", call(X, halves, means[split], covariances[split]), call(X, *idle), due=[due, due])


@pytest.mark.exercise("log_likelihood")
def test_log_likelihood_of_one_sample_one_component_and_one_feature(student, rng):
    calls = call(*near(rng, 1, 3, 2)), call(*near(rng, 4, 1, 2)), call(*near(rng, 4, 3, 1))
    agree(student, "log_likelihood", *calls)


@pytest.mark.exercise("log_likelihood")
def test_log_likelihood_leaves_its_input_alone(student, rng):
    untouched(student, "log_likelihood", call(*near(rng, 5, 3, 2)))
