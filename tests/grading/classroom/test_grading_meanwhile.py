"""What comes in while `gmmlearn class grade` runs: another run, a hand-in, a deadline, a score by hand."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.lock import alone
from gmmlearn.grading.classroom.records import Records
from gmmlearn.grading.nbgrader.gradebook import ClassGradebook
from gmmlearn.grading.nbgrader.pages import FeedbackPages

from ..course_folder import ROOT, Class
from .graded_class import assert_all_scores_are_right_after_the_next_run, total


def test_a_gradebook_that_somebody_holds_is_waited_for_or_named(course):
    """A lock that stays longer than sqlite waits is a fault with a name, and the next run makes it good."""
    config = course.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("timeout=60", "timeout=1"))
    (course.folder / "verdicts" / "gmm" / "ada.graded").unlink()
    other = sqlite3.connect(course.folder / "gradebook.db", isolation_level=None)
    other.execute("begin exclusive")
    try:
        said = course.run("gmmlearn", "class", "grade", ".", code=3)
        assert "database is locked" in said
    finally:
        other.execute("rollback")
        other.close()
        config.write_text(config.read_text().replace('timeout=1"', 'timeout=60"'))
    assert_all_scores_are_right_after_the_next_run(course)


def test_two_runs_at_once_do_not_get_in_each_others_way(course):
    program = (
        "import fcntl, sys; f = open('.grading/lock', 'w'); fcntl.flock(f, 2); print('locked', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program], cwd=course.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "locked\n"
    assert "is being graded by another process" in course.run("gmmlearn", "class", "grade", ".", code=2)
    other.communicate("\n")


@contextmanager
def records_of(course: Class) -> Iterator[Records]:
    with alone(course.folder) as scratch, Records(Assignment.find(course.folder), scratch) as records:
        yield records


def test_what_is_handed_in_while_the_hand_in_before_it_is_graded_is_graded_by_the_next_run(course):
    """Its verdict would stand for good: the records of a student are marked as made of what is there then."""
    with records_of(course) as records:
        verdict = records.assignment.verdict("ada")
        shutil.copy(course.release / "gmmlearn" / "e_step.py", course.folder / "submitted/ada/gmm/gmmlearn")
        with pytest.raises(GmmlearnError, match="It was handed in again while it was graded"):
            records.write("ada", verdict)
    assert total(course, "ada") == 100
    assert "1 graded now, 1 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert 0 < total(course, "ada") < 100
    shutil.copy(ROOT / "solutions" / "e_step.py", course.folder / "submitted/ada/gmm/gmmlearn")
    assert_all_scores_are_right_after_the_next_run(course)


CHANGES = {
    "a notebook": lambda course: (course.folder / "submitted/ada/gmm/04_e_step.ipynb").open("a").write(" "),
    "the time": lambda course: (course.folder / "submitted/ada/gmm/timestamp.txt").write_text(
        "2026-01-01 10:00:00 UTC"
    ),
    "a score by hand": lambda course: by_hand(course, "update grade set manual_score = 1"),
    "the deadline": lambda course: by_hand(course, "update assignment set duedate = '2026-01-01 10:00:00'"),
}


def by_hand(course: Class, statement: str) -> None:
    with closing(sqlite3.connect(course.folder / "gradebook.db", timeout=0)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_while_the_pages_are_made_is_for_the_next_run(course, what, monkeypatch):
    """Nothing may be marked as done that a score, a penalty or a page does not show yet."""
    page = FeedbackPages.page

    def meanwhile(self, name, *arguments):
        if name == "03_likelihood":
            CHANGES[what](course)
        return page(self, name, *arguments)

    with records_of(course) as records:
        monkeypatch.setattr(FeedbackPages, "page", meanwhile)
        records.write("ada", records.assignment.verdict("ada"))
        monkeypatch.undo()
        records.read()
        assert not records.is_up_to_date("ada")
        records.write("ada", records.assignment.verdict("ada"))
        records.read()
        assert records.is_up_to_date("ada")
    (course.folder / "submitted/ada/gmm/timestamp.txt").unlink(missing_ok=True)
    by_hand(course, "update assignment set duedate = null")
    by_hand(course, "update grade set manual_score = null, needs_manual_grade = 0")
    assert_all_scores_are_right_after_the_next_run(course)


def test_nobody_writes_between_what_is_read_and_what_is_written(course, monkeypatch):
    """A deadline that came in between would be in neither the penalty nor the mark."""
    refused = []

    def meanwhile(self, *arguments):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            by_hand(course, "update assignment set duedate = '2026-01-01 10:00:00'")
        refused.append(arguments)

    with records_of(course) as records:
        monkeypatch.setattr(ClassGradebook, "_penalty", meanwhile)
        records.write("ada", records.assignment.verdict("ada"))
    assert refused
