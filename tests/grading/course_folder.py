"""A class in a folder for tests, and the real command lines that work on it."""

import copy
import csv
import os
import shutil
from pathlib import Path

import nbformat

from gmmlearn.contract import CHAPTERS

from . import forked_command

ROOT = Path(__file__).parents[2]


class Class:
    """A class of some chapters in `folder`, made by `gmmlearn class create`; students are folders beside it."""

    def __init__(self, folder: Path, chapters: str, *options: str) -> None:
        self.folder = folder / "course101"
        self.exchange = folder / "exchange"
        own = {f"JUPYTER_{kind}_DIR": str(folder / "jupyter") for kind in ("CONFIG", "DATA")}
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self.environment = os.environ | own | one_thread | {"PATH": "/usr/bin:/bin"}
        self.run("gmmlearn", "class", "create", str(self.folder), "--chapters", chapters,
                 "--exchange", str(self.exchange), *options, cwd=folder)  # fmt: skip
        self.run("nbgrader", "generate_assignment", "gmm")
        self.release = self.folder / "release" / "gmm"

    def copied(self, folder: Path) -> "Class":
        """The same class in another folder, with the same exchange."""
        other = copy.copy(self)
        other.folder = shutil.copytree(self.folder, folder / self.folder.name)
        other.release = other.folder / "release" / "gmm"
        return other

    def run(self, *command: str, cwd: Path | None = None, code: int = 0) -> str:
        """Run a command line as a person would, hold its exit code, and give back all that it said."""
        status, said = forked_command.run(*command, cwd=cwd or self.folder, environment=self.environment)
        assert status == code, f"{' '.join(command)} ended with {status}:\n{said[-3000:]}"
        return said

    def student(self, student: str) -> Path:
        """A student's folder, where nbgrader's student commands work."""
        folder = self.folder.parent / "students" / student
        folder.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.course_id = 'course101'\nc.Exchange.root = {str(self.exchange)!r}\n"
            f"c.CourseDirectory.student_id = {student!r}\n"
        )
        return folder

    def copy(self, to: Path, *solved: str) -> Path:
        """A copy of the released folder, with these chapters solved."""
        shutil.copytree(self.release, to)
        for chapter in solved:
            assert chapter in CHAPTERS
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", to / "gmmlearn")
        return to

    def hand_in(self, student: str, *solved: str) -> Path:
        """The folder `submitted/STUDENT/gmm`, as if collected."""
        return self.copy(self.folder / "submitted" / student / "gmm", *solved)

    def scores(self) -> dict[str, float | None]:
        """Student -> score, from nbgrader's export; None where the cell is empty."""
        self.run("nbgrader", "export", "--to", "grades.csv")
        with open(self.folder / "grades.csv") as file:
            return {row["student_id"]: float(row["score"]) if row["score"] else None for row in csv.DictReader(file)}

    def autograded(self, student: str, notebook: str) -> nbformat.NotebookNode:
        """A notebook with its verdicts."""
        return nbformat.read(self.folder / "autograded" / student / "gmm" / notebook, as_version=4)


def graded_cells(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """Exercise -> its cell."""
    marked = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert len({cell.metadata.nbgrader.grade_id for cell in marked}) == len(marked)
    return {cell.metadata.nbgrader.grade_id: cell for cell in marked}


def score_in(cell: nbformat.NotebookNode) -> float:
    """The one number that nbgrader reads from a graded cell, as it was written there."""
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    others = {output.output_type for output in cell.outputs} - {"execute_result", "display_data"}
    assert len(results) == 1
    assert not others
    score = float(results[0].data["text/plain"])
    assert 0 <= score <= cell.metadata.nbgrader.points
    return score
