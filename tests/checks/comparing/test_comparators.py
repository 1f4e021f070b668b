"""Comparators: what each refuses and accepts, and how often a right sampler is refused."""

from dataclasses import is_dataclass

import numpy as np
import pytest
from scipy.stats import binom

from gmmlearn.checks.comparing import draws, invariants, values
from gmmlearn.checks.comparing.draws import SameCategorical, SameGaussian, SameMixture
from gmmlearn.checks.comparing.invariants import (
    NeverFalls,
    PositiveDefinite,
    RowsSumToOne,
    SameUpToPermutation,
    Symmetric,
)
from gmmlearn.checks.comparing.mismatches import Problem
from gmmlearn.checks.comparing.values import Close, Finite, Labels, Parts, Shape, Truth

WEIGHTS = np.array([0.5, 0.3, 0.2])
MEANS = np.array([[0.0, 0.0], [5.0, 1.0], [-4.0, 6.0]])
COVARIANCES = np.array([[[4.0, 1.8], [1.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]])

BAD = [
    (Close(np.array([1.0, 2.0])), [1.0, 2.0001]),
    (Close(np.array(3.0)), 3.0001),
    (Close(np.zeros((2, 2))), np.full((2, 2), 1e-3)),
    (Labels([0, 2, 1]), [0, 1, 2]),
    (Shape((4, 2)), np.zeros((2, 4))),
    (Truth(True), False),
    (Finite(), [0.0, np.inf]),
    (RowsSumToOne(), [[0.5, 0.5], [0.5, 0.75]]),
    (Symmetric(), [[1.0, 0.5], [0.0, 1.0]]),
    (PositiveDefinite(), [[1.0, 1.2], [1.2, 1.0]]),
    (NeverFalls(), [-2.0, -3.0]),
    (Parts(("mean", "covariance"), (Shape((2,)), Shape((2, 2)))), (np.zeros(2), np.zeros(2))),
    (SameUpToPermutation(WEIGHTS, MEANS, COVARIANCES), (WEIGHTS, MEANS + 1, COVARIANCES)),
    (SameCategorical(WEIGHTS), np.full(4, 3)),
    (SameGaussian(MEANS[0], COVARIANCES[0]), np.full((4, 2), 200.0)),
    (SameMixture(WEIGHTS, MEANS, COVARIANCES), (MEANS[:1], np.array([3]))),
]
TABLE = [comparator for comparator, _ in BAD]


def test_the_table_has_every_comparator():
    found = [one for module in (values, invariants, draws) for one in vars(module).values() if is_dataclass(one)]
    comparators = {one for one in found if one.__module__.endswith((".values", ".invariants", ".draws"))}
    assert comparators == {type(comparator) for comparator in TABLE}


@pytest.mark.parametrize(("comparator", "bad"), BAD, ids=lambda one: type(one).__name__)
def test_a_comparator_refuses_a_bad_value(comparator, bad):
    assert comparator(bad).text


@pytest.mark.parametrize("comparator", TABLE, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "value",
    [None, "two", object(), np.nan, np.array([np.nan]), (np.nan, np.nan), {}, np.array([1j])],
    ids=lambda one: repr(one).split(" at ")[0],
)
def test_what_is_not_a_number_is_refused_and_nothing_is_raised(comparator, value):
    if isinstance(comparator, Shape) and np.shape(value) == comparator.shape:
        return
    assert comparator(value) is not None


@pytest.mark.parametrize("shape", [(1,), (), (1, 2), (2, 1), (2, 2)])
def test_shapes_are_never_broadcast(shape):
    assert Close(np.array([1.0, 1.0]))(np.ones(shape)).problem is Problem.SHAPE


def test_tiny_numbers_are_held_to_as_many_digits_as_large_ones():
    assert Close(np.array([1e-200, 2e-200]))([1e-200, 2.001e-200]).problem is Problem.VALUES
    assert Close(np.array([1e200, 2e200]))([1e200, 2.001e200]).problem is Problem.VALUES


def test_equal_infinities_agree_and_others_do_not():
    assert Close(np.array([np.inf, -np.inf]))([np.inf, -np.inf]) is None
    assert Close(np.array([np.inf, 1.0]))([-np.inf, 1.0]).problem is Problem.VALUES
    assert Close(np.array([np.inf, 1.0]))([1e308, 1.0]).problem is Problem.VALUES
    assert Close(np.array([1.0, 1.0]))([np.inf, 1.0]).problem is Problem.VALUES


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64, np.uint64])
def test_labels_may_be_of_any_integer_type(kind):
    assert Labels([0, 2, 1])(np.array([0, 2, 1], dtype=kind)) is None


