"""Who can read a class, and what another account of the machine is told."""

import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path
from unittest.mock import Mock

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.commands.group import class_group
from gmmlearn.grading.nbgrader import access, exchange
from gmmlearn.grading.reporting import writing

from .. import forked_command
from ..course_folder import ROOT
from ..two_accounts import ACCOUNTS, GROUP, run_as, why_not


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_class_is_its_owners_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        found = modes(making.create(tmp_path / "c", chapters=range(4, 5)))
    finally:
        os.umask(before)
    assert {found[name] for name in (".", "source", "source/gmm", "source/gmm/gmmlearn")} == {0o700}
    assert {found[name] for name in (".secret", "nbgrader_config.py", "source/gmm/04_e_step.ipynb")} == {0o600}


def test_what_was_collected_loses_the_modes_that_it_came_with(tmp_path):
    tmp_path.chmod(0o700)
    package = tmp_path / "submitted" / "ada" / "gmm" / "gmmlearn"
    package.mkdir(parents=True)
    (package / "em.py").write_text("")
    outside = tmp_path / "outside"
    outside.write_text("")
    outside.chmod(0o644)
    (package / "link").symlink_to(outside)
    for path in (package, package / "em.py", package.parent):
        path.chmod(0o777)
    access.take_over(tmp_path / "submitted", tmp_path)
    found = modes(tmp_path / "submitted")
    assert found.pop("ada/gmm/gmmlearn/link") == 0o644, "a link is not followed"
    assert {mode for name, mode in found.items() if name.endswith(".py")} == {0o600}
    assert {mode for name, mode in found.items() if not name.endswith(".py")} == {0o700}


def test_sharing_and_taking_it_back(tmp_path):
    course = making.create(tmp_path / "c", chapters=range(4, 5))
    tmp_path.chmod(0o755)
    before = modes(course)
    access.share(course, access.group(os.getgid()))
    assert modes(course)[".secret"] == 0o640
    assert access.modes(course) is access.SHARED
    access.unshare(course)
    assert modes(course) == before | {"gradebook.db": 0o600}


def test_a_gradebook_that_is_made_in_a_shared_class_can_be_written_by_the_group(tmp_path):
    """By nbgrader, after `class create --group`: SQLite gives a new file's group no right to write, whatever the
    umask."""
    course = making.create(tmp_path / "c", chapters=range(4, 5), group=access.group(os.getgid()))
    before = os.umask(0o077)
    try:
        access.set_umask(course)
        with sqlite3.connect(course / "gradebook.db") as database:
            database.execute("create table student (id text)")
    finally:
        os.umask(before)
    assert modes(course)["gradebook.db"] == access.SHARED.file


