"""The notebook that is graded in the place of a student's, and the number that nbgrader reads in it."""

import copy
import json
import math

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from gmmlearn.calls import Status
from gmmlearn.contract import CHAPTERS, EXERCISES, notebook_of
from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.judge.submission import Submission
from gmmlearn.grading.judge.verdict import ExerciseVerdict, Verdict
from gmmlearn.grading.nbgrader import comments, source
from gmmlearn.grading.nbgrader.plugin import fill, restored

from ..course_folder import ROOT, score_in


def graded(name: str, points: float = 8.0) -> nbformat.NotebookNode:
    mark = {"grade": True, "grade_id": name, "locked": True, "points": points, "schema_version": 3,
            "solution": False, "task": False, "cell_type": "code"}  # fmt: skip
    return new_code_cell(f'check("{name}")', metadata={"nbgrader": mark})


def question(name: str) -> nbformat.NotebookNode:
    """A cell of the instructor's own whose answer a person reads."""
    cell = new_markdown_cell("YOUR ANSWER HERE", metadata=graded(name).metadata)
    cell.metadata.nbgrader.update(solution=True, locked=False, cell_type="markdown")
    return cell


NOTHING = Submission({})
OURS = [new_markdown_cell("# Text"), graded("first"), new_markdown_cell("More"), graded("second"), question("why")]


def sources(cells: list) -> list[str]:
    return [f"{cell.cell_type}: {cell.source}" for cell in cells]


def test_a_notebook_as_it_was_given_comes_back_as_it_is():
    assert sources(restored(OURS, OURS)) == sources(OURS)


def test_a_missing_cell_stands_where_it_was_due():
    for gone in (1, 3, 4):
        result = restored([cell for cell in OURS if cell is not OURS[gone]], OURS)
        names = [cell.metadata.nbgrader.grade_id for cell in result if "nbgrader" in cell.metadata]
        assert names == ["first", "second", "why"]
    assert [cell.metadata.nbgrader.grade_id for cell in restored([], OURS) if "nbgrader" in cell.metadata] == names


def test_a_cell_for_a_comment_is_behind_its_exercise_once_and_holds_nothing_of_a_student():
    exercises = [graded("responsibilities"), new_markdown_cell("More"), graded("assign")]
    ours = comments.add_cells(exercises)
    forged = copy.deepcopy(ours[1])
    forged.source = "print('forged')"
    for handed_in in (exercises, [forged, *reversed(exercises)], []):
        result = restored(handed_in, ours)
        names = [cell.metadata.nbgrader.grade_id for cell in result if "nbgrader" in cell.metadata]
        for exercise in ("responsibilities", "assign"):
            assert names[names.index(exercise) + 1] == f"comment-{exercise}"
        assert len(names) == 4
        assert not any("forged" in cell.source for cell in result if "nbgrader" in cell.metadata)


def test_an_answer_is_kept_and_shown_as_it_was_typed():
    answer = question("why")
    answer.source = "```\n<script>alert(1)</script> [x](javascript:y)"
    cell = restored([answer], OURS)[-1]
    assert cell.metadata.nbgrader == question("why").metadata.nbgrader
    assert cell.source == f"````text\n{answer.source}\n````"


def verdict_of(name: str, points: float, status: Status = Status.PASSED) -> Verdict:
    return Verdict({name: ExerciseVerdict(status, points, 6, "<b>said</b>")}, sandbox=True, seed=0, submission="")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("points", "due"), [(6, 8), (3, 4), (0, 0), (99, 8), (-1, 0), (math.nan, 0), (math.inf, 8)])
def test_a_cell_gets_one_finite_number_between_0_and_its_points(status, points, due):
    """nbgrader takes what it cannot read as a number, and what is negative, for full marks."""
    cell = graded("assign")
    fill(cell, verdict_of("assign", points, status), NOTHING)
    assert score_in(cell) == due
    assert "<b>" not in json.dumps(cell.outputs)


def test_a_graded_cell_that_nobody_can_judge_is_a_fault_and_no_full_marks():
    with pytest.raises(GmmlearnError, match="not an exercise of this class"):
        fill(graded("of_my_own"), verdict_of("assign", 6), NOTHING)


def test_a_question_of_the_instructors_own_is_left_to_the_instructor():
    cell = question("why")
    fill(cell, verdict_of("assign", 6), NOTHING)
    assert "outputs" not in cell


def test_every_notebook_of_the_course_has_its_exercises_and_no_other_graded_cell():
    names = {notebook_of(module): module for module in CHAPTERS}
    assert source.graded(ROOT / "course") == sorted(names)
    for name, module in names.items():
        marks = [cell.metadata.nbgrader for cell in source.notebook(ROOT / "course" / name).cells
                 if "nbgrader" in cell.metadata]  # fmt: skip
        due = [(exercise.name, exercise.points) for exercise in EXERCISES.values() if exercise.module == module]
        assert [(mark.grade_id, mark.points) for mark in marks if mark.grade] == due
