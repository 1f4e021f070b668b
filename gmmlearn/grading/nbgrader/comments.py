"""Comments on exercises: a cell for each in the gradebook and in the formgrader, and comments that are used again.

nbgrader keeps a comment for each cell that asks for an answer. Such a cell, without points, is behind each graded cell
of `source/`; the notebooks that students get are without it.
"""

import tomllib
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell

from ...calls import Status
from ...contract import EXERCISES, TESTS
from ...errors import UsageError
from ..judge.verdict import ExerciseVerdict, Verdict
from . import source

FILE = "comments.toml"
_PREFIX = "comment-"
_ABOUT = (*EXERCISES, TESTS)
"""Graded cells that a comment can be on: those of exercises and that of the bug hunt."""


def add_cells(cells: list[Any]) -> list[Any]:
    """The cells of a notebook with a cell for a comment behind each exercise and the bug hunt."""
    result = []
    for cell in cells:
        result.append(cell)
        name = source.grade_id(cell)
        if name in _ABOUT:
            result.append(_cell(name))
    return result


def _cell(exercise: str) -> Any:
    # A cell of text with an answer would have to be worth points.
    mark = source.mark(f"{_PREFIX}{exercise}", grade=False, solution=True)
    return new_code_cell(f"# Comment on {exercise}, for the student", metadata={"nbgrader": mark})


def exercise_of(cell: Any) -> str | None:
    """The exercise, or the bug hunt, that a cell is for the comment on; None for all other cells.

    >>> exercise_of(_cell("assign")), exercise_of(new_markdown_cell("text"))
    ('assign', None)
    """
    name = source.grade_id(cell) or ""
    exercise = name.removeprefix(_PREFIX)
    return exercise if name.startswith(_PREFIX) and exercise in _ABOUT else None


def saved(course: Path) -> dict[str, str]:
    """The comments of a class that are used again: known mistake or exercise -> text.

    Raises
    ------
    UsageError
        When `comments.toml` cannot be read, or holds anything else.
    """
    path = course / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f'{path} cannot be read: {error}. It is to have lines like assign = "Text".') from error
    wrong = next((key for key, text in table.items() if not isinstance(text, str)), None)
    if wrong is not None:
        raise UsageError(f'{path}: what is behind {wrong} is not a text; it is to be like {wrong} = "Text".')
    return table


def comment_on(exercise: str, verdict: ExerciseVerdict, texts: dict[str, str]) -> str | None:
    """The saved comment for what is wrong: the one on the known mistake, else the one on the exercise.

    >>> wrong = ExerciseVerdict(Status.WRONG, 0, 3, "", mistake="assign-argmin")
    >>> comment_on("assign", wrong, {"assign": "general", "assign-argmin": "special"})
    'special'
    """
    if verdict.status in (Status.PASSED, Status.NOT_STARTED):
        return None
    return texts.get(verdict.mistake or "") or texts.get(exercise)


def put_saved(cells: list[Any], verdict: Verdict, texts: dict[str, str]) -> None:
    """Put the saved comments that belong to a verdict into the cells for comments, where `saved_for` finds them."""
    for cell in cells:
        exercise = exercise_of(cell)
        if exercise in verdict.exercises:
            text = comment_on(exercise, verdict.exercises[exercise], texts)
            if text:
                cell.metadata["saved_comment"] = text


def saved_for(cell: Any) -> str | None:
    """The saved comment in a cell for a comment."""
    return cell.metadata.get("saved_comment")


def text_of(comment: Any) -> str | None:
    """What the gradebook has as a comment: the one by hand, unless it was emptied, else the saved one."""
    return (comment.manual_comment or "").strip() or comment.auto_comment


def all_shown(cells: list[Any]) -> list[Any]:
    """The cells of a page of feedback: of those for comments only such as have one."""
    found = (shown(cell) if exercise_of(cell) else cell for cell in cells)
    return [cell for cell in found if cell is not None]


def shown(cell: Any) -> Any:
    """The cell that shows the comment which nbgrader has put beside this cell; None if there is no comment."""
    mark = cell.metadata.nbgrader
    if not mark.get("comment"):
        return None
    text = f'<a id="comment-{mark.grade_id}"></a>**Comment of your teacher**\n\n{mark.comment}'
    # nbgrader lists the comment at the top of the page, with a link to it.
    return new_markdown_cell(text, metadata={"nbgrader": {"grade_id": mark.grade_id, "comment": mark.comment}})
