"""The project in a class: a rubric, points by hand, and the declared model fitted again without running anything."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import PurePosixPath

import nbformat
import psutil
import pytest

from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.classroom import doctor_assignments, making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.grading import grade_each
from gmmlearn.grading.collecting import notebooks
from gmmlearn.grading.collecting.contents import File
from gmmlearn.grading.judge import project as judging
from gmmlearn.grading.nbgrader import project, scores
from gmmlearn.project.rerun import rerun

from .course_folder import Class

NOTEBOOK = "08_project.ipynb"
DECLARED = """project = Project(
    data="penguins", features=["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
    labels="species", scaling="standard", n_components=3, candidates=range(1, 6), n_init=5,
    claims={"bic": 1951.0, "held_out": -3.0},
)"""


def handed_in(course, student, declared=DECLARED, summary="Three kinds.<script>alert(1)</script>"):
    """A submission with a declaration and a summary."""
    path = course.copy(course.folder / "submitted" / student / "gmm") / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("project = Project("):
            cell.source = declared
        if cell.source.startswith("### What I found"):
            cell.source = "### What I found\n\nIt is not in doubt."
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "project":
            cell.source = summary
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of chapter 8 alone, with two hand-ins, graded once."""
    made = Class(tmp_path_factory.mktemp("class"), "8")
    handed_in(made, "ada")
    handed_in(made, "bob", 'project = Project(data="/etc/passwd", features=["x"], n_components=1, candidates=[1])')
    list(grade_each(Assignment.find(made.folder), jobs=1))
    return made


def test_the_points_of_a_part_that_ends_in_the_project_sum_to_100(tmp_path):
    folder = making.create(tmp_path / "class", chapters=range(7, 9)) / "source" / "gmm"
    marks = [
        cell.metadata.nbgrader
        for path in folder.glob("0*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert sum(mark.points for mark in marks) == 100
    assert project.points(folder) == {"project": 60.0}  # 24 of 24 + 16


def test_the_course_hands_out_a_rubric_of_six_lines_and_one_cell_with_points(course):
    cells = nbformat.read(course.release / NOTEBOOK, as_version=4).cells
    marked = {cell.metadata.nbgrader.grade_id: cell for cell in cells if "nbgrader" in cell.metadata}
    assert set(marked) == {"project-rubric", "project"}
    assert re.findall(r"^\| (\d) ", marked["project-rubric"].source, re.M) == list("123456")
    assert marked["project-rubric"].metadata.nbgrader.locked
    assert marked["project"].metadata.nbgrader.points == 100
    heading, question, answer = marked["project"].source.split("\n\n")
    assert heading == "### Summary (100 points for the whole report)"
    assert question.startswith("*Five sentences for a friend")
    assert answer == "YOUR ANSWER HERE"


def test_the_rubric_and_the_rerun_are_before_the_students_answer(course):
    cells = course.autograded("ada", NOTEBOOK).cells
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    at = names.index("project")
    assert "project-rubric" in names[:at]
    (output,) = cells[at - 1].outputs
    panel = output.data["text/html"]
    assert "1951.0" in panel
    assert panel.count("> reproduced") == 1
    assert "-3.378" in panel
    assert "not reproduced" in panel
    assert "alert(1)" in (course.folder / "feedback/ada/gmm/08_project.html").read_text("utf-8")
    assert "<script>alert(1)" not in (course.folder / "feedback/ada/gmm/08_project.html").read_text("utf-8")


def test_text_of_a_student_has_no_colours_of_python_and_wraps(course):
    page = (course.folder / "feedback/ada/gmm/08_project.html").read_text("utf-8")
    assert "It is not in doubt." in page  # else: It <span class="ow">is</span> ...
    assert re.search(r"\.highlight pre,[^{]*\{ white-space: pre-wrap", page)


def test_data_of_a_students_own_are_not_opened_and_that_is_said(course):
    page = (course.folder / "feedback/bob/gmm/08_project.html").read_text("utf-8")
    assert "the student&#39;s own (/etc/passwd), so the numbers cannot be reproduced here" in page


def test_a_page_says_of_a_part_without_points_that_it_is_not_graded_yet(course):
    """nbgrader counts it as 0, which a student would take for a grade; its own command makes the same page."""
    for _ in range(2):
        page = (course.folder / "feedback/bob/gmm/08_project.html").read_text("utf-8")
        assert page.count("Score: not graded yet, of 100.0") == 2
        assert "(Score: 0.0 / 100.0, without what is not graded yet)" in page
        course.run("nbgrader", "generate_feedback", "gmm", "--force", "--student", "bob")


def test_a_score_by_hand_outlasts_a_regrade_and_a_second_hand_in(course):
    from nbgrader.api import Gradebook

    def asks_for_a_look() -> bool:
        with Gradebook(f"sqlite:///{course.folder}/gradebook.db", "course101") as gradebook:
            return gradebook.find_submission("gmm", "ada").needs_manual_grade

    assert scores.read(course.folder, "gmm")["ada"].cells["project"].points is None, "a person gives the points"
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "course101") as book:
        grade = book.find_grade("project", "08_project", "gmm", "ada")
        grade.manual_score, grade.needs_manual_grade = 83, False  # as the formgrader does
        book.db.commit()
    written = dict(grade_each(Assignment.find(course.folder), jobs=1))
    assert written["ada"].written
    assert not asks_for_a_look(), "nothing but the score has changed"
    path = course.folder / "submitted" / "ada" / "gmm" / NOTEBOOK
    path.write_text(path.read_text("utf-8").replace("Three kinds", "Three species"), "utf-8")
    list(grade_each(Assignment.find(course.folder), jobs=1))
    assert asks_for_a_look(), "the answer is another"
    assert scores.read(course.folder, "gmm")["ada"].cells["project"].points == 83
    assert "Three species" in (course.folder / "feedback/ada/gmm/08_project.html").read_text("utf-8")
    assert "(Score: 83.0 / 100.0)" in (course.folder / "feedback/ada/gmm/08_project.html").read_text("utf-8")


def test_a_class_with_the_project_alone_is_ready(course):
    (found,) = doctor_assignments.contents(course.folder, "gmm")
    assert found.mark == "✓"
    assert "gmm: the project, 100 points" in found.text


def test_solutions_of_earlier_chapters_are_warned_about(tmp_path):
    folder = making.create(tmp_path / "class", chapters=range(4, 5), assignment="part1")
    (note,) = making.add(folder, assignment="report", chapters=range(8, 9))
    assert note.startswith("report holds the solutions of chapter 4, which part1 asks for")


def test_nothing_of_the_notebook_is_run(tmp_path):
    left = tmp_path / "left"
    source = f"open({str(left)!r}, 'w')\nproject = Project(open({str(left)!r}, 'w'), ['x'], 1, [1])"
    report = rerun(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode())
    assert "write the value itself" in report.problem
    assert not left.exists()


def test_text_that_is_no_text_is_shown_and_can_be_written_down():
    source = 'project = Project("\\ud800\\u202e\\x1b[2J", ["body_mass_g"], 2, [1, 2])'
    made = judging.rerun(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode())
    html = made.html
    assert str(made).isprintable()  # in tables, which one half of a character would stop for the whole class
    assert html.encode()
    assert "ud800" in html


def test_a_report_that_cannot_be_made_is_said_to_who_grades_and_not_kept(course, monkeypatch):
    """The points of a project are a person's, so that nothing is refused for it."""
    cells = [nbformat.v4.new_markdown_cell(metadata={"nbgrader": {"grade_id": "project"}})]
    folder = course.folder / "submitted" / "nobody" / "gmm"
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).write_text("{}")

    def ended(notebook):
        raise GmmlearnError("The declared model could not be fitted again: <MemoryError>")

    monkeypatch.setattr(project, "rerun", ended)
    project.put_rerun(cells, folder)
    assert "&lt;MemoryError&gt;" in cells[0].outputs[0].data["text/html"]
    monkeypatch.setattr(project, "rerun", lambda notebook: judging.Rerun("<p>fitted</p>"))
    project.put_rerun(cells, folder)
    assert cells[1].outputs[0].data["text/html"] == "<p>fitted</p>"
    shutil.rmtree(folder.parent)


def test_a_rerun_that_was_killed_or_removed_is_made_by_the_next_run(course, monkeypatch):
    """The page said for good that the model could not be fitted, and a file that was deleted never came back."""

    def written() -> bool:
        return dict(grade_each(Assignment.find(course.folder), jobs=1, students=["bob"]))["bob"].written

    def killed(notebook):
        raise GmmlearnError("The declared model could not be fitted again: killed")

    page, kept = course.folder / "feedback/bob/gmm/08_project.html", course.folder / "verdicts/gmm/bob.rerun"
    kept.unlink()
    monkeypatch.setattr(project, "rerun", killed)
    assert written()
    assert "could not be fitted again: killed" in page.read_text("utf-8")
    monkeypatch.setattr(project, "rerun", lambda notebook: judging.Rerun("<p>fitted</p>"))
    assert written()
    assert "<p>fitted</p>" in page.read_text("utf-8")
    assert not written()


def test_a_model_that_takes_too_long_ends_and_a_fault_of_ours_is_raised(monkeypatch):
    source = 'project = Project("photo", "all", 60, range(41, 61), chosen_by="bic", n_init=50, held_out=0.0)'
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()
    assert "could not be fitted again" in judging.rerun(notebook, seconds=2).html
    broken = subprocess.CompletedProcess([], 1, b"", b"Traceback\nMemoryError")
    monkeypatch.setattr(judging.subprocess, "run", lambda *command, **options: broken)
    with pytest.raises(GmmlearnError, match="MemoryError"):
        judging.rerun(notebook)


def test_a_rerun_ends_with_the_run_that_asked_for_it():
    """Killed without a word, a class grade left it computing for minutes, with nobody to end it."""
    source = 'project = Project("photo", "all", 60, range(41, 61), chosen_by="bic", n_init=50, held_out=0.0)'
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()
    asking = os.fork()
    if asking == 0:
        judging.rerun(notebook)
        os._exit(0)
    # Until it runs its program: before that it has not yet asked the system for its end.
    while not (asked := [one for one in psutil.Process(asking).children() if "fit_again" in " ".join(one.cmdline())]):
        time.sleep(0.01)
    os.kill(asking, signal.SIGKILL)
    os.waitpid(asking, 0)
    # Less than the model takes, else it would end by itself.
    assert not psutil.wait_procs(asked, timeout=2)[1]


@pytest.mark.parametrize("name", [NOTEBOOK, "08_project (1).ipynb", "mine.ipynb"])
def test_the_notebook_of_the_project_is_collected(name):
    cell = {"cell_type": "markdown", "source": "", "metadata": {"nbgrader": {"grade_id": "project"}}}
    file = File(PurePosixPath(name), json.dumps({"cells": [cell]}).encode())
    assert notebooks.named([file])[0] == {NOTEBOOK: file}