def test_array_likes_are_as_good_as_arrays():
    assert Close(np.array([[1.0, 2.0]]))([[1, 2]]) is None
    assert Labels([1, 0])([1, 0]) is None


def test_columns_that_sum_to_one_are_told_from_rows_that_do_not():
    table = np.random.default_rng(0).random((5, 3))
    assert "columns sum to 1" in RowsSumToOne()(table / table.sum(axis=0)).text
    assert "5 of 5 rows" in RowsSumToOne()(table / table.sum()).text


def test_a_permuted_fit_is_the_same_and_its_weights_go_along():
    order = [2, 0, 1]
    same = SameUpToPermutation(WEIGHTS, MEANS, COVARIANCES)
    assert same((WEIGHTS[order], MEANS[order], COVARIANCES[order])) is None
    assert same((WEIGHTS, MEANS[order], COVARIANCES[order])).part == "weights"


def draw_mixture(rng, n_samples):
    labels = rng.choice(3, n_samples, p=WEIGHTS)
    noise = np.einsum("nij,nj->ni", np.linalg.cholesky(COVARIANCES)[labels], rng.standard_normal((n_samples, 2)))
    return MEANS[labels] + noise, labels


RIGHT = {
    "labels": (lambda rate: SameCategorical(WEIGHTS, rate), lambda rng: rng.choice(3, 500, p=WEIGHTS)),
    "short draws": (lambda rate: SameCategorical(WEIGHTS, rate), lambda rng: rng.choice(3, (30, 10), p=WEIGHTS)),
    "gaussian": (
        lambda rate: SameGaussian(MEANS[1], COVARIANCES[1], rate),
        lambda rng: rng.multivariate_normal(MEANS[1], COVARIANCES[1], 60),
    ),
    "mixture": (lambda rate: SameMixture(WEIGHTS, MEANS, COVARIANCES, rate), lambda rng: draw_mixture(rng, 200)),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_sampler_is_refused_no_more_often_than_stated(case):
    comparator, draw = RIGHT[case]
    rng = np.random.default_rng(7)
    refused = sum(comparator(0.2)(draw(rng)) is not None for _ in range(400))
    assert refused <= binom.isf(1e-6, 400, 0.2)


WRONG = {
    "other weights": (SameCategorical(WEIGHTS), lambda rng: rng.choice(3, 6000, p=[0.45, 0.35, 0.2])),
    "sorted": (SameCategorical(WEIGHTS), lambda rng: np.sort(rng.choice(3, 6000, p=WEIGHTS))),
    "rounded counts": (
        SameCategorical(WEIGHTS),
        lambda rng: np.array([rng.permutation(np.repeat([0, 1, 2], [50, 30, 20])) for _ in range(40)]),
    ),
    "other mean": (
        SameGaussian(MEANS[0], COVARIANCES[0]),
        lambda rng: rng.multivariate_normal([0.3, 0], COVARIANCES[0], 4000),
    ),
    "uniform": (
        SameGaussian(MEANS[0], COVARIANCES[0]),
        lambda rng: rng.uniform(-(3**0.5), 3**0.5, (4000, 2)) @ np.linalg.cholesky(COVARIANCES[0]).T,
    ),
    "labels shuffled apart": (
        SameMixture(WEIGHTS, MEANS, COVARIANCES),
        lambda rng: (lambda X, labels: (X, rng.permutation(labels)))(*draw_mixture(rng, 4000)),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_sampler_is_refused(case):
    comparator, draw = WRONG[case]
    assert comparator(draw(np.random.default_rng(3))).problem is Problem.LAW
