"""Writes the notebooks of an assignment: those of the course, with the points that they have in the class."""

import re
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import nbformat

from ... import glossary, private
from ...contract import BONUS, CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, notebook_of, number_of
from ...terminal import student_copy
from ..nbgrader import comments, project

_HEADING = re.compile(r"(?P<before>^#+ Exercise [\d.]+: `(?P<name>\w+)` \()\d+ points?", re.M)
_CHAPTER = re.compile(r"exercises worth (\d+) points")
"""In what a chapter says of itself."""
_BONUS = {
    "This chapter is a **bonus**: the 100 points of the course are in chapters 1 to 7.":
        "The exercises of this chapter count like those of all others.",
    " They are bonus points.": "",
}  # fmt: skip
"""What is true of the course and not of a class that has the bonus chapter -> what is true there."""


def write(folder: Path, chapters: Sequence[int], points: dict[str, int]) -> None:
    """Write the notebooks of these chapters, with points that sum to 100, the explorations and the glossary.

    Parameters
    ----------
    folder : Path
        The source of an assignment.
    chapters : sequence of int
    points : dict of str to int
        Exercise, or the project -> what it is worth in the course.
    """
    scaled = _scaled_to_100(points)
    for module in CHAPTERS:
        if number_of(module) in chapters:
            name = notebook_of(module)
            notebook = nbformat.read(private.ROOT / "course" / name, as_version=4)
            worth = sum(scaled[one.name] for one in EXERCISES.values() if one.module == module)
            for cell in notebook.cells:
                if "nbgrader" in cell.metadata:
                    cell.metadata.nbgrader.points = scaled[cell.metadata.nbgrader.grade_id]
                elif cell.cell_type == "markdown":
                    text = _HEADING.sub(partial(_heading, scaled), cell.source)
                    text = _CHAPTER.sub(partial(_chapter, worth), text)
                    for course, here in _BONUS.items():
                        text = text.replace(course, here)
                    cell.source = student_copy.link(text)
            notebook.cells = comments.add_cells(notebook.cells)
            nbformat.write(notebook, folder / name)
    if project.GRADE_ID in scaled:
        notebook = nbformat.read(private.ROOT / "course" / PROJECT_NOTEBOOK, as_version=4)
        notebook.cells = project.marked(notebook.cells, scaled[project.GRADE_ID])
        nbformat.write(notebook, folder / PROJECT_NOTEBOOK)
    shutil.copy(private.ROOT / "course" / "explorations.ipynb", folder)
    left_out = {module for module, number in BONUS.items() if number not in chapters}
    (folder / glossary.NOTEBOOK).write_text(glossary.notebook(CHAPTERS.keys() - left_out), encoding="utf-8")


def _heading(scaled: dict[str, float], found: re.Match[str]) -> str:
    """The heading of an exercise with the points that it has in this class.

    >>> _HEADING.sub(partial(_heading, {"assign": 9.38}), "### Exercise 4.2: `assign` (3 points, about 1 line)")
    '### Exercise 4.2: `assign` (9.38 points, about 1 line)'
    """
    worth = scaled[found["name"]]
    return f"{found['before']}{worth:g} point{'' if worth == 1 else 's'}"


def _chapter(worth: float, found: re.Match[str]) -> str:
    """What a chapter says of its points, and that what a student is shown by `check` is in others.

    >>> _CHAPTER.sub(partial(_chapter, 6.25), "35 for two exercises worth 9 points.")
    '35 for two exercises worth 6.25 points here (`check` and `progress` show those of the whole course, 9).'
    """
    others = f" here (`check` and `progress` show those of the whole course, {found[1]})"
    return f"exercises worth {worth:g} points{others if f'{worth:g}' != found[1] else ''}"


def _scaled_to_100(points: dict[str, int]) -> dict[str, float]:
    """Points nearly in proportion, in quarters, so that nbgrader's sums of floats come to exactly 100.

    >>> _scaled_to_100({"a": 1, "b": 2})
    {'a': 33.25, 'b': 66.75}
    """
    total, given, sofar = sum(points.values()), 0.0, 0
    scaled = {}
    for name, own in points.items():
        sofar += own
        scaled[name] = round(400 * sofar / total) / 4 - given
        given += scaled[name]
    return scaled
