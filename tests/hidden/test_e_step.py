"""Hidden tests of chapter 4: responsibilities and labels."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from gmmlearn import private
from gmmlearn.checks.diagnosing.cases import untouched, values

from . import inputs
from .inputs import near, on_edge

LEAST = np.log(2e-6)
"""Of the densities of a mixture: what is added to a denominator shows 1e-9 of that, to a part of it 1e-11."""


def far(rng):
    """Near samples and two far ones, which do not belong to the component whose mean is nearest."""
    while True:
        X, *parameters = near(rng, 6, 4, 3)
        X *= np.array([[1.0], [600.0], [1.0], [1.0], [-3000.0], [1.0]])
        owners = private.reference("log_joint")(X, *parameters).argmax(axis=1)
        if (owners != cdist(X, parameters[1]).argmin(axis=1))[[1, 4]].all():
            return X, *parameters


@pytest.mark.exercise("responsibilities", weight=4, main=True)
def test_overlapping_components(expect, rng):
    expect(
        values(*on_edge(rng, 7, 4, 3, LEAST), about="seven samples of three features, four unlike components"),
        values(*on_edge(rng, 9, 3, 4, LEAST), about="nine samples of four features, three unlike components"),
        values(*on_edge(rng, 4, 4, 3, LEAST), about="as many samples as components"),
    )


@pytest.mark.exercise("responsibilities", weight=2)
def test_far_samples(expect, rng):
    mixed, *parameters = far(rng)
    expect(
        values(mixed[1:2], *parameters, about="a sample far from every component"),
        values(mixed, *parameters, about="near and far samples together"),
    )


@pytest.mark.exercise("responsibilities")
def test_far_sample_between_two_components(expect, rng):
    expect(values(*inputs.shared_far(rng), about="far samples that two components share"))


@pytest.mark.exercise("responsibilities")
def test_densities_too_large_and_too_small_for_a_float(expect, rng):
    d = 70
    tight = np.eye(d) * rng.choice([0.3e-12, 0.5e-12])
    means = np.vstack([np.zeros(d), np.full(d, 3e-7)])
    X = means[[0, 1, 1]] + np.round(1e-7 * rng.normal(size=(3, d)), 9)
    weights = np.array([0.3, 0.7])
    expect(values(X, weights, means, np.array([tight, 3 * tight]), about="densities above 1e308", rtol=1e-7))


@pytest.mark.exercise("responsibilities")
def test_features_on_different_scales(expect, rng):
    X, weights, means, covariances = near(rng, 7, 4, 3)
    scales = np.array([5.0, 20.0, 0.01])
    scaled = X * scales, weights, means * scales, covariances * np.outer(scales, scales)
    expect(values(*scaled, about="features in very different units"))


@pytest.mark.exercise("responsibilities")
def test_component_of_weight_zero(expect, rng):
    X, _, means, covariances = near(rng, 5, 4, 3)
    means[1] += 400.0
    weights = np.array([0.4, 0.0, 0.35, 0.25])
    on_it = np.vstack([X, means[1:2]])
    expect(values(on_it, weights, means, covariances, about="a component of weight 0, with a sample in its middle"))


@pytest.mark.exercise("responsibilities")
def test_one_sample_one_component_and_one_feature(expect, rng):
    expect(
        values(*near(rng, 1, 4, 3), about="one sample"),
        values(*near(rng, 4, 1, 3), about="one component"),
        values(*near(rng, 5, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("responsibilities")
def test_inputs_stay_as_they_are(expect, rng):
    expect(untouched(*near(rng, 5, 4, 3)), untouched(*near(rng, 1, 1, 1)))


@pytest.mark.exercise("assign", weight=3, main=True)
def test_most_probable_component(expect, rng):
    nearly_tied = [0.44 - 1e-9, 0.06, 0.06, 0.44 + 1e-9]
    unclear = np.array([[0.2, 0.15, 0.4, 0.25], [0.3, 0.25, 0.1, 0.35], [0.1, 0.41, 0.1, 0.39], nearly_tied])
    table = np.vstack([unclear[:3], inputs.shares(rng, 9, 4)])
    table[np.sort(table, axis=1)[:, -1] == np.sort(table, axis=1)[:, -2]] = [0.1, 0.2, 0.3, 0.4]
    expect(
        values(rng.permutation(table), about="twelve samples, four components"),
        values(rng.permutation(unclear), about="four samples that give no component one half"),
    )


@pytest.mark.exercise("assign")
def test_ties(expect, rng):
    ties = np.array([[0.1, 0.45, 0.45], [0.4, 0.4, 0.2], [0.25, 0.5, 0.25], [0.4, 0.2, 0.4], [0.1, 0.2, 0.7]])
    ties = np.repeat(ties, 5, axis=0)  # who picks one of the two at random is not right at every row by luck
    expect(values(rng.permutation(ties), about="two components equally probable: the lowest index"))


@pytest.mark.exercise("assign")
def test_sure_samples(expect, rng):
    labels = rng.permutation([0, 1, 2, 3, 4, 1, 3])
    expect(values(np.eye(5)[labels], expected=labels, about="samples that belong wholly to one component"))


@pytest.mark.exercise("assign")
def test_labels_of_one_component_and_of_one_sample(expect, rng):
    expect(
        values(np.ones((4, 1)), expected=np.zeros(4, dtype=int), about="one component"),
        values(np.array([[0.2, 0.5, 0.3]]), expected=np.array([1]), about="one sample"),
    )


@pytest.mark.exercise("assign")
def test_table_stays_as_it_is(expect, rng):
    expect(untouched(inputs.shares(rng, 5, 3)), untouched(np.ones((1, 1))))
