"""Archives that want to harm: nothing leaves the hand-in of the one who made it, and nothing is read without bound."""

import os
import subprocess
import sys
import time
import zipfile

import pytest

from gmmlearn.grading.collecting.archives import members_of
from gmmlearn.grading.collecting.members import ArchiveError, Budget

from ...hostile.archives import ARCHIVES, WORK, directory
from ..archives import zipped

BOB = "# bob's own\n"
COME_IN = (
    *("climbs", "absolute", "drive", "windows", "climbs_tar", "into_bob", "overlapping", "letters", "ours", "settings"),
    *("deep_path", "two_kinds", "deep_notebook", "many_cells", "cells_twice"),
)


@pytest.fixture(scope="module")
def hostile(class_of_module):
    course = class_of_module()
    for name, (data, _) in ARCHIVES.items():
        course.download(name, data)
    course.download("into_bob.zip", zipped({"extracted/bob/gmmlearn/e_step.py": "# mine\n"}))
    course.download("bob.zip", zipped({"gmmlearn/e_step.py": BOB}))
    (course.downloads / "folder" / "gmmlearn").mkdir(parents=True)
    (course.downloads / "folder" / "gmmlearn" / "e_step.py").symlink_to("/etc/passwd")
    (course.downloads / "folder" / "etc").symlink_to("/etc")
    os.mkfifo(course.downloads / "folder" / "gmmlearn" / "m_step.py")
    command = [sys.executable, "-m", "gmmlearn", *course.command()]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        course.said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = course.status = os.waitstatus_to_exitcode(status)
    course.seconds, course.memory_bytes = time.monotonic() - began, usage.ru_maxrss * 1024
    return course


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_is_refused_is_said_in_a_sentence(hostile, name):
    student = name.split(".")[0]
    assert ARCHIVES[name][1] in hostile.line(student)


def test_only_the_rest_of_an_archive_comes_in(hostile):
    assert hostile.students() == {*COME_IN, "bob"}
    for student in COME_IN:
        files = {name: data for name, data in hostile.files(student).items() if name.endswith(".py")}
        assert files == {"gmmlearn/e_step.py": b"# mine\n"}


def test_nobody_writes_into_anothers_submission(hostile):
    assert hostile.files("bob")["gmmlearn/e_step.py"].decode() == BOB
    assert not [path for path in hostile.folder.rglob("*") if path.is_symlink() or path.is_fifo()]
    assert "folder: unread" in hostile.said


@pytest.mark.parametrize("roster", [(), ("mallory", "ada", "bob", "eve")])
@pytest.mark.parametrize(
    "forged",
    [
        {f"{name}_1_assignsubmission_file_/e_step.py": "x" for name in ("bob", "eve")},
        {f"gmm_{name}_attempt_2024-11-02-13-05-11_e_step.py": "x" for name in ("bob", "eve")},
        {f"{name}_1_2_e_step.py": "x" for name in ("bob", "eve")},
        {f"{name}/gmmlearn/e_step.py": "x" for name in ("bob", "eve")},
    ],
    ids=["moodle", "blackboard", "canvas", "folders"],
)
@pytest.mark.parametrize("name", ["mallory.zip", "stuff.zip"])
def test_one_students_work_cannot_pretend_to_be_that_of_a_class(new_class, roster, forged, name):
    if roster:
        new_class.roster(*roster)
    new_class.download("ada.zip", zipped(WORK))
    new_class.download(name, zipped(forged))
    new_class.collect()
    assert "ada" in new_class.students()
    assert not {"bob", "eve"} & new_class.students()
    new_class.collect("--from", "moodle")
    assert not {"bob", "eve"} & new_class.students()


def test_a_folder_within_a_students_folder_is_the_students(new_class):
    for name in ("ada/gmmlearn", "mallory/gmmlearn", "mallory/Bob Roe_1_assignsubmission_file_"):
        new_class.download(f"{name}/e_step.py", b"x = 1")
    new_class.collect()
    assert new_class.students() == {"ada", "mallory"}


def test_the_class_goes_on_within_bounds(hostile):
    assert f"{len(ARCHIVES) + 3} found: {len(COME_IN) + 1} collected" in hostile.said
    assert hostile.status == 3
    assert hostile.memory_bytes < 1.2 * 2**30
    assert hostile.seconds < 120


def test_no_escape_sequence_reaches_the_terminal(hostile):
    assert "\x1b" not in hostile.said
    assert not any(line.startswith("bob: collected") for line in hostile.said.splitlines())


def test_files_of_a_zip_are_counted_before_each_takes_memory(monkeypatch):
    """A directory of a million files takes a gigabyte and, as it is the same again and again, travels in some kB."""
    assert len(members_of(directory(10), Budget(n_members=10))) == 10
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("was made"))
    with pytest.raises(ArchiveError, match="files that are read"):
        members_of(directory(11), Budget(n_members=10))
