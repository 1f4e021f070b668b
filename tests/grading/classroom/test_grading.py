"""`gmmlearn class grade`: every score of the gradebook is that of the verdict, whatever came in between."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.lock import alone
from gmmlearn.grading.classroom.records import Records
from gmmlearn.grading.nbgrader.gradebook import ClassGradebook
from gmmlearn.grading.nbgrader.pages import FeedbackPages

from ..course_folder import ROOT, Class

RIGHT = ("likelihood", "e_step")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Chapters 3 and 4, graded: ada has all of it, bob nothing."""
    course = Class(tmp_path_factory.mktemp("graded"), "3-4")
    course.hand_in("ada", *RIGHT)
    course.hand_in("bob")
    said = course.run("gmmlearn", "class", "grade", ".", "--jobs", "2")
    assert "2 handed in: 2 graded now, 0 unchanged, 0 unread, 0 not graded." in said
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
    assert "2 handed in: 0 graded now, 2 unchanged, 0 unread, 0 not graded." in course.run(
        "gmmlearn", "class", "grade", "."
    )
    said = course.run("gmmlearn", "class", "grade", course.folder.name, cwd=course.folder.parent)
    assert "2 handed in: 0 graded now, 2 unchanged, 0 unread, 0 not graded." in said
    assert page.stat().st_mtime_ns == before


def test_a_second_hand_in_replaces_the_first(course):
    package = course.folder / "submitted" / "ada" / "gmm" / "gmmlearn"
    shutil.copy(course.release / "gmmlearn" / "e_step.py", package)
    assert "1 graded now, 1 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert 0 < total(course, "ada") < 100
    shutil.copy(ROOT / "solutions" / "e_step.py", package)
    assert_all_scores_are_right_after_the_next_run(course)


def test_a_score_that_is_not_that_of_the_verdict_is_written_again(course):
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")
    assert 0.25 in auto_scores(course, "ada")
    assert "2 graded now, 0 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_a_killed_autograde_of_nbgraders_own_is_made_good(course):
    """Its next run would skip the student for good: half a folder is there."""
    (course.folder / "autograded" / "ada" / "gmm" / "04_e_step.ipynb").unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = null where id in (select id from grade limit 3)")
    assert_all_scores_are_right_after_the_next_run(course)


