"""Numbers that chapters 3 and 4 quote in words, computed by another road than their pictures."""

import json

import numpy as np
import pytest
from scipy.optimize import brentq, minimize
from scipy.spatial.distance import mahalanobis
from scipy.stats import multivariate_normal, norm

from gmmlearn.data import old_faithful
from gmmlearn.figures import e_step, likelihood_surface, teachers
from gmmlearn.figures.quiz import FOLDER

from .conftest import CHAPTER_PATHS, Notebook

WAITING = old_faithful()[:, 1]


def feedback(chapter, prediction):
    """All answers to one prediction, in one string."""
    question = json.loads((FOLDER / f"{chapter}.predictions.json").read_text(encoding="utf-8"))[prediction]
    return " ".join(answer["feedback"] for answer in question["answers"])


def two_means(first, second):
    """Log-likelihood of the waits under two equal components of standard deviation 6."""
    return np.log(0.5 * norm.pdf(WAITING, first, 6) + 0.5 * norm.pdf(WAITING, second, 6)).sum()


def test_a_wait_of_500_minutes_is_as_improbable_as_said():
    """The nearer component decides: 10 to the power -1100."""
    exponent = norm.logpdf(500, 80.1, 5.9) / np.log(10)
    assert "10 to the power -1100" in feedback("likelihood", "far-point")
    assert exponent == pytest.approx(-1100, abs=5)


@pytest.mark.parametrize(("start", "top"), [((60, 75), (54.92, 80.26)), ((75, 60), (80.26, 54.92))])
def test_the_peaks_lie_where_the_text_has_them(start, top):
    """Found by a method that knows nothing of gradients."""
    found = minimize(lambda means: -two_means(*means), start, method="Nelder-Mead", options={"xatol": 1e-4})
    assert found.x == pytest.approx(top, abs=0.006)
    assert -found.fun == pytest.approx(-1044.15, abs=0.006)


def test_the_saddle_is_a_top_along_the_diagonal_and_a_bottom_across():
    """At the mean of all waits, with the height that the text quotes."""
    centre = WAITING.mean()
    height = two_means(centre, centre)
    assert height == pytest.approx(-1432.96, abs=0.006)
    assert two_means(centre + 1, centre + 1) < height > two_means(centre - 1, centre - 1)
    assert two_means(centre + 1, centre - 1) > height < two_means(centre - 1, centre + 1)


def test_the_stars_of_the_landscape_are_mirror_images():
    """Highest grid points on either side of the diagonal."""
    (first, second), mirrored = likelihood_surface.tops(*likelihood_surface.heights(two_means, n=23))
    assert mirrored == (second, first)
    assert first > second


def test_the_child_at_the_left_edge_is_as_far_from_the_teachers_as_said():
    """In metres nearer to the narrow zone, in standard deviations nearer to the wide one."""
    spot = np.array([0.75, 2.5])
    _, means, covariances = e_step.TEACHERS
    narrow, wide = (mahalanobis(spot, means[k], np.linalg.inv(covariances[k])) for k in (0, 1))
    assert np.linalg.norm(spot - means[0]) < np.linalg.norm(spot - means[1])
    assert (round(narrow, 1), round(wide, 1)) == (4.4, 3.2)
    assert "4.4 standard deviations" in feedback("e_step", "left-edge")
    heights = [w * multivariate_normal.pdf(spot, m, c) for w, m, c in zip(*e_step.TEACHERS)]
    assert np.argmax(heights) == 1


def test_a_wait_of_67_minutes_is_decided_by_the_weights():
    """The nearer component has the higher density and the smaller share; the tie is at 66.6 minutes."""
    nearer, farther = norm.pdf(67, [54.6, 80.1], 5.9)
    assert nearer > farther
    assert 0.36 * nearer / (0.36 * nearer + 0.64 * farther) == pytest.approx(0.421, abs=0.0005)
    tie = brentq(lambda x: 0.36 * norm.pdf(x, 54.6, 5.9) - 0.64 * norm.pdf(x, 80.1, 5.9), 60, 75)
    assert round(tie, 1) == 66.6
    assert "66.6 minutes" in feedback("e_step", "wait-of-67")


def test_children_stand_apart():
    """No coat hides another, nor a teacher."""
    spots = np.vstack([e_step.children(), e_step.TEACHERS.means])
    gaps = np.linalg.norm(spots[:, np.newaxis] - spots, axis=2) + 10 * np.eye(len(spots))
    assert len(spots) == 25
    assert gaps.min() > 0.6


def test_no_commitment_is_written_over_a_child(monkeypatch):
    """In chapter 5, where the teachers walk to places among the children."""
    drawn = []
    monkeypatch.setattr(teachers.style, "show", lambda figure, **words: drawn.append(figure))
    teachers.one_walk()
    drawn[0].canvas.draw()
    for axes in drawn[0].axes:
        written = [text.get_window_extent() for text in axes.texts if text.get_text().startswith("π")]
        assert len(written) == 3
        for spot in axes.transData.transform(e_step.children()):
            assert not any(box.padded(12).contains(*spot) for box in written)


def test_the_five_waits_are_as_much_denser_as_said():
    """A ratio of densities of the data: 43 against the mean 55, about 340 against 90."""
    middle, low, high = (norm.pdf(WAITING[:5], mean, 12).prod() for mean in (65, 55, 90))
    assert round(middle / low) == 43
    assert middle / high == pytest.approx(340, rel=0.02)
    text = " ".join(Notebook(CHAPTER_PATHS["likelihood"], "likelihood").prose.split())
    assert "43 times as dense under the middle curve" in text
    assert "about 340 times as dense" in text
