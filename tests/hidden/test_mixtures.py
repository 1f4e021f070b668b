"""Hidden tests of chapter 1: densities."""

import numpy as np
import pytest
from scipy.special import ndtr

from . import inputs
from .recognise import agree, call, fail, reference, untouched


def around(rng, mean, variance, n):
    return rng.permutation(mean + np.sqrt(variance) * np.linspace(-2.7, 2.9, n))


def one_dimensional(rng, n_components):
    weights, means, _ = inputs.mixture(rng, n_components, 1)
    return weights, means[:, 0], rng.permutation(np.geomspace(0.03, 4.0, n_components))


@pytest.mark.exercise("gaussian_density", weight=3, main=True)
def test_density_of_a_narrow_and_of_a_wide_gaussian(student, rng):
    mean, narrow, wide = rng.uniform(-3, 3), rng.uniform(0.02, 0.06), rng.uniform(2, 5)
    agree(
        student,
        "gaussian_density",
        call(around(rng, mean, narrow, 8), mean, narrow),
        call(around(rng, mean, wide, 9), mean, wide),
    )


@pytest.mark.exercise("gaussian_density")
def test_area_under_the_density_is_the_normal_probability(student, rng):
    mean, variance = rng.uniform(-3, 3), rng.uniform(0.1, 0.5)
    z, step = np.linspace(-6, 2, 401, retstep=True)
    density = student.gaussian_density(mean + np.sqrt(variance) * z, mean, variance)
    area = np.trapezoid(density, dx=step * np.sqrt(variance))
    if not abs(area - (ndtr(2) - ndtr(-6))) < 1e-4:
        fail("gaussian_density", f"the area under the density up to two deviations is {area:.3g} times what is due")


@pytest.mark.exercise("gaussian_density")
def test_density_is_symmetric_about_its_mean(student, rng):
    mean, variance, away = rng.uniform(-3, 3), rng.uniform(2, 5), rng.uniform(0.1, 4, size=6)
    right = student.gaussian_density(mean + away, mean, variance)
    left = student.gaussian_density(mean - away, mean, variance)
    if not np.allclose(left, right, rtol=1e-9, atol=0):
        fail("gaussian_density", "the density at equal distances left and right of the mean is not the same")


@pytest.mark.exercise("gaussian_density")
def test_density_of_a_single_sample_far_away(student, rng):
    mean, variance = rng.uniform(-3, 3), rng.uniform(0.1, 0.5)
    agree(student, "gaussian_density", call(np.array([mean + 60.0]), mean, variance), due=[np.zeros(1)])


@pytest.mark.exercise("gaussian_density")
def test_gaussian_density_leaves_its_input_alone(student, rng):
    untouched(student, "gaussian_density", call(rng.normal(size=5), 0.3, 2.5))


@pytest.mark.exercise("mixture_density", weight=3, main=True)
def test_density_of_a_mixture_also_with_as_many_samples_as_components(student, rng):
    unequal, square = one_dimensional(rng, 3), one_dimensional(rng, 4)
    agree(
        student,
        "mixture_density",
        call(rng.normal(1.5, 3, size=9), *unequal),
        call(rng.normal(1.5, 3, size=4), *square),
    )


@pytest.mark.exercise("mixture_density")
def test_area_under_the_mixture_is_one(student, rng):
    weights, means, variances = one_dimensional(rng, 3)
    x, step = np.linspace(means.min() - 14, means.max() + 14, 1201, retstep=True)
    area = student.mixture_density(x, weights, means, variances).sum() * step
    if not abs(area - 1) < 1e-3:
        fail("mixture_density", f"the area under the density is {area:.3g}; that of a density is 1")


@pytest.mark.exercise("mixture_density")
def test_order_of_the_components_does_not_matter_to_the_density(student, rng):
    weights, means, variances = one_dimensional(rng, 4)
    x, order = rng.normal(1.5, 3, size=7), np.array([2, 0, 3, 1])
    one = student.mixture_density(x, weights, means, variances)
    other = student.mixture_density(x, weights[order], means[order], variances[order])
    if not np.allclose(one, other, rtol=1e-9):
        fail("mixture_density", "the same components in another order give another density")


@pytest.mark.exercise("mixture_density")
def test_mixture_of_one_component_is_that_component(student, rng):
    x, mean, variance = rng.normal(size=5), rng.uniform(-2, 2), rng.uniform(2, 4)
    due = reference("gaussian_density")(x, mean, variance)
    alone = call(x, np.ones(1), np.array([mean]), np.array([variance]))
    one_sample = call(x[:1], np.ones(1), np.array([mean]), np.array([variance]))
    agree(student, "mixture_density", alone, one_sample, due=[due, due[:1]])


