"""Each trap is walked into on purpose, by a declaration that differs from a good one in one thing."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

from gmmlearn.checks import check, record
from gmmlearn.project import Project, fitted, split
from gmmlearn.project.fitting import curve
from gmmlearn.project.traps import traps

FOUR = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
GOOD = Project(
    data="penguins",
    features=FOUR,
    labels="species",
    scaling="standard",
    n_components=3,
    candidates=range(1, 6),
    n_init=5,
    claims={"bic": 1951.0, "held_out": -3.378, "accuracy": 0.98},
)


def found(project):
    return {trap.name: trap for trap in traps(project)}


def test_a_good_project_is_asked_nothing_and_its_numbers_are_reproduced():
    report = check("project", GOOD)
    assert report.traps == ()
    assert [claim.reproduced for claim in report.claims] == [True, True, True]


def test_the_numbers_are_scikit_learns_on_rows_that_were_split_and_scaled_by_hand():
    measured = (
        np.genfromtxt(split(GOOD).table.features(FOUR), dtype=float) if False else split(GOOD).table.features(FOUR)
    )
    whole = measured[~np.isnan(measured).any(axis=1)]
    order = np.random.default_rng(0).permutation(342)
    held_out, train = np.sort(order[:86]), np.sort(order[86:])
    mean, spread = whole[train].mean(axis=0), whole[train].std(axis=0)
    model = GaussianMixture(3, n_init=5, tol=1e-4, max_iter=500, random_state=0).fit((whole[train] - mean) / spread)
    assert model.bic((whole[train] - mean) / spread) == pytest.approx(1951.0, abs=0.05)
    assert model.score((whole[held_out] - mean) / spread) == pytest.approx(-3.378, abs=5e-4)


@pytest.mark.parametrize(
    ("change", "trap", "seen"),
    [
        ({"n_init": 1}, "one start", "n_init is 1"),
        ({"covariance_type": "diag", "features": ["body_mass_g", "year"], "n_components": 3}, "a collapsed component",
         "standard deviation of 0.001"),
        ({"n_components": 18, "candidates": [17, 18, 19], "chosen_by": "purpose", "reg_covar": 1e-3},
         "a collapsed component", "a full covariance of 4 features needs 5"),
        ({"scaling": "none"}, "scaling forgotten", "800"),
        ({"claims": {"bic": 1951.0}}, "a score on the training data only", "86 held-out rows"),
        ({"held_out": 0.0, "claims": {}, "chosen_by": "held_out"}, "a score on the training data only",
         "has seen every row"),
        ({"claims": {"held_out": -3.334}}, "a score on the training data only", "on the held-out ones it is -3.38"),
        ({"candidates": (1, 2, 3)}, "K at the edge of the candidates", "2 has 1965.7 and 3 has 1951.0"),
        ({"candidates": (3, 4)}, "K at the edge of the candidates", "smallest"),
        ({"candidates": (3,)}, "nothing to compare", "only candidate"),
        ({"chosen_by": "held_out", "n_components": 4}, "test data used for choosing", "BIC is lowest at 3"),
        ({"n_components": 4}, "test data used for choosing", "score highest at K = 4"),
        ({"n_components": 2}, "another choice than the rule's", "best at 3, with 1951.0"),
        ({"n_components": 4, "held_out": 0.0, "claims": {}}, "another choice than the rule's", "best at 3"),
        ({"claims": {"held_out": -3.378, "bic": 1890.0}}, "not reproduced", "another bic"),
    ],
)  # fmt: skip
def test_a_trap_is_seen_with_its_number_and_asked_about(change, trap, seen):
    trapped = found(replace(GOOD, **change))
    assert trap in trapped
    assert seen in trapped[trap].saw
    assert trapped[trap].question.endswith("?")
    assert trap not in found(GOOD)


def test_labels_that_were_compared_before_they_were_matched_are_seen():
    rows, model = split(GOOD), fitted(GOOD)
    number = {name: k for k, name in enumerate(("Adelie", "Chinstrap", "Gentoo"))}
    components = model.predict(rows.held_out)
    raw = sum(number[label] == k for label, k in zip(rows.held_out_labels, components)) / len(components)
    assert raw < 0.9, "the components are in another order than the species, else nothing can be seen"
    trapped = found(replace(GOOD, claims={"held_out": -3.378, "accuracy": round(raw, 3)}))
    assert list(trapped) == ["labels compared before they are matched"]
    assert "0.982" in trapped["labels compared before they are matched"].saw


def test_a_feature_that_does_not_vary_is_named_and_not_compared_with_others(tmp_path):
    rng = np.random.default_rng(0)
    path = tmp_path / "own.csv"
    path.write_text("x,year\n" + "".join(f"{x:.3f},2024\n" for x in rng.normal(size=60)))
    trapped = found(Project(str(path), "all", n_components=1, candidates=[1, 2]))
    assert "1 of 2 features (year) has the same value" in trapped["a feature that does not vary"].saw
    assert "scaling forgotten" not in trapped


def test_a_number_without_a_point_is_a_rounded_one():
    rounded = check("project", replace(GOOD, claims={"held_out": -3.378, "bic": 1951, "accuracy": 1}))
    assert [claim.reproduced for claim in rounded.claims] == [True, True, True]
    assert [claim.written for claim in rounded.claims] == ["-3.378", "1951", "1.0"]
    wrong = check("project", replace(GOOD, claims={"held_out": -3.378, "bic": 1954, "adjusted_rand": 0}))
    assert [claim.reproduced for claim in wrong.claims] == [True, False, False]


def test_a_single_start_is_placed_among_ten_others():
    project = replace(GOOD, features=["bill_length_mm", "flipper_length_mm"], n_components=5, n_init=1, random_state=3)
    saw = found(project)["one start"].saw
    own = fitted(project).score(split(project).train)
    others = [
        GaussianMixture(5, tol=1e-4, max_iter=500, random_state=seed)
        .fit(split(project).train)
        .score(split(project).train)
        for seed in range(4, 14)
    ]
    assert f"{own:.3f}" in saw
    assert f"{min(others):.3f} to {max(others):.3f}" in saw


def test_scales_do_not_matter_where_all_numbers_are_measured_alike_or_starts_are_random():
    assert "scaling forgotten" in found(replace(GOOD, scaling="none"))
    assert "scaling forgotten" not in found(replace(GOOD, scaling="none", init_params="random_from_data"))
    digits = Project("digits", "all", n_components=4, candidates=[3, 4, 5], pca=5, n_init=2, chosen_by="purpose")
    assert "scaling forgotten" not in found(digits)


def test_a_choice_by_validation_rows_does_not_touch_the_held_out_ones():
    project = replace(GOOD, chosen_by="validation", claims={})
    by_validation = curve(project, "validation")
    assert set(by_validation) == {1, 2, 3, 4, 5}
    best = max(by_validation, key=by_validation.__getitem__)
    assert "test data used for choosing" not in found(replace(project, n_components=best))


def test_agreement_is_accepted_on_any_part_of_the_rows():
    rows, model = split(GOOD), fitted(GOOD)
    for labels, X in ((rows.train_labels, rows.train), (rows.held_out_labels, rows.held_out)):
        claim = {"held_out": -3.378, "adjusted_rand": round(adjusted_rand_score(labels, model.predict(X)), 3)}
        assert found(replace(GOOD, claims=claim)) == {}


def test_the_check_gives_no_points_and_marks_no_exercise(tmp_path):
    check("project", GOOD, where=tmp_path)
    known = record.load(tmp_path, tmp_path / "gmmlearn")
    assert known == replace(record.Record(), project=known.project, days=known.days)
    assert known.project["reproduced"] == known.project["claims"] == len(GOOD.claims)


def test_without_a_declaration_it_is_said_what_to_do():
    assert "Run the cell" in check("project").problem


def test_the_panel_is_for_screen_readers_and_escapes_what_was_declared():
    html = check("project", replace(GOOD, data="<b>.csv"))._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    asked = check("project", replace(GOOD, n_init=1))._repr_html_()
    assert 'role="status"' in asked
    assert 'scope="row"' in asked


@pytest.mark.parametrize("kind", ["full", "tied", "diag"])
@pytest.mark.parametrize("third", ["x / 2.54", "x + 1e-5 * rng.normal(size=60)", "x - 3 * y", "1e6 * x"])
def test_features_that_repeat_each_other_are_asked_about(csv_file, kind, third):
    rng = np.random.default_rng(0)
    x, y = rng.normal(50, 10, size=60), rng.normal(size=60)
    z = eval(third, {"x": x, "y": y, "rng": rng})
    path = csv_file("x,y,z\n" + "\n".join(f"{a!r},{b!r},{c!r}" for a, b, c in zip(x.tolist(), y.tolist(), z.tolist())))
    found = check("project", Project(path, "all", n_components=2, candidates=[1, 2, 3], covariance_type=kind))
    asked = {trap.name: trap for trap in found.traps}
    assert ("x, y, z" if "y" in third else "x, z") in asked["features that repeat each other"].saw
    assert "nan" not in str(found)


def test_features_that_are_merely_alike_are_not_asked_about():
    project = Project("penguins", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"], 3, [3])
    assert "features that repeat each other" not in {trap.name for trap in check("project", project).traps}