def started(course: Class) -> psutil.Popen:
    """A run of the command in a process of its own."""
    return psutil.Popen(
        [sys.executable, "-m", "gmmlearn", "class", "grade", ".", "--jobs", "2"],
        cwd=course.folder,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell's background job ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_until(true, process: psutil.Popen) -> None:
    end = time.monotonic() + 120
    while not true() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


LASTING = {
    "a process judges": lambda course, process: len(process.children(recursive=True)) > 4,
    "the first verdict is there": lambda course, process: any((course / "verdicts" / "gmm").glob("*.json")),
}
"""Moments that last long enough to be waited for."""

CALLS = {
    "a verdict is half written": ("replace", ".draft", 1),
    "a folder is half written": ("write_bytes", ".grading/new/", 2),
    "the old folder is aside and the new one is not in its place": ("rename", ".grading/new", 1),
    "there are pages, and no mark": ("write_text", ".graded", 1),
    "the first mark is there": ("write_text", ".graded", 2),
}
"""Moments that pass at once: just before the n-th call of a method of a path with these words in it."""

DIES = """
import os, pathlib, signal, sys
from gmmlearn.cli import main

if __name__ == "__main__":  # the processes that judge import this file as well
    method, words, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
    original = getattr(pathlib.Path, method)

    def dies(self, *arguments, **options):
        global left
        left -= words in str(self)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, *arguments, **options)

    setattr(pathlib.Path, method, dies)
    sys.argv[1:] = ["class", "grade", ".", "--jobs", "2"]
    main()
"""


def forget_verdicts_and_scores(course: Class) -> None:
    for file in (course.folder / "verdicts" / "gmm").glob("*.*[dn]"):
        file.unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")


def assert_all_is_made_good(course: Class) -> None:
    assert_all_scores_are_right_after_the_next_run(course)
    assert [path.name for path in (course.folder / ".grading").iterdir()] == ["lock"]
    assert not list((course.folder / "verdicts" / "gmm").glob("*.draft"))


@pytest.mark.parametrize("moment", LASTING)
def test_killed_while_it_judges_the_next_run_ends_with_all_scores_right(course, moment):
    forget_verdicts_and_scores(course)
    process = started(course)
    wait_until(lambda: LASTING[moment](course.folder, process), process)
    others = process.children(recursive=True)
    process.kill()
    process.wait()
    assert not psutil.wait_procs(others, timeout=20)[1], "something outlives the run"
    assert_all_is_made_good(course)


@pytest.mark.parametrize("moment", CALLS)
def test_killed_while_it_writes_the_next_run_ends_with_all_scores_right(course, moment, tmp_path):
    forget_verdicts_and_scores(course)
    (tmp_path / "dies.py").write_text(DIES)
    command = [sys.executable, tmp_path / "dies.py", *map(str, CALLS[moment])]
    done = subprocess.run(command, cwd=course.folder, env=course.environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert_all_is_made_good(course)


def test_a_killed_process_costs_a_second_try_and_nobody_else(course):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    process = started(course)

    def judges() -> list[psutil.Process]:
        return [one for one in process.children(recursive=True) if one.name() == "bwrap"]

    wait_until(judges, process)
    judges()[0].parent().kill()
    assert process.wait(timeout=300) == 0
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_ctrl_c_ends_it_at_once_with_its_own_status(course):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    process = started(course)
    wait_until(lambda: len(process.children(recursive=True)) > 4, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert_all_scores_are_right_after_the_next_run(course)


def test_nbgraders_own_commands_write_the_same(course):
    """Scores, graded notebooks and pages of feedback are those of `nbgrader autograde` and `generate_feedback`."""

    def records() -> dict:
        graded, feedback = (course.folder / kind / "ada" / "gmm" for kind in ("autograded", "feedback"))
        notebooks = {path.name: nbformat.read(path, as_version=4) for path in graded.glob("*.ipynb")}
        pages = {
            path.name: " ".join(BeautifulSoup(path.read_text(), "html.parser").get_text().split())
            for path in feedback.glob("*.html")
        }
        return {"scores": auto_scores(course, "ada"), "notebooks": notebooks, "pages": pages}

    ours = records()
    course.run("nbgrader", "autograde", "gmm", "--force")
    course.run("nbgrader", "generate_feedback", "gmm", "--force")
    assert records() == ours
    assert set(ours["pages"]) == {"03_likelihood.html", "04_e_step.html"}
    assert "passed all hidden tests" in ours["pages"]["04_e_step.html"]


def test_what_people_set_stays_and_is_on_the_page(course):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.find_grade("assign", "04_e_step", "gmm", "bob").manual_score = 2.5
        gradebook.find_grade("assign", "04_e_step", "gmm", "bob").extra_credit = 1.0
        gradebook.db.commit()
    try:
        assert "1 graded now, 1 unchanged" in course.run("gmmlearn", "class", "grade", ".")
        assert course.scores() == {"ada": 100.0, "bob": 3.5}
        page = (course.folder / "feedback" / "bob" / "gmm" / "04_e_step.html").read_text()
        assert "Score: 3.5" in page
    finally:
        with sqlite3.connect(course.folder / "gradebook.db") as database:
            database.execute("update grade set manual_score = null, extra_credit = null, needs_manual_grade = 0")
    course.run("gmmlearn", "class", "grade", ".")
    assert course.scores() == {"ada": 100.0, "bob": 0.0}


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


def test_the_sum_adds_up_to_the_roster(course):
    (course.folder / "roster.csv").write_text("id,name\nada,Ada\nbob,Bob\neve,Eve\nzoe,Zoe\n")
    course.hand_in("eve")
    shutil.rmtree(course.folder / "submitted" / "eve" / "gmm" / "gmmlearn")
    try:
        said = course.run("gmmlearn", "class", "grade", ".", code=3)
    finally:
        shutil.rmtree(course.folder / "submitted" / "eve")
        (course.folder / "roster.csv").unlink()
    assert "4 in the roster: 0 graded now, 2 unchanged, 1 missing, 1 unread, 0 not graded." in said
    assert "eve: The submission has no folder named gmmlearn" in said
    assert "Nothing handed in: zoe." in said


def test_a_changed_exercise_is_judged_alone_shown_first_and_never_lowered_if_so_wished(course):
    """The judged class is that of another day, on which `assign` gave less; the log tells what became of it."""
    file = course.folder / "verdicts" / "gmm" / "ada.json"
    verdict = json.loads(file.read_text())
    best = verdict["exercises"]["assign"]["points"]
    verdict["exercises"]["assign"] |= {"points": 1.0, "rests_on": "other tests"}
    file.write_text(json.dumps(verdict))
    bob = course.folder / "verdicts" / "gmm" / "bob.json"
    higher = json.loads(bob.read_text())
    higher["exercises"]["assign"] |= {"points": 2.0, "rests_on": "other tests"}
    bob.write_text(json.dumps(higher))

    said = course.run("gmmlearn", "class", "grade", ".", "--exercise", "assign", "--dry-run")
    assert "2 of 2 change: 1 up, 1 down. Nothing is written." in said
    assert json.loads(file.read_text()) == verdict

    course.run("gmmlearn", "class", "grade", ".", "--exercise", "assign", "--never-lower")
    assert json.loads(file.read_text())["exercises"]["assign"]["points"] == best
    assert json.loads(bob.read_text())["exercises"]["assign"]["points"] == 2.0
    lines = [json.loads(line) for line in (course.folder / "verdicts" / "gmm" / "changes.jsonl").open()]
    assert lines[-1]["student"] == "ada"
    assert (lines[-1]["old"]["assign"], lines[-1]["new"]["assign"]) == (1.0, best)

    bob.unlink()
    assert_all_scores_are_right_after_the_next_run(course)


def test_the_workers_of_a_cluster_judge_and_one_of_them_may_die(course, tmp_path):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    address = tmp_path / "scheduler.json"
    where = ["--scheduler-file", str(address)]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": course.environment}
    here = ["--no-dashboard", "--host", "127.0.0.1"]
    begun = [psutil.Popen([*dask, "scheduler", *where, *here, "--port", "0"], **quiet)]
    try:
        wait_until(address.exists, begun[0])
        worker = [*dask, "worker", *where, *here, "--nthreads", "1", "--no-nanny"]
        begun += [psutil.Popen(worker, **quiet) for _ in range(2)]
        scheduler = json.loads(address.read_text())["address"]
        process = psutil.Popen(
            [sys.executable, "-m", "gmmlearn", "class", "grade", ".", "--scheduler", scheduler],
            cwd=course.folder, env=course.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        wait_until(lambda: begun[1].children(), process)
        begun[1].kill()
        said = process.communicate(timeout=300)[0]
    finally:
        for one in begun:
            one.kill()
    assert process.returncode == 0, said
    assert "2 handed in: 2 graded now" in said
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_a_fault_of_ours_keeps_the_scores_and_is_told_by_name_and_status(course):
    secret = course.folder / ".secret"
    secret.rename(course.folder / "elsewhere")
    try:
        said = course.run("gmmlearn", "class", "grade", ".", code=3)
    finally:
        (course.folder / "elsewhere").rename(secret)
    assert "2 handed in: 0 graded now, 0 unchanged, 0 unread, 2 not graded." in said
    assert "Without a grade by this run: ada, bob." in said
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_feedback_is_released_to_those_of_the_exchange_and_the_others_are_named(course):
    """nbgrader stops with a traceback at the first who came another way."""
    bob = course.folder / "feedback" / "bob" / "gmm"
    for name in ("timestamp.txt", "submission_secret.txt"):
        (bob / name).write_text("x")
    said = course.run("nbgrader", "release_feedback", "gmm")
    assert "send the pages in feedback/ yourself: ada." in said
    assert len(list((course.exchange / "course101" / "feedback").glob("*.html"))) == 2
    for name in ("timestamp.txt", "submission_secret.txt"):
        (bob / name).unlink()


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
