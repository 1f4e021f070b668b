"""Chapter 9 is a bonus: extra in what a student sees, and in a class only where a teacher asks for it."""

import json
import shutil
from pathlib import PurePosixPath

import pytest

from gmmlearn.calls import Status
from gmmlearn.checks.dependencies import called_by, state
from gmmlearn.checks.record import Record, save
from gmmlearn.checks.reporting.overview import Progress
from gmmlearn.contract import CHAPTERS, EXERCISES, REQUIRED, notebook_of
from gmmlearn.grading.collecting.contents import File
from gmmlearn.grading.collecting.notebooks import functions
from gmmlearn.grading.judge.function_source import pieces_of
from gmmlearn.grading.reporting.pieces import pieces
from gmmlearn.manifest import PACKAGE
from gmmlearn.private import ROOT
from gmmlearn.terminal import hand_in, kit, student_copy, watch

DONE = dict.fromkeys(REQUIRED, Status.PASSED)
WORDS = ("bonus", "at_scale", "EM at scale", "sufficient_statistics")


@pytest.fixture
def work(tmp_path):
    """A student's folder in which chapters 1 to 7 are solved and chapter 9 is a stub."""
    (tmp_path / "gmmlearn").mkdir()
    for chapter in CHAPTERS:
        shutil.copy(PACKAGE / f"{chapter}.py", tmp_path / "gmmlearn")
        (tmp_path / notebook_of(chapter)).write_text("{}")
    for chapter in dict.fromkeys(exercise.module for exercise in REQUIRED.values()):
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", tmp_path / "gmmlearn")
    return kit.find(tmp_path)


def test_the_hundred_points_are_those_of_chapters_1_to_7():
    assert {exercise.chapter for exercise in REQUIRED.values()} == set(range(1, 8))
    assert sum(exercise.points for exercise in REQUIRED.values()) == 100
    assert [one.number for one in EXERCISES.values() if one.bonus] == ["9.1", "9.2", "9.3", "9.4"]
    assert {one.notebook for one in EXERCISES.values() if one.bonus} == {"09_at_scale.ipynb"}


def test_all_of_chapters_1_to_7_is_all_of_them_and_a_bonus_is_not_mentioned():
    text = str(Progress(Record(DONE)))
    assert "21 of 21 exercises, 100 of 100 points on the public checks; that is all of them" in text
    assert [word for word in WORDS if word in text + Progress(Record(DONE))._repr_html_()] == []


def test_a_bonus_that_was_begun_is_said_as_extra():
    text = str(Progress(Record({"assign": Status.PASSED, "parameters": Status.PASSED, "fit": Status.WRONG})))
    assert "1 of 21 exercises, 3 of 100 points on the public checks; next: 1.1 gaussian_density; bonus: 1 of 4" in text
    assert "9 EM at scale: 5 of 20 bonus points" in text


def test_a_bonus_alone_is_no_point_of_the_hundred():
    record = Record({name: Status.PASSED for name, one in EXERCISES.items() if one.bonus})
    assert record.points == 0
    assert record.following.name == "gaussian_density"


def test_watch_goes_from_the_last_required_exercise_to_the_first_until_a_bonus_is_begun(work):
    states = {name: state(name, work.package) for name in EXERCISES}
    screen = watch.Watch.of(work, EXERCISES["select_n_components"])
    save(Record(DONE, states=states), work.root)
    assert screen._next().name == "gaussian_density"
    save(Record({**DONE, "sufficient_statistics": Status.WRONG}, states=states), work.root)
    assert screen._next().name == "sufficient_statistics"
    assert watch.Watch.of(work, EXERCISES["natural_parameters"])._next().name == "expected_statistics"


def test_a_bonus_that_is_not_begun_is_not_unfinished_and_its_notebook_not_missing(work, monkeypatch):
    monkeypatch.setattr(hand_in, "EXERCISES", {name: EXERCISES[name] for name in ("assign", "parameters")})
    (work.root / "09_at_scale.ipynb").unlink()
    (work.root / "06_em.ipynb").unlink()
    assert hand_in.unfinished(work) == []
    assert hand_in.make(kit.find(work.root), "ada").missing == ("06_em.ipynb",)
    (work.package / "at_scale.py").write_text("def parameters(S, reg_covar=1e-6):\n    return S\n")
    assert [report.name for report in hand_in.unfinished(work)] == ["parameters"]


def test_a_variable_called_like_a_later_exercise_is_not_a_call(work):
    source = "def fit(X, n_components, rng):\n    parameters = update_weights(X)\n    return parameters\n"
    (work.package / "em.py").write_text(f"from .m_step import update_weights\n{source}")
    assert called_by("fit", work.package) == ["update_weights"]
    (work.package / "at_scale.py").write_text(
        "def expected_statistics(X, theta):\n    return sufficient_statistics(X)\n"
    )
    assert called_by("expected_statistics", work.package) == ["sufficient_statistics"]


def test_a_copy_has_the_chapter(tmp_path):
    folder = tmp_path / "mine"
    student_copy.start(folder)
    assert (folder / "09_at_scale.ipynb").is_file()
    assert (folder / "gmmlearn" / "at_scale.py").is_file()
    assert (folder / "gmmlearn" / "explore" / "blocks.py").is_file()


def test_a_helper_called_like_a_later_exercise_is_a_helper_everywhere():
    """In pages of feedback, in functions taken from cells, and in the report of similar submissions."""
    source = "def parameters(r):\n    return r.mean(axis=0)\n\n\ndef update_weights(r):\n    return parameters(r)\n"
    shown = pieces_of("update_weights", source.encode())
    assert [piece.number for piece in shown] == [1, 5]
    assert set(pieces({"m_step": source.encode()})) <= {"update_weights", "helpers in m_step.py"}
    cells = [{"cell_type": "code", "source": part} for part in source.split("\n\n\n")]
    file = File(PurePosixPath("05_m_step.ipynb"), json.dumps({"cells": cells}).encode())
    [found] = functions({"05_m_step.ipynb": file}, [EXERCISES["update_weights"]])
    assert "def parameters(r)" in found.source
