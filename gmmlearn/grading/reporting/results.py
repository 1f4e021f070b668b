"""The results of a class: every student and exercise with the points that count, and where they come from."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ...calls import Status
from ...contract import EXERCISES, PROJECT_NOTEBOOK, PROJECT_NUMBER, TESTS_NOTEBOOK
from ..classroom import roster
from ..classroom.assignment import Assignment
from ..judge.project import Rerun
from ..judge.verdict import Verdict
from ..nbgrader import hunts, project, scores, source, store
from ..nbgrader.scores import Score, Scores
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


def graded_points(results: Iterable[Result]) -> list[float]:
    """The points of those that have any, 0 among them."""
    return [result.points for result in results if result.points is not None]


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
    other_worths = [sum(score.worth for score in _other_scores(one, worth)) for one in graded.values()]
    most = sum(worth.values()) + max([*other_worths, parts.get(project.GRADE_ID, 0.0)])
    return Results(assignment, students, bool(entries), most, parts, _sections(assignment), history)


def _verdict(assignment: Assignment, student: str) -> Verdict | None:
    """The verdict that counts: none where nothing of the hand-in could be read, as `class grade` leaves that open."""
    found = assignment.verdict(student)
    unread = found is not None and not found.points and store.submission_in(assignment.submitted(student)).unread
    return None if unread else found


NUMBERS = {project.GRADE_ID: str(PROJECT_NUMBER), hunts.GRADE_ID: "extra"}
"""Part -> what is shown instead of the number of an exercise."""
NOTEBOOKS = {project.GRADE_ID: PROJECT_NOTEBOOK, hunts.GRADE_ID: TESTS_NOTEBOOK}
TITLES = {project.GRADE_ID: "Project", hunts.GRADE_ID: "Bug hunt (extra points)"}
"""Part -> what is shown instead of a chapter."""


def parts_of(assignment: Assignment) -> dict[str, float]:
    """What else than exercises is worth points in an assignment, in the order of the course."""
    extra = {hunts.GRADE_ID: assignment.extra_points} if assignment.extra_points else {}
    return project.points(assignment.course / "source" / assignment.name) | extra


def _parts(
    assignment: Assignment, student: str, verdict: Verdict | None, parts: dict[str, float], graded: Scores
) -> dict[str, Result]:
    found = {}
    for name in parts:
        score = graded.cells.get(name)
        if name == project.GRADE_ID:
            found[name] = _counting(score, None)
            rerun = project.known(assignment.course, assignment.name, student)
            if rerun is not None:
                traps = "; ".join(rerun.traps)
                found[name] = replace(found[name], status=_status(rerun), mistake=traps, message=str(rerun))
        elif verdict is None:
            found[name] = _counting(score, None)
        else:
            result = _counting(score, hunts.score(verdict, parts[name]))
            found[name] = replace(result, message=hunts.message(verdict))
    return found


def _counting(score: Score | None, judged: float | None) -> Result:
    """What counts: what the gradebook has, else what was judged."""
    if score is None or score.points is None:
        return Result(points=judged, judged=judged)
    return Result(points=score.points, judged=judged, by_hand=score.by_hand)


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
        if found is None:
            exercises[name] = _counting(score, None)
        else:
            result = _counting(score, found.score(most))
            mistake = found.mistake or ""
            exercises[name] = replace(result, status=found.status, mistake=mistake, message=found.message)
    known = graded_points(exercises.values())
    in_gradebook = any(graded.cells[name].points is not None for name in worth if name in graded.cells)
    return Student(
        entry=entry,
        in_roster=in_roster,
        handed_in=handed_in,
        judged=verdict is not None,
        exercises=exercises,
        parts=parts,
        total=_total(exercises, parts, graded),
        penalty=graded.penalty,
        source="gradebook" if in_gradebook else "verdict" if known else "",
        attempt=attempt,
    )


def _total(exercises: dict[str, Result], parts: dict[str, Result], graded: Scores) -> float | None:
    """What counts of the whole assignment; None where something that is worth points has no grade yet."""
    others = _other_scores(graded, exercises)
    if any(score.points is None and score.worth for score in others):
        return None
    points = [result.points for result in exercises.values()]
    points += [result.points for name, result in parts.items() if name not in graded.cells]
    points += [score.points or 0.0 for score in others]
    if any(each is None for each in points):
        return None
    return max(0.0, round(sum(points) - graded.penalty, 2))


def _other_scores(graded: Scores, exercises: Container[str]) -> list[Score]:
    """Of cells that are not exercises: the project, the bug hunt, an instructor's own questions."""
    return [score for name, score in graded.cells.items() if name not in exercises]


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
