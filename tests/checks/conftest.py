"""A student's folder for the tests: the notebooks' folder with the solutions in its files."""

import shutil
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS

ROOT = Path(__file__).parents[2]


class Folder:
    """A student's folder whose files are the solutions at first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.package = root / "gmmlearn"
        self.package.mkdir()
        for chapter in CHAPTERS:
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", self.package)

    def change(self, chapter: str, old: str, new: str) -> None:
        """Replace a piece of a file that is there."""
        path = self.package / f"{chapter}.py"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def unwrite(self, chapter: str) -> None:
        """Put the stubs of a chapter back."""
        shutil.copy(ROOT / "gmmlearn" / f"{chapter}.py", self.package)


@pytest.fixture
def student(tmp_path, monkeypatch):
    """The folder, as the working directory."""
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)
