"""The questions of the course: those of the quizzes, by number, and the predictions, by name.

`quizzes/<chapter>.json` is a list of questions in jupyterquiz's own format, and
`quizzes/<chapter>.predictions.json` an object: the name of a prediction -> one such question.
Texts are plain, with Unicode letters for symbols.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .record import Record

FOLDER = Path(__file__).parents[1] / "quizzes"


@cache
def read(path: Path) -> Any:
    """The parsed file; empty where it is missing."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def quiz_of(chapter: str) -> dict[str, Any]:
    """Name of each question of a quiz, as the record has it -> the question.

    >>> list(quiz_of("e_step"))[:2]
    ['e_step/1', 'e_step/2']
    """
    return {f"{chapter}/{number}": one for number, one in enumerate(read(FOLDER / f"{chapter}.json"), start=1)}


def predictions_of(chapter: str) -> dict[str, Any]:
    """The same for the predictions of a chapter.

    >>> list(predictions_of("e_step"))
    ['e_step/left-edge', 'e_step/wait-of-67']
    """
    found = read(FOLDER / f"{chapter}.predictions.json")
    return {f"{chapter}/{name}": question for name, question in dict(found).items()}


def standing(chapter: str, record: Record) -> str:
    """How many questions of a chapter have been answered, and how many of these rightly at the first try.

    >>> standing("e_step", Record(answers={"e_step/1": (1,), "e_step/wait-of-67": (0, 1)}))
    '2 of 6 questions answered, 1 right at once'
    """
    questions = {**quiz_of(chapter), **predictions_of(chapter)}
    answered = {key: record.answers[key][0] for key in questions if key in record.answers}
    if not answered:
        return f"none of {len(questions)} questions answered" if questions else ""
    n_right = sum(_is_right(questions[key], choice) for key, choice in answered.items())
    return f"{len(answered)} of {len(questions)} questions answered, {n_right} right at once"


def _is_right(question: Mapping[str, Any], choice: int) -> bool:
    return choice < len(question["answers"]) and bool(question["answers"][choice]["correct"])
