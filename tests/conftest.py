"""A student's folder and the command line, for the tests of commands."""

import shutil
import sys
from pathlib import Path

import pytest

import gmmlearn
from gmmlearn import cli
from gmmlearn.contract import CHAPTERS, notebook_of

ROOT = Path(gmmlearn.__file__).parents[1]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A student's folder with the solutions in its files, as the working directory."""
    (tmp_path / "gmmlearn").mkdir()
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", tmp_path / "gmmlearn")
        (tmp_path / notebook_of(chapter)).write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line in this process; gives exit status, stdout and stderr."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["gmmlearn", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


def spoil(folder, chapter="e_step", old="np.argmax", new="np.argmin"):
    path = folder / "gmmlearn" / f"{chapter}.py"
    path.write_text(path.read_text().replace(old, new))
