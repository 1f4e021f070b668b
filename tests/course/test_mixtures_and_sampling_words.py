"""Numbers that the text and the pictures of chapters 1 and 2 claim, computed by another road."""

import numpy as np
import pytest
from scipy.linalg import solve_triangular
from scipy.stats import binom, multivariate_normal, norm
from sklearn.mixture import GaussianMixture

from gmmlearn.data import old_faithful
from gmmlearn.figures import mixtures, mixtures_plane, pieces, sampling
from gmmlearn.figures.examples import BOOKS, FAITHFUL, book_prices


def test_the_mixture_of_old_faithful_is_where_em_stays():
    X = old_faithful()
    model = GaussianMixture(
        2,
        tol=1e-10,
        max_iter=500,
        reg_covar=0.0,
        weights_init=FAITHFUL.weights,
        means_init=FAITHFUL.means,
        precisions_init=np.linalg.inv(FAITHFUL.covariances),
    ).fit(X)
    assert model.weights_ == pytest.approx(FAITHFUL.weights, abs=2e-4)
    assert model.means_ == pytest.approx(FAITHFUL.means, rel=1e-4)
    assert model.covariances_ == pytest.approx(FAITHFUL.covariances, rel=2e-3)


def test_one_gaussian_misses_the_books():
    prices = book_prices()
    near = np.mean(np.abs(prices - prices.mean()) < 1)
    mean = BOOKS.weights @ BOOKS.means
    assert prices.mean() == pytest.approx(mean, abs=1.0)
    assert near < 0.03 < 0.08 < 2 * norm.pdf(0, 0, prices.std())


def test_worked_examples_of_chapter_1():
    assert norm.pdf([0, 1, 3], 1, 2).round(4).tolist() == [0.1760, 0.1995, 0.1210]
    parts = norm.pdf(np.array([[0.0], [2.0]]), [0, 2], [1, 2])
    assert parts.round(4).tolist() == [[0.3989, 0.1210], [0.0540, 0.1995]]
    assert (parts @ [0.25, 0.75]).round(4).tolist() == [0.1905, 0.1631]
    law = multivariate_normal([1, 1], [[4, 2], [2, 3]])
    assert law.logpdf([[3, 2], [1, 3]]).round(4).tolist() == [-3.3776, -3.8776]
    assert multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]]).logpdf([60, 0]) == pytest.approx(-5001.3, abs=0.05)


def test_a_float_cannot_hold_the_density_beyond_38_and_a_half_standard_deviations():
    assert norm.pdf(38.0) > 0
    assert norm.pdf(39.0) == 0


def test_distances_in_the_picture_of_mahalanobis_distance():
    factor = np.linalg.cholesky(mixtures_plane.SHAPES["tilted"])
    for point, steps in [([1.7, 1.2], 1.25), ([-1.2, 1.7], 4.65)]:
        assert np.hypot(*point) == pytest.approx(2.08, abs=0.005)
        assert np.linalg.norm(solve_triangular(factor, point, lower=True)) == pytest.approx(steps, abs=0.005)
        assert f"{steps:.2f}" in mixtures_plane.distance().alt


def test_bumps_are_equally_high_near_weight_one_third():
    means, variances = mixtures.APART
    parts = norm.pdf(means[:, np.newaxis], means, np.sqrt(variances))
    heights = parts @ [1 / 3, 2 / 3]
    assert heights[0] == pytest.approx(heights[1], rel=0.02)


def test_the_reach_of_an_ellipse_does_not_depend_on_the_off_diagonal_entry():
    for entry in (-1.8, 0.0, 1.8):
        path = pieces.ellipse_path([0, 0], [[4, entry], [entry, 1]], 2)
        assert np.abs(path).max(axis=0) == pytest.approx([4, 2], rel=2e-3)


def test_a_factor_on_the_wrong_side_makes_the_covariance_that_the_text_names():
    factor = np.linalg.cholesky(sampling.TILTED)
    assert (factor.T @ factor).round(2).tolist() == [[4.81, 0.39], [0.39, 0.19]]
    assert np.linalg.det(factor.T @ factor) == pytest.approx(np.linalg.det(sampling.TILTED))


def test_probabilities_that_the_predictions_of_chapter_2_name():
    assert binom.pmf(6, 10, 0.6) == pytest.approx(0.25, abs=0.005)
    assert binom.cdf(8, 10, 0.6) - binom.cdf(3, 10, 0.6) == pytest.approx(0.90, abs=0.005)
    assert binom.std(200, 0.6) == pytest.approx(6.9, abs=0.05)
    assert binom.std(100, 0.7) == pytest.approx(4.6, abs=0.05)
