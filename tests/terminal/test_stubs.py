"""Where `gmmlearn reset` finds the stubs: in a student's copy, else in git, else nowhere."""

import shutil
import subprocess

import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.errors import UsageError
from gmmlearn.manifest import PACKAGE
from gmmlearn.terminal import stubs


@pytest.fixture
def package(tmp_path):
    """The chapters of a copy, with the folder that the stubs are kept in."""
    folder = tmp_path / "gmmlearn"
    (folder / "terminal").mkdir(parents=True)
    for chapter in CHAPTERS:
        shutil.copy(PACKAGE / f"{chapter}.py", folder)
    return folder


def texts(package):
    return {chapter: (package / f"{chapter}.py").read_text(encoding="utf-8") for chapter in CHAPTERS}


def spoil(package):
    for chapter in CHAPTERS:
        (package / f"{chapter}.py").write_text("spoilt = True\n")


def test_a_copy_keeps_the_chapters_as_they_were_handed_out(package):
    before = texts(package)
    stubs.write(package)
    spoil(package)
    assert stubs.stubs(package) == before


def test_in_a_clone_git_has_them(package):
    before = texts(package)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "stubs"]):
        subprocess.run([*git, *command], cwd=package.parent, check=True)
    spoil(package)
    assert stubs.stubs(package) == before


@pytest.mark.parametrize("path", ["/usr/bin:/bin", "/nowhere"])
def test_without_either_it_is_said_in_a_sentence(package, monkeypatch, path):
    monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(package.parents[1]))
    with pytest.raises(UsageError, match="no copy of the stubs"):
        stubs.stubs(package)
