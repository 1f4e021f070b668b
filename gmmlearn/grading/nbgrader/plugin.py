"""The plug-in for nbgrader: one judged verdict in the place of running a student's notebooks.

A class tells nbgrader of it in its `nbgrader_config.py`. `Restore` is first in the pass that nbgrader calls
sanitizing. `Judge` takes the place of `Execute`, and writes into each graded cell the one number that
nbgrader reads (its points), the function that was judged and the panel that explains it. `SaveScores` takes the place
of `SaveAutoGrades` and saves comments too; `Remove` and `Feedback` are for the notebooks that go out and come back.
"""

import copy
import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Float, Integer

from ...errors import GmmlearnError
from ..judge.function_source import function_panel
from ..judge.sandbox import Limits
from ..judge.submission import Submission
from ..judge.verdict import Verdict
from ..judge.verdict_report import by_hand, panel
from . import comments, hunts, project, source, store
from .handed_in import PUT_IN

_PUT_IN = "**This is the course's own notebook.** {} Your functions were judged all the same."
_ADDED = "*The next cell was missing from the notebook that was handed in.*"


class Restore(NbGraderPreprocessor):
    """Builds the notebook anew from the course's own cells; whatever else a student wrote is shown as it was typed.

    Formatted text, attachments, tags and metadata of a stranger's could carry a script into the feedback and the
    formgrader, or a mark that makes nbgrader stop for the whole class.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's exporter in the sanitizing pass."""
        course = Path(resources["metadata"]["path"]).parents[2]
        name = f"{resources['unique_key']}.ipynb"
        ours = source.notebook(course / "source" / resources["nbgrader"]["assignment"] / name)
        cells = restored(nb.cells, ours.cells)
        if PUT_IN in nb.metadata:
            reason = re.sub(r"[^\w .,;()']", "", str(nb.metadata[PUT_IN]))[:300]
            cells.insert(0, _text(_PUT_IN.format(reason)))
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"
        nb.cells, nb.metadata = cells, copy.deepcopy(ours.metadata)
        # With no other lexer does nbconvert ask a cell for its language, which is text for what is not code.
        nb.metadata.setdefault("language_info", NotebookNode())["pygments_lexer"] = "ipython3"
        return nb, resources


def restored(cells: list[Any], ours: list[Any]) -> list[Any]:
    """A student's cells in their order: graded and text cells as the course has them, all others as code.

    Parameters
    ----------
    cells : list of NotebookNode
        Of the notebook that was handed in.
    ours : list of NotebookNode
        Of the course's notebook.

    Returns
    -------
    list of NotebookNode
        With each of the course's marked cells exactly once; a missing one is put where the course has it.
    """
    marked = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in ours
        if "nbgrader" in cell.metadata and comments.exercise_of(cell) is None
    }
    texts = {cell.source for cell in ours if cell.cell_type == "markdown"}
    missing = dict(marked)
    result: list[Any] = []
    for cell in cells:
        name = source.grade_id(cell)
        if name in missing:
            result.append(_answered(missing.pop(name), cell.source))
        elif cell.cell_type == "markdown" and cell.source in texts:
            result.append(_text(cell.source))
        elif cell.source.strip():
            result.append(_as_typed(cell.source, code=cell.cell_type == "code"))
    order = list(marked)
    for name, cell in missing.items():
        before = set(order[: order.index(name)])
        at = 1 + max((place for place, other in enumerate(result) if source.grade_id(other) in before), default=-1)
        result[at:at] = [_text(_ADDED), copy.deepcopy(cell)]
    for comment in filter(comments.exercise_of, ours):  # which students never had
        exercise = comments.exercise_of(comment)
        at = 1 + next((place for place, other in enumerate(result) if source.grade_id(other) == exercise), len(result))
        result.insert(at, copy.deepcopy(comment))
    return result


def _text(source: str) -> Any:
    """A formatted cell, for words that are the course's. Made without nbformat's check, which nbgrader does later."""
    return NotebookNode(cell_type="markdown", id="", metadata=NotebookNode(), source=source)


def _as_typed(source: str, *, code: bool) -> Any:
    """A cell that shows what a student wrote, with colours if it is code."""
    metadata = {} if code else {"magics_language": "text"}
    return NotebookNode(
        cell_type="code", id="", metadata=NotebookNode(metadata), source=source, outputs=[], execution_count=None
    )


def _answered(cell: Any, text: str) -> Any:
    """A cell that nbgrader marks; where the course asks for an answer in it, with that as it was typed."""
    cell = copy.deepcopy(cell)
    if is_solution(cell) and text != cell.source:
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
        cell.source = text if cell.cell_type == "code" else f"{fence}text\n{text}\n{fence}"
    return cell


