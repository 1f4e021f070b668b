"""A class with the bonus chapter, graded end to end, and classes without it, where nothing of it is to be seen."""

import json
import re
import shutil

import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.grading.classroom import making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.judge.judging import judge

from ..course_folder import ROOT, Class, graded_cells, score_in

WORDS = ("at_scale", "EM at scale", "sufficient_statistics", "natural_parameters", "expected_statistics")
BONUS = {name for name, exercise in EXERCISES.items() if exercise.bonus}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Chapters 1 to 7 and 9, graded: ada has chapters 4 and 9."""
    course = Class(tmp_path_factory.mktemp("bonus"), "1-7,9")
    course.hand_in("ada", "e_step", "at_scale")
    assert "1 graded now" in course.run("gmmlearn", "class", "grade", ".", "--jobs", "1")
    return course


def test_the_points_of_all_chapters_scale_to_100(course):
    worth = Assignment.find(course.folder).points
    assert set(worth) == set(EXERCISES)
    assert sum(worth.values()) == 100
    scaled = sum(worth[name] for name in BONUS)
    assert scaled == pytest.approx(100 * 20 / 120, abs=0.25)


@pytest.mark.parametrize("chapters", [range(1, 8), range(3, 6), range(1, 10), (9,)])
def test_no_text_says_other_points_than_those_of_the_class(tmp_path, chapters):
    folder = making.create(tmp_path / "class", chapters=tuple(chapters))
    worth = Assignment.find(folder).points
    n_seen = 0
    for path in (folder / "source" / "gmm").glob("0[1-79]*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        own = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell["metadata"]]
        total = sum(worth[name] for name in own if name in worth)
        text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        assert re.findall(r"exercises worth (\S+) points", text) == [f"{total:g}"], path.name
        assert "bonus" not in text
        n_seen += 1
    assert n_seen == len([number for number in chapters if number != 8])


def test_the_bonus_is_judged_recorded_and_on_the_page(course):
    worth = Assignment.find(course.folder).points
    right = {*BONUS, "responsibilities", "assign"}
    assert course.scores() == {"ada": pytest.approx(sum(worth[name] for name in right))}
    cells = graded_cells(course.autograded("ada", "09_at_scale.ipynb"))
    assert {name: score_in(cell) for name, cell in cells.items()} == {name: worth[name] for name in BONUS}
    page = (course.folder / "feedback" / "ada" / "gmm" / "09_at_scale.html").read_text("utf-8")
    assert "9.4 parameters" in page
    assert "passed all hidden tests" in page


def test_the_report_has_the_bonus(course):
    course.run("gmmlearn", "class", "report", ".", "--to", "shown")
    assert "9.4 parameters" in "".join(path.read_text("utf-8") for path in course.folder.glob("shown/*.html"))


def test_a_class_by_default_shows_nothing_of_it(tmp_path):
    folder = making.create(tmp_path / "class")
    assert BONUS.isdisjoint(Assignment.find(folder).points)
    assert sum(Assignment.find(folder).points.values()) == 100
    source = folder / "source" / "gmm"
    pages = [*source.glob("*.ipynb"), source / "README.md"]
    assert "glossary.ipynb" in {path.name for path in pages}
    said = {(path.name, word) for path in pages for word in WORDS if word in path.read_text("utf-8")}
    assert said == set()
    assert not (source / "09_at_scale.ipynb").exists()


def test_the_verdict_of_a_class_without_it_is_the_same_whatever_is_in_its_file(small_class, judged):
    before = judged(small_class)["ada"].outcome
    package = small_class / "submitted" / "ada" / "gmm" / "gmmlearn"
    (package / "at_scale.py").write_text("raise SystemExit\n")
    after = judged(small_class)["ada"].outcome
    assert {name: one.points for name, one in after.exercises.items()} == {
        name: one.points for name, one in before.exercises.items()
    }
    assert not any(word in json.dumps(after.to_json()["exercises"]) for word in WORDS)


def test_only_the_bonus_can_be_handed_out_with_all_chapters_before_it_solved(tmp_path):
    folder = making.create(tmp_path / "class", chapters=range(9, 10))
    source = folder / "source" / "gmm"
    assert (source / "gmmlearn" / "em.py").read_bytes() == (ROOT / "solutions" / "em.py").read_bytes()
    assert (source / "gmmlearn" / "at_scale.py").read_bytes() == (ROOT / "gmmlearn" / "at_scale.py").read_bytes()
    assert set(Assignment.find(folder).points) == BONUS


def test_a_mistake_is_named_by_the_judge(tmp_path):
    package = tmp_path / "gmmlearn"
    package.mkdir()
    source = (ROOT / "solutions" / "at_scale.py").read_text("utf-8")
    (package / "at_scale.py").write_text(source.replace("np.where(a == b, -0.5, -1.0)", "-0.5"))
    shutil.copy(ROOT / "gmmlearn" / "em.py", package)
    verdict = judge(tmp_path, ["natural_parameters", "parameters"], seed=5)
    assert verdict.exercises["natural_parameters"].mistake == "natural_parameters-pairs-once"
    assert verdict.exercises["parameters"].points == 5
