"""The notebooks of an assignment as the course has them, in `source/` of a class."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import is_grade


def notebook(path: Path) -> Any:
    """The notebook in a file, read again only when the file has changed; others hold it too, so do not change it."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Any:
    return nbformat.read(path, as_version=4)


def graded(folder: Path) -> list[str]:
    """Names of the notebooks with graded cells; others, like the explorations, need no grading."""
    paths = sorted(folder.glob("*.ipynb"))
    return [path.name for path in paths if any(is_grade(cell) for cell in notebook(path).cells)]
