"""`gmmlearn class grade`: every score of the gradebook is that of the verdict."""

import json
import shutil
import sqlite3

import nbformat
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from ..course_folder import ROOT
from .graded_class import RIGHT, assert_all_scores_are_right_after_the_next_run, auto_scores, total


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


def test_a_second_hand_in_replaces_the_first_and_what_was_given_by_hand_for_it_is_named(course):
    """That score stays, so an instructor has to hear that it was given for something else."""
    package = course.folder / "submitted" / "ada" / "gmm" / "gmmlearn"
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        worth, graded = database.execute(
            "select grade.auto_score, grade.id from grade join base_cell on grade.cell_id = base_cell.id"
            " where base_cell.name = 'assign' and grade.auto_score > 0"
        ).fetchone()
        database.execute("update grade set manual_score = 2.5 where id = ?", [graded])
    shutil.copy(course.release / "gmmlearn" / "e_step.py", package)
    said = course.run("gmmlearn", "class", "grade", ".")
    assert "1 graded now, 1 unchanged" in said
    assert f"ada: assign: 2.5 was given by hand when it was judged {worth:g}; it is judged 0 now. Look" in said
    assert 0 < total(course, "ada") < 100
    assert "by hand" not in course.run("gmmlearn", "class", "grade", ".")
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set manual_score = null, needs_manual_grade = 0")
    shutil.copy(ROOT / "solutions" / "e_step.py", package)
    assert_all_scores_are_right_after_the_next_run(course)


def test_a_score_that_is_not_that_of_the_verdict_is_written_again(course):
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")
    assert 0.25 in auto_scores(course, "ada")
    assert "2 graded now, 0 unchanged" in course.run("gmmlearn", "class", "grade", ".")
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_without_its_gradebook_a_class_is_told_the_command_that_makes_one_again(course):
    """`nbgrader generate_assignment` alone leaves what is generated as it is, and makes none."""
    gradebook = course.folder / "gradebook.db"
    gradebook.rename(gradebook.with_suffix(".away"))
    try:
        said = course.run("gmmlearn", "class", "grade", ".", code=2)
    finally:
        gradebook.with_suffix(".away").replace(gradebook)
    assert "The gradebook does not know gmm: run `nbgrader generate_assignment gmm --force`." in said


def test_nbgraders_own_commands_write_the_same(course):
    """Scores, graded notebooks and pages of feedback are those of `nbgrader autograde` and `generate_feedback`."""

    def words(page: str) -> str:
        soup = BeautifulSoup(page, "html.parser")
        return " ".join(f"{soup.style.string} {soup.get_text()}".split())

    def records() -> dict:
        graded, feedback = (course.folder / kind / "ada" / "gmm" for kind in ("autograded", "feedback"))
        notebooks = {path.name: nbformat.read(path, as_version=4) for path in graded.glob("*.ipynb")}
        pages = {path.name: words(path.read_text()) for path in feedback.glob("*.html")}
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