class Judge(NbGraderPreprocessor):
    """Scores the graded cells of a submitted notebook from the verdict on the submission's package.

    nbgrader calls `preprocess` once per notebook; the verdict is judged at the first and read from its file at the
    others. A fault of ours is raised: nbgrader then gives up this submission and keeps the scores it had.
    """

    sandbox = Bool(True, help="Whether to run students' code in the sandbox.").tag(config=True)
    all_cpu_seconds = Integer(60, help="Of computing for a submission as a whole.").tag(config=True)
    all_wall_seconds = Float(120.0, help="Of waiting for the results of a submission as a whole.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's exporter in the autograding pass."""
        course = Path(resources["metadata"]["path"]).parents[2]
        student, assignment = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        submitted = course / "submitted" / student / assignment
        try:
            ours = course / "source" / assignment
            exercises = tuple(source.points(ours))
            hunted = exercises if hunts.extra_points(ours) else ()
            limits = Limits(all_cpu_seconds=self.all_cpu_seconds, all_wall_seconds=self.all_wall_seconds)
            verdict = store.current(
                course, assignment, student, submitted, exercises, sandbox=self.sandbox, limits=limits, hunts=hunted
            )
            submission = store.submission_in(submitted)
            for cell in nb.cells:
                if is_grade(cell):
                    fill(cell, verdict, submission)
            comments.put_saved(nb.cells, verdict, comments.saved(course))
            project.put_rerun(nb.cells, submitted)
        except Exception as error:
            self.log.error("%s is not graded and keeps the score it had: %s", student, error)
            raise
        return nb, resources


def fill(cell: Any, verdict: Verdict, submission: Submission) -> None:
    """The function that was judged, the panel on it, and exactly one number in [0, points]."""
    if hunts.is_hunt(cell):
        hunts.fill(cell, verdict, submission)
        return
    name, worth = cell.metadata.nbgrader["grade_id"], float(cell.metadata.nbgrader["points"])
    if name not in verdict.exercises:
        if is_solution(cell):  # a question of the instructor's own, who reads the answer
            return
        raise GmmlearnError(f"The cell {name} is graded, but it is not an exercise of this class; nothing else is run.")
    exercise = verdict.exercises[name]
    points = exercise.score(worth)
    shown = [function_panel(name, submission), panel(name, exercise, points, worth, verdict.left_out)]
    cell.outputs = [new_output("display_data", {"text/html": html}) for html in shown if html]
    cell.outputs.append(new_output("execute_result", {"text/plain": repr(points)}, execution_count=None))


class SaveScores(SaveAutoGrades):
    """Saves the scores as nbgrader does, and the saved comments.

    They take the place of nbgrader's own "No response."; a comment that was written by hand is in another field.
    """

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        if hunts.is_hunt(cell):
            grade = self.gradebook.find_grade(hunts.GRADE_ID, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score = hunts.score_in(cell)
            self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Any) -> None:
        if comments.exercise_of(cell) is None:
            super()._add_comment(cell, resources)
            return
        name = cell.metadata.nbgrader.grade_id
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        comment.auto_comment = comments.saved_for(cell)
        self.gradebook.db.commit()


class Remove(NbGraderPreprocessor):
    """Takes the cells for comments out of the notebooks that students get; last when an assignment is generated."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's exporter."""
        nb.cells = [cell for cell in nb.cells if comments.exercise_of(cell) is None]
        return nb, resources


class Feedback(GetGrades):
    """Reads scores and comments from the gradebook, and says beside a verdict what a teacher has set by hand.

    The bare number that `Judge` wrote for nbgrader is left out: the score is in the heading of the cell.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's exporter."""
        nb, resources = super().preprocess(nb, resources)
        nb.cells = comments.all_shown(nb.cells)
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        say_if_not_graded(cell, grade)
        if not is_solution(cell):  # else a question, which has no verdict
            say_by_hand(cell, grade)

    def _get_comment(self, cell: NotebookNode, resources: Any) -> None:
        """As nbgrader does, but a comment that was emptied by hand is none."""
        name = cell.metadata.nbgrader.grade_id
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["comment"] = comments.text_of(comment)


def say_by_hand(cell: Any, grade: Any) -> None:
    """Say beside the verdict in a cell what the gradebook has of a teacher; the bare number for nbgrader goes."""
    most = hunts.worth_of(cell) if hunts.is_hunt(cell) else grade.max_score
    said = by_hand(grade.auto_score or 0.0, most, grade.manual_score, grade.extra_credit)
    cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
    if said:
        cell.outputs.insert(max(len(cell.outputs) - 1, 0), new_output("display_data", {"text/html": said}))


def say_if_not_graded(cell: Any, grade: Any) -> None:
    """Mark a cell that has no score yet, of the judge or by hand, for the page: nbgrader counts it as 0."""
    cell.metadata.nbgrader["not_graded"] = grade.auto_score is None and grade.manual_score is None
