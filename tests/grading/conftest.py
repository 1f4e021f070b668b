"""Submissions for the tests of the bench."""

import shutil
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS

ROOT = Path(__file__).parents[2]
collect_ignore = ["right_answers"]  # submissions, not modules of ours


@pytest.fixture
def handed_in(tmp_path):
    """A function that makes a submission: the solutions, with the given chapters in their place."""

    def make(name: str = "submission", *, solved: bool = True, **chapters: str | bytes) -> Path:
        package = tmp_path / name / "gmmlearn"
        package.mkdir(parents=True)
        for chapter in CHAPTERS:
            if solved:
                shutil.copy(ROOT / "solutions" / f"{chapter}.py", package)
        for chapter, text in chapters.items():
            (package / f"{chapter}.py").write_bytes(text if isinstance(text, bytes) else text.encode())
        return package.parent

    return make
