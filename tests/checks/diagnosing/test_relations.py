"""What is said of wrong values is true of them, by another road: each sentence has a claim that is evaluated."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gmmlearn.checks.comparing.values import Close, Labels
from gmmlearn.checks.diagnosing.relations import relation_of


def same(a, b, rtol=1e-6):
    return np.allclose(a, b, rtol=rtol, atol=rtol * np.abs(b).max())


def is_sorted_copy(got, expected):
    return same(np.sort(got, None), np.sort(expected, None)) and not same(got, expected)


def has_factor(got, expected, words):
    factor = float(Fraction(words[1]))
    digits = 9 if "/" in words[1] else len(words[1].replace(".", "").lstrip("-0"))
    return same(got, factor * expected, 10.0 ** -(digits - 1)) and factor != 1


def differs_in(got, expected, words):
    """A row, column or matrix that is wrong, or right, alone: taken out one by one."""
    axis = expected.ndim - 1 - ["column", "row", "matrix"].index(words[1])
    apart = [
        not np.allclose(a, b, 1e-6, 1e-9) for a, b in zip(np.moveaxis(got, axis, 0), np.moveaxis(expected, axis, 0))
    ]
    return [i for i, one in enumerate(apart) if one == (words[3] == "wrong")] == [int(words[2])]


def each_has_its_own(got, expected, words):
    """An amount or a factor, read off the first value of each row, column or matrix."""
    axis = expected.ndim - 1 - ["column", "row", "matrix"].index(words[1])
    for a, b in zip(np.moveaxis(got, axis, 0), np.moveaxis(expected, axis, 0)):
        first = (a.flat[0] - b.flat[0]) if "amount" in words[0] else a.flat[0] / b.flat[0]
        if not np.allclose(a, b + first if "amount" in words[0] else b * first, 1e-5):
            return False
    return True


def diagonals_differ(got, expected, words):
    d = expected.shape[-1]
    for i in range(d):
        for j in range(d):
            apart = abs(got[..., i, j] - expected[..., i, j]) > 1e-9
            if not (apart.all() if (i == j) == (words[1] == "wrong") else not apart.any()):
                return False
    return True


EXPONENT = ", as when a density has another factor in its exponent."
TABLE = np.random.default_rng(0).uniform(-1, 1, (3, 4))
MATRICES = np.random.default_rng(1).uniform(1, 2, (3, 3, 3))
COVARIANCES = np.stack([one @ one.T for one in MATRICES])
CLAIMS = {
    r"exponentials of the expected": lambda got, expected, _: same(got, np.exp(expected)),
    r"logarithms of the expected": lambda got, expected, _: same(got, np.log(expected)),
    r"logarithms to base 10": lambda got, expected, _: same(got, expected / np.log(10)),
    r"ha\w+ the opposite sign": lambda got, expected, _: same(got, -expected) and (expected != 0).any(),
    r"never the sign minus": lambda got, expected, _: (got >= 0).all() and (expected < 0).any(),
    r"never the sign plus": lambda got, expected, _: (got <= 0).all() and (expected > 0).any(),
    r"(\d+) of \d+ values ha\w+ the wrong sign": lambda got, expected, words: (
        (got * expected < 0).sum() <= int(words[1]) and (got * expected < 0).any() and same(abs(got), abs(expected))
    ),
    r"(?:are|is) (\S+) times the expected ones?\.": has_factor,
    r"divided by (-?\d+)\.": lambda got, expected, words: (
        same(got * int(words[1]), expected) and abs(int(words[1])) > 1
    ),
    r"sum to (\S+); expected are values that sum to 1": lambda got, expected, words: (
        same(got.sum(), float(words[1]), 1e-3)
        and same(expected.sum(), 1.0)
        and not same(got.sum(), 1.0)
        and words[1] != "1"
    ),
    r"sum to 1; the expected ones sum to (\S+)\.$": lambda got, expected, words: (
        same(got.sum(), 1.0) and same(expected.sum(), float(words[1]), 1e-3) and not same(expected.sum(), 1.0)
    ),
    r"off by the same amount, (\S+)\.": lambda got, expected, words: same(got - expected, float(words[1]), 1e-3),
    r"largest relative error is (\S+)\.": lambda got, expected, words: (
        0.4 < np.max(abs(got - expected)[expected != 0] / abs(expected[expected != 0])) / float(words[1]) < 1.6
        and float(words[1]) < 1e-4
    ),
    r"Only (row|column|matrix) (\d+) is (wrong|right)\.": differs_in,
    r"Only the diagonals? (?:is|are) (wrong|right)\.": diagonals_differ,
    r"Each (row|column|matrix) is (?:off by an amount|the expected one times a factor) of its own": each_has_its_own,
    r"Rows and columns are exchanged": lambda got, expected, _: same(got, expected.T) and not same(got, expected),
    r"in another order": lambda got, expected, _: is_sorted_copy(got, expected),
    r"rounded to (\d) digits": lambda got, expected, words: same(got, np.round(expected, int(words[1]))),
    r"expected positive ones came out as 0": lambda got, expected, _: (got[expected > 0] == 0).all(),
    r"all the same number": lambda got, expected, _: same(got, got.flat[0]) and np.ptp(expected) > 0,
    r"Each (row|column|matrix) of yours has the same number": lambda got, expected, words: all(
        same(a, a.flat[0]) and np.ptp(b) > 0
        for a, b in zip(
            *(np.moveaxis(x, x.ndim - 1 - ["column", "row", "matrix"].index(words[1]), 0) for x in (got, expected))
        )
    ),
    r"Your (?:rows|matrices) are all equal": lambda got, expected, _: (
        all(same(one, got[0]) for one in got) and not all(same(one, expected[0]) for one in expected)
    ),
    r"has a single 1 and zeros besides": lambda got, expected, _: (
        (np.sort(got, axis=1) == np.eye(got.shape[1])[-1]).all() and (expected.max(axis=1) < 1).all()
    ),
    r"That is (?:(\S+) times )?log\(2π\)": lambda got, expected, words: same(
        got - expected, float(words[1] or 1) * np.log(2 * np.pi), 1e-5
    ),
    r"never below (-?\S+), also where": lambda got, expected, words: (
        same(got.min(), float(words[1]), 1e-3) and (expected < got.min()).sum() > 1
    ),
    r"Your values are (\S+) times the expected ones, (plus|minus) (\S+)\.": lambda got, expected, words: same(
        got, float(Fraction(words[1])) * expected + float(words[3]) * (1 if words[2] == "plus" else -1), 2e-3
    ),
    r"not symmetric": lambda got, expected, _: (
        same(expected, expected.swapaxes(-1, -2)) and not np.allclose(got, got.swapaxes(-1, -2), 1e-7, 0)
    ),
    r"not positive definite": lambda got, expected, _: (
        min(np.linalg.eigvalsh(got).flat) <= 0 < min(np.linalg.eigvalsh(expected).flat)
    ),
    r"are a power of the expected ones": lambda got, expected, _: (
        abs(np.corrcoef(np.log(got).ravel(), np.log(expected).ravel())[0, 1]) > 1 - 1e-9
    ),
    r"expected ones to the power of ([^\s,]+?)(?:, times (\S+?))?, as when": lambda got, expected, words: same(
        np.log(got), np.log(float(words[2] or 1)) + float(Fraction(words[1])) * np.log(expected), 2e-3
    ),
    r"your values are infinite|They are infinite": lambda got, expected, _: (
        np.isinf(got).all() and np.isfinite(expected).all()
    ),
    r"the logarithm of (1e-\d+)\.": lambda got, _, words: same(got.min(), np.log(float(words[1]))),
    r"The largest error is (\S+) of the largest value": lambda got, expected, words: (
        0.4 < np.max(abs(got - expected)) / np.max(abs(expected)) / float(words[1]) < 1.6 and float(words[1]) < 2e-4
    ),
    r"It is off by (\S+) of the expected value": lambda got, expected, words: (
        got.size == 1 and 0.4 < abs(got - expected) / abs(expected) / float(words[1]) < 1.6 and float(words[1]) < 2e-4
    ),
    r"all too large|value is too large": lambda got, expected, _: (got > expected).all(),
    r"all too small|value is too small": lambda got, expected, _: (got < expected).all(),
    r"none of the expected ones is|the expected one is not": lambda got, expected, _: (
        (expected >= 0).all() and (got < 0).any()
    ),
}
CHANGES = {
    "times": lambda x, a, rng: x * (1 + a),
    "plus": lambda x, a, rng: x + a,
    "noise": lambda x, a, rng: x * (1 + a * rng.standard_normal(x.shape)),
    "one": lambda x, a, rng: np.where(np.arange(x.size).reshape(x.shape) == x.size - 1, x * (1 + a), x),
    "single": lambda x, a, rng: x.astype(np.float32).astype(float),
    "absolute": lambda x, a, rng: np.abs(x),
    "minus": lambda x, a, rng: -np.abs(x) * (1 + a),
    "signs": lambda x, a, rng: x * rng.choice([-1.0, 1.0], x.shape),
    "order": lambda x, a, rng: rng.permutation(x.ravel()).reshape(x.shape) * (1 + a),
    "rows": lambda x, a, rng: rng.permutation(x),
    "round": lambda x, a, rng: np.round(x, rng.integers(0, 6)),
    "one for all": lambda x, a, rng: np.stack([x[0] + 2 + a * rng.standard_normal(x.shape[1:])] * len(x)),
    "one number": lambda x, a, rng: np.full(x.shape, 2 + a),
    "one number for each row": lambda x, a, rng: x * 0 + rng.uniform(2, 3, (len(x),) + (1,) * (x.ndim - 1)),
    "one number for each column": lambda x, a, rng: x * 0 + rng.uniform(2, 3, x.shape[-1:]),
    "floor": lambda x, a, rng: np.maximum(x, -0.5 - a),
    "floor of a density": lambda x, a, rng: np.log(np.exp(x) + 1e-4),
    "clip": lambda x, a, rng: np.minimum(x, 0.0),
    "shares": lambda x, a, rng: np.abs(x) / np.abs(x).sum() * (1 + a),
    "one row": lambda x, a, rng: np.concatenate([x[:-1], x[-1:] + 1 + a]),
    "first row alone": lambda x, a, rng: np.concatenate([x[:1], x[1:] + rng.uniform(1, 2, x[1:].shape)]),
    "first column alone": lambda x, a, rng: np.concatenate(
        [x[..., :1], x[..., 1:] + rng.uniform(1, 2, x[..., 1:].shape)], -1
    ),
    "diagonals": lambda x, a, rng: x + (1 + a) * np.eye(*x.shape[-2:]) if x.ndim > 1 else x,
    "off the diagonals": lambda x, a, rng: x * np.eye(*x.shape[-2:]) if x.ndim > 1 else x,
    "plus for each row": lambda x, a, rng: x + rng.uniform(1, 2, (len(x),) + (1,) * (x.ndim - 1)),
    "times for each row": lambda x, a, rng: x * rng.uniform(1, 2, (len(x),) + (1,) * (x.ndim - 1)),
    "plus for each column": lambda x, a, rng: x + rng.uniform(1, 2, x.shape[-1:]),
    "times for each column": lambda x, a, rng: x * rng.uniform(1, 2, x.shape[-1:]),
    "some times": lambda x, a, rng: np.where(rng.random(x.shape) < 0.5, x * (1.5 + a), x),
    "some plus": lambda x, a, rng: np.where(rng.random(x.shape) < 0.5, x + (1 + a), x),
    "times and plus": lambda x, a, rng: x * (2 + a) - 3,
    "times and plus for half": lambda x, a, rng: np.where(rng.random(x.shape) < 0.5, x * (2 + a) - 3, x),
    "power": lambda x, a, rng: 3 * np.abs(x) ** (2 + a),
    "fraction": lambda x, a, rng: x * rng.integers(1, 40) / rng.integers(1, 40),
    "infinite": lambda x, a, rng: np.full(x.shape, np.inf),
    "infinite here and there": lambda x, a, rng: np.where(rng.random(x.shape) < 0.5, -np.inf, x),
    "exp": lambda x, a, rng: np.exp(x) * (1 + a),
    "log": lambda x, a, rng: np.log(np.abs(x) + 1e-3),
    "transposed": lambda x, a, rng: x.T if x.ndim == 2 and x.shape[0] == x.shape[1] else x[::-1],
}


@pytest.mark.filterwarnings("ignore:One of rtol or atol is not valid")  # of values that are infinite
@settings(max_examples=400, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.sampled_from([(1,), (2,), (7,), (3, 3), (7, 4), (4, 3, 3)]),
    low=st.sampled_from([-1.0, 0.0, -20.0]),
    change=st.sampled_from(sorted(CHANGES)),
    amount=st.sampled_from([0.0, 1e-11, 3e-8, -2e-7, 3e-6, 1e-4, 2e-3, -0.3, 4.0]),
)
@example(seed=0, shape=(7,), low=0.0, change="single", amount=0.0)  # was said to have "never the sign minus"
@example(seed=0, shape=(7,), low=0.0, change="times", amount=1e-5)  # was said to be "1 times the expected ones"
@example(seed=1, shape=(7, 4), low=-1.0, change="signs", amount=0.0)  # was said to have "never the sign plus"
def test_a_sentence_is_true_of_the_values(seed, shape, low, change, amount):
    rng = np.random.default_rng(seed)
    expected = rng.uniform(low, 1.0, shape)
    got = CHANGES[change](expected, amount, rng)
    mismatch = Close(expected)(got)
    if mismatch is None:
        return
    sentence = relation_of(mismatch)
    whole, _, part = sentence.partition("Where they differ, ")
    wrong = ~np.isclose(got, expected, 1e-8, 1e-10)
    for told, values in ((whole, (got, expected)), (part, (got[wrong], expected[wrong]))):
        found = [(claim, re.search(words, told)) for words, claim in CLAIMS.items() if re.search(words, told)]
        assert found or not told, f"no claim is known for: {told}"
        for claim, words in found:
            assert claim(*values, words), f"{sentence} Got {got}; expected {expected}"


@pytest.mark.parametrize(
    "change",
    [
        lambda X: np.cov(X.T) + 1e-5 * X[:3],
        lambda X: np.log(np.exp(-np.abs(X[:, 0])) + 1e-5),
        lambda X: np.log(np.exp(-np.abs(X[:1, 0])) + 1e-5)[0],
    ],
)
def test_a_small_error_is_said_with_its_size(change):
    X = np.random.default_rng(3).uniform(1, 3, (9, 3))
    right = {2: np.cov(X.T), 1: -X[:, 0], 0: -X[0, 0]}[np.ndim(change(X))]
    told = relation_of(Close(right)(change(X)))
    size = float(re.search(r"(\de-\d+) of the (?:largest|expected) value", told)[1])
    assert size == pytest.approx(np.abs(change(X) - right).max() / np.abs(right).max(), rel=0.5)


def test_no_error_is_called_small_beside_features_in_large_units():
    right = np.cov(np.random.default_rng(3).uniform(1, 3, (9, 3)) * [1e4, 1.0, 1e-2], rowvar=False)
    wrong = right * (1 + np.array([[0.0, 0.2, 0.5], [0.2, 0.3, 0.7], [0.5, 0.7, 0.9]]))
    assert "of the largest value" not in relation_of(Close(right)(wrong))


@pytest.mark.parametrize("off", [1e-8, -4e-7])
def test_values_that_are_all_but_right_are_said_to_be_so(off):
    expected = np.array([0.3, 2.0, 5.0])
    assert relation_of(Close(expected)(expected * (1 + off))) == f"The largest relative error is {abs(off):.0e}."


@pytest.mark.parametrize(
    ("expected", "change", "words"),
    [
        (np.array([0.3, 2.0, 5.0]), lambda x: x * 7 / 6, "Your values are 7/6 times the expected ones."),
        (np.array([0.3, 0.7]), lambda x: x + 2e-4, "Your values sum to 1.0004; expected are values that sum to 1."),
        (TABLE, lambda x: x + np.arange(4.0), "Only column 0 is right."),
        (TABLE, lambda x: x + np.arange(1.0, 5.0), "Each column is off by an amount of its own."),
        (TABLE, lambda x: x * np.arange(2.0, 5.0)[:, None], "Each row is the expected one times a factor of its own."),
        (
            MATRICES,
            lambda x: x + 0.1 * np.eye(3),
            "Only the diagonals are wrong. Where they differ, all values are off by the same amount, +0.1.",
        ),
        (
            MATRICES,
            lambda x: x * [[[2.0]], [[1.0]], [[1.0]]],
            "Only matrix 0 is wrong. Where they differ, your values are 2 times the expected ones.",
        ),
        (np.array([0.3, 2.0, 5.0]), lambda x: x / 3, "Your values are the expected ones divided by 3."),
        (np.arange(1.0, 6.0), lambda x: 2 * x - 0.5, "Your values are 2 times the expected ones, minus 0.5."),
        (TABLE, lambda x: 4.25 - x / 2, "Your values are -0.5 times the expected ones, plus 4.25."),
        (MATRICES, lambda x: 3 * x**2, f"Your values are the expected ones to the power of 2, times 3{EXPONENT}"),
        (np.arange(1.0, 6.0), lambda x: x**1.5, f"Your values are the expected ones to the power of 3/2{EXPONENT}"),
        (
            np.arange(1.0, 6.0),
            lambda x: 0.3 * x**2.083,
            f"Your values are a power of the expected ones, times a constant{EXPONENT}",
        ),
        (
            np.array([1e-6, 0.5, 0.3, 0.2]),  # only the first of them is refused
            lambda x: x + 2e-11,
            "The largest error is 4e-11 of the largest value, as when something small is added on the way.",
        ),
        (COVARIANCES, lambda x: np.cbrt(x) * [1.0, 2.0, 3.0], "Matrix 0 is not symmetric."),
        (COVARIANCES, lambda x: 10 / (x - 1), "Matrix 0 is not positive definite."),
        # A lowest value that comes several times is no floor where nothing else is right.
        (np.array([0.0, 1.0, 2.0, 5.0]), lambda x: np.array([3.0, 3.0, 3.0, 4.0]), ""),
        (np.arange(1.0, 4.0), lambda x: 3 * x - 2.5, ""),  # three numbers are too few
        (np.array([-3.0, 1.0, -3.0, 1.0, 1.0, 1.0]), lambda x: 2 * x - 7, "Your values are all too small."),
        (np.arange(1.0, 6.0), lambda x: x * np.inf, "They are infinite."),
        (np.arange(1.0, 6.0), lambda x: np.where(x > 3, -np.inf, x), "Where they differ, your values are infinite."),
        (np.array(-40.25), lambda x: x / 28, "Your value is the expected one divided by 28."),
        (np.array(-40.25), lambda x: x * 28, "Your value is 28 times the expected one."),
        (np.array(-40.25), lambda x: -2 * x, "Your value is -2 times the expected one."),
        (np.array([0.3, 2.0, 5.0]), lambda x: -x / 3, "Your values are the expected ones divided by -3."),
        (np.array(-40.25), lambda x: x / 2.5, "Your value is too large."),
        (np.array(-40.25), lambda x: -x, "Your value has the opposite sign."),
        (np.array([0.2, 0.3, 0.9]), lambda x: x / x.sum(), "Your values sum to 1; the expected ones sum to 1.4."),
        (
            np.array([-2.0, -60.0, -900.0]),
            lambda x: np.log(np.exp(x) + 1e-8),
            "Your values are never below -18.42, also where the expected ones are. That is the logarithm of 1e-08.",
        ),
        (
            np.array([0.8, 3e-12, 4e-13, 0.2]),
            lambda x: np.maximum(x, 1e-10),
            "Your values are never below 1e-10, also where the expected ones are.",
        ),
        (
            np.array([-2.0, -60.0, -900.0]),
            lambda x: np.maximum(x, -50.0),
            "Your values are never below -50, also where the expected ones are.",
        ),
        (TABLE, lambda x: np.full(x.shape, 0.25), "Your values are all the same number."),
        (
            MATRICES,
            lambda x: x * 0 + [[[2.0]], [[1.0]], [[3.0]]],
            "Each matrix of yours has the same number in all its places.",
        ),
        (
            np.array([-4.0, -9.0, -2.5]),
            lambda x: x + 1.5 * np.log(2 * np.pi),
            "All values are off by the same amount, +2.757. That is 1.5 times log(2π).",
        ),
        (
            np.array([[0.7, 0.3], [0.2, 0.8], [0.4, 0.6]]),
            lambda x: np.eye(2)[x.argmax(axis=1)],
            "Each row of yours has a single 1 and zeros besides.",
        ),
        (MATRICES, lambda x: np.stack([x.sum(axis=0) + TABLE[:, :3]] * 3), "Your matrices are all equal."),
        (np.eye(4)[[0, 2, 1, 3]], lambda x: x[[1, 1, 2, 3]], "Only row 0 is wrong."),
        (np.array([0.2, 0.3, 0.5]), lambda x: x / 0.5, "Your values sum to 2; expected are values that sum to 1."),
    ],
)
def test_factors_and_sums_are_said_of_one_value_and_of_many(expected, change, words):
    assert relation_of(Close(expected)(change(expected))) == words


@pytest.mark.parametrize("added", [1e-8, 1e-12, 1e-16, 1e-300])
def test_the_logarithm_of_0_is_said_to_have_come_out_as_a_number_where_all_else_is_right(added):
    weights = np.array([0.3, 0.0, 0.7])
    with np.errstate(divide="ignore"):
        expected = np.log(weights) + TABLE[:, :3]
    got = np.log(weights + added) + TABLE[:, :3]
    assert relation_of(Close(expected)(got)).startswith("Where -inf is expected, your values are finite")
    assert relation_of(Close(expected)(got + 0.1)) == ""
    assert relation_of(Close(expected)(np.where(expected == -np.inf, np.inf, expected))) == ""


def test_nothing_is_said_to_be_rounded_that_is_nearly_0_beside_values_that_would_round_to_0():
    expected = np.array([0.12, 0.31, 0.04])
    assert "rounded" not in relation_of(Close(expected)(np.array([3e-13, 8e-13, 1e-15])))


def test_a_single_negative_value_is_not_said_to_be_impossible():
    assert relation_of(Close(2400.5)(-1170.25)) == "Your value is negative; the expected one is not."


def test_a_number_that_is_chosen_has_no_factor():
    assert relation_of(Labels(np.array(4))(np.array(2))) == "Your value is too small."