def test_a_shared_class_that_was_killed_while_it_was_made_is_made_anew(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(making, "_write_assignment", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            making.create(tmp_path / "c", chapters=range(4, 5), group=access.group(os.getgid()))
    making.create(tmp_path / "c", chapters=range(4, 5), group=access.group(os.getgid()))
    assert (tmp_path / "c" / "source" / "gmm").is_dir()


ARGUMENTS = {"collect": ["."], "explain": ["ada", "assign"], "forget": ["ada"], "share": ["games"],
             "add": ["--name", "part2"]}  # fmt: skip


@pytest.mark.parametrize("command", sorted(set(class_group.commands) - {"create", "demo", "teach"}))
def test_every_command_names_the_owner_of_a_class_that_may_not_be_read(small_class, monkeypatch, command):
    monkeypatch.setattr(os, "access", lambda path, mode: not Path(path).resolve().is_relative_to(small_class))
    monkeypatch.chdir(small_class.parent)
    before = os.umask(0o022)  # which a command sets
    try:
        with pytest.raises(UsageError, match=r"cannot be read by you .* it belongs to "):
            class_group([command, "class", *ARGUMENTS.get(command, [])], standalone_mode=False)
    finally:
        os.umask(before)


def test_only_its_owner_shares_a_class_or_closes_it(tmp_path, monkeypatch):
    """Files of anybody else would be closed to the owner, who could not open them again."""
    course = making.create(tmp_path / "c", chapters=range(4, 5))
    before = modes(course)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    for change in (access.unshare, lambda course: access.share(course, access.group(os.getgid()))):
        with pytest.raises(UsageError, match=r"belongs to root: ask root to run `gmmlearn class (un)?share"):
            change(course)
    assert modes(course) == before


def test_a_report_in_a_shared_class_is_open_to_the_group(small_class):
    access.share(small_class, access.group(os.getgid()))
    before = os.umask(0o007)  # as the command sets it
    try:
        writing.write(Assignment.find(small_class))
    finally:
        os.umask(before)
    reports = modes(small_class / "reports")
    assert {mode for name, mode in reports.items() if "." in name[1:]} == {0o660}
    assert {mode for name, mode in reports.items() if "." not in name[1:]} == {0o2770}


def test_the_exchange_is_open_to_the_group_of_a_class_and_closed_with_it(tmp_path):
    """Where the class was released before, nbgrader has made the folders of its owner's."""
    course = making.create(tmp_path / "c", chapters=range(4, 5), exchange=str(tmp_path / "exchange"))
    here = tmp_path / "exchange" / "c"
    (here / "outbound" / "gmm").mkdir(parents=True)
    (here / "outbound" / "gmm" / "a.ipynb").write_text("")
    (here / "inbound").mkdir()
    assert exchange.follow(course) == []
    private = modes(here)
    assert private == {
        ".": 0o755,
        "outbound": 0o755,
        "outbound/gmm": 0o755,
        "outbound/gmm/a.ipynb": 0o644,
        "inbound": 0o2733,
    }
    access.share(course, GROUP)
    assert exchange.follow(course) == []
    assert {path.group() for path in (here, *here.rglob("*"))} == {GROUP}
    assert modes(here) == {
        ".": 0o2775, "outbound": 0o2775, "outbound/gmm": 0o2775, "outbound/gmm/a.ipynb": 0o664, "inbound": 0o2773,
        "feedback": 0o2771,
    }  # fmt: skip
    access.unshare(course)
    exchange.follow(course)
    assert modes(here) == private | {"feedback": 0o711}


def test_a_group_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="no group 'nobody-has-this'"):
        making.create(tmp_path / "c", chapters=range(4, 5), group="nobody-has-this")
    assert not (tmp_path / "c").exists()


@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_a_second_instructor_is_told_whose_the_class_is_and_grades_it_once_it_is_shared():
    owner, second = ACCOUNTS
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        course = making.create(place / "c", chapters=range(4, 5))
        forked_command.run("nbgrader", "generate_assignment", "gmm", cwd=course, environment=os.environ, umask=0o077)
        submitted = course / "submitted" / "ada" / "gmm"
        shutil.copytree(course / "release" / "gmm", submitted)
        shutil.copy(ROOT / "solutions" / "e_step.py", submitted / "gmmlearn")
        access.take_over(course / "submitted", course)
        for path in (course, *course.rglob("*")):
            shutil.chown(path, owner)

        said = run_as(second, "gmmlearn", "class", "table", "c", cwd=place, code=2)
        assert f"it belongs to {owner}. Ask {owner} to run `gmmlearn class share {course} GROUP`" in said

        run_as(owner, "gmmlearn", "class", "share", "c", GROUP, cwd=place)
        assert "1 handed in: 1 graded now, 0 unchanged, 0 unread, 0 not graded." in run_as(
            second, "gmmlearn", "class", "grade", "c", cwd=place
        )
        verdict = course / "verdicts" / "gmm" / "ada.json"
        assert (verdict.owner(), verdict.group(), (course / "gradebook.db").group()) == (second, GROUP, GROUP)

        shutil.copy(ROOT / "gmmlearn" / "e_step.py", submitted / "gmmlearn")
        assert "1 handed in: 1 graded now, 0 unchanged, 0 unread, 0 not graded." in run_as(
            owner, "gmmlearn", "class", "grade", "c", cwd=place
        )
        assert verdict.owner() == owner
        assert stat.S_IMODE(verdict.stat().st_mode) == 0o660
