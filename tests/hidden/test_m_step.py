"""Hidden tests of chapter 5: parameters from responsibilities, and the objective."""

import numpy as np
import pytest
from scipy.special import xlogy

from gmmlearn.checks.compare import PositiveDefinite

from . import inputs
from .recognise import agree, call, fail, hold, reference, untouched


def near(rng, n, n_components, d):
    """Samples, and responsibilities that no parameters in sight have led to."""
    return inputs.samples(rng, n, *inputs.mixture(rng, n_components, d)), inputs.shares(rng, n, n_components)


def about(rng, n, n_components, d):
    """The same with means beside them that are not the weighted means."""
    return *near(rng, n, n_components, d), 1.5 + rng.normal(size=(n_components, d))


def complete(rng, n, n_components, d):
    """The same with all parameters of a mixture whose components overlap."""
    parameters = inputs.mixture(rng, n_components, d, spread=0.8)
    return inputs.samples(rng, n, *parameters), inputs.shares(rng, n, n_components), *parameters


@pytest.mark.exercise("update_weights", weight=3, main=True)
def test_weights_of_soft_responsibilities(student, rng):
    agree(student, "update_weights", call(inputs.shares(rng, 11, 3)), call(inputs.shares(rng, 4, 4)))


@pytest.mark.exercise("update_weights")
def test_weights_sum_to_one_and_forget_the_order_of_the_samples(student, rng):
    table = inputs.shares(rng, 9, 4)
    weights = student.update_weights(table)
    if not np.isclose(weights.sum(), 1):
        fail("update_weights", f"the weights sum to {weights.sum():.3g} and not to 1")
    if not np.allclose(student.update_weights(table[::-1]), weights):
        fail("update_weights", "the same samples in another order give other weights")


@pytest.mark.exercise("update_weights")
def test_weights_of_hard_labels_are_their_shares(student, rng):
    labels = rng.permutation([0, 0, 0, 2, 2, 1, 0, 2, 2, 2])
    agree(student, "update_weights", call(np.eye(4)[labels]), due=[np.array([0.4, 0.1, 0.5, 0.0])])


@pytest.mark.exercise("update_weights")
def test_weights_of_one_sample_and_of_one_component(student, rng):
    row = inputs.shares(rng, 1, 3)
    agree(student, "update_weights", call(row), call(np.ones((5, 1))), due=[row[0], np.ones(1)])


@pytest.mark.exercise("update_weights")
def test_update_weights_leaves_its_input_alone(student, rng):
    untouched(student, "update_weights", call(inputs.shares(rng, 5, 3)))


@pytest.mark.exercise("update_means", weight=3, main=True)
def test_means_weighted_by_responsibilities(student, rng):
    agree(student, "update_means", call(*near(rng, 11, 3, 2)), call(*near(rng, 9, 3, 3)))


@pytest.mark.exercise("update_means")
def test_means_move_with_the_samples(student, rng):
    X, shares = near(rng, 10, 3, 2)
    shift = np.array([50.0, -700.0])
    if not np.allclose(student.update_means(X + shift, shares), student.update_means(X, shares) + shift):
        fail("update_means", "when all samples move by one step, the means do not move by the same step")


@pytest.mark.exercise("update_means")
def test_means_of_hard_labels_are_the_means_of_the_groups(student, rng):
    X, labels = rng.normal(2, 3, size=(9, 2)), rng.permutation([0, 0, 0, 0, 1, 1, 1, 2, 2])
    due = np.array([X[labels == k].mean(axis=0) for k in range(3)])
    agree(student, "update_means", call(X, np.eye(3)[labels]), due=[due])


@pytest.mark.exercise("update_means")
def test_means_of_one_sample_one_component_and_one_feature(student, rng):
    X, shares = near(rng, 6, 3, 1)
    due = [np.tile(X[0], (3, 1)), X.mean(axis=0, keepdims=True), shares.T @ X / shares.sum(axis=0)[:, None]]
    calls = call(X[:1], shares[:1]), call(X, np.ones((6, 1))), call(X, shares)
    agree(student, "update_means", *calls, due=due)


@pytest.mark.exercise("update_means")
def test_update_means_leaves_its_input_alone(student, rng):
    untouched(student, "update_means", call(*near(rng, 6, 3, 2)))


@pytest.mark.exercise("update_covariances", weight=4, main=True)
def test_scatter_about_the_given_means_with_a_large_reg_covar(student, rng):
    large, default = about(rng, 11, 3, 2), about(rng, 8, 2, 4)
    agree(student, "update_covariances", call(*large, reg_covar=0.1), call(*default))


