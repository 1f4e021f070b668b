"""Hidden tests of chapter 9: statistics, natural parameters, sums over a block, and parameters from sums."""

import numpy as np
import pytest
from scipy.special import logsumexp, softmax
from sklearn.preprocessing import PolynomialFeatures

from gmmlearn import private
from gmmlearn.checks.diagnosing.cases import untouched, values

from . import inputs


def cloud(rng, n, d):
    """Samples of a single component."""
    return inputs.samples(rng, n, *inputs.mixture(rng, 1, d)) + 1.5


def block(rng, n, n_components, d, made=inputs.near):
    """Samples and the natural parameters of a mixture whose components overlap."""
    X, *parameters = made(rng, n, n_components, d)
    return X, natural(*parameters)


def natural(*parameters):
    """Natural parameters, by the reference."""
    return private.reference("natural_parameters")(*parameters)


def polynomial(X):
    """The statistics of each sample, by scikit-learn."""
    return PolynomialFeatures(2).fit_transform(X)


def sums(rng, n, n_components, d):
    """Sums of statistics, weighted by responsibilities that no parameters in sight have led to."""
    return inputs.shares(rng, n, n_components).T @ polynomial(cloud(rng, n, d))


def solved(rng, *parameters):
    """The natural parameters once more, from the log joint at twice as many places as there are unknowns."""
    d = parameters[1].shape[1]
    places = parameters[1].mean(axis=0) + rng.normal(0, 2, size=((d + 1) * (d + 2), d))
    joint = private.reference("log_joint")(places, *parameters)
    return np.linalg.lstsq(polynomial(places), joint, rcond=None)[0].T


@pytest.mark.exercise("sufficient_statistics", weight=3, main=True)
def test_statistics_of_each_sample(expect, rng):
    expect(
        values(cloud(rng, 7, 3), about="seven samples of three features"),
        values(cloud(rng, 5, 4), about="five samples of four features"),
        values(cloud(rng, 3, 3), about="as many samples as features"),
        values(cloud(rng, 4, 2), about="four samples of two features"),
    )


@pytest.mark.exercise("sufficient_statistics")
def test_statistics_are_the_polynomial_features_of_sklearn(expect, rng):
    X = cloud(rng, 6, 5)
    expect(values(X, expected=polynomial(X), about="five features"))


@pytest.mark.exercise("sufficient_statistics")
def test_statistics_of_one_sample_and_of_one_feature(expect, rng):
    single = cloud(rng, 5, 1)
    expect(
        values(cloud(rng, 1, 3), about="one sample"),
        values(single, expected=np.hstack([np.ones((5, 1)), single, single**2]), about="one feature"),
    )


@pytest.mark.exercise("sufficient_statistics")
def test_samples_stay_as_they_are(expect, rng):
    expect(untouched(cloud(rng, 4, 3)))


@pytest.mark.exercise("natural_parameters", weight=3, main=True)
def test_unequal_components(expect, rng):
    expect(
        values(*inputs.mixture(rng, 4, 3), about="four components, three features"),
        values(*inputs.mixture(rng, 3, 4), about="three components, four features"),
        values(*inputs.mixture(rng, 2, 2), about="two components, two features"),
    )


@pytest.mark.exercise("natural_parameters")
def test_times_the_statistics_they_are_the_log_joint(expect, rng):
    parameters = inputs.mixture(rng, 3, 3, 1.5)
    due = solved(rng, *parameters)
    expect(values(*parameters, expected=due, rtol=1e-7, about="three components, three features, by the log joint"))


@pytest.mark.exercise("natural_parameters")
def test_tight_components(expect, rng):
    weights, means, covariances = inputs.mixture(rng, 3, 2)
    expect(values(weights, means / 100, covariances / 10_000, about="components so tight that densities are above 1"))


@pytest.mark.exercise("natural_parameters")
def test_component_of_weight_zero(expect, rng):
    _, means, covariances = inputs.mixture(rng, 3, 2)
    weights = np.insert(inputs.weights(rng, 2), 1, 0.0)
    expect(values(weights, means, covariances, about="a component of weight 0"))


