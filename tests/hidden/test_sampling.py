"""Hidden tests of chapter 2: draws, judged by their laws.

Each law refuses a right sampler with probability 1e-7 or less, whatever way it takes from `rng` to its draws.
"""

import numpy as np
import pytest
from scipy.special import ndtr, stdtr

from gmmlearn.checks.compare import Finite, Mismatch, SameLaw, SameMixture, SameMoments
from gmmlearn.grading.proxy import Seed

from . import fingerprint, inputs
from .recognise import call, fail, follow, hold, known, reproducible, untouched

FALSE_ALARM = 1e-7
WEIGHTS = np.array([0.14, 0.53, 0.05, 0.28])


def seed_from(rng):
    return int(rng.integers(2**40))


def seeded(seed, number):
    """Seeds for several calls that share nothing with those of another `seed` close by."""
    return [Seed(int(n)) for n in np.random.SeedSequence(seed).generate_state(number, np.uint64) >> np.uint64(2)]


def twice_and_others(rng, *arguments):
    """Two calls with equal generators, and twelve with others."""
    seed = seed_from(rng)
    return [call(*arguments, rng=Seed(n)) for n in (seed, *range(seed, seed + 13))]


def normal_law(mean, covariance):
    """Mean and covariance, and how often whitened values fall into fifty equally likely bins: one tail each."""

    def law(rows):
        if mismatch := SameMoments(mean, covariance, FALSE_ALARM / 2)(rows):
            return mismatch
        white = np.linalg.solve(np.linalg.cholesky(covariance), (rows - mean).T).T
        bins = np.minimum((50 * ndtr(white)).astype(int), 49).ravel()
        if SameLaw(np.full(50, 0.02), FALSE_ALARM / 2)(bins):
            text = "mean and covariance fit, but the draws are not normal or not independent"
            return Mismatch("law", rows, None, text)
        return None

    return law


@pytest.mark.exercise("sample_categorical", weight=4, main=True)
def test_labels_come_as_often_as_their_weights_and_independently(student, rng):
    weights = rng.permutation(WEIGHTS)

    def draw(subject, seed):
        # Rounded shares of 146 do not add up to 146, so rounding shows in the shape as well.
        return np.stack([subject.sample_categorical(weights, 146, rng=each) for each in seeded(seed, 40)])

    follow(
        student,
        "sample_categorical",
        draw,
        SameLaw(weights, FALSE_ALARM),
        lambda labels: fingerprint.of_labels(labels, len(weights)),
        seed_from(rng),
    )


@pytest.mark.exercise("sample_categorical")
def test_labels_come_from_rng_alone(student, rng):
    reproducible(student, "sample_categorical", *twice_and_others(rng, WEIGHTS, 60))


@pytest.mark.exercise("sample_categorical")
def test_label_of_weight_zero_never_comes(student, rng):
    weights = np.array([0.0, 0.37, 0.0, 0.63])
    labels = student.sample_categorical(weights, 400, rng=Seed(seed_from(rng)))
    if not np.isin(labels, (1, 3)).all():
        fail("sample_categorical", "a label came whose weight is 0, or one that does not exist")


@pytest.mark.exercise("sample_categorical")
def test_one_label_and_one_component(student, rng):
    labels = [int(student.sample_categorical(WEIGHTS, 1, rng=each)[0]) for each in seeded(seed_from(rng), 40)]
    # A right sampler gives one and the same label 40 times over once in 10**11.
    if len(set(labels)) == 1:
        fail("sample_categorical", "with a single sample the label is always the same")
    if student.sample_categorical(np.ones(1), 7, rng=Seed(seed_from(rng))).any():
        fail("sample_categorical", "with a single component every label is 0")


@pytest.mark.exercise("sample_categorical")
def test_sample_categorical_leaves_its_input_alone(student, rng):
    untouched(student, "sample_categorical", call(WEIGHTS, 5, rng=Seed(1)))


@pytest.mark.exercise("sample_gaussian", weight=4, main=True)
def test_draws_have_the_mean_the_covariance_and_the_tails(student, rng):
    mean, covariance = rng.uniform(2, 5, size=2), inputs.covariance(rng, 2)
    follow(
        student,
        "sample_gaussian",
        lambda subject, seed: subject.sample_gaussian(mean, covariance, 2500, rng=Seed(seed)),
        normal_law(mean, covariance),
        lambda rows: fingerprint.of_rows(rows, mean, covariance),
        seed_from(rng),
    )


@pytest.mark.exercise("sample_gaussian")
def test_draws_of_four_features_have_the_covariance(student, rng):
    mean, covariance = rng.uniform(2, 5, size=4), inputs.covariance(rng, 4)
    rows = student.sample_gaussian(mean, covariance, 1200, rng=Seed(seed_from(rng)))
    hold("sample_gaussian", SameMoments(mean, covariance, FALSE_ALARM)(rows))