@pytest.mark.exercise("update_covariances")
def test_covariances_agree_with_the_weighted_covariance_of_numpy(student, rng):
    X, shares, _ = about(rng, 12, 3, 2)
    means = np.array([np.average(X, axis=0, weights=column) for column in shares.T])
    due = np.array([np.cov(X.T, bias=True, aweights=column) for column in shares.T]) + 0.3 * np.eye(2)
    agree(student, "update_covariances", call(X, shares, means, reg_covar=0.3), due=[due])


@pytest.mark.exercise("update_covariances")
def test_reg_covar_is_added_to_the_diagonal_alone(student, rng):
    arguments = about(rng, 9, 3, 2)
    gain = student.update_covariances(*arguments, reg_covar=0.9) - student.update_covariances(*arguments, reg_covar=0.2)
    if not np.allclose(gain, 0.7 * np.eye(2)):
        fail(
            "update_covariances", "a larger `reg_covar` does not raise the diagonals by the difference, and them alone"
        )


@pytest.mark.exercise("update_covariances")
def test_covariances_of_collinear_samples_are_positive_definite(student, rng):
    X = np.outer(rng.normal(size=7), [1.0, -2.0, 0.5])
    shares = inputs.shares(rng, 7, 2)
    means = shares.T @ X / shares.sum(axis=0)[:, np.newaxis]
    covariances = student.update_covariances(X, shares, means, reg_covar=1e-3)
    hold("update_covariances", PositiveDefinite()(covariances), "samples on one line")


@pytest.mark.exercise("update_covariances")
def test_covariances_of_one_sample_one_component_and_one_feature(student, rng):
    calls = [call(*about(rng, *sizes), reg_covar=0.05) for sizes in ((1, 3, 2), (6, 1, 2), (6, 3, 1))]
    agree(student, "update_covariances", *calls)


@pytest.mark.exercise("update_covariances")
def test_update_covariances_leaves_its_input_alone(student, rng):
    untouched(student, "update_covariances", call(*about(rng, 6, 3, 2)))


@pytest.mark.exercise("expected_log_likelihood", weight=3, main=True)
def test_expected_log_likelihood_of_given_responsibilities(student, rng):
    agree(student, "expected_log_likelihood", call(*complete(rng, 9, 3, 2)), call(*complete(rng, 4, 2, 3)))


@pytest.mark.exercise("expected_log_likelihood")
def test_with_the_entropy_it_is_the_log_likelihood(student, rng):
    X, _, *parameters = complete(rng, 10, 3, 2)
    posterior = reference("responsibilities")(X, *parameters)
    due = reference("log_likelihood")(X, *parameters) + xlogy(posterior, posterior).sum()
    agree(student, "expected_log_likelihood", call(X, posterior, *parameters), due=[float(due)])


@pytest.mark.exercise("expected_log_likelihood")
def test_idle_component_of_weight_zero_contributes_nothing(student, rng):
    X, shares, weights, means, covariances = complete(rng, 7, 2, 2)
    due = reference("expected_log_likelihood")(X, shares, weights, means, covariances)
    wider = np.insert(means, 1, 0.0, axis=0), np.insert(covariances, 1, np.eye(2), axis=0)
    idle = call(X, np.insert(shares, 1, 0.0, axis=1), np.insert(weights, 1, 0.0), *wider)
    without = call(X, shares, weights, means, covariances)
    agree(student, "expected_log_likelihood", idle, without, due=[due, due])


@pytest.mark.exercise("expected_log_likelihood")
def test_hard_labels_pick_one_log_joint_each(student, rng):
    X, _, *parameters = complete(rng, 8, 3, 2)
    labels = rng.permutation([0, 1, 2, 2, 1, 0, 2, 1])
    due = reference("log_joint")(X, *parameters)[np.arange(8), labels].sum()
    agree(student, "expected_log_likelihood", call(X, np.eye(3)[labels], *parameters), due=[float(due)])


@pytest.mark.exercise("expected_log_likelihood")
def test_expected_log_likelihood_of_one_sample_one_component_and_one_feature(student, rng):
    X, _, *single = complete(rng, 5, 1, 2)
    calls = call(*complete(rng, 1, 3, 2)), call(X, np.ones((5, 1)), *single), call(*complete(rng, 5, 3, 1))
    agree(student, "expected_log_likelihood", *calls)


@pytest.mark.exercise("expected_log_likelihood")
def test_expected_log_likelihood_leaves_its_input_alone(student, rng):
    untouched(student, "expected_log_likelihood", call(*complete(rng, 5, 3, 2)))
