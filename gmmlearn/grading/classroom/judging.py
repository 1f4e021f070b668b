"""Judges the submissions of a class side by side, and keeps their verdicts."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from ...errors import GmmlearnError, UsageError
from ..judge.verdict import Verdict
from ..nbgrader import handed_in, store
from .assignment import Assignment


@dataclass(frozen=True)
class Judged:
    """A submission of a class: what was done to make it ready, and its verdict or a fault of ours."""

    notes: list[str]
    outcome: Verdict | GmmlearnError


def judge_each(assignment: Assignment, *, processes: int, students: Iterable[str] = ()) -> Iterator[tuple[str, Judged]]:
    """Make the submissions of a class ready and judge them side by side; `nbgrader autograde` then reads the verdicts.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    processes : int
        How many submissions at a time.
    students : iterable of str
        Their ids; all who have handed in if none is given.

    Yields
    ------
    str, Judged
        By student; where there is a fault of ours instead of a verdict, the kept one stays as it was.

    Raises
    ------
    UsageError
        When one of the students has handed in nothing.
    """
    there = assignment.handed_in()
    wanted = sorted(students) or there
    unknown = [student for student in wanted if student not in there]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: nothing handed in under {assignment.course / 'submitted'}.")
    judge_one = partial(_judge_one, assignment)
    if processes == 1 or len(wanted) < 2:
        yield from zip(wanted, map(judge_one, wanted))
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from zip(wanted, pool.map(judge_one, wanted))


def _judge_one(assignment: Assignment, student: str) -> Judged:
    submitted = assignment.submitted(student)
    notes: list[str] = []
    try:
        notes = handed_in.made_ready(submitted)
        return Judged(
            notes, store.current(assignment.course, assignment.name, student, submitted, tuple(assignment.points))
        )
    except GmmlearnError as error:
        return Judged(notes, error)
    except Exception as error:  # one bad submission must not end the judging of the others
        return Judged(notes, GmmlearnError(f"{type(error).__name__}: {error}"))
