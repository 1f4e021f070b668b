"""Submissions come in through the exchange and in archives, and one bad one harms no other."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from gmmlearn.grading.nbgrader import deadlines

from ..archives import tarred, zipped
from ..course_folder import ROOT, Class

RIGHT = "def assign(responsibilities):\n    return responsibilities.argmax(axis=1)\n"
NOTEBOOK = "04_e_step.ipynb"


def zipped_to(path: Path, files: dict[str, str | bytes], **options: int) -> None:
    path.write_bytes(zipped(files, **options))


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    course = Class(tmp_path_factory.mktemp("collecting"), "4")
    notebook = (course.release / NOTEBOOK).read_text()
    inside = {NOTEBOOK: notebook, "gmmlearn/e_step.py": RIGHT}
    in_folder = {f"my work/{name}": text for name, text in inside.items()}

    archives = course.folder / "downloaded" / "gmm" / "archive"
    archives.mkdir(parents=True)
    (archives / "broken.zip").write_text("this is not an archive")
    zipped_to(archives / "flat.zip", inside)
    zipped_to(archives / "folder.zip", in_folder)
    zipped_to(archives / "twice.zip", inside | in_folder)
    zipped_to(archives / "two.zip", inside | {"backup/e_step.py": "x"})
    zipped_to(archives / "locked.zip", inside, mode=stat.S_IFREG)
    zipped_to(archives / "many.zip", {f"gmmlearn/m{number}.py": "" for number in range(2001)})
    zipped_to(archives / "mac.zip", inside | {f"__MACOSX/._{NOTEBOOK}": "x", f".ipynb_checkpoints/{NOTEBOOK}": "x"})
    zipped_to(archives / "<b>name.zip", inside)
    zipped_to(archives / "climbs.zip", inside | {"../../../submitted/flat/gmm/gmmlearn/e_step.py": "climbed"})
    (archives / "tarred.tar.gz").write_bytes(tarred(inside, "w:gz"))

    course.run("nbgrader", "release_assignment", "gmm")
    inbound = course.exchange / "course101" / "inbound"
    for number, student in enumerate(("honest", "links", "pipes", "untimely", "<b>name")):
        folder = course.copy(inbound / f"{student}+gmm+2026-01-0{number + 1} 10:00:00.000000 UTC+x", "e_step")
        (folder / "timestamp.txt").write_text("soon" if student == "untimely" else "2026-01-01 10:00:00.000000 UTC")
        if student == "links":
            (folder / "gmmlearn" / "e_step.py").unlink()
            (folder / "gmmlearn" / "e_step.py").symlink_to(ROOT / "solutions" / "e_step.py")
            (folder / "etc").symlink_to("/etc")
        if student == "pipes":
            os.mkfifo(folder / "pipe")
    course.zip_log = course.run("nbgrader", "zip_collect", "gmm")
    course.log = course.run("nbgrader", "collect", "gmm")
    return course


@pytest.mark.parametrize("student", ["flat", "folder", "twice", "locked", "mac", "tarred", "climbs", "_b_name"])
def test_an_archive_comes_in_whatever_lies_beside_it(course, student):
    folder = course.folder / "submitted" / student / "gmm"
    assert (folder / NOTEBOOK).read_text() == (course.release / NOTEBOOK).read_text()
    assert (folder / "gmmlearn" / "e_step.py").read_text() == RIGHT


def test_an_archive_that_cannot_be_opened_is_left_out_in_words(course):
    for student, why in (("broken", "it is not an archive"), ("many", "more than 2000 files"), ("two", "Both ")):
        assert any(f"{student} is left out: " in line and why in line for line in course.zip_log.splitlines())
        assert not (course.folder / "submitted" / student / "gmm").exists()


def test_an_archive_writes_into_no_other_submission(course):
    assert (course.folder / "submitted" / "flat" / "gmm" / "gmmlearn" / "e_step.py").read_text() == RIGHT


def test_what_was_collected_is_writable_by_nobody_else(course):
    found = [(course.folder / "submitted" / name).rglob("*") for name in ("flat", "honest", "pipes")]
    paths = [path for several in found for path in several]
    assert len(paths) > 9
    assert not [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_class_collect_finds_the_same_as_zip_collect(course):
    def work() -> dict[Path, bytes]:
        files = (course.folder / "submitted").rglob("*")
        return {path: path.read_bytes() for path in files if path.is_file() and path.parent.name != ".gmmlearn"}

    before = work()
    said = course.run("gmmlearn", "class", "collect", ".", "downloaded/gmm/archive", code=3)
    assert "11 found: 8 collected, 3 unread." in said
    assert before == work()


def test_the_exchange_is_collected_without_following_a_link(course):
    submitted = course.folder / "submitted"
    assert {"honest", "links", "pipes", "untimely"} <= {path.name for path in submitted.iterdir()}
    assert not [path for path in submitted.rglob("*") if path.is_symlink() or path.is_fifo()]
    package = submitted / "links" / "gmm" / "gmmlearn"
    assert not (package / "e_step.py").exists()
    assert "is a symbolic link" in (package / "e_step.py.set-aside").read_text()
    assert not (submitted / "links" / "gmm" / "etc").exists()
    assert "is not a name of a student" in course.log


def test_collecting_again_goes_on_past_a_time_that_is_none(course):
    course.run("nbgrader", "collect", "gmm", "--update")


def test_all_that_came_in_is_graded(course):
    course.run("nbgrader", "autograde", "gmm")
    scores = course.scores()
    assert scores.pop("links") == 0
    assert {student: scores.pop(student) for student in ("honest", "pipes", "untimely")} == dict.fromkeys(
        ("honest", "pipes", "untimely"), 100
    )
    assert set(scores.values()) == {33.25}, "archives hold `assign` alone"


def test_the_deadline_is_that_of_the_gradebook(course):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment("gmm", duedate="2026-02-03 12:00:00 UTC")
    assert deadlines.find(course.folder, "gmm").of("honest") == datetime(2026, 2, 3, 12, tzinfo=UTC)
