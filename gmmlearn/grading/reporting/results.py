"""The results of a class: every student and exercise with the points that count, and where they come from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...calls import Status
from ...contract import EXERCISES, PROJECT_NOTEBOOK, PROJECT_NUMBER, TESTS_NOTEBOOK
from ..classroom import roster
from ..classroom.assignment import Assignment
from ..judge.project import Rerun
from ..judge.verdict import Verdict
from ..nbgrader import hunts, project, scores, source, store
from ..nbgrader.scores import Scores
from . import changes
from .changes import History

_SECTION = re.compile(r"^## (?:(\d+)\. )?(.+)$", re.M)
_EXERCISE = re.compile(r"^#+ Exercise [\d.]+: `(\w+)`", re.M)


@dataclass(frozen=True, slots=True)
class Result:
    """One exercise of one student.

    Attributes
    ----------
    points : float or None
        What counts; None if it was not handed in, not judged or not graded yet.
    judged : float or None
        What the verdict gives.
    by_hand : bool
        Whether a person set the score in the gradebook.
    status : Status or None
        Of the verdict.
    mistake : str
        The known mistake; empty if none was named.
    message : str
        What the verdict says to the student.
    """

    points: float | None = None
    judged: float | None = None
    by_hand: bool = False
    status: Status | None = None
    mistake: str = ""
    message: str = ""

    @property
    def begun(self) -> bool:
        """Whether the verdict found more than the stub."""
        return self.status not in (None, Status.NOT_STARTED)


@dataclass(frozen=True)
class Student:
    """One student of the class.

    Attributes
    ----------
    entry : roster.Entry
        Id and, if the roster has them, the other names.
    in_roster, handed_in, judged : bool
        Whether the student is in the roster, has handed in, and has a verdict.
    exercises : dict of str to Result
        In the order of the course.
    parts : dict of str to Result
        What else is worth points: the project, the bug hunt.
    total : float or None
        What counts of the whole assignment; None if a part of it was not graded.
    penalty : float
        Taken off for being late, already in the total.
    source : str
        `"gradebook"` or `"verdict"`: whose points count; empty if there are none.
    attempt : int
        How many verdicts there have been.
    """

    entry: roster.Entry
    in_roster: bool
    handed_in: bool
    judged: bool
    exercises: dict[str, Result]
    parts: dict[str, Result]
    total: float | None
    penalty: float
    source: str
    attempt: int = 1

    @property
    def id(self) -> str:
        """By which the class knows the student."""
        return self.entry.id

    @property
    def begun(self) -> bool:
        """Whether anything was written."""
        return any(result.begun or result.points for result in self.exercises.values())


@dataclass(frozen=True)
class Results:
    """The results of an assignment.

    Attributes
    ----------
    assignment : Assignment
    students : list of Student
        All of the roster, and all who have handed in, by id.
    has_roster : bool
        Whether the class has one.
    max_points : float
        Of the whole assignment, with an instructor's own questions.
    parts : dict of str to float
        What else than exercises is worth points, and how many: the project, the extra points of the bug hunt.
    sections : dict of str to str
        Exercise -> where in the course it is taught.
    history : History
    """

    assignment: Assignment
    students: list[Student]
    has_roster: bool
    max_points: float
    parts: dict[str, float]
    sections: dict[str, str]
    history: History = field(default_factory=History)

    def rows(self) -> Iterator[tuple[Student, str, float, Result]]:
        """Student, exercise, its points in the class, and the result, one after the other."""
        for student in self.students:
            for name, worth in self.assignment.points.items():
                yield student, name, worth, student.exercises[name]

    def part_rows(self) -> Iterator[tuple[Student, str, float, Result]]:
        """The same for the project and the bug hunt."""
        for student in self.students:
            for name, worth in self.parts.items():
                yield student, name, worth, student.parts[name]


def collect(assignment: Assignment) -> Results:
    """The results of an assignment of a class, from its roster, hand-ins, verdicts, gradebook and log.

    Parameters
    ----------
    assignment : Assignment

    Returns
    -------
    Results
    """
    course, worth, parts = assignment.course, assignment.points, parts_of(assignment)
    entries, handed_in = roster.read(course), set(assignment.handed_in())
    graded = scores.read(course, assignment.name)
    history = changes.read(store.verdict_file(course, assignment.name, "").parent, worth)
    verdicts = {student: _verdict(assignment, student) for student in sorted({*entries, *handed_in, *graded})}
    students = [
        _student(
            entries.get(student, roster.Entry(student)),
            worth,
            _parts(assignment, student, verdict, parts, graded.get(student, Scores())),
            in_roster=student in entries,
            handed_in=student in handed_in,
            verdict=verdict if student in handed_in else None,
            graded=graded.get(student, Scores()),
            attempt=history.attempts.get(student, 1),
        )
        for student, verdict in verdicts.items()
    ]
    others = max((_own_questions(graded, worth, student.id)[1] for student in students), default=0.0)
    most = sum(worth.values()) + max(others, parts.get(project.GRADE_ID, 0.0))
    return Results(assignment, students, bool(entries), most, parts, _sections(assignment), history)


def _verdict(assignment: Assignment, student: str) -> Verdict | None:
    """The verdict that counts: none where nothing of the hand-in could be read, as `class grade` leaves that open."""
    found = assignment.verdict(student)
    unread = found is not None and not found.points and store.submission_in(assignment.submitted(student)).unread
    return None if unread else found


NUMBERS = {project.GRADE_ID: str(PROJECT_NUMBER), hunts.GRADE_ID: "extra"}
"""Part -> what stands in the place of the number of an exercise."""
NOTEBOOKS = {project.GRADE_ID: PROJECT_NOTEBOOK, hunts.GRADE_ID: TESTS_NOTEBOOK}
TITLES = {project.GRADE_ID: "Project", hunts.GRADE_ID: "Bug hunt (extra points)"}
"""Part -> what stands in the place of a chapter."""


def parts_of(assignment: Assignment) -> dict[str, float]:
    """What else than exercises is worth points in an assignment, in the order of the course."""
    extra = {hunts.GRADE_ID: assignment.extra_points} if assignment.extra_points else {}
    return project.points(assignment.course / "source" / assignment.name) | extra


def _parts(
    assignment: Assignment, student: str, verdict: Verdict | None, parts: dict[str, float], graded: Scores
) -> dict[str, Result]:
    found = {}
    for name in parts:
        score, judged, message, mistake, status = graded.cells.get(name), None, "", "", None
        if name == project.GRADE_ID:
            rerun = project.known(assignment.course, assignment.name, student)
            if rerun is not None:
                message, mistake, status = str(rerun), "; ".join(rerun.traps), _status(rerun)
        elif verdict is not None:
            judged, message = hunts.score(verdict, parts[name]), hunts.message(verdict)
        points = judged if score is None or score.points is None else score.points
        by_hand = bool(score and score.points is not None and score.by_hand)
        found[name] = Result(points, judged, by_hand, status, mistake, message)
    return found


def _status(rerun: Rerun) -> Status | None:
    """Whether the declared numbers of a project were reproduced; None where none were declared."""
    if rerun.problem:
        return Status.ERROR
    if not rerun.claims:
        return None
    return Status.PASSED if rerun.reproduced == rerun.claims else Status.WRONG


def _student(
    entry: roster.Entry,
    worth: dict[str, float],
    parts: dict[str, Result],
    *,
    in_roster: bool,
    handed_in: bool,
    verdict: Verdict | None,
    graded: Scores,
    attempt: int,
) -> Student:
    exercises = {}
    for name, most in worth.items():
        found = verdict.exercises.get(name) if verdict else None
        score = graded.cells.get(name)
        in_gradebook = score is not None and score.points is not None
        judged = found.score(most) if found else None
        exercises[name] = Result(
            points=score.points if score is not None and in_gradebook else judged,
            judged=judged,
            by_hand=bool(in_gradebook and score and score.by_hand),
            status=found.status if found else None,
            mistake=(found.mistake or "") if found else "",
            message=found.message if found else "",
        )
    points = [result.points for result in exercises.values()]
    others, _ = _own_questions({entry.id: graded}, worth, entry.id)
    for part in (result.points for name, result in parts.items() if name not in graded.cells):
        others = None if others is None or part is None else others + part
    known = [each for each in points if each is not None]
    total = None
    if len(known) == len(points) and others is not None:
        total = max(0.0, round(sum(known) + others - graded.penalty, 2))
    in_gradebook = any(graded.cells[name].points is not None for name in worth if name in graded.cells)
    return Student(
        entry, in_roster, handed_in, verdict is not None, exercises, parts, total, graded.penalty,
        "gradebook" if in_gradebook else "verdict" if known else "", attempt,
    )  # fmt: skip


def _own_questions(graded: dict[str, Scores], worth: dict[str, float], student: str) -> tuple[float | None, float]:
    """Points and worth of an instructor's own questions; None while one that is worth points waits for a grade."""
    cells = graded[student].cells if student in graded else {}
    own = [score for name, score in cells.items() if name not in worth]
    if any(score.points is None and score.worth for score in own):
        return None, sum(score.worth for score in own)
    return sum(score.points or 0.0 for score in own), sum(score.worth for score in own)


def _sections(assignment: Assignment) -> dict[str, str]:
    """Exercise -> the section before its heading, as the class's notebooks have it."""
    found = {}
    for path in sorted((assignment.course / "source" / assignment.name).glob("*.ipynb")):
        section = ""
        for cell in source.notebook(path).cells:
            if cell.cell_type == "markdown":
                section, named = _headings(cell, section)
                found |= dict.fromkeys((name for name in named if name in EXERCISES), path.name + section)
    return {name: found.get(name, EXERCISES[name].notebook) for name in assignment.points}


def _headings(cell: Any, section: str) -> tuple[str, list[str]]:
    """The last heading of a section in a cell, or the one before it, and the exercises that the cell begins."""
    for number, title in _SECTION.findall(cell.source):
        section = f", section {number}: {title}" if number else f", {title}"
    return section, _EXERCISE.findall(cell.source)
