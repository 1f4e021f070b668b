"""Hidden tests of chapter 3: one Gaussian fitted, the log joint, the log-likelihood."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from gmmlearn import private
from gmmlearn.checks.diagnosing.cases import untouched, values

from . import inputs
from .inputs import near, on_edge

log_joint = private.reference("log_joint")


def cloud(rng, n, d):
    return inputs.samples(rng, n, *inputs.mixture(rng, 1, d)) + 4.0


def tight(rng, n, n_components, d):
    """Samples of components so tight that all log densities are positive; no log joint is so near to 0 that it is luck
    whether something small beside it shows."""
    while True:
        X, weights, means, covariances = near(rng, n, n_components, d)
        made = X / 100, weights, means / 100, covariances / 10_000
        if np.abs(log_joint(*made)).min() > 1:
            return made


def mixed(rng, n, n_components, d):
    """A tight component and wide ones: log densities of either sign, whose sum is not near to 0."""
    while True:
        X, weights, means, covariances = near(rng, n, n_components, d)
        covariances[0] /= 10_000
        X[:2] = means[0] + np.round(X[:2] / 1000, 3)
        log_densities = logsumexp(log_joint(X, weights, means, covariances), axis=1)
        if log_densities.min() > -9 and abs(log_densities.sum()) > n:
            return X, weights, means, covariances


def of_the_lightest(rng, n, n_components, d):
    """Samples that the component with the least weight has made, where something small beside a weight shows most."""
    while True:
        _, weights, means, covariances = near(rng, n, n_components, d)
        X = inputs.samples(rng, n, np.eye(n_components)[weights.argmin()], means, covariances)
        if inputs.margins(X, weights, means, covariances).min() > 0:
            return X, weights, means, covariances


def far(rng, n_components, d):
    """Near and far samples together."""
    X, *parameters = near(rng, 6, n_components, d)
    return X * np.array([[1.0], [400.0], [1.0], [700.0], [-900.0], [1.0]]), *parameters


def idle(rng, n, n_components, d):
    """A component of weight 0, far from the others, with a sample in its middle."""
    X, _, means, covariances = near(rng, n, n_components, d)
    means[1] += 400.0
    weights = inputs.weights(rng, n_components - 1)
    return np.vstack([X, means[1:2]]), np.insert(weights, 1, 0.0), means, covariances


@pytest.mark.exercise("fit_gaussian", weight=3, main=True)
def test_mean_and_covariance_of_correlated_samples(expect, rng):
    expect(
        values(cloud(rng, 7, 3), about="seven samples of three features, far from the origin"),
        values(cloud(rng, 9, 4), about="nine samples of four features"),
    )


@pytest.mark.exercise("fit_gaussian")
def test_fit_is_that_of_numpy(expect, rng):
    X = cloud(rng, 8, 3) * np.array([0.1, 40.0, 1.0])
    due = X.mean(axis=0), np.cov(X.T, bias=True)
    expect(values(X, expected=due, about="features in different units"))


@pytest.mark.exercise("fit_gaussian")
def test_one_feature_keeps_its_axes(expect, rng):
    expect(values(cloud(rng, 6, 1), about="one feature"))


@pytest.mark.exercise("fit_gaussian")
def test_one_sample_has_no_spread(expect, rng):
    X = cloud(rng, 1, 3)
    expect(values(X, expected=(X[0], np.zeros((3, 3))), about="one sample"))


@pytest.mark.exercise("fit_gaussian")
def test_samples_stay_as_they_are(expect, rng):
    expect(untouched(cloud(rng, 6, 3)), untouched(cloud(rng, 1, 2)))


@pytest.mark.exercise("log_joint", weight=3, main=True)
def test_unequal_components(expect, rng):
    expect(
        values(*on_edge(rng, 7, 4, 3), about="seven samples of three features, four unlike components"),
        values(*on_edge(rng, 5, 3, 4), about="five samples of four features, three unlike components"),
    )


@pytest.mark.exercise("log_joint")
def test_tight_components(expect, rng):
    expect(values(*tight(rng, 6, 4, 3), about="components so tight that log densities are positive"))


@pytest.mark.exercise("log_joint")
def test_component_of_weight_zero_has_log_joint_minus_infinity(expect, rng):
    expect(values(*idle(rng, 4, 4, 3), about="a component of weight 0"))


@pytest.mark.exercise("log_joint", weight=2)
def test_log_joint_of_far_samples(expect, rng):
    X, weights, means, covariances = far(rng, 4, 3)
    columns = [multivariate_normal.logpdf(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    due = np.transpose(columns) + np.log(weights)
    expect(values(X, weights, means, covariances, expected=due, about="near and far samples together"))


@pytest.mark.exercise("log_joint")
def test_log_joint_of_thousands_of_samples(expect, rng):
    X, *parameters = near(rng, 20, 2, 1)
    expect(values(np.tile(X, (410, 1)), *parameters, about="8200 samples of one feature"))


@pytest.mark.exercise("log_joint")
def test_log_joint_of_one_sample_one_component_and_one_feature(expect, rng):
    expect(
        values(*near(rng, 1, 4, 3), about="one sample"),
        values(*near(rng, 4, 1, 3), about="one component"),
        values(*near(rng, 5, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("log_joint")
def test_arguments_stay_as_they_are(expect, rng):
    expect(untouched(*near(rng, 5, 4, 3)), untouched(*near(rng, 1, 1, 1)))


@pytest.mark.exercise("log_likelihood", weight=3, main=True)
def test_overlapping_components(expect, rng):
    expect(
        values(*on_edge(rng, 7, 4, 3), about="seven samples of three features, four unlike components"),
        values(*on_edge(rng, 5, 3, 4), about="five samples of four features, three unlike components"),
        values(*of_the_lightest(rng, 9, 4, 3), about="nine samples of three features"),
    )


@pytest.mark.exercise("log_likelihood")
def test_positive_log_likelihood(expect, rng):
    expect(
        values(*tight(rng, 6, 4, 3), about="components so tight that the log-likelihood is positive"),
        values(*mixed(rng, 7, 4, 3), about="log densities of either sign"),
    )


@pytest.mark.exercise("log_likelihood")
def test_many_samples(expect, rng):
    X, weights, means, covariances = near(rng, 300, 3, 3)
    columns = [multivariate_normal.logpdf(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    due = float(logsumexp(np.transpose(columns), b=weights, axis=1).sum())
    words = "300 samples, whose densities multiply to 0 on a computer"
    expect(values(X, weights, means, covariances, expected=due, about=words))


@pytest.mark.exercise("log_likelihood", weight=2)
def test_far_samples(expect, rng):
    X, *parameters = far(rng, 4, 3)
    expect(
        values(X, *parameters, about="near and far samples together"),
        values(X[3:4], *parameters, about="one sample, far from every component"),
        values(*inputs.shared_far(rng), about="far samples that two components share"),
    )


@pytest.mark.exercise("log_likelihood")
def test_component_of_weight_zero(expect, rng):
    expect(values(*idle(rng, 5, 4, 3), about="a component of weight 0, with a sample in its middle"))


@pytest.mark.exercise("log_likelihood")
def test_one_sample_one_component_and_one_feature(expect, rng):
    expect(
        values(*near(rng, 1, 4, 3), about="one sample"),
        values(*near(rng, 4, 1, 3), about="one component"),
        values(*near(rng, 5, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("log_likelihood")
def test_inputs_stay_as_they_are(expect, rng):
    expect(untouched(*near(rng, 5, 4, 3)))
