"""Grades a class in one go: judges, puts the verdicts into nbgrader's gradebook, makes feedback, and compares.

What is graded is decided by what the gradebook holds and by a mark beside the verdict, which is written last: a run
that was killed at any moment leaves no mark, and the next one does that student again.
"""

import fcntl
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import GmmlearnError, UsageError
from ..nbgrader import store
from .assignment import Assignment
from .judging import judge_each

LOG_FILE = "grading.log"


@dataclass(frozen=True)
class Graded:
    """What became of one submission.

    Attributes
    ----------
    notes : list of str
        What was done to make it ready.
    written : bool
        Whether the gradebook had to be written.
    fault : str
        Why there is no verdict, or how the gradebook differs from it; empty when all is well.
    """

    notes: list[str]
    written: bool = False
    fault: str = ""


def grade_each(assignment: Assignment, *, processes: int, students: Iterable[str] = ()) -> Iterator[tuple[str, Graded]]:
    """Grade the submissions of a class, each as soon as it is judged.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    processes : int
        How many submissions are judged at a time.
    students : iterable of str
        Their ids; all who have handed in if none is given.

    Yields
    ------
    str, Graded
        By student. Where there is a fault, the scores are as they were, or are written again by the next run.

    Raises
    ------
    UsageError
        When one of the students has handed in nothing, or the class is being graded.
    """
    course, points = assignment.course, assignment.points
    with _alone(course), _nbgrader(course) as api:
        for student, judged in judge_each(assignment, processes=processes, students=students):
            if isinstance(judged.outcome, GmmlearnError):
                yield student, Graded(judged.notes, fault=str(judged.outcome))
                continue
            scores = {name: judged.outcome.exercises[name].score(worth) for name, worth in points.items()}
            mark = store.verdict_file(course, assignment.name, student).with_suffix(".graded")
            digest = hashlib.sha256(repr((judged.outcome.to_json(), scores)).encode()).hexdigest()
            if mark.exists() and mark.read_text() == digest and not _differences(api, assignment.name, student, scores):
                yield student, Graded(judged.notes)
                continue
            mark.unlink(missing_ok=True)
            fault = _write(api, course, assignment.name, student) or _differences(api, assignment.name, student, scores)
            if not fault:
                mark.write_text(digest)
            yield student, Graded(judged.notes, written=True, fault=fault)


def _write(api: Any, course: Path, assignment: str, student: str) -> str:
    """Write one student's scores and feedback by nbgrader; why it could not, or nothing."""
    for step in (api.autograde, api.generate_feedback):
        with redirect_stderr(io.StringIO()):  # its log is in the result as well
            result = step(assignment, student, force=True)
        with open(course / LOG_FILE, "a") as log:
            log.write(result.get("log", "") + result.get("error", ""))
        if not result["success"]:
            last = (result.get("error") or "no reason given").strip().splitlines()[-1]
            if last == "KeyboardInterrupt":  # which nbgrader takes for a failure like any other
                raise KeyboardInterrupt
            return f"nbgrader stopped at {step.__name__}, see {LOG_FILE}: {last}"
    return ""


def _differences(api: Any, assignment: str, student: str, expected: dict[str, float]) -> str:
    """Which scores of the gradebook are not those of the verdict, in words; nothing if all are."""
    from nbgrader.api import MissingEntry

    with api.gradebook as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return "the gradebook has no scores"
        found = {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}
    wrong = [
        f"{name} {found.get(name)} in place of {score:g}"
        for name, score in expected.items()
        if found.get(name) != score
    ]
    return f"the gradebook differs from the verdict: {', '.join(wrong)}" if wrong else ""


@contextmanager
def _alone(course: Path) -> Iterator[None]:
    """Only one run at a time; the lock ends with the process, however it ends."""
    with open(course / ".grading", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{course} is being graded by another process: wait for it to end.") from None
        yield


@contextmanager
def _nbgrader(course: Path) -> Iterator[Any]:
    """nbgrader with the settings of the class."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    with chdir(course):
        yield NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", path=os.getcwd()).load_config())
