"""Hidden tests of chapter 1: densities."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from gmmlearn.checks.diagnosing.cases import untouched, values

from . import inputs


def around(rng, mean, variance, n):
    return np.round(rng.permutation(mean + np.sqrt(variance) * np.linspace(-2.7, 2.9, n)), 2)


def one_dimensional(rng, n_components):
    """Weights, means and variances of unlike components, the means never in rising order."""
    weights, means, _ = inputs.mixture(rng, n_components, 1)
    means = means[:, 0]
    while n_components > 1 and (np.diff(means) > 0).all():
        means = rng.permutation(means)
    return weights, means, rng.permutation(np.geomspace(0.1, 4.0, n_components)).round(3)


def around_mixture(rng, n, weights, means, variances):
    """Samples of a mixture, (n,), and all that it is made of. The least of its densities at them is 5e-4: what is added
    to one, or the least that it is allowed to be, shows here for every student or for none."""
    mixture = weights, means[:, np.newaxis], variances[:, np.newaxis, np.newaxis]
    bounds = *mixture, np.log(5e-4), -np.inf
    while True:
        X = inputs.samples(rng, n, *mixture)
        if inputs.margins(X, *bounds).min() > 0:
            X[-1] = inputs.moved_out(rng, X[-1], *bounds)[0]
            return rng.permutation(X[:, 0]), weights, means, variances


@pytest.mark.exercise("gaussian_density", weight=3, main=True)
def test_narrow_and_wide_gaussians(expect, rng):
    mean, narrow, wide = (round(rng.uniform(*ends), 3) for ends in ((-3, 3), (0.02, 0.06), (2, 5)))
    expect(
        values(around(rng, mean, narrow, 8), mean, narrow, about="a narrow curve, which rises above 1"),
        values(around(rng, mean, wide, 9), mean, wide, about="a variance above 1"),
    )


@pytest.mark.exercise("gaussian_density", weight=2)
def test_density_is_that_of_scipy(expect, rng):
    mean, variance = round(rng.uniform(-3, 3), 3), round(rng.uniform(0.1, 0.5), 3)
    x = around(rng, mean, variance, 7)
    due = norm.pdf(x, mean, np.sqrt(variance))
    expect(values(x, mean, variance, expected=due, about="seven samples, a variance below 1"))


@pytest.mark.exercise("gaussian_density")
def test_one_sample_near_and_far(expect, rng):
    mean, variance = round(rng.uniform(-3, 3), 3), round(rng.uniform(0.1, 0.5), 3)
    expect(
        values(np.array([mean + 0.75]), mean, variance, about="one sample"),
        values(np.array([mean + 60.0]), mean, variance, expected=np.zeros(1), about="one sample, far away"),
        values(np.array([mean - 14 * np.sqrt(variance)]).round(2), mean, variance, about="one sample in the far tail"),
    )


@pytest.mark.exercise("gaussian_density")
def test_input_stays_as_it_is(expect, rng):
    expect(untouched(rng.normal(size=5).round(2), 0.3, 2.5), untouched(np.array([0.3]), 0.3, 2.5))


@pytest.mark.exercise("mixture_density", weight=3, main=True)
def test_mixture_also_with_as_many_samples_as_components(expect, rng):
    unequal, square = one_dimensional(rng, 3), one_dimensional(rng, 4)
    expect(
        values(*around_mixture(rng, 7, *unequal), about="seven samples, three unlike components"),
        values(*around_mixture(rng, 4, *square), about="as many samples as components"),
    )


@pytest.mark.exercise("mixture_density", weight=2)
def test_tight_components(expect, rng):
    weights, means, variances = one_dimensional(rng, 3)
    x = np.concatenate([means, means + 0.01]).round(3)
    expect(values(x, weights, means, variances / 10_000, about="tight components, whose density rises above 1"))


@pytest.mark.exercise("mixture_density")
def test_component_of_weight_zero(expect, rng):
    weights, means, variances = one_dimensional(rng, 3)
    idle = np.append(weights, 0.0), np.append(means, means[0]), np.append(variances, 0.5)
    expect(values(*around_mixture(rng, 6, *idle), about="a component of weight 0"))


@pytest.mark.exercise("mixture_density")
def test_one_component_and_one_sample(expect, rng):
    mean, variance = round(rng.uniform(-2, 2), 2), round(rng.uniform(2, 4), 2)
    x = rng.normal(size=5).round(2)
    due = norm.pdf(x, mean, np.sqrt(variance))
    alone = np.ones(1), np.array([mean]), np.array([variance])
    weights, means, variances = one_dimensional(rng, 3)
    tail = (means - 14 * np.sqrt(variances)).min(keepdims=True).round(2)
    expect(
        values(x, *alone, expected=due, about="one component"),
        values(x[:1], *one_dimensional(rng, 3), about="one sample"),
        values(tail, weights, means, variances, about="one sample in the far tail"),
    )


@pytest.mark.exercise("mixture_density")
def test_inputs_stay_as_they_are(expect, rng):
    expect(untouched(rng.normal(size=5).round(2), *one_dimensional(rng, 3)))


@pytest.mark.exercise("gaussian_log_density", weight=4, main=True)
def test_correlated_features(expect, rng):
    cases = []
    for n, d in ((7, 3), (5, 4)):
        X, _, (mean,), (covariance,) = inputs.on_edge(rng, n, 1, d)
        cases.append(values(X, mean, covariance, about=f"{n} samples of {d} correlated features"))
    expect(*cases)


@pytest.mark.exercise("gaussian_log_density")
def test_log_density_is_that_of_scipy(expect, rng):
    mean, covariance = rng.uniform(-3, 3, size=3).round(2), inputs.covariance(rng, 3) / 100
    X = inputs.samples(rng, 6, np.ones(1), mean[np.newaxis], covariance[np.newaxis])
    due = multivariate_normal.logpdf(X, mean, covariance)
    expect(values(X, mean, covariance, expected=due, about="so narrow that the log density is positive"))


@pytest.mark.exercise("gaussian_log_density", weight=2)
def test_far_samples(expect, rng):
    mean, covariance = rng.uniform(-3, 3, size=3).round(2), inputs.covariance(rng, 3)
    steps = rng.uniform(1, 2, size=(5, 3)) * rng.choice([-1, 1], size=(5, 3))
    X = mean + steps.round(2) * np.array([[1.0], [30.0], [60.0], [300.0], [2000.0]])
    expect(values(X, mean, covariance, about="samples so far out that the density itself is 0 on a computer"))


@pytest.mark.exercise("gaussian_log_density", weight=2)
def test_many_features(expect, rng):
    # The determinant leaves the range of floating-point numbers, at both ends.
    d = 160
    chain = np.full((d, d), 0.3) + np.diag(np.full(d, 0.7))
    cases = [
        values(
            np.round(np.sqrt(size) * rng.normal(size=(2, d)), 3),
            np.zeros(d),
            size * chain,
            about=f"160 features, where the determinant itself {words} on a computer",
        )
        for size, words in ((0.0004, "is 0"), (4900.0, "is infinite"))
    ]
    expect(*cases)


@pytest.mark.exercise("gaussian_log_density")
def test_features_in_different_units(expect, rng):
    mean, covariance = rng.uniform(-3, 3, size=3).round(2), inputs.covariance(rng, 3)
    X = inputs.samples(rng, 6, np.ones(1), mean[np.newaxis], covariance[np.newaxis])
    scales = np.array([5.0, 20.0, 0.01])
    scaled = X * scales, mean * scales, covariance * np.outer(scales, scales)
    expect(values(*scaled, about="features in very different units"))


@pytest.mark.exercise("gaussian_log_density")
def test_one_feature_and_one_sample(expect, rng):
    X, mean, variance = rng.normal(size=(5, 1)).round(2), rng.uniform(-2, 2, size=1).round(2), np.array([[2.75]])
    due = norm.logpdf(X[:, 0], mean[0], np.sqrt(2.75))
    covariance = inputs.covariance(rng, 3)
    expect(
        values(X, mean, variance, expected=due, about="one feature"),
        values(
            inputs.samples(rng, 1, np.ones(1), np.ones((1, 3)), covariance[np.newaxis]),
            np.ones(3),
            covariance,
            about="one sample",
        ),
    )


@pytest.mark.exercise("gaussian_log_density")
def test_arguments_stay_as_they_are(expect, rng):
    expect(untouched(rng.normal(size=(5, 3)).round(2), np.ones(3), inputs.covariance(rng, 3)))
