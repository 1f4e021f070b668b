"""The pictures of chapter 8 show the model that was declared, and say in words what they show."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn.errors import UsageError
from gmmlearn.figures import pieces, style
from gmmlearn.figures import project as pictures
from gmmlearn.figures import project_evidence as evidence
from gmmlearn.project import Project, fitted, split, table
from gmmlearn.project.tables import SHIPPED

PENGUINS = Project(
    "penguins",
    ["bill_length_mm", "flipper_length_mm", "bill_depth_mm"],
    n_components=2,
    candidates=[1, 2, 3],
    scaling="standard",
    labels="sex",
    n_init=2,
)
ONE = replace(PENGUINS, features=["body_mass_g"])
PHOTO = replace(pictures.EXAMPLES["photo"], n_components=3, candidates=[2, 3], n_init=1)
DIGITS = Project("digits", "all", n_components=3, candidates=[2, 3], pca=8, reg_covar=1.0, labels="digit")


def test_ellipses_are_those_of_a_model_that_was_fitted_in_the_units_of_the_data(monkeypatch):
    drawn = {}
    monkeypatch.setattr(
        pieces, "ellipses", lambda axes, means, covariances: drawn.update(means=means, covariances=covariances)
    )
    pictures.plane(PENGUINS, "flipper_length_mm", "bill_length_mm")
    rows = split(PENGUINS)
    X = rows.table.features(PENGUINS.features)[rows.train_rows]
    shares = fitted(PENGUINS).predict_proba(rows.train)
    plane = X[:, [1, 0]]
    for k in range(2):
        assert drawn["means"][k] == pytest.approx(np.average(plane, axis=0, weights=shares[:, k]), rel=1e-3)
        assert drawn["covariances"][k] == pytest.approx(np.cov(plane.T, aweights=shares[:, k], ddof=0), rel=0.02)


def test_the_photograph_is_repainted_in_as_many_colours_as_there_are_components():
    painted, colours, shares = pictures._repainted(PHOTO)
    assert painted.shape == (120, 144, 3)
    assert len(np.unique(painted.reshape(-1, 3), axis=0)) == 3
    assert painted.mean(axis=(0, 1)) == pytest.approx(pictures._picture(table("photo")).mean(axis=(0, 1)), abs=1e-9)
    assert shares.sum() == pytest.approx(1)
    assert shares @ colours == pytest.approx(painted.mean(axis=(0, 1)))


def test_draws_have_the_means_and_covariances_of_the_model():
    model = GaussianMixture(2, random_state=0).fit(split(PENGUINS).train)
    drawn = pictures._draws(model, 40_000, 0)
    many = model.sample(40_000)[0]
    assert drawn.mean(axis=0) == pytest.approx(many.mean(axis=0), abs=0.03)
    assert np.cov(drawn.T) == pytest.approx(np.cov(many.T), abs=0.04)


@pytest.mark.parametrize(
    "draw",
    [
        *(lambda name=name: pictures.data(name, "bill_length_mm", "body_mass_g") for name in SHIPPED),
        lambda: pictures.result(PENGUINS),
        lambda: pictures.result(PHOTO),
        lambda: pictures.result(ONE),
        lambda: pictures.plane(PHOTO, "red", "blue"),
        lambda: evidence.strangest(ONE, fitted(ONE).score_samples(split(ONE).train)),
        lambda: pictures.result(DIGITS),
        lambda: evidence.starts(PENGUINS),
        lambda: evidence.agreement(PENGUINS),
        lambda: evidence.agreement(DIGITS),
        lambda: evidence.strangest(DIGITS, fitted(DIGITS).score_samples(split(DIGITS).train)),
        lambda: evidence.curves(replace(PENGUINS, held_out=0.0)),
    ],
)
def test_every_picture_is_described(draw):
    shown = draw()
    assert isinstance(shown, style.Shown)
    assert len(shown.alt) > 40
    assert "<figcaption" in shown.markup


def test_the_density_of_one_feature_is_in_the_units_of_the_data():
    _, axes = style.new()
    pictures.on_line(axes, ONE)
    *parts, total = (line.get_xydata() for line in axes.lines)
    x = split(ONE).table.columns["body_mass_g"][split(ONE).train_rows]
    model = GaussianMixture(2, n_init=2, tol=1e-4, max_iter=500, random_state=0, reg_covar=1e-6 * x.var())
    model.fit(x[:, None])
    assert total[:, 1] == pytest.approx(np.exp(model.score_samples(total[:, :1])), rel=0.02)
    assert sum(part[:, 1] for part in parts) == pytest.approx(total[:, 1])


def test_the_words_below_the_curves_are_true():
    shown = evidence.curves(PENGUINS)
    X = split(PENGUINS).train
    bic = {k: GaussianMixture(k, n_init=2, tol=1e-4, max_iter=500, random_state=0).fit(X).bic(X) for k in (1, 2, 3)}
    assert f"BIC is lowest at {min(bic, key=bic.get)}" in shown.alt


def test_the_strangest_row_is_the_one_that_was_given_the_lowest_density():
    densities = np.arange(len(split(PENGUINS).train), dtype=float)
    assert "12 rows" in evidence.strangest(PENGUINS, densities).alt


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: pictures.plane(PENGUINS, "bill_length_mm", "body_mass_g"), "'body_mass_g' is not a feature"),
        (lambda: pictures.data("penguins", "body_mass_g"), "two axes"),
        (lambda: pictures.repainted(PENGUINS), "not for 'penguins'"),
        (lambda: pictures.generated(PENGUINS), "draws digits"),
        (lambda: evidence.agreement(PHOTO), "no labels"),
        (lambda: evidence.agreement(replace(PHOTO, labels="down")), "down has 120 different labels"),
        (lambda: evidence.strangest(PENGUINS, np.zeros(7)), "shape \\(7,\\), but the project has 256"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_in_a_sentence(draw, said):
    with pytest.raises(UsageError, match=said):
        draw()
