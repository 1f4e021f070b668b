"""What a declaration may hold, and what is read off a notebook."""

import copy
import json
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, replace

import numpy as np
import pytest

from gmmlearn.checks import check
from gmmlearn.errors import UsageError
from gmmlearn.project import Project
from gmmlearn.project.reading import declared_in
from gmmlearn.project.rerun import rerun

PLAIN = {"data": "penguins", "features": ["body_mass_g"], "n_components": 2, "candidates": range(1, 4)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": "body_mass_g"}, "features is 'body_mass_g'; expected a list of names of columns, or \"all\"."),
        ({"features": []}, "expected a list of names"),
        ({"n_components": 9}, "n_components is 9; expected one of the candidates 1, 2, 3."),
        ({"candidates": [2, 1000]}, "candidates is [2, 1000]"),
        ({"candidates": range(2, 50)}, "at most 20 whole numbers"),
        ({"n_init": 0}, "n_init is 0; expected a whole number from 1 to 50."),
        ({"n_init": True}, "n_init is True"),
        ({"n_init": 10**9}, "n_init is 1000000000"),
        ({"covariance_type": "round"}, "covariance_type is 'round'; expected one of full, tied, diag, spherical."),
        ({"chosen_by": ["bic"]}, "chosen_by is ['bic']"),
        ({"held_out": 1.0}, "held_out is 1.0; expected a share of the rows from 0 to 0.9."),
        ({"reg_covar": float("nan")}, "reg_covar is nan"),
        ({"random_state": None}, "random_state is None"),
        ({"claims": {"BIC": 3}}, "There is no number 'BIC' to claim"),
        ({"claims": {"bic": "3"}}, "the claim 'bic' is '3'; expected a number."),
        ({"claims": {"accuracy": 0.9}}, "needs labels"),
        ({"claims": {"held_out": -3.0}, "held_out": 0.0}, "needs held-out rows"),
        ({"features": ["body_mass_g", "body_mass_g"]}, "The feature 'body_mass_g' is named twice"),
        ({"features": ["body_mass_g", "year"], "labels": "year"}, "'year' is a feature and the labels"),
    ],
)
def test_what_is_not_possible_is_refused_in_a_sentence(change, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        Project(**PLAIN | change)


def test_numbers_of_numpy_and_whole_floats_are_the_numbers_that_they_say():
    plain = Project(**PLAIN | {"claims": {"bic": 812, "train": -5.2}, "pca": 1, "n_init": 2, "random_state": 3})
    other = Project(
        data="penguins",
        features=np.array(["body_mass_g"]),
        n_components=np.int64(2),
        candidates=np.arange(1, 4),
        claims={"bic": np.int64(812), "train": np.float32(-5.2)},
        pca=1.0,
        n_init=2.0,
        random_state=np.uint8(3),
    )
    assert repr(other) == repr(plain)


def test_a_declaration_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Project(**PLAIN).n_init = 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": ["species"]}, "holds text ('Adelie')"),
        ({"features": ["mass"]}, "has no column 'mass'"),
        ({"labels": "body_mass_g", "features": ["bill_depth_mm"], "data": "photo"}, "has no column 'bill_depth_mm'"),
        ({"labels": "bill_depth_mm"}, "holds measurements"),
        ({"pca": 2}, "pca is 2; expected at most 1"),
        ({"held_out": 0.9, "candidates": [2, 40]}, "34 training rows are too few for 40 components"),
        ({"data": "nowhere.csv"}, "nowhere.csv cannot be read"),
        ({"data": "digits", "features": "all", "reg_covar": 1e-300}, "a larger reg_covar or fewer components"),
    ],
)
def test_what_the_data_do_not_allow_is_the_answer_of_the_check(change, said):
    assert said in check("project", Project(**PLAIN | change)).problem


def notebook(*sources):
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
    return json.dumps({"cells": cells}).encode()


WRITTEN = 'Project("penguins", ["body_mass_g"], n_components=2, candidates=range(1, 4), claims={"bic": -1.5})'


