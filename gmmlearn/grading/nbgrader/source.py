"""The assignments of a class and their notebooks as the course has them, in `source/`."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from ...contract import EXERCISES, TESTS_FILE


def notebook(path: Path) -> Any:
    """The notebook in a file, read again only when the file has changed; others hold it too, so do not change it."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Any:
    return nbformat.read(path, as_version=4)


def unchecked(text: str) -> Any:
    """A notebook in nbformat's present version, without nbformat's check, which takes most of the time."""
    return nbformat.convert(nbformat.reader.reads(text), to_version=4)


def graded(folder: Path) -> list[str]:
    """Names of the notebooks with graded cells; others, like the explorations, need no grading."""
    paths = sorted(folder.glob("*.ipynb"))
    marks = {path.name: [cell.metadata.get("nbgrader", {}) for cell in notebook(path).cells] for path in paths}
    return [name for name, found in marks.items() if any(mark.get("grade") for mark in found)]


def assignments(course: Path) -> list[str]:
    """Names of the assignments of a class."""
    return sorted(path.name for path in (course / "source").glob("*") if (path / "gmmlearn").is_dir())


def mark(name: str, *, grade: bool, solution: bool, cell_type: str = "code") -> dict[str, Any]:
    """nbgrader's metadata of a cell that is worth nothing."""
    return {
        "cell_type": cell_type, "grade": grade, "grade_id": name, "locked": not solution, "points": 0,
        "schema_version": 3, "solution": solution, "task": False,
    }  # fmt: skip


def grade_id(cell: Any) -> str | None:
    """The name by which nbgrader knows a cell; None without one. A student may have written anything there."""
    found = cell.metadata.get("nbgrader")
    name = found.get("grade_id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def points(folder: Path) -> dict[str, float]:
    """Exercise -> what it is worth in an assignment, in the order of the course."""
    found = {}
    for path in folder.glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:  # nbformat takes ten times as long
            mark = cell["metadata"].get("nbgrader", {})
            if mark.get("grade_id") in EXERCISES:
                found[mark["grade_id"]] = float(mark["points"])
    return {name: found[name] for name in EXERCISES if name in found}


def students_files(course: Path) -> dict[str, list[str]]:
    """Assignment -> the files of a submission that are the student's; all others are put back from `source/`."""
    found = {}
    for name in assignments(course):
        folder = course / "source" / name
        files = [EXERCISES[exercise].file for exercise in points(folder)]
        found[name] = list(dict.fromkeys([*files, *([TESTS_FILE] if (folder / TESTS_FILE).exists() else [])]))
    return found
