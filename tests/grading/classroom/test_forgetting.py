"""A student is forgotten, and nobody else is. The gradebook's part is in test_instructors_page."""

import fcntl
import sqlite3
import zipfile
from contextlib import closing

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import forgetting, making
from gmmlearn.grading.nbgrader import settings

OTHERS = ("adam", "ada.b", "bob-ada", "ada+b")
"""Students whose ids hold the one that is forgotten."""


@pytest.fixture
def course(tmp_path):
    course = making.create(tmp_path / "class", chapters=range(4, 5), exchange=str(tmp_path / "exchange"))
    archives = course / "downloaded" / "gmm" / "archive"
    archives.mkdir(parents=True)
    (course / "verdicts" / "gmm").mkdir(parents=True)
    inbound = tmp_path / "exchange" / "class" / "inbound"
    for student in ("ada", *OTHERS):
        for name in ("submitted", "autograded", "feedback", "set_aside"):
            (course / name / student / "gmm").mkdir(parents=True)
            (course / name / student / "gmm" / "work.py").write_text("mine = 'ada'\n")
        for suffix in (".json", ".graded"):
            (course / "verdicts" / "gmm" / f"{student}{suffix}").write_text("{}")
        (archives / f"{student}.tar.gz").write_text("")
        (inbound / f"{student}+gmm+2026-01-01 00:00:00 UTC+x").mkdir(parents=True)
    with zipfile.ZipFile(archives / "all.zip", "w") as file:
        file.writestr("Ada Lovelace_1_file/work.py", "")
    (course / "roster.csv").write_text('id,name\r\n"ada","Lovelace, Ada"\r\nadam,"Smith, A."\r\n', newline="")
    (course / "extensions.csv").write_text("id,date,reason\nada,2027-01-01,ill\nada.b,2027-01-01,ada is ill\n")
    (course / "grading.log").write_text("ada is late\nadam is late\nada.b too\nsubmitted/ada/gmm\n")
    (course / "report.html").write_text("<td>Lovelace, Ada</td>")
    return course


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def test_all_that_is_stored_on_a_student_goes_and_all_else_stays(course):
    before = files(course)
    forgetting.forget(forgetting.stored(course, "ada"))
    assert {str(path.relative_to(course)) for path in before - files(course)} == {
        *(f"{name}/ada/gmm/work.py" for name in ("submitted", "autograded", "feedback", "set_aside")),
        "verdicts/gmm/ada.json",
        "verdicts/gmm/ada.graded",
        "downloaded/gmm/archive/ada.tar.gz",
    }
    assert (course / "roster.csv").read_bytes() == b'id,name\r\nadam,"Smith, A."\r\n'
    assert (course / "extensions.csv").read_text() == "id,date,reason\nada.b,2027-01-01,ada is ill\n"
    assert (course / "grading.log").read_text() == "adam is late\nada.b too\n"
    with pytest.raises(UsageError, match="Nothing is stored on 'ada'"):
        forgetting.stored(course, "ada")


def test_what_is_out_of_reach_is_named(course):
    one = course / "reports" / "gmm" / "gradescope" / "ada" / "results.json"
    one.parent.mkdir(parents=True)
    one.write_text("{}")
    found = forgetting.stored(course, "ada")
    forgetting.forget(found)
    left = "\n".join(forgetting.left(found))
    assert "ada+gmm+2026-01-01" in left
    assert "adam+gmm" not in left
    assert "ada+b+gmm" not in left
    assert "report.html: names the student" in left, "by the name that the roster had"
    assert "gradescope/ada/results.json: names the student" in left, "by where it is"
    assert "1 archives" not in left
    assert "5 archives in downloaded/" in left


@pytest.mark.parametrize("student", ["..", ".", "", "../bob", "a/b", "*"])
def test_what_cannot_be_an_id_is_refused(course, student):
    with pytest.raises(UsageError, match="is not the id of a student"):
        forgetting.stored(course, student)


def test_a_second_try_after_a_kill_also_removes_what_sqlite_keeps(course):
    """A removed row stays in the file until its pages are written anew."""
    config = settings.load(course)
    with settings.gradebook(course, config) as gradebook:
        gradebook.add_student("ada", first_name="Unmistakable", last_name="Lovelace")
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        database.execute("pragma secure_delete = off")  # as most builds of SQLite have it
        database.execute("delete from student where id = 'ada'")
        database.commit()  # and no more: killed
    assert b"Unmistakable" in (course / "gradebook.db").read_bytes()
    assert not forgetting.stored(course, "ada").in_gradebook
    forgetting.forget(forgetting.stored(course, "ada"))
    assert b"Unmistakable" not in (course / "gradebook.db").read_bytes()


def test_what_came_in_between_the_question_and_the_answer_goes_too(course):
    """A run of `class grade` may end while the list of what is stored waits for a yes."""
    found = forgetting.stored(course, "ada")
    with settings.gradebook(course, settings.load(course)) as gradebook:
        gradebook.add_student("ada")
    (course / "verdicts" / "gmm" / "ada.rerun").write_text("{}")
    forgetting.forget(found)
    with pytest.raises(UsageError, match="Nothing is stored on 'ada'"):
        forgetting.stored(course, "ada")


@pytest.mark.parametrize(("lock", "said"), [(".grading/lock", "graded"), (".collecting", "collected")])
def test_a_class_that_another_run_works_on_is_left_alone(course, lock, said):
    before = files(course) | {course / lock, course / ".grading" / "lock"}
    with open(course / lock, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match=f"is being {said} by another process"):
            forgetting.forget(forgetting.stored(course, "ada"))
    assert files(course) == before