@pytest.mark.exercise("sample_gaussian")
def test_draws_come_from_rng_alone(student, rng):
    reproducible(student, "sample_gaussian", *twice_and_others(rng, np.ones(2), inputs.covariance(rng, 2), 9))


@pytest.mark.exercise("sample_gaussian")
def test_one_draw_and_one_feature(student, rng):
    mean, variance = rng.uniform(2, 5, size=1), rng.uniform(3, 5, size=(1, 1))
    rows = [student.sample_gaussian(mean, variance, 1, rng=each) for each in seeded(seed_from(rng), 60)]
    hold("sample_gaussian", SameMoments(mean, variance, FALSE_ALARM)(np.concatenate(rows)))


@pytest.mark.exercise("sample_gaussian")
def test_sample_gaussian_leaves_its_input_alone(student, rng):
    untouched(student, "sample_gaussian", call(np.ones(2), inputs.covariance(rng, 2), 5, rng=Seed(1)))


def mixture_statistics(means, covariances):
    def statistics(drawn):
        X, labels = drawn
        groups = [
            fingerprint.of_rows(X[labels == k], mean, covariance)
            for k, (mean, covariance) in enumerate(zip(means, covariances))
        ]
        noise = fingerprint.of_noise(X, labels, means)
        return np.concatenate([fingerprint.of_labels(labels[np.newaxis], len(means)), noise, *groups])

    return statistics


@pytest.mark.exercise("sample_mixture", weight=4, main=True)
def test_rows_follow_the_component_of_their_label(student, rng):
    weights, means, covariances = inputs.mixture(rng, 3, 2)
    follow(
        student,
        "sample_mixture",
        lambda subject, seed: subject.sample_mixture(weights, means, covariances, 1800, rng=Seed(seed)),
        SameMixture(weights, means, covariances, FALSE_ALARM),
        mixture_statistics(means, covariances),
        seed_from(rng),
    )


@pytest.mark.exercise("sample_mixture")
def test_counts_of_the_components_vary_and_rows_come_in_no_order(student, rng):
    weights, means, covariances = inputs.mixture(rng, 3, 2)
    follow(
        student,
        "sample_mixture",
        lambda subject, seed: np.stack(
            [subject.sample_mixture(weights, means, covariances, 47, rng=each)[1] for each in seeded(seed, 40)]
        ),
        SameLaw(weights, FALSE_ALARM),
        lambda labels: fingerprint.of_labels(labels, 3),
        seed_from(rng),
    )


@pytest.mark.exercise("sample_mixture")
def test_components_have_independent_noise(student, rng):
    _, means, covariances = inputs.mixture(rng, 2, 2)
    weights = np.array([0.45, 0.55])
    X, labels = student.sample_mixture(weights, means, covariances, 500, rng=Seed(seed_from(rng)))
    hold("sample_mixture", Finite()(X), "X")
    first, second = (
        np.linalg.solve(np.linalg.cholesky(covariances[k]), (X[labels == k] - means[k]).T).T for k in (0, 1)
    )
    n_pairs = min(len(first), len(second))
    if n_pairs < 50:
        fail("sample_mixture", "one of two components that weigh about the same hardly ever comes")
    correlation = np.corrcoef(first[:n_pairs].T, second[:n_pairs].T)[:2, 2:]
    # Of independent normal noise a correlation r is such that this is Student's t; four are looked at.
    t = np.abs(correlation) * np.sqrt((n_pairs - 2) / np.maximum(1 - correlation**2, 1e-12))
    if (2 * stdtr(n_pairs - 2, -t) < FALSE_ALARM / 4).any():
        raise known("sample_mixture-same-noise")


@pytest.mark.exercise("sample_mixture")
def test_rows_and_labels_come_from_rng_alone(student, rng):
    reproducible(student, "sample_mixture", *twice_and_others(rng, *inputs.mixture(rng, 3, 2), 9))


@pytest.mark.exercise("sample_mixture")
def test_one_row_one_component_and_one_feature(student, rng):
    for n_samples, n_components, n_features in ((1, 3, 2), (6, 1, 2), (6, 3, 1)):
        parameters = inputs.mixture(rng, n_components, n_features)
        _, labels = student.sample_mixture(*parameters, n_samples, rng=Seed(seed_from(rng)))
        if not np.isin(labels, range(n_components)).all():
            fail("sample_mixture", "a label came for which there is no component")


@pytest.mark.exercise("sample_mixture")
def test_sample_mixture_leaves_its_input_alone(student, rng):
    untouched(student, "sample_mixture", call(*inputs.mixture(rng, 3, 2), 5, rng=Seed(1)))
