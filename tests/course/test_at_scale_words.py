"""What the text of chapter 9 says in numbers, computed here."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn.data import old_faithful
from gmmlearn.figures import at_scale as pictures

from .conftest import CHAPTER_PATHS, Notebook


@pytest.fixture(scope="module")
def notebook():
    return Notebook(CHAPTER_PATHS["at_scale"], "at_scale")


def test_em_draws_level_with_stepwise_em_at_the_twelfth_pass(notebook):
    """EM by scikit-learn, one iteration more each time; both scored by scikit-learn."""
    X, weights, means, covariances = pictures.three_groups(10_000)
    model = GaussianMixture(
        3, weights_init=weights, means_init=means, precisions_init=covariances, max_iter=1, tol=0, warm_start=True
    )
    with pytest.warns(match="converge"):
        batch = [model.fit(X).score(X) for _ in range(120)]
    stepwise = []
    for found in pictures.stepwise(X, [weights, means, covariances], 250, 0.6, 13):
        model.weights_, model.means_ = found[:2]
        model.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(found[2])).swapaxes(1, 2)
        stepwise.append(model.score(X))
    lost, lost_stepwise = batch[-1] - np.array(batch), batch[-1] - np.array(stepwise)
    assert lost[4] == pytest.approx(lost_stepwise[0], rel=0.2)
    assert (lost[:11] > 1.3 * lost_stepwise[:11]).all()
    assert lost[11] == pytest.approx(lost_stepwise[11], rel=0.1)
    assert lost[12] < 0.8 * lost_stepwise[12]
    assert "where EM is after five" in notebook.prose
    assert "draws level at the twelfth" in notebook.prose


def test_a_year_of_eruptions(notebook):
    a_year = 365 * 24 * 60 / round(old_faithful()[:, 1].mean())
    assert f"{a_year:,.0f}"[:3] == "7,4"
    assert "about 7,400 times a year" in notebook.prose
    assert 7e6 < 100 * 10 * a_year < 7.5e6


def test_the_digits_that_are_lost(notebook):
    assert np.spacing(1.7e9**2) == 512
    noise = np.random.default_rng(0).standard_normal((2000, 2)) @ np.array([[1.0, 0.0], [0.6, 0.8]])
    covariances = [pictures._covariance_error(noise + offset, 0.0) for offset in (500, 10_000)]
    assert covariances[0] < 1e-8 < covariances[1], "some thousands of standard deviations apart"
    joint = [pictures._likelihood_error(noise, distance) for distance in (3000, 100_000)]
    assert joint[0] < 1e-8 < joint[1], "some ten thousand"
    assert "512 apart" in notebook.prose
    assert "from some ten thousand on, of the log joint" in notebook.prose
