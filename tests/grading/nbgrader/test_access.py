"""Who can read a class, and what another account of the machine is told."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import making
from gmmlearn.grading.nbgrader import access

from ..course_folder import ROOT
from ..two_accounts import ACCOUNTS, GROUP, run_as, why_not


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_class_is_its_owners_whatever_the_umask(tmp_path, umask):
    code = f"import pathlib; from gmmlearn.grading.classroom import making; making.create(pathlib.Path({str(tmp_path / 'c')!r}), chapters=range(4, 5))"
    subprocess.run([sys.executable, "-c", code], check=True, umask=umask)
    found = modes(tmp_path / "c")
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
        place.chmod(0o1777)
        course = place / "c"
        run_as(owner, "gmmlearn", "class", "create", "c", "--chapters", "4", cwd=place)
        run_as(owner, "nbgrader", "generate_assignment", "gmm", cwd=course)
        for student in ("ada", "bob"):
            submitted = course / "submitted" / student / "gmm"
            shutil.copytree(course / "release" / "gmm", submitted)
            shutil.copy(ROOT / "solutions" / "e_step.py", submitted / "gmmlearn")
        for path in (course / "submitted", *(course / "submitted").rglob("*")):
            shutil.chown(path, owner)
        access.take_over(course / "submitted", course)

        said = run_as(second, "gmmlearn", "class", "table", "c", cwd=place, code=2)
        assert f"it belongs to {owner}. Ask {owner} to run `gmmlearn class share {course} GROUP`" in said

        run_as(owner, "gmmlearn", "class", "grade", "c", "--student", "ada", cwd=place)
        run_as(owner, "gmmlearn", "class", "share", "c", GROUP, cwd=place)
        assert "2 handed in: 1 graded, 1 unchanged" in run_as(second, "gmmlearn", "class", "grade", "c", cwd=place)
        assert (course / "verdicts" / "gmm" / "bob.json").owner() == second
        assert (course / "gradebook.db").group() == (course / "verdicts" / "gmm" / "bob.json").group() == GROUP
        assert "1 handed in: 1 graded" in run_as(
            owner, "gmmlearn", "class", "grade", "c", "--student", "bob", cwd=place
        ).replace("0 graded, 1 unchanged", "1 graded")
        said = run_as(second, "gmmlearn", "class", "table", "c", cwd=place, code=2, group="mail")
        assert "cannot be read by you" in said
