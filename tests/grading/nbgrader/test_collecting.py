"""Submissions come in through the exchange and in archives, and one bad one harms no other."""

import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from ..course_folder import ROOT, Class

RIGHT = "def assign(responsibilities):\n    return responsibilities.argmax(axis=1)\n"
NOTEBOOK = "04_e_step.ipynb"


def zipped(path: Path, files: dict[str, str], mode: int = 0o644) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(member, text)


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    course = Class(tmp_path_factory.mktemp("collecting"), "4")
    notebook = (course.release / NOTEBOOK).read_text()
    inside = {NOTEBOOK: notebook, "gmmlearn/e_step.py": RIGHT}
    in_folder = {f"my work/{name}": text for name, text in inside.items()}

    archives = course.folder / "downloaded" / "gmm" / "archive"
    archives.mkdir(parents=True)
    (archives / "broken.zip").write_text("this is not an archive")
    zipped(archives / "flat.zip", inside)
    zipped(archives / "folder.zip", in_folder)
    zipped(archives / "twice.zip", inside | in_folder)
    zipped(archives / "locked.zip", inside, mode=0o000)
    zipped(archives / "many.zip", {f"gmmlearn/m{number}.py": "" for number in range(2001)})
    zipped(archives / "mac.zip", inside | {f"__MACOSX/._{NOTEBOOK}": "x", f".ipynb_checkpoints/{NOTEBOOK}": "x"})
    zipped(archives / "<b>name.zip", inside)
    zipped(archives / "climbs.zip", inside | {"../../../submitted/flat/gmm/gmmlearn/e_step.py": "climbed"})
    with tarfile.open(archives / "tarred.tar.gz", "w:gz") as archive:
        for name, text in inside.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))

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


@pytest.mark.parametrize("student", ["flat", "folder", "twice", "locked", "mac", "tarred"])
def test_an_archive_comes_in_whatever_lies_beside_it(course, student):
    folder = course.folder / "submitted" / student / "gmm"
    assert (folder / NOTEBOOK).read_text() == (course.release / NOTEBOOK).read_text()
    assert (folder / "gmmlearn" / "e_step.py").read_text() == RIGHT


def test_an_archive_that_cannot_be_opened_is_left_out_in_words(course):
    for name in ("broken.zip", "many.zip"):
        assert any(name in line and "is left out" in line for line in course.zip_log.splitlines())
    for student in ("broken", "many", "<b>name"):
        assert not (course.folder / "submitted" / student / "gmm").exists()


def test_an_archive_writes_into_no_other_submission(course):
    """Whether `climbs` is left out or comes in without that file is up to setuptools, which unpacks."""
    assert (course.folder / "submitted" / "flat" / "gmm" / "gmmlearn" / "e_step.py").read_text() == RIGHT


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
