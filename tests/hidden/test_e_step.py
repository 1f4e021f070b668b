"""Hidden tests of chapter 4: responsibilities and labels."""

import numpy as np
import pytest

from gmmlearn.checks.compare import RowsSumToOne

from . import inputs
from .recognise import agree, call, fail, hold, untouched


def near(rng, n, n_components, d):
    parameters = inputs.mixture(rng, n_components, d, spread=1.5)
    return inputs.samples(rng, n, *parameters), *parameters


@pytest.mark.exercise("responsibilities", weight=4, main=True)
def test_responsibilities_of_overlapping_components(student, rng):
    agree(student, "responsibilities", call(*near(rng, 9, 3, 2)), call(*near(rng, 4, 4, 3)))


@pytest.mark.exercise("responsibilities")
def test_responsibilities_of_every_sample_sum_to_one(student, rng):
    hold("responsibilities", RowsSumToOne()(student.responsibilities(*near(rng, 8, 3, 2))))


@pytest.mark.exercise("responsibilities", weight=2)
def test_far_samples_share_themselves_out_alone_and_beside_near_ones(student, rng):
    X, *parameters = near(rng, 6, 3, 2)
    mixed = X * np.array([[1.0], [80.0], [1.0], [1.0], [-3000.0], [1.0]])
    agree(student, "responsibilities", call(mixed[1:2], *parameters), call(mixed, *parameters), atol=1e-8)


@pytest.mark.exercise("responsibilities")
def test_densities_too_large_and_too_small_for_a_float(student, rng):
    d = 70
    tight = np.eye(d) * rng.uniform(0.5e-10, 1e-10)
    means = np.vstack([np.zeros(d), np.full(d, 3e-6)])
    X = means[[0, 1, 1]] + 1e-6 * rng.normal(size=(3, d))
    weights = np.array([0.3, 0.7])
    # Log densities near 740 give inf as densities; a sample at distance 1 gives 0.
    far = np.full((1, d), 1.0)
    both = call(X, weights, means, np.array([tight, 3 * tight])), call(far, weights, means, np.array([tight, tight]))
    agree(student, "responsibilities", *both, atol=1e-8)


@pytest.mark.exercise("responsibilities")
def test_features_on_very_different_scales(student, rng):
    X, weights, means, covariances = near(rng, 7, 3, 2)
    scales = np.array([5.0, 36_000.0])
    agree(
        student,
        "responsibilities",
        call(X * scales, weights, means * scales, covariances * np.outer(scales, scales)),
    )


@pytest.mark.exercise("responsibilities")
def test_equal_components_share_by_their_weights(student, rng):
    X, weights, means, covariances = near(rng, 5, 3, 2)
    equal = call(X, weights, means[[1, 1, 1]], covariances[[1, 1, 1]])
    idle = call(X, np.array([0.4, 0.0, 0.6]), means[[1, 1, 1]], covariances[[1, 1, 1]])
    due = [np.tile(weights, (5, 1)), np.tile([0.4, 0.0, 0.6], (5, 1))]
    agree(student, "responsibilities", equal, idle, due=due)


@pytest.mark.exercise("responsibilities")
def test_responsibilities_of_one_sample_one_component_and_one_feature(student, rng):
    calls = call(*near(rng, 1, 3, 2)), call(*near(rng, 4, 1, 2)), call(*near(rng, 4, 3, 1))
    agree(student, "responsibilities", *calls)


@pytest.mark.exercise("responsibilities")
def test_responsibilities_leaves_its_input_alone(student, rng):
    untouched(student, "responsibilities", call(*near(rng, 5, 3, 2)))


@pytest.mark.exercise("assign", weight=3, main=True)
def test_most_probable_component_also_where_none_has_one_half(student, rng):
    unclear = np.array(
        [[0.2, 0.15, 0.4, 0.25], [0.3, 0.25, 0.1, 0.35], [0.1, 0.6, 0.1, 0.2], [0.45, 0.05, 0.05, 0.45 - 1e-6]]
    )
    table = np.vstack([unclear[:3], inputs.shares(rng, 9, 4)])
    agree(student, "assign", call(rng.permutation(table)), call(rng.permutation(unclear)))


@pytest.mark.exercise("assign")
def test_lowest_label_at_a_tie(student, rng):
    ties = np.array([[0.1, 0.45, 0.45], [0.4, 0.4, 0.2], [0.25, 0.5, 0.25], [0.4, 0.2, 0.4], [0.1, 0.2, 0.7]])
    due = np.array([1, 0, 1, 0, 2])
    order = rng.permutation(5)
    agree(student, "assign", call(ties[order]), due=[due[order]])


@pytest.mark.exercise("assign")
def test_sure_samples_go_to_their_component(student, rng):
    labels = rng.permutation([0, 1, 2, 3, 4, 1, 3])
    agree(student, "assign", call(np.eye(5)[labels]), due=[labels])


@pytest.mark.exercise("assign")
def test_labels_move_with_the_columns(student, rng):
    table, order = inputs.shares(rng, 10, 4), np.array([2, 3, 1, 0])
    moved = np.argsort(order)[np.argmax(table, axis=1)]
    if not np.array_equal(student.assign(table[:, order]), moved):
        fail("assign", "components in another order get samples that they did not have before")


@pytest.mark.exercise("assign")
def test_labels_of_one_component_and_of_one_sample(student, rng):
    alone, single = np.ones((4, 1)), np.array([[0.2, 0.5, 0.3]])
    due, about = [np.zeros(4, dtype=int), np.array([1])], ("one component", "one sample")
    agree(student, "assign", call(alone), call(single), due=due, about=about, naming=False)


@pytest.mark.exercise("assign")
def test_assign_leaves_its_input_alone(student, rng):
    untouched(student, "assign", call(inputs.shares(rng, 5, 3)))
