"""A student's folder for the tests: the notebooks' folder with the solutions on its desks."""

import shutil
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS

ROOT = Path(__file__).parents[2]


class Folder:
    """A student's folder whose desks hold the solutions at first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.desks = root / "gmmlearn"
        self.desks.mkdir()
        for chapter in CHAPTERS:
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", self.desks)

    def change(self, chapter: str, old: str, new: str) -> None:
        """Replace a piece of a desk that is there."""
        path = self.desks / f"{chapter}.py"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def unwrite(self, chapter: str) -> None:
        """Put the stubs of a chapter back."""
        shutil.copy(ROOT / "gmmlearn" / f"{chapter}.py", self.desks)


@pytest.fixture
def student(tmp_path, monkeypatch):
    """The folder, as the working directory."""
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)