@pytest.mark.exercise("mixture_density")
def test_component_of_weight_zero_adds_nothing_to_the_density(student, rng):
    weights, means, variances = one_dimensional(rng, 2)
    x = rng.normal(1.5, 3, size=6)
    due = reference("mixture_density")(x, weights, means, variances)
    idle = call(x, np.append(weights, 0.0), np.append(means, x[0]), np.append(variances, 0.5))
    agree(student, "mixture_density", idle, due=[due])


@pytest.mark.exercise("mixture_density")
def test_mixture_density_leaves_its_input_alone(student, rng):
    untouched(student, "mixture_density", call(rng.normal(size=5), *one_dimensional(rng, 3)))


@pytest.mark.exercise("gaussian_log_density", weight=4, main=True)
def test_log_density_with_correlated_features(student, rng):
    pairs = [(rng.uniform(-3, 3, size=d), inputs.covariance(rng, d)) for d in (3, 2)]
    near = [inputs.samples(rng, n, np.ones(1), m[None], c[None]) for n, (m, c) in zip((7, 2), pairs)]
    agree(student, "gaussian_log_density", *(call(X, *pair) for X, pair in zip(near, pairs)))


@pytest.mark.exercise("gaussian_log_density", weight=2)
def test_log_density_is_finite_far_away(student, rng):
    mean, factor = rng.uniform(-3, 3, size=2), np.linalg.cholesky(inputs.covariance(rng, 2))
    z = rng.normal(size=(5, 2)) * np.array([[1.0], [50.0], [1.0], [300.0], [2000.0]])
    # By construction the squared Mahalanobis distance of row i is |z_i|^2.
    due = -(z**2).sum(axis=1) / 2 - np.log(2 * np.pi) - np.log(np.diag(factor)).sum()
    agree(student, "gaussian_log_density", call(mean + z @ factor.T, mean, factor @ factor.T), due=[due])


@pytest.mark.exercise("gaussian_log_density", weight=2)
def test_log_density_of_many_features_whose_determinant_leaves_the_range(student, rng):
    d = 160
    calls, due = [], []
    for size in (0.01, 70.0):
        factor = size * (np.eye(d) + 0.02 * np.tril(rng.normal(size=(d, d)), -1))
        z = rng.normal(size=(2, d))
        calls.append(call(z @ factor.T, np.zeros(d), factor @ factor.T))
        log_det = 2 * d * np.log(size)
        due.append(-((z**2).sum(axis=1) + log_det + d * np.log(2 * np.pi)) / 2)
    agree(student, "gaussian_log_density", *calls, due=due)


@pytest.mark.exercise("gaussian_log_density")
def test_log_density_changes_by_the_log_determinant_under_a_linear_map(student, rng):
    X, mean, covariance = rng.normal(size=(6, 3)), rng.uniform(-2, 2, size=3), inputs.covariance(rng, 3)
    A, b = np.diag([0.2, 3.0, 7.0]) + 0.1 * rng.normal(size=(3, 3)), rng.normal(size=3)
    before = student.gaussian_log_density(X, mean, covariance)
    after = student.gaussian_log_density(X @ A.T + b, A @ mean + b, A @ covariance @ A.T)
    if not np.allclose(before - after, np.log(abs(np.linalg.det(A))), rtol=1e-7):
        fail("gaussian_log_density", "other units of the features change the log density by a wrong amount")


@pytest.mark.exercise("gaussian_log_density")
def test_log_density_of_one_feature_and_of_one_sample(student, rng):
    X, mean, variance = rng.normal(size=(5, 1)), rng.uniform(-2, 2, size=1), rng.uniform(2, 4, size=(1, 1))
    due = np.log(reference("gaussian_density")(X[:, 0], mean[0], variance[0, 0]))
    calls = call(X, mean, variance), call(X[:1], mean, variance)
    agree(student, "gaussian_log_density", *calls, due=[due, due[:1]])


@pytest.mark.exercise("gaussian_log_density")
def test_gaussian_log_density_leaves_its_input_alone(student, rng):
    untouched(student, "gaussian_log_density", call(rng.normal(size=(5, 2)), np.ones(2), inputs.covariance(rng, 2)))
