"""The forecast of the next wait: scored on what was held out, by another road, and as the chapters quote it."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import LeaveOneGroupOut

from gmmlearn.data import old_faithful
from gmmlearn.figures import geyser

COURSE = Path(__file__).parents[1] / "course"
FOLDS = list(LeaveOneGroupOut().split(old_faithful(), groups=np.arange(272) % 10))


def words(chapter):
    path = next(COURSE.glob(f"0{chapter}_*.ipynb"))
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return " ".join("".join(cell["source"]) for cell in cells if cell["id"].startswith("forecast"))


def test_the_score_of_one_gaussian_with_the_length_is_that_of_a_regression():
    """A Gaussian's conditional is the line of least squares with the mean squared residual as variance."""
    X, total = old_faithful(), 0.0
    for train, test in FOLDS:
        line = np.polynomial.Polynomial.fit(X[train, 0], X[train, 1], 1)
        deviation = np.sqrt(np.mean((X[train, 1] - line(X[train, 0])) ** 2))
        total += norm.logpdf(X[test, 1], line(X[test, 0]), deviation).sum()
    assert geyser.score(geyser.one_in_the_plane).log_density == pytest.approx(total / len(X), abs=1e-9)


def test_the_score_of_em_is_a_ratio_of_two_densities_of_scikit_learn():
    X, total = old_faithful(), 0.0
    for train, test in FOLDS:
        model = GaussianMixture(2, random_state=0, tol=1e-6, max_iter=1000).fit(X[train])
        lengths = [norm.pdf(X[test, 0], mean[0], covariance[0, 0] ** 0.5) for mean, covariance in parts(model)]
        total += (model.score_samples(X[test]) - np.log(model.weights_ @ lengths)).sum()
    assert geyser.score(geyser.em).log_density == pytest.approx(total / len(X), abs=1e-6)


def parts(model):
    return zip(model.means_, model.covariances_)


def test_an_interval_holds_its_share_of_draws():
    """Draws from a mixture in the plane, those near a length kept, fall inside as often as they should."""
    weights, means = [0.3, 0.7], [[2.0, 50.0], [3.0, 80.0]]
    covariances = [[[0.3, 1.0], [1.0, 36.0]], [[0.4, -2.0], [-2.0, 49.0]]]
    rng = np.random.default_rng(0)
    counts = rng.multinomial(1_000_000, weights)
    parts = zip(counts, means, covariances)
    draws = np.concatenate([multivariate_normal(m, c).rvs(n, random_state=rng) for n, m, c in parts])
    near = draws[np.abs(draws[:, 0] - 2.5) < 0.01, 1]
    low, high = geyser.interval((weights, means, covariances), [2.5])[0]
    assert len(near) > 5000
    assert np.mean(near < low) == pytest.approx(0.05, abs=0.012)  # four standard errors
    assert np.mean(near > high) == pytest.approx(0.05, abs=0.012)


def test_no_wait_is_scored_by_a_model_that_saw_it():
    seen = []

    def fit(train):
        seen.append(train)
        return geyser.one_gaussian(train)

    geyser.score(fit)
    assert len(seen) == 10
    for (train, _), given in zip(FOLDS, seen):
        np.testing.assert_array_equal(given, old_faithful()[train])


def test_what_the_chapters_quote():
    """Gains and intervals in words are those that are computed."""
    score = geyser.scores(7)
    gain = {name: one.log_density - score["one Gaussian"].log_density for name, one in score.items()}
    assert f"{gain['two, cut by eye']:.2f}" == "0.22"
    assert f"{gain['one, with the length'] - gain['two, cut by eye']:.2f}" == "0.62"
    assert f"{gain['two, with the length'] - gain['one, with the length']:.2f}" == "0.04"
    assert {f"{score[name].log_density:.2f}" for name in ("two, with the length", "one M-step", "EM", "K by BIC")} == {
        "-3.16"
    }
    assert "0.22" in words(1)
    assert "0.62" in words(3)
    assert "0.04" in words(4)
    assert all(number in words(7) for number in ("0.22", "0.62", "0.04"))
    assert [f"{score[name].width:.0f}" for name in ("one Gaussian", "two, cut by eye", "EM")] == ["45", "40", "18"]
    assert f"{np.exp(gain['two, cut by eye']):.2f}" == "1.24"
    everything = old_faithful()
    for length, quoted in ((2.0, "45 to 64"), (4.5, "72 to 90")):
        low, high = geyser.interval(geyser.lowest_bic(everything), [length])[0]
        assert f"{low:.0f} to {high:.0f}" == quoted
        assert quoted in words(7)
    assert [f"{x:.1f}" for x in geyser.interval(geyser.two_by_eye(everything), [0])[0]] == ["48.4", "88.3"]
    widths = [
        np.diff(geyser.interval(fit(everything), [3.0]))[0, 0] for fit in (geyser.by_the_clock, geyser.one_in_the_plane)
    ]
    assert [f"{width:.0f}" for width in widths] == ["24", "19"]


@pytest.mark.parametrize("chapter", [1, 3, 4, 5, 6, 7])
def test_the_board_says_in_words_what_it_draws(chapter):
    shown = geyser.board(chapter)
    numbers = re.findall(r"-\d\.\d\d", shown.alt)
    assert numbers == [f"{one.log_density:.2f}" for one in geyser.scores(chapter).values()]
    assert all(0.85 < one.inside < 0.95 for one in geyser.scores(chapter).values())
