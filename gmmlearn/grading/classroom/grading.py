"""Grades a class in one go: judges, writes the verdicts into nbgrader's gradebook, makes feedback, and compares.

What is graded is decided by what the gradebook holds and by a mark beside the verdict, which is written last: a run
that was killed at any moment leaves no mark, and the next one does that student again.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from ...errors import GmmlearnError
from ..nbgrader.settings import UNFINISHED
from . import executors
from .assignment import Assignment
from .judging import Judged, JudgeSettings, fault, judge_each
from .lock import alone
from .records import Records


@dataclass(frozen=True)
class Graded:
    """What became of one submission.

    Attributes
    ----------
    notes : list of str
        What was done to make it ready, and what is to be looked at.
    written : bool
        Whether the gradebook and the feedback had to be written.
    fault : str
        Why there is no verdict, or how the gradebook differs from it; empty when all is well.
    unread : str
        Why nothing of the hand-in could be read; it is then not graded.
    before, after : float or None
        Points in the class by the earlier verdict and by this one; None where there is none.
    """

    notes: list[str]
    written: bool = False
    fault: str = ""
    unread: str = ""
    before: float | None = None
    after: float | None = None


def grade_each(
    assignment: Assignment,
    *,
    jobs: int,
    students: Iterable[str] = (),
    settings: JudgeSettings | None = None,
    scheduler: str = "",
) -> Iterator[tuple[str, Graded]]:
    """Grade the submissions of a class, each as soon as it is judged.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    jobs : int
        How many submissions are judged at a time on this machine.
    students : iterable of str
        Their ids; all who have handed in if none is given.
    settings : JudgeSettings, optional
        With `keep=False` nothing is written.
    scheduler : str
        Address of a Dask scheduler whose workers judge instead.

    Yields
    ------
    str, Graded
        By student. At the end the gradebook is read again; a student whose scores are then not those of the verdict is
        written and yielded once more.

    Raises
    ------
    UsageError
        When one of the students has handed in nothing, or the class is being graded.
    """
    settings = settings or JudgeSettings()
    wanted = assignment.wanted(students)
    with ExitStack() as stack:
        scratch = stack.enter_context(alone(assignment.course))
        records = stack.enter_context(Records(assignment, scratch))
        todo = []
        for student in wanted:
            if settings.only or not records.is_up_to_date(student):
                todo.append(student)
            else:
                points = records.points(assignment.verdict(student))
                yield student, Graded([], before=points, after=points)
        unfinished = scratch / UNFINISHED
        is_whole = wanted == assignment.handed_in() and not settings.only
        ends_it = settings.keep and (is_whole or not unfinished.exists())
        if todo and settings.keep:
            unfinished.touch()
        if todo:
            place = executors.cluster(scheduler) if scheduler else executors.local(min(jobs, len(todo)), scratch)
            executor = stack.enter_context(place)
            for student, judged in judge_each(assignment, executor, students=todo, settings=settings):
                yield student, _graded(records, student, judged, settings)
        if settings.keep:
            yield from _reconciled(records, wanted)
        if ends_it:
            unfinished.unlink(missing_ok=True)


def _graded(records: Records, student: str, judged: Judged, settings: JudgeSettings) -> Graded:
    verdict = judged.outcome
    if isinstance(verdict, GmmlearnError):
        return Graded(judged.notes, fault=str(verdict))
    if judged.submission is not None and judged.submission.unread:
        return Graded(judged.notes, unread=judged.submission.unread)
    problem, given = "", []
    if settings.keep:
        try:
            given = records.write(student, verdict)
        except Exception as error:  # one student must not end the grading of the others
            problem = f"It could not be written. {fault(error)}"
    before, after = records.points(judged.before), records.points(verdict)
    return Graded([*judged.notes, *given], written=True, fault=problem, before=before, after=after)


def _reconciled(records: Records, students: Iterable[str]) -> Iterator[tuple[str, Graded]]:
    """Compare the gradebook with the verdicts, and write again what differs."""
    records.read()
    for student in students:
        verdict = records.assignment.verdict(student)
        if verdict is None or not records.differences(student, verdict) or not records.is_marked(student):
            continue
        records.write(student, verdict)
        records.read()
        points = records.points(verdict)
        still_different = records.differences(student, verdict)
        yield student, Graded([], written=True, fault=still_different, before=points, after=points)
