"""Who can read a class, and what another account of the machine is told."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import making
from gmmlearn.grading.nbgrader import access

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
    assert modes(course) == before


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
