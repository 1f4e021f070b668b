"""The project of chapter 8 in a class: a cell with points that a person gives by a rubric, and the judge's rerun."""

import copy
import hashlib
import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from ... import __version__
from ...checks.reporting.drawing import visible
from ...contract import PROJECT_NOTEBOOK
from ...errors import GmmlearnError
from ..judge import digests
from ..judge.project import Rerun, rerun
from . import source, store

GRADE_ID = "project"
POINTS = 24
"""Beside the 100 of the exercises, before all are scaled to 100: four for each line of the rubric."""
_RUBRIC, _SUMMARY = "rubric", "report-summary"
"""Ids of cells of the course's notebook."""
_ANSWER = "<!-- BEGIN SOLUTION -->\n<!-- END SOLUTION -->"
"""So that nbgrader replaces these lines, and not the heading and the question with them."""


def marked(cells: list[Any], points: float) -> list[Any]:
    """The cells of the course's notebook, with the summary as the cell that is graded and the rubric kept before it.

    Parameters
    ----------
    cells : list of NotebookNode
    points : float
        What the project is worth in a class.
    """
    cells = copy.deepcopy(cells)
    for cell in cells:
        if cell.id == _RUBRIC:
            cell.metadata["nbgrader"] = source.mark("project-rubric", grade=False, solution=False, cell_type="markdown")
        elif cell.id == _SUMMARY:
            heading, _, rest = cell.source.partition("\n")
            cell.source = f"{heading} ({points:g} points for the whole report)\n{rest}\n\n{_ANSWER}"
            cell.metadata["nbgrader"] = source.mark(GRADE_ID, grade=True, solution=True, cell_type="markdown")
            cell.metadata["nbgrader"]["points"] = points
    return cells


def points(folder: Path) -> dict[str, float]:
    """What the project is worth in an assignment; nothing where it has none."""
    path = folder / PROJECT_NOTEBOOK
    cells = source.notebook(path).cells if path.exists() else []
    found = next((cell for cell in cells if source.grade_id(cell) == GRADE_ID), None)
    return {} if found is None else {GRADE_ID: float(found.metadata.nbgrader.points)}


def put_rerun(cells: list[Any], handed_in: Path) -> None:
    """Put what the rerun of the declared model says before the graded cell of a project; nothing into other notebooks.

    The result is kept beside the verdict, and made again only for another notebook or with other versions.

    Parameters
    ----------
    cells : list of NotebookNode
        Of a notebook that is graded, changed in place.
    handed_in : Path
        `submitted/STUDENT/ASSIGNMENT` of a class.
    """
    place = next((at for at, cell in enumerate(cells) if source.grade_id(cell) == GRADE_ID), None)
    if place is None:
        return
    try:
        html = _kept(handed_in, (handed_in / PROJECT_NOTEBOOK).read_bytes()).html
    except GmmlearnError as error:  # whoever grades reads that, and grades
        html = f"<p>{escape(visible(str(error)))}</p>"
    outputs = [new_output("display_data", {"text/html": html})]
    shown = NotebookNode(
        cell_type="code", id="rerun", metadata=NotebookNode(), source="# The declared model, fitted again",
        outputs=outputs, execution_count=None,
    )  # fmt: skip
    cells.insert(place, shown)


def known(course: Path, assignment: str, student: str) -> Rerun | None:
    """What came of the last rerun of a student's declared model; None where there was none."""
    return _read(_path(course, assignment, student))[1]


def _path(course: Path, assignment: str, student: str) -> Path:
    return store.verdict_file(course, assignment, student).with_suffix(".rerun")


def _read(path: Path) -> tuple[str, Rerun | None]:
    """Digest of what was rerun, and what came of it."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return data["digest"], Rerun.from_json(data["rerun"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", None


def _kept(handed_in: Path, notebook: bytes) -> Rerun:
    path = _path(handed_in.parents[2], handed_in.name, handed_in.parent.name)
    digest = hashlib.sha256(notebook + repr((__version__, digests.libraries())).encode()).hexdigest()
    before, found = _read(path)
    if found is not None and before == digest:
        return found
    found = rerun(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"digest": digest, "rerun": asdict(found)}), "utf-8")
    return found
