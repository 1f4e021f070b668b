"""The questions of the course, in one format, wherever they are asked.

`quizzes/<chapter>.json` is a list: the quiz at the end of a chapter, whose questions have numbers for names. The others
are objects, name -> question: `<chapter>.predictions.json` what is asked before a picture moves,
`<chapter>.explorations.json` what an exploration asks (`exploration` says which, `before` and `after` what it shows),
`<chapter>.recall.json` what comes back later (see `recall.py`). A question has a text and its `answers`, each with its
text, whether it is `correct`, and the `feedback` that says why. Texts are plain, with Unicode letters for symbols.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..contract import CHAPTERS
from .record import Record

FOLDER = Path(__file__).parents[1] / "quizzes"
Question = Mapping[str, Any]


@cache
def read(path: Path) -> Any:
    """The parsed file; empty where it is missing."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def quiz_of(chapter: str) -> dict[str, Question]:
    """Name of each question of a quiz, as the record has it -> the question.

    >>> list(quiz_of("e_step"))[:2]
    ['e_step/1', 'e_step/2']
    """
    return {f"{chapter}/{number}": one for number, one in enumerate(read(FOLDER / f"{chapter}.json"), start=1)}


def named(chapter: str, kind: str) -> dict[str, Question]:
    """The same for the `"predictions"`, `"explorations"` or `"recall"` of a chapter.

    >>> list(named("e_step", "predictions"))
    ['e_step/left-edge', 'e_step/wait-of-67']
    """
    found = read(FOLDER / f"{chapter}.{kind}.json")
    return {f"{chapter}/{name}": question for name, question in dict(found).items()}


def of_exploration(name: str) -> list[Question]:
    """What an exploration asks, each question with its name in the record as `key`.

    >>> [question["key"] for question in of_exploration("kmeans")]
    ['with_sklearn/long-clusters', 'with_sklearn/round-clusters']
    """
    asked = (item for chapter in CHAPTERS for item in named(chapter, "explorations").items())
    return [{"key": key, **question} for key, question in asked if question["exploration"] == name]


@cache
def every() -> dict[str, Question]:
    """All questions of the course by name, chapter by chapter."""
    kinds = ("predictions", "explorations", "recall")
    return {
        key: question
        for chapter in CHAPTERS
        for part in (quiz_of(chapter), *(named(chapter, kind) for kind in kinds))
        for key, question in part.items()
    }


def standing(chapter: str, record: Record) -> str:
    """How many questions of a chapter have been answered, and how many of these rightly at the first try.

    What an exploration or `recall` asks is beside the way, and not counted.

    >>> standing("e_step", Record(answers={"e_step/1": (1,), "e_step/wait-of-67": (0, 1)}))
    '2 of 6 questions answered, 1 right at once'
    """
    questions = {**quiz_of(chapter), **named(chapter, "predictions")}
    answered = {key: record.answers[key][0] for key in questions if key in record.answers}
    if not answered:
        return f"none of {len(questions)} questions answered" if questions else ""
    n_right = sum(is_right(questions[key], choice) for key, choice in answered.items())
    return f"{len(answered)} of {len(questions)} questions answered, {n_right} right at once"


def is_right(question: Question, choice: int) -> bool:
    """Whether a choice, counted from 0, is the right one."""
    return 0 <= choice < len(question["answers"]) and bool(question["answers"][choice]["correct"])


def verdict(choice: Mapping[str, Any]) -> str:
    """What is said of a choice: whether it is right, and why.

    >>> verdict({"answer": "2", "correct": False, "feedback": "That is the variance."})
    'Not quite. That is the variance.'
    """
    return f"{'Right.' if choice['correct'] else 'Not quite.'} {choice['feedback']}"
