"""The results of a class that was judged and graded for real, by the commands that an instructor types."""

import csv
import json
import re
import shutil
import sqlite3

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.nbgrader import store
from gmmlearn.grading.reporting import results, writing
from gmmlearn.grading.reporting.pseudonyms import pseudonym

from ..course_folder import Class

WRONG = """
import numpy as np
from .likelihood import log_joint

def responsibilities(X, weights, means, covariances):
    return np.exp(log_joint(X, weights, means, covariances))

def assign(responsibilities):
    return np.argmax(responsibilities, axis=1)
"""
RESPONSIBILITIES, ASSIGN = 66.75, 33.25
"""What the two exercises of chapter 4 are worth in a class of this chapter: 6 and 3 points of 9, in quarters of 100."""


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Ada is right, bob has a known mistake, eve came after the grading, zoe never."""
    course = Class(tmp_path_factory.mktemp("reported"), "4")
    course.hand_in("ada", "e_step")
    (course.hand_in("bob") / "gmmlearn" / "e_step.py").write_text(WRONG)
    course.run("gmmlearn", "class", "grade", ".")
    course.hand_in("eve", "e_step")
    lines = ["id,name,lms_id,email", "ada,Ada L,71,ada@x.org", "bob,,,", "zoe,,,"]
    (course.folder / "roster.csv").write_text("\n".join(lines))
    return course


@pytest.fixture(scope="module")
def said(course) -> str:
    return course.run("gmmlearn", "class", "report", ".")


def table(course: Class, name: str) -> list[dict[str, str]]:
    with open(course.folder / "reports" / "gmm" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_parts_of_the_roster_add_up(said):
    assert "3 in the roster: 2 judged, 0 without a verdict, 1 missing. Handed in and not in it: 1." in said


def test_a_hand_in_of_which_nothing_could_be_read_has_no_points(small_class, judged):
    """The report had 0 for it, also in the files for a gradebook, and `class grade` says that it is not graded."""
    shutil.rmtree(small_class / "submitted" / "bob" / "gmm" / "gmmlearn")
    judged(small_class)
    ada, bob = results.collect(Assignment.find(small_class)).students
    assert (ada.judged, ada.total) == (True, 100)
    assert (bob.judged, bob.total, {result.points for result in bob.exercises.values()}) == (False, None, {None})


def test_results_have_points_mistake_and_attempt(course, said):
    rows = {(row["student"], row["exercise"]): row for row in table(course, "results.csv")}
    points = {key: row["points"] for key, row in rows.items()}
    assert {who for who, _ in rows} == {"ada", "bob", "eve", "zoe"}
    assert (points["ada", "responsibilities"], points["ada", "assign"]) == ("66.75", "33.25")
    assert (points["bob", "responsibilities"], points["bob", "assign"]) == ("0", "33.25")
    assert {points[who, name] for who in ("eve", "zoe") for name in ("responsibilities", "assign")} == {""}
    assert rows["bob", "responsibilities"]["mistake"] == "responsibilities-not-normalised"
    assert rows["ada", "assign"] == {
        "student": "ada", "exercise": "assign", "points": "33.25", "max_points": "33.25", "mistake": "", "attempt": "1",
        "note": "",
    }  # fmt: skip


def test_what_has_no_total_is_empty_and_strangers_are_not_in_files_for_an_lms(course, said):
    totals = {row["SIS Login ID"]: row["gmm"] for row in table(course, "canvas.csv")[1:]}
    assert totals == {"ada": "100", "bob": "33.25", "zoe": ""}  # an import would stop at eve


def test_gradescope_reads_a_file_for_each_student(course, said):
    folder = course.folder / "reports" / "gmm" / "gradescope"
    assert sorted(path.name for path in folder.iterdir()) == ["ada", "bob"]
    read = json.loads((folder / "bob" / "results.json").read_text())
    assert read["score"] == sum(test["score"] for test in read["tests"]) == ASSIGN
    assert [(test["name"], test["max_score"], test["status"]) for test in read["tests"]] == [
        ("responsibilities", RESPONSIBILITIES, "failed"),
        ("assign", ASSIGN, "passed"),
    ]
    assert "normalized" in read["tests"][0]["output"]


def test_who_needs_a_look_is_named(course, said):
    page = (course.folder / "reports" / "gmm" / "report.html").read_text()
    for heading in ("No verdict: 1", "Not handed in: 1", "Not in the roster: 1"):
        assert heading in page
    assert "A posterior is normalized" in page
    assert "Back to 04_e_step.ipynb, section 4: Far points, and the E-step for all." in page


def report(course: Class, to: str, **options) -> str:
    """The page of another report of the class, written without a process of its own."""
    folder = course.folder.parent / to
    writing.write(Assignment.find(course.folder), folder, **options)
    return (folder / "report.html").read_text()


def test_what_was_set_by_hand_counts_and_is_shown_beside_the_verdict(course):
    gradebook = course.folder / "gradebook.db"
    before = gradebook.read_bytes()
    of = """{} in (select n.id from submitted_notebook n join submitted_assignment a on n.assignment_id = a.id
            join student s on a.student_id = s.id where s.id = ? and exists
            (select 1 from grade where grade.notebook_id = n.id))"""
    by_hand = "update grade set manual_score = ?, extra_credit = ?"
    cell = "cell_id = (select id from base_cell where name = ?)"
    with sqlite3.connect(gradebook) as database:
        for exercise, manual, extra in (("responsibilities", 50, None), ("assign", None, 2)):
            which = f"{cell} and {of.format('notebook_id')}"
            database.execute(f"{by_hand} where {which}", [manual, extra, exercise, "bob"])
        late = f"update submitted_notebook set late_submission_penalty = 7.5 where {of.format('id')}"
        database.execute(late, ["ada"])
    try:
        found = {student.id: student for student in results.collect(Assignment.find(course.folder)).students}
        page = report(course, "by-hand")
        scores = course.scores()
    finally:
        gradebook.write_bytes(before)
    bob = found["bob"]
    assert [bob.exercises[name].points for name in ("responsibilities", "assign")] == [50, ASSIGN + 2]
    assert [bob.exercises[name].judged for name in ("responsibilities", "assign")] == [0, ASSIGN]
    assert all(result.by_hand for result in bob.exercises.values())
    assert (found["ada"].penalty, found["ada"].total) == (7.5, 92.5)
    assert (bob.total, found["ada"].total) == (scores["bob"], scores["ada"])
    assert ">50*</td>" in page
    assert "set by hand</td>" in page
    assert "7.5 points off" in page
    assert "No score was set by hand" not in page


def test_a_verdict_that_is_newer_than_the_gradebook_is_told(course):
    path = course.folder / "verdicts" / "gmm" / "ada.json"
    kept = path.read_text()
    verdict = json.loads(kept)
    verdict["exercises"]["assign"]["points"] = 0.0
    path.write_text(json.dumps(verdict))
    try:
        page = report(course, "behind")
    finally:
        path.write_text(kept)
    assert "the gradebook is behind" in page
    assert "the gradebook is behind" not in report(course, "again")


def test_no_gradebook_is_made_by_looking_for_one(course):
    path = course.folder / "gradebook.db"
    path.rename(course.folder / "elsewhere")
    try:
        found = results.collect(Assignment.find(course.folder))
        assert not path.exists()
    finally:
        (course.folder / "elsewhere").rename(path)
    ada = next(student for student in found.students if student.id == "ada")
    assert (ada.total, ada.source) == (100, "verdict")


def test_with_pseudonyms_no_file_names_anybody_and_all_reports_agree(course, said):
    report(course, "nameless", pseudonyms=True)
    folder = course.folder.parent / "nameless"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"report.html", "results.csv", "objectives.csv", "results.json"}
    for path in files:
        text = f"{path.relative_to(folder)} {path.read_text()}"
        assert not re.search(r"\b(ada|bob|eve|zoe|Ada L|71)\b", text), path
    report(course, "once-more", pseudonyms=True)
    once_more = course.folder.parent / "once-more" / "results.csv"
    assert once_more.read_bytes() == (folder / "results.csv").read_bytes()
    with pytest.raises(UsageError, match="holds a report with the ids"):
        writing.write(Assignment.find(course.folder), course.folder / "reports" / "gmm", pseudonyms=True)


def test_pseudonyms_of_two_classes_have_nothing_in_common(course, monkeypatch):
    students = ["ada", "bob", "eve", "zoe"]
    ours = {pseudonym(course.folder, student) for student in students}
    monkeypatch.setattr(store, "SECRET_FILE", "roster.csv")
    theirs = {pseudonym(course.folder, student) for student in students}
    assert len(ours) == len(theirs) == 4
    assert not ours & theirs
