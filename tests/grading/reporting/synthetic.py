"""Classes with made-up verdicts, as many as wanted, without judging."""

import json
from collections.abc import Mapping
from pathlib import Path

from gmmlearn.calls import Status
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.classroom import making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.judge.verdict import ExerciseVerdict, TestVerdict, Verdict

Made = tuple[Status, float, str | None, str]
"""Status, points in the verdict's own scale, known mistake, message."""


def new_class(folder: Path, chapters: range = range(4, 5)) -> Assignment:
    """A class without students; chapter 4 has two exercises, of 66.75 and 33.25 points."""
    making.create(folder, chapters=chapters)
    return Assignment.find(folder)


def hand_in(assignment: Assignment, student: str, made: Mapping[str, Made] | None = None, **files: str) -> None:
    """A submission of these files and, if its exercises are given, a verdict on it."""
    package = assignment.submitted(student) / "gmmlearn"
    package.mkdir(parents=True)
    for module, text in files.items():
        (package / f"{module}.py").write_text(text, encoding="utf-8")
    if made is None:
        return
    exercises = {
        name: ExerciseVerdict(
            status, points, float(EXERCISES[name].points), message, mistake, (TestVerdict("t", points > 0, message),)
        )
        for name, (status, points, mistake, message) in made.items()
    }
    verdict = Verdict(exercises, True, 1, "0" * 64, {"hidden_tests": "1"})
    path = assignment.course / "verdicts" / assignment.name / f"{student}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(verdict.to_json()))


def passed(name: str) -> Made:
    return Status.PASSED, float(EXERCISES[name].points), None, "All hidden tests passed."


NOT_BEGUN: Made = (Status.NOT_STARTED, 0.0, None, "Not written yet.")
