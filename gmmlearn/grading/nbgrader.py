"""The plug-in for nbgrader: one judged verdict in the place of running a student's notebooks.

nbgrader is told of it in `nbgrader_config.py`, see `classroom.py`. `Judge` stands where `Execute` would stand, and
writes into each graded cell the one number that nbgrader reads (its points) and the panel that explains it.
"""

import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool, List, Unicode

from gmmlearn.contract import EXERCISES
from gmmlearn.grading import verdicts
from gmmlearn.grading.report import panel
from gmmlearn.grading.verdict import Verdict


class Judge(NbGraderPreprocessor):
    """Scores the graded cells of a submitted notebook from the verdict on the submission's package.

    nbgrader calls `preprocess` once per notebook; the verdict is judged at the first and read from its file at the
    others. A fault of ours is raised: nbgrader then gives up this submission and keeps the scores it had.
    """

    exercises = List(Unicode(), default_value=list(EXERCISES), help="Names of the exercises to judge.").tag(config=True)
    sandbox = Bool(True, help="Whether to run students' code in the sandbox.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's exporter in the autograding pass."""
        autograded = Path(resources["metadata"]["path"])
        course = autograded.parents[2]
        ids = resources["nbgrader"]
        submitted = course / "submitted" / ids["student"] / ids["assignment"]
        verdict = verdicts.current(
            course, ids["assignment"], ids["student"], submitted, self.exercises, sandbox=self.sandbox
        )
        for cell in nb.cells:
            if is_grade(cell):
                _fill(cell, verdict)
        source = nbformat.read(course / "source" / ids["assignment"] / f"{resources['unique_key']}.ipynb", as_version=4)
        _show_foreign_text_as_text(nb, {cell.source for cell in source.cells if cell.cell_type == "markdown"})
        _score_notebooks_not_handed_in(verdict, submitted, ids)
        return nb, resources


def _fill(cell: Any, verdict: Verdict) -> None:
    """Exactly one number in [0, points] and the panel behind it."""
    name = cell.metadata.nbgrader["grade_id"]
    exercise = verdict.exercises[name]
    points = _score(verdict, name, cell.metadata.nbgrader["points"])
    cell.outputs = [
        new_output("display_data", {"text/html": panel(name, exercise), "text/plain": f"{name}: {exercise.message}"}),
        new_output("execute_result", {"text/plain": repr(points)}, execution_count=None),
    ]


def _score(verdict: Verdict, name: str, cell_points: float) -> float:
    """What was earned, in the points that the cell has in this class."""
    return min(float(cell_points), round(float(cell_points) * verdict.exercises[name].share, 2))


def _show_foreign_text_as_text(nb: Any, known: set[str]) -> None:
    """Text cells that are not the course's are shown as they were typed: formatted, they could carry a script."""
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code" and cell.source not in known:
            nb.cells[index] = new_code_cell(cell.source, id=cell.get("id", f"foreign-{index}"))


def _score_notebooks_not_handed_in(verdict: Verdict, submitted: Path, ids: dict[str, str]) -> None:
    """nbgrader gives a missing notebook no points; the functions were handed in all the same."""
    with Gradebook(ids["db_url"]) as gradebook:
        for notebook in gradebook.find_assignment(ids["assignment"]).notebooks:
            if (submitted / f"{notebook.name}.ipynb").exists():
                continue
            for grade in gradebook.find_submission_notebook(notebook.name, ids["assignment"], ids["student"]).grades:
                if grade.cell.name in verdict.exercises:
                    grade.auto_score = _score(verdict, grade.cell.name, grade.cell.max_score)
                    grade.needs_manual_grade = False
        gradebook.db.commit()


def set_aside(assignment: str, student: str, notebooks: list[str]) -> None:
    """Before nbgrader copies a submission: move what it must not follow or cannot copy into `set_aside/`.

    nbgrader calls it (`pre_convert_hook`) with the paths of a student's notebooks, and copies with the rights of the
    instructor: a link in a submission would be followed, an unreadable file would end the submission. The judge has
    read the list of what was moved, so that its sentence can name it.
    """
    for folder in {Path(path).parent for path in notebooks}:
        course = folder.parents[2]
        if folder.parents[1].name != "submitted":
            continue
        moved = {}
        for path in list(_unsafe(folder)):
            name = path.relative_to(folder)
            target = course / "set_aside" / folder.parent.name / folder.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() or target.is_symlink():
                shutil.rmtree(target) if target.is_dir() and not target.is_symlink() else target.unlink()
            path.rename(target)
            moved[str(name)] = _why(target)
        if moved:
            record = verdicts.set_aside_file(course, folder.name, folder.parent.name)
            record.parent.mkdir(parents=True, exist_ok=True)
            known = json.loads(record.read_text()) if record.exists() else {}
            record.write_text(json.dumps(known | moved, indent=1))


def _unsafe(folder: Path) -> Iterator[Path]:
    """Links, files that are no ordinary files or cannot be read, and folders named like a module."""
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(root, name)
            mode = path.lstat().st_mode
            readable = os.access(path, os.R_OK | (os.X_OK if stat.S_ISDIR(mode) else 0))
            ordinary = stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not name.endswith(".py"))
            if not ordinary or not readable:
                yield path
                if name in folders:
                    folders.remove(name)


def _why(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "is a symbolic link; hand in the file itself."
    if stat.S_ISDIR(mode) and path.suffix == ".py":
        return "is a folder; it should be a file."
    return "cannot be read; hand it in again." if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "is no ordinary file."