@pytest.mark.exercise("natural_parameters")
def test_one_component_and_one_feature(expect, rng):
    expect(
        values(*inputs.mixture(rng, 1, 3), about="one component"),
        values(*inputs.mixture(rng, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("natural_parameters")
def test_parameters_stay_as_they_are(expect, rng):
    expect(untouched(*inputs.mixture(rng, 3, 2)))


@pytest.mark.exercise("expected_statistics", weight=3, main=True)
def test_sums_of_a_block(expect, rng):
    expect(
        values(*block(rng, 9, 4, 3, inputs.on_edge), about="nine samples of three features, four components"),
        values(*block(rng, 7, 3, 2, inputs.on_edge), about="seven samples of two features, three components"),
        values(*block(rng, 4, 4, 2, inputs.on_edge), about="as many samples as components"),
    )


@pytest.mark.exercise("expected_statistics")
def test_sums_are_those_of_scipy(expect, rng):
    X, *parameters = inputs.near(rng, 8, 3, 3)
    joint = private.reference("log_joint")(X, *parameters)
    due = softmax(joint, axis=1).T @ polynomial(X), float(logsumexp(joint, axis=1).sum())
    expect(values(X, natural(*parameters), expected=due, about="eight samples of three features, by the log joint"))


@pytest.mark.exercise("expected_statistics", weight=2)
def test_far_samples(expect, rng):
    X, theta = block(rng, 6, 3, 2)
    moved = X * np.array([[1.0], [300.0], [1.0], [-500.0], [700.0], [1.0]])
    shared, *parameters = inputs.shared_far(rng)
    expect(
        values(moved, theta, about="near and far samples together"),
        values(moved[[0, 4]], theta, about="a near sample and a far one"),
        values(moved[3:4], theta, about="one sample, far from every component"),
        values(shared, natural(*parameters), about="far samples that two components share"),
    )


@pytest.mark.exercise("expected_statistics")
def test_component_that_cannot_be(expect, rng):
    X, theta = block(rng, 6, 3, 2)
    theta[1, 0] = -np.inf
    expect(values(X, theta, about="a component of weight 0"))


@pytest.mark.exercise("expected_statistics")
def test_one_sample_component_feature(expect, rng):
    X, theta = block(rng, 5, 1, 2)
    due = polynomial(X).sum(axis=0, keepdims=True), float((polynomial(X) @ theta[0]).sum())
    expect(
        values(*block(rng, 1, 3, 2), about="one sample"),
        values(X, theta, expected=due, about="one component"),
        values(*block(rng, 5, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("expected_statistics")
def test_block_stays_as_it_is(expect, rng):
    expect(untouched(*block(rng, 5, 3, 2)))


@pytest.mark.exercise("parameters", weight=3, main=True)
def test_parameters_of_soft_responsibilities(expect, rng):
    expect(
        values(sums(rng, 9, 4, 3), about="four components, three features"),
        values(sums(rng, 12, 3, 4), about="three components, four features"),
        values(sums(rng, 7, 3, 2), about="three components, two features"),
    )


@pytest.mark.exercise("parameters")
def test_parameters_are_those_of_chapter_5(expect, rng):
    X, shares = cloud(rng, 10, 3), inputs.shares(rng, 10, 3)
    means = private.reference("update_means")(X, shares)
    covariances = private.reference("update_covariances")(X, shares, means, 0.2)
    due = private.reference("update_weights")(shares), means, covariances
    expect(values(shares.T @ polynomial(X), reg_covar=0.2, expected=due, about="the updates of chapter 5"))


@pytest.mark.exercise("parameters")
def test_hard_labels(expect, rng):
    X, labels = cloud(rng, 12, 2), np.repeat([0, 1], [7, 5])
    groups = [X[labels == k] for k in range(2)]
    due = (
        np.array([7, 5]) / 12,
        np.array([group.mean(axis=0) for group in groups]),
        np.array([np.cov(group.T, bias=True) + 1e-6 * np.eye(2) for group in groups]),
    )
    S = np.array([polynomial(group).sum(axis=0) for group in groups])
    expect(values(S, expected=due, about="two groups of samples, by NumPy"))


@pytest.mark.exercise("parameters")
def test_reg_covar(expect, rng):
    S = sums(rng, 9, 3, 3)
    expect(values(S, reg_covar=0.7, about="a large `reg_covar`"), values(S, reg_covar=0.0, about="`reg_covar` 0"))


@pytest.mark.exercise("parameters")
def test_counts_that_are_not_whole(expect, rng):
    expect(values(0.37 * sums(rng, 8, 3, 2), about="sums in which every sample counts 0.37"))


@pytest.mark.exercise("parameters")
def test_one_component_or_feature(expect, rng):
    expect(
        values(sums(rng, 6, 1, 3), about="one component"),
        values(sums(rng, 8, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("parameters")
def test_sums_stay_as_they_are(expect, rng):
    expect(untouched(sums(rng, 6, 3, 2)))
