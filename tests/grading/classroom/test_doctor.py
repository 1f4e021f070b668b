"""The doctor finds what is broken, and nothing else. Its trial of the sandbox runs in test_instructors_page."""

import gzip
import os
import shutil
import sqlite3
import time
from datetime import UTC, datetime

import pytest

from gmmlearn import private
from gmmlearn.grading.classroom import doctor, doctor_assignments, making
from gmmlearn.grading.judge import sandbox
from gmmlearn.grading.nbgrader import access, deadlines
from gmmlearn.hunting import bugs


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A class of chapter 4 with a gradebook, a deadline, a roster and a hand-in; all well."""
    folder = tmp_path_factory.mktemp("doctor")
    course = making.create(folder / "class", chapters=range(4, 5), exchange=str(folder / "exchange"))
    deadlines.set_due(course, "gmm", datetime(2999, 1, 1, tzinfo=UTC))
    (course / "roster.csv").write_text("id\nada\n")
    (course / "submitted" / "ada" / "gmm").mkdir(parents=True)
    return folder


@pytest.fixture
def course(whole, tmp_path, monkeypatch):
    """A copy of it, in which the sandbox is not tried."""
    monkeypatch.setattr(doctor, "_sandbox", lambda course: iter(()))
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    config = tmp_path / "class" / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(whole), str(tmp_path)))
    return tmp_path / "class"


def wrong(course) -> list[str]:
    return [finding.text for finding in doctor.examine(course) if finding.mark == doctor.WRONG]


def test_of_a_class_without_faults_nothing_is_to_fix(course):
    findings = list(doctor.examine(course))
    assert [finding for finding in findings if finding.mark == doctor.WRONG] == []
    assert len(findings) >= 10


def lose_the_secret(course):
    (course / ".secret").unlink()


def open_the_class(course):
    course.chmod(0o755)


def hand_in_by_another_name(course):
    (course / "submitted" / "Ada Lovelace" / "gmm").mkdir(parents=True)


def name_a_student_twice(course):
    (course / "roster.csv").write_text("id\nada\nada\n")


def break_the_settings(course):
    (course / "nbgrader_config.py").write_text("c = get_config(\n")


def halve_the_gradebook(course):
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("drop table alembic_version")


def close_the_gradebook_to_the_group(course):
    exchange = course.parent / "exchange"
    shutil.rmtree(exchange)  # which is open as it was before the class was shared
    access.share(course, access.group(os.getgid()))
    (course / "gradebook.db").chmod(0o640)


def save_the_roster_in_another_code(course):
    (course / "roster.csv").write_bytes("id,name\nada,Zoë\n".encode("cp1252"))


def save_the_extensions_in_another_code(course):
    (course / "extensions.csv").write_bytes("id,date,reason\nada,2999-01-02,Grüße\n".encode("cp1252"))


def lose_the_gradebook(course):
    (course / "gradebook.db").unlink()
    shutil.copytree(course / "source", course / "release")


def damage_the_gradebook(course):
    (course / "gradebook.db").write_bytes(b"x" * 4096)


def come_from_the_future(course):
    os.utime(course / "roster.csv", (time.time() + 3600,) * 2)


def change_the_contract(course):
    with open(course / "source" / "gmm" / "gmmlearn" / "contract.py", "a") as file:
        file.write("# another version\n")


def close_the_exchange(course):
    (course.parent / "exchange").chmod(0o700)


def extend_in_no_language(course):
    (course / "extensions.csv").write_text("id,date\nada,soon\n")


def name_no_zone(course):
    with open(course / "nbgrader_config.py", "a") as file:
        file.write("c.NbGraderAPI.timezone = 'Berlin'\n")


def lose_the_notebooks(course):
    for path in (course / "source" / "gmm").glob("0*.ipynb"):
        path.unlink()


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lose_the_secret, ".secret is not there"),
        (open_the_class, "Others on this machine can come to"),
        (hand_in_by_another_name, "1 in submitted/ are not in roster.csv: Ada Lovelace."),
        (name_a_student_twice, "'ada' is there twice"),
        (break_the_settings, "nbgrader_config.py, line 1 cannot be used: SyntaxError"),
        (halve_the_gradebook, "no such table: alembic_version"),
        (lose_the_gradebook, "gradebook.db is not there, but release/ is"),
        (damage_the_gradebook, "file is not a database"),
        (close_the_gradebook_to_the_group, "gradebook.db cannot be written by the group"),
        (save_the_roster_in_another_code, "roster.csv is not UTF-8"),
        (save_the_extensions_in_another_code, "extensions.csv is not UTF-8"),
        (come_from_the_future, "roster.csv has a time in the future"),
        (change_the_contract, "gmmlearn/contract.py differ"),
        (close_the_exchange, "has the mode 700; nbgrader wants 777"),
        (extend_in_no_language, "line 2: 'soon' is not a time"),
        (name_no_zone, "is 'Berlin', which is no time zone"),
        (lose_the_notebooks, "gmm has no exercises"),
    ],
)
def test_one_fault_is_one_finding_that_names_it(course, break_it, said):
    break_it(course)
    (found,) = wrong(course)
    assert said in found


def test_an_empty_gradebook_is_one_that_is_still_to_be_made(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_sandbox", lambda course: iter(()))
    course = making.create(tmp_path / "class", chapters=range(4, 5), group=access.group(os.getgid()))
    assert "There is no gradebook yet" in " ".join(finding.text for finding in doctor.examine(course))


@pytest.fixture
def with_a_hunt(tmp_path):
    """A class of chapters 4 and 8 with a bug hunt, and what the doctor says of its assignment."""
    course = making.create(tmp_path / "class", chapters=(4, 8), hunts=8.0)

    def said() -> list[str]:
        found = [*doctor_assignments.contents(course, "gmm"), *doctor_assignments.hunt(course, "gmm")]
        return [f"{finding.mark} {finding.text}" for finding in found if finding.mark != doctor.UNUSED]

    return course / "source" / "gmm", said


def test_the_points_of_the_project_and_of_a_bug_hunt_are_named_and_its_sandbox_is_tried(with_a_hunt):
    _, said = with_a_hunt
    asked, hunt = said()
    assert asked.startswith(
        "✓ gmm: 2 exercises and the project, 100 points, and a bug hunt for up to 8 extra points, made with"
    )
    n = sum(len(bugs.bugs_of(name, private.BUGS)) for name in ("responsibilities", "assign"))
    assert n > 10
    assert hunt == f"✓ gmm: the bug hunt has {n} wrong functions, and the sandbox tries tests on them."


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("gmmlearn/hunting/trying.py", "gmmlearn/hunting/trying.py differ"),
        ("gmmlearn/project/traps.py", "gmmlearn/project/traps.py differ"),
        ("gmmlearn/hunts.py", "✗ gmm has a bug hunt and no gmmlearn/hunts.py"),
    ],
)
def test_a_file_that_a_hunt_or_a_project_needs_is_missed(with_a_hunt, file, fault):
    folder, said = with_a_hunt
    (folder / file).unlink()
    assert sum(fault in line for line in said()) == 1


def test_wrong_functions_that_are_not_there_are_missed(with_a_hunt, monkeypatch, tmp_path):
    _, said = with_a_hunt
    path = tmp_path / "bugs.json.gz"
    monkeypatch.setattr(private, "BUGS", path)
    assert "The bug hunt of gmm cannot be graded" in said()[1]
    path.write_bytes(gzip.compress(b'{"fit": []}'))
    assert "no wrong functions for the bug hunt in responsibilities, assign" in said()[1]


def test_other_points_of_a_hunt_in_what_was_handed_out_are_found(with_a_hunt):
    folder, said = with_a_hunt
    release = folder.parents[1] / "release" / "gmm"
    shutil.copytree(folder, release)
    assert not any("other exercises or points" in line for line in said())
    notebook = release / "hunts.ipynb"
    notebook.write_text(notebook.read_text().replace('"extra_points": 8.0', '"extra_points": 5.0'))
    assert any("release/gmm has other exercises or points" in line for line in said())


def test_a_locked_gradebook_is_told_within_seconds(course):
    database = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    database.execute("begin exclusive")
    began = time.monotonic()
    assert wrong(course) == ["gradebook.db: database is locked."]
    assert time.monotonic() - began < 10
    database.close()


def test_without_a_sandbox_the_doctor_says_so(small_class, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sandbox.importlib.util, "find_spec", lambda name: None)
    (finding,) = doctor._sandbox(small_class)
    assert finding.mark == doctor.WRONG
    assert "install bubblewrap" in finding.to_do
