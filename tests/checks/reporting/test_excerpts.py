"""Values as a student sees them: the piece with the first difference, with as many digits as show it, and a legend."""

import warnings

import numpy as np
import pytest

from gmmlearn.calls import FittedModel, Items, Unusable
from gmmlearn.checks.reporting.excerpts import Grid, alone, got_and_expected


def test_values_have_as_many_digits_as_the_difference_needs():
    got, expected = got_and_expected(np.array([1.0, 2.0]), np.array([1.0, 2.0000003]))
    assert (got.rows, expected.rows) == ((("1.0000000", "2.0000000"),), (("1.0000000", "2.0000003"),))
    assert got.wrong == ((False, True),)


def test_a_mark_on_two_equal_texts_is_explained():
    right = np.array([0.2, 0.3, 0.4])
    legends = [got_and_expected(right + off, right)[1].legend for off in ([1e-9, 0, 1e-3], [1e-3, 0, 1e-3])]
    assert legends == ["* differs, here and there in digits that are not shown", "* differs"]


def test_single_precision_is_shown_with_the_digits_that_it_lost():
    expected = np.array([0.1, 0.7])
    got, right = got_and_expected(expected.astype(np.float32).astype(float), expected, rtol=1e-5)
    assert got.rows != right.rows
    assert not any(map(any, got.wrong))


def test_the_piece_holds_the_first_difference_and_a_legend():
    right = np.zeros((100, 9))
    wrong = right.copy()
    wrong[57, 8] = 1
    got, expected = got_and_expected(wrong, right)
    assert any(map(any, got.wrong))
    assert "[57, 3:9]" in got.labels
    assert got.rest == "96 more rows, 3 more columns"
    assert (got.legend, expected.legend) == ("", "* differs; [55, 3:9] is row 55, columns 3 to 8")


@pytest.mark.parametrize("shape", [(), (1,), (9,), (3, 2), (4, 3, 3), (2, 2, 2, 2)])
def test_arrays_of_every_dimension_are_aligned(shape):
    right = np.random.default_rng(0).normal(size=shape) * 10
    for grid in got_and_expected(right + 1e-3, right):
        assert isinstance(grid, Grid)
        assert len({len(cell) for row in grid.rows for cell in row}) == 1


def test_a_single_number_has_no_mark():
    assert got_and_expected(1.5, np.array(2.0))[0].lines() == ["1.500"]


def test_draws_are_not_marked():
    got, expected = got_and_expected(np.array([0.3, 0.7]), np.array([0.5, 0.5]), marked=False)
    assert "*" not in "".join([*got.lines(), *expected.lines()])


@pytest.mark.parametrize(("n_got", "n_expected"), [(30, 12), (12, 30), (5, 40), (1, 2)])
def test_traces_of_unequal_length_are_shown_from_where_they_part(n_got, n_expected):
    common = min(n_got, n_expected)
    got, expected = np.arange(float(n_got)), np.arange(float(n_expected))
    got[common - 1] += 0.5
    grids = got_and_expected(got, expected)
    assert f"{common - 0.5:.3g}" in grids[0].lines()[0]
    assert f"{common - 1}" in grids[1].lines()[0]
    assert [grid.rest for grid in grids] == [f"{n} value{'s' * (n > 1)}" for n in (n_got, n_expected)]
    assert sum(map(sum, grids[0].wrong)) == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (Unusable("dict"), "a dict"),
        (Items("Fit", (np.zeros(3), True)), "(shape (3,), True)"),
        (FittedModel("sklearn.mixture.GaussianMixture", {}, {}), "a GaussianMixture"),
        (np.zeros((3, 0)), "shape (3, 0)"),
    ],
)
def test_what_is_not_an_array_is_told_by_its_type(value, words):
    assert alone(value) == words


def test_a_setting_of_a_model_is_shown_as_a_word():
    assert got_and_expected("full", "tied") == ("full", "tied")


def test_nan_alone_is_marked():
    assert alone(np.array([1.0, np.nan])).lines()[0] == "1.000    nan*"


@pytest.mark.parametrize("bits", [0x7FF0000000000001, 0x7FEFFFFFFFFFFFFF, 0x0000000000000001])
def test_numbers_that_were_never_set_are_shown_without_a_warning(bits):
    """An array of `np.empty` can hold anything: a signalling NaN, the largest float, the smallest."""
    array = np.full((2, 3), 0.5)
    array.view(np.uint64)[0, 1] = bits
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert alone(array).lines()
        assert got_and_expected(array, np.full((2, 3), 0.25))[0].lines()
