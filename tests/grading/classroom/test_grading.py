"""`gmmlearn class grade`: every score of the gradebook is that of the verdict, whatever came in between."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from ..course_folder import ROOT, Class

RIGHT = ("likelihood", "e_step")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Chapters 3 and 4, graded: ada has all of it, bob nothing."""
    course = Class(tmp_path_factory.mktemp("graded"), "3-4")
    course.hand_in("ada", *RIGHT)
    course.hand_in("bob")
    said = course.run("gmmlearn", "class", "grade", ".", "--jobs", "2")
    assert "2 handed in: 2 graded, 0 unchanged, 0 not graded." in said
    return course


def auto_scores(course: Class, student: str) -> list[float]:
    """The scores as they are in nbgrader's own database."""
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        rows = database.execute(
            "select grade.auto_score from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id"
            " join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id"
            " where submitted_assignment.student_id = ?",
            [student],
        )
        return [score for (score,) in rows]


def total(course: Class, student: str) -> float:
    scores = auto_scores(course, student)
    return sum(scores) if len(scores) == 5 and None not in scores else float("nan")


def assert_all_scores_are_right_after_the_next_run(course: Class) -> None:
    course.run("gmmlearn", "class", "grade", ".")
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_grades_and_feedback_are_there(course):
    assert course.scores() == {"ada": 100.0, "bob": 0.0}
    assert len(list((course.folder / "feedback" / "ada" / "gmm").glob("*.html"))) >= 2
    assert "100" in (course.folder / "grades.csv").read_text()


def test_what_has_not_changed_is_left_as_it_is(course):
    page = next((course.folder / "feedback" / "ada" / "gmm").glob("*.html"))
    before = page.stat().st_mtime_ns
    assert "2 handed in: 0 graded, 2 unchanged, 0 not graded." in course.run("gmmlearn", "class", "grade", ".")
    said = course.run("gmmlearn", "class", "grade", course.folder.name, cwd=course.folder.parent)
    assert "2 handed in: 0 graded, 2 unchanged, 0 not graded." in said
    assert page.stat().st_mtime_ns == before


def test_a_second_hand_in_replaces_the_first(course):
    package = course.folder / "submitted" / "ada" / "gmm" / "gmmlearn"
    shutil.copy(course.release / "gmmlearn" / "e_step.py", package)
    assert "1 graded, 1 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert 0 < total(course, "ada") < 100
    shutil.copy(ROOT / "solutions" / "e_step.py", package)
    assert_all_scores_are_right_after_the_next_run(course)


def test_a_score_that_is_not_that_of_the_verdict_is_written_again(course):
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")
    assert 0.25 in auto_scores(course, "ada")
    assert "2 graded, 0 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_a_killed_autograde_of_nbgraders_own_is_made_good(course):
    """Its next run would skip the student for good: half a folder is there."""
    (course.folder / "autograded" / "ada" / "gmm" / "04_e_step.ipynb").unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = null where id in (select id from grade limit 3)")
    assert_all_scores_are_right_after_the_next_run(course)


@pytest.mark.parametrize(("seconds", "of"), [(1.5, "*.json"), (3.0, "*.graded")])
def test_killed_at_any_moment_the_next_run_ends_with_all_scores_right(course, seconds, of):
    for file in (course.folder / "verdicts" / "gmm").glob(of):
        file.unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")
    process = subprocess.Popen(
        [sys.executable, "-m", "gmmlearn", "class", "grade", "."],
        cwd=course.folder,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert_all_scores_are_right_after_the_next_run(course)


def test_a_fault_of_ours_keeps_the_scores_and_is_told_by_name_and_status(course):
    secret = course.folder / ".secret"
    secret.rename(course.folder / "elsewhere")
    try:
        said = course.run("gmmlearn", "class", "grade", ".", code=3)
    finally:
        (course.folder / "elsewhere").rename(secret)
    assert "2 handed in: 0 graded, 0 unchanged, 2 not graded." in said
    assert "Not graded: ada, bob." in said
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_what_was_not_graded_is_an_empty_cell_of_the_export(course):
    """Of work that was never handed in, and of work that a fault of ours kept from being graded."""
    course.run("nbgrader", "db", "student", "add", "zoe", "--last-name", "O'Brien, Jr")
    course.hand_in("eve", *RIGHT)
    secret = course.folder / ".secret"
    secret.rename(course.folder / "elsewhere")
    try:
        course.run("nbgrader", "autograde", "gmm", "--student", "eve", code=1)
    finally:
        (course.folder / "elsewhere").rename(secret)
    assert course.scores() == {"ada": 100.0, "bob": 0.0, "eve": None, "zoe": None}
    shutil.rmtree(course.folder / "submitted" / "eve")
    course.run("nbgrader", "db", "student", "remove", "eve", "--force")


def test_two_runs_at_once_do_not_get_in_each_others_way(course):
    program = "import fcntl, sys; f = open('.grading', 'w'); fcntl.flock(f, 2); print('locked', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", program], cwd=course.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "locked\n"
    assert "is being graded by another process" in course.run("gmmlearn", "class", "grade", ".", code=2)
    other.communicate("\n")
