"""Numbers and claims in the text of chapters 5 and 6, found by another road than the notebooks take."""

import json

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.mixture import GaussianMixture

from gmmlearn.data import old_faithful
from gmmlearn.figures import em, em_bound, m_step, teachers
from gmmlearn.figures.e_step import children
from gmmlearn.figures.quiz import FOLDER

from .conftest import CHAPTER_PATHS, Notebook


def prose(chapter):
    return Notebook(CHAPTER_PATHS[chapter], chapter).prose


# ---------------------------------------------------------------- chapter 5


def test_the_worked_covariances():
    """NumPy's weighted covariance of the three points, and 0.1 on the diagonal."""
    X, R = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 4.0]]), np.array([[1.0, 0.0], [0.5, 0.5], [0.5, 0.5]])
    found = [np.cov(X.T, aweights=column, ddof=0) + 0.1 * np.eye(2) for column in R.T]
    text = prose("m_step")
    for (first, off), (_, second) in found:
        assert rf"\begin{{pmatrix}}{first:.3g} & {off:.2g}\\ {off:.2g} & {second:.3g}\end{{pmatrix}}" in text


def test_the_worked_expectation():
    """Point by point, with SciPy's normal density."""
    own, other = np.log(0.5) + norm.logpdf([0.0, 2.0])
    assert f"{2 * (0.9 * own + 0.1 * other):.3f}" in prose("m_step")
    assert f"{own:.3f}" in prose("m_step")
    assert f"{other:.3f}" in prose("m_step")


def test_the_point_that_walks_has_the_shares_that_the_text_names():
    """Both components answer for 4.0 points, so the moves stand as the shares do."""
    _, shares = m_step.MOVER
    assert shares.sum(axis=0) == pytest.approx([4.0, 4.0])
    assert shares[0].tolist() == [0.8, 0.2]


# ---------------------------------------------------------------- chapter 6


def test_the_two_fits_by_hand():
    """A single Gaussian, and two halves that do not see each other."""
    one = norm.logpdf([1.0, 2.0, 3.0], 2.0, np.sqrt(2 / 3)).mean()
    half = norm.logpdf([0.0, 1.0], 0.5, 0.5).mean()
    for value in (one, half, np.log(0.5) + half):
        assert f"{value:.4f}" in prose("em")


def test_old_faithful_is_that_of_mclust():
    """scikit-learn climbs to the value that the text quotes."""
    X = old_faithful()
    top = GaussianMixture(2, tol=1e-12, max_iter=1000, random_state=0).fit(X).score(X) * len(X)
    assert top == pytest.approx(-1130.263960, abs=2e-5)
    assert "-1130.263960" in prose("em")


def walked(spread, n_iter):
    """Log-likelihoods of EM on 1, 2, 3, started at the means 1 and 3; `spread` makes the density's scale."""
    x = np.array([1.0, 2.0, 3.0])
    weights, means, variances, trace = np.full(2, 0.5), np.array([1.0, 3.0]), np.ones(2), []
    for _ in range(n_iter):
        joint = weights * norm.pdf(x[:, np.newaxis], means, spread(variances))
        trace.append(np.log(joint.sum(axis=1)).sum())
        shares = joint / joint.sum(axis=1, keepdims=True)
        weights = shares.mean(axis=0)
        means = np.average(np.tile(x[:, np.newaxis], 2), axis=0, weights=shares)
        variances = np.average((x[:, np.newaxis] - means) ** 2, axis=0, weights=shares)
    return trace


def test_the_log_likelihood_that_falls():
    """From -4.39 to -3.68 and down to -6.19, with the variance for the standard deviation."""
    start, first, second = walked(lambda variances: variances, 3)
    assert (round(start, 2), round(first, 2), round(second, 2)) == (-4.39, -3.68, -6.19)
    right = walked(np.sqrt, 7)
    assert (round(right[0], 2), round(right[1], 3), round(right[-1], 3)) == (-4.39, -3.549, -3.382)
    for number in ("-4.39", "-3.68", "-6.19", "-3.549", "-3.382"):
        assert number in prose("em")


@pytest.fixture(scope="module")
def climbed():
    """Thirty fits of the five groups, the worst first, each from the nearest of five samples."""
    X = em.five_blobs()
    fits = []
    for seed in range(30):
        centres = X[np.random.default_rng(seed).choice(len(X), 5, replace=False)]
        nearest = np.linalg.norm(X[:, np.newaxis] - centres, axis=2).argmin(axis=1)
        fits.append(em.run(X, np.eye(5)[nearest]))
    return sorted(fits, key=lambda found: found.log_likelihoods[-1])


def in_groups(fit):
    """How many means lie within 0.8 of the middle of a group, for every group, in rising order."""
    middles = np.array([[0, 0], [6, 0], [0, 6], [6, 6], [3, 3]])
    return sorted((np.linalg.norm(fit.means - middle, axis=1) < 0.8).sum() for middle in middles)


def test_seven_of_thirty_starts_find_the_best_hill(climbed):
    """As the quiz says as well."""
    assert [in_groups(fit) for fit in climbed[-7:]] == [[1, 1, 1, 1, 1]] * 7
    assert climbed[-8].log_likelihoods[-1] < climbed[-7].log_likelihoods[-1] - 0.1
    assert "7 of 30" in json.dumps((FOLDER / "em.json").read_text(encoding="utf-8"))


def test_two_share_a_group_in_the_middle_fit_and_four_in_the_worst(climbed):
    """The remaining component lies between groups."""
    assert in_groups(climbed[15]) == [0, 0, 1, 1, 2]
    assert max(in_groups(climbed[0])) == 4


def test_the_first_walk_of_the_teachers_is_the_longest():
    """The prediction says so."""
    course = [teachers.NEWCOMERS[1]]
    parameters = teachers.NEWCOMERS
    mixture = GaussianMixture(3)
    for _ in range(8):
        mixture.weights_, mixture.means_, mixture.covariances_ = parameters
        mixture.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(parameters[2])).transpose(0, 2, 1)
        parameters = m_step.m_step(children(), mixture.predict_proba(children()))
        course.append(parameters[1])
    steps = np.linalg.norm(np.diff(course, axis=0), axis=2).max(axis=1)
    assert steps.argmax() == 0
    assert steps[1:].max() < 0.6 * steps[0]


def test_the_film_rises_slowly_then_fast_then_slowly():
    """Gains at both ends are small beside those in the middle."""
    X, _, _ = em.three_groups(400)
    gains = np.diff([value for _, _, value in em.states(X, em.slow_start(X), 20)])
    assert gains.min() > 0
    assert gains[0] < 0.1 * gains.max()
    assert gains[-1] < 0.1 * gains.max()


def test_the_bound_climbs_the_hill_on_which_it_is_set_down():
    """To the right from 3, with shorter and shorter steps, and to the left from -0.5."""
    right = em_bound.line_steps(3.0, 6)
    assert (np.diff(right) > 0).all()
    assert (np.diff(right, n=2) < 0).all()
    assert em_bound.line_steps(-0.5, 40)[-1] < -3