def test_the_last_declaration_of_a_notebook_is_read_as_it_is_written():
    first = WRITTEN.replace("n_components=2", "n_components=3")
    read = declared_in(notebook(f"%magic\nproject = {first}", f"import os\nproject = {WRITTEN}\nos.remove('x')"))
    assert asdict(read) == asdict(eval(WRITTEN))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("print(1)", "has no cell with project = Project(...)"),
        ("project = Project(", "has no cell"),
        ("project = Project(data='penguins')", "Project lacks features and n_components and candidates"),
        ("project = Project(**settings)", "write the settings out"),
        ("K = 2\n" + f"project = {WRITTEN}".replace("=2", "=K"), "n_components is written as K"),
        (f"project = {WRITTEN}".replace("-1.5", "__import__('os').system('true')"), "claims is written as"),
        (f"project = {WRITTEN}".replace("range(1, 4)", "range(1, 10**9)"), "candidates is written as range(1, 10 "),
        (f"project = {WRITTEN}".replace("range(1, 4)", "range(1, 1000000000)"), "at most 20 whole numbers"),
        (f"project = {WRITTEN}".replace("2,", "(" * 5000 + "2" + ")" * 5000 + ","), "has no cell"),
        (f"project = {WRITTEN}".replace("n_components", "components"), "no setting 'components'; did you mean"),
    ],
)  # fmt: skip
def test_nothing_of_a_notebook_is_run(source, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        declared_in(notebook(source))


@pytest.mark.parametrize("content", [b"", b"[]", b'{"cells": [3]}', b"\xff\xfe", b'{"cells": [{"cell_type": "code"}]}'])
def test_what_is_not_a_notebook_is_said(content):
    with pytest.raises(UsageError, match="cannot be read as a notebook"):
        declared_in(content)


HUGE = "0x" + "f" * 6000  # more digits than Python turns into text


@pytest.mark.parametrize(
    "settings",
    [
        "n_components=2, candidates=range(0, 100000000000000000000)",
        f"n_components={HUGE}, candidates=[1, 2]",
        f"n_components=2, candidates=[{HUGE}]",
        f"n_components=2, candidates=[1, 2], random_state={HUGE}",
        f"n_components=2, candidates=[1, 2], held_out={HUGE}",
        f"n_components=2, candidates=[1, 2], claims={{'bic': {HUGE}}}",
        f"n_components={'-' * 900}1, candidates=[1, 2]",
        f"n_components={'+'.join('1' * 2000)}, candidates=[1, 2]",
    ],
)
def test_a_value_that_no_program_can_show_is_no_way_out_of_being_graded(settings):
    source = f'project = Project("penguins", ["body_mass_g"], {settings})'
    assert len(refusal(source)) < 300


@pytest.mark.parametrize("value", [HUGE, f"settings({HUGE})", f"[{HUGE}]", "settings" + ".x" * 500])
def test_neither_is_one_in_the_place_of_a_declaration(value):
    assert len(refusal(f"project = {value}")) < 300


def refusal(source):
    with pytest.raises(UsageError) as raised:
        declared_in(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode())
    return str(raised.value)


@pytest.mark.parametrize(
    ("given", "named", "said"),
    [
        ((), {**PLAIN, "componets": 3}, "Project has no setting 'componets'; did you mean n_components?"),
        ((), {**PLAIN, "K": 3}, "Project has no setting 'K'; there are data, features, n_components"),
        ((), {"data": "penguins"}, "Project lacks features and n_components and candidates: every declaration has to"),
        (("penguins", ["x"], 2, [2], "bic"), {}, "Project got 5 values without names: after candidates write each as"),
        (("penguins",), PLAIN, "Project got data twice, by its place and by its name"),
    ],
)
def test_wrong_settings_get_a_sentence(given, named, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        Project(*given, **named)


def test_a_declaration_can_be_copied():
    project = Project(**PLAIN | {"claims": {"bic": 3.5}})
    for other in (copy.deepcopy(project), pickle.loads(pickle.dumps(project)), replace(project, n_init=1)):
        assert other == project


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (
            [f"project = {WRITTEN}", "project = replace(project, n_init=9)"],
            "project = replace(project, n_init=9), which",
        ),
        ([f"project = {WRITTEN}\nproject = make()"], "project = make(), which cannot be read off"),
        ([f"p = {WRITTEN}", "project = p"], "project = p, which cannot be read off"),
    ],
)
def test_a_declaration_that_is_built_later_is_said(sources, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        declared_in(notebook(*sources))


def test_a_declaration_may_have_a_type_and_its_module():
    assert declared_in(notebook(f"project: Project = gmmlearn.project.{WRITTEN}")).n_components == 2


def test_of_two_declarations_the_last_is_looked_at_and_that_is_said():
    first = WRITTEN.replace("n_components=2", "n_components=3")
    found = rerun(notebook(f"project = {first}", f"project = {WRITTEN}"))
    assert "2 components" in found.about
    assert "The notebook gives project in 2 places, and the last one is looked at: keep that one." in found.notes
    assert not any("places" in note for note in rerun(notebook(f"project = {WRITTEN}")).notes)
