"""Judges the submissions of a class side by side, each as soon as there is room for it."""

import errno
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from ...errors import GmmlearnError
from ..judge import digests, hunting
from ..judge.sandbox import Limits
from ..judge.submission import Submission
from ..judge.verdict import Verdict
from ..nbgrader import handed_in, store
from ..nbgrader import settings as class_settings
from .assignment import Assignment
from .executors import Executor, Lost, Task

QUICK_SECONDS = 60.0
"""What takes longer is put off until all others are judged."""


@dataclass(frozen=True)
class Judged:
    """A submission of a class: what was done to make it ready, and its verdict or why there is none."""

    notes: list[str]
    outcome: Verdict | GmmlearnError
    before: Verdict | None = None
    """What was kept until now, of this hand-in or of an earlier one."""
    submission: Submission | None = None
    """What was judged; None where it could not be read."""


@dataclass(frozen=True)
class _Ready:
    """A hand-in that was made ready: what is to be judged of it, or the outcome where nothing is."""

    student: str
    notes: list[str]
    pending: store.Pending | None = None
    outcome: Verdict | GmmlearnError | None = None

    def judged(self, outcome: Verdict | GmmlearnError) -> Judged:
        """With what came of it."""
        notes = [*self.notes, *(outcome.remarks if isinstance(outcome, Verdict) else [])]
        pending = self.pending
        return Judged(notes, outcome, pending and pending.kept, pending and pending.submission)


@dataclass(frozen=True)
class JudgeSettings:
    """How a class is judged.

    Attributes
    ----------
    only : tuple of str
        Judge these exercises again and no others; all that need it if empty.
    never_lower : bool
        Keep what an earlier test gave on the same hand-in.
    keep : bool
        Whether the verdicts are written down.
    """

    only: tuple[str, ...] = ()
    never_lower: bool = False
    keep: bool = True


def judge_each(
    assignment: Assignment, executor: Executor, *, students: Iterable[str] = (), settings: JudgeSettings | None = None
) -> Iterator[tuple[str, Judged]]:
    """Make the submissions of a class ready and judge them side by side.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    executor : Executor
        Where they are judged.
    students : iterable of str
        Their ids; all who have handed in if none is given.
    settings : JudgeSettings, optional

    Yields
    ------
    str, Judged
        By student, in the order in which they are done; where there is a fault of ours instead of a verdict, the kept
        one stays as it was.

    Raises
    ------
    UsageError
        When one of the students has handed in nothing.
    """
    settings = settings or JudgeSettings()
    limits = class_settings.limits(class_settings.load(assignment.course))
    ready = (_made_ready(assignment, student, settings, limits) for student in assignment.wanted(students))
    put_off: list[_Ready] = []
    for one, future in _side_by_side(executor, ready, limits, QUICK_SECONDS, most=2 * executor.n_slots):
        outcome = _outcome(assignment, one, future, settings)
        if isinstance(outcome, Lost):
            put_off.append(one)
        else:
            yield one.student, one.judged(outcome)
    patient_seconds = 60.0 + 2 * limits.all_wall_seconds  # the judge itself ends it before
    for one, future in _side_by_side(executor, put_off, limits, patient_seconds, most=executor.n_slots - 1):
        yield one.student, one.judged(_outcome(assignment, one, future, settings))


def _side_by_side(
    executor: Executor, ready: Iterable[_Ready], limits: Limits, seconds: float, *, most: int
) -> Iterator[tuple[_Ready, "Future[Verdict] | None"]]:
    """Hand-ins with their verdicts as soon as these are there; None for one that has its outcome already.

    The next hand-in is made ready when no more than `most` are with the executor.
    """
    running: dict[Future[Verdict], _Ready] = {}
    for one in ready:
        if one.pending is None or one.outcome is not None:
            yield one, None
            continue
        running[executor.submit(_task(one.pending, limits), seconds + _seconds_of_hunts(one.pending))] = one
        while len(running) > most:
            yield from _done(running)
    while running:
        yield from _done(running)


def _done(running: "dict[Future[Verdict], _Ready]") -> "list[tuple[_Ready, Future[Verdict]]]":
    """Wait until something is done, and take it out."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    return [(running.pop(future), future) for future in done]


def _task(pending: store.Pending, limits: Limits) -> Task:
    return Task(pending.submission, pending.exercises, pending.seed, pending.sandbox, limits, pending.hunts)


def _seconds_of_hunts(pending: store.Pending) -> float:
    """How long tests of the student's, and the functions that they call, may take."""
    return 2 * hunting.LIMITS.all_wall_seconds if pending.hunts else 0.0


def _outcome(
    assignment: Assignment, one: _Ready, future: "Future[Verdict] | None", settings: JudgeSettings
) -> Verdict | GmmlearnError:
    """The whole verdict on a hand-in, which is written down, or the fault of ours that there is instead."""
    if future is None:
        return one.outcome
    try:
        verdict = _checked(future.result(), one.pending, settings)
        if settings.keep:
            store.keep(assignment.course, assignment.name, one.student, verdict)
    except GmmlearnError as error:
        return error
    except Exception as error:  # one bad submission must not end the judging of the others
        return fault(error)
    return verdict


def fault(error: Exception) -> GmmlearnError:
    """An exception that nobody foresaw, in words."""
    if os.strerror(errno.ENOSPC) in str(error):  # also within the many errors of a copied folder
        return GmmlearnError("There is no space left on the disk.")
    return GmmlearnError(f"{type(error).__name__}: {error}")


def _made_ready(assignment: Assignment, student: str, settings: JudgeSettings, limits: Limits) -> _Ready:
    """Make a hand-in ready, and find out what of it has to be judged."""
    submitted = assignment.submitted(student)
    notes: list[str] = []
    try:
        notes = handed_in.made_ready(submitted)
        pending = store.pending(
            *(assignment.course, assignment.name, student, submitted, tuple(assignment.points)),
            only=settings.only,
            limits=limits,
            hunts=assignment.hunted,
        )
    except GmmlearnError as error:
        return _Ready(student, notes, outcome=error)
    except Exception as error:  # one bad submission must not end the judging of the others
        return _Ready(student, notes, outcome=fault(error))
    return _Ready(student, notes, pending, pending.settled)


def _checked(verdict: Verdict, pending: store.Pending, settings: JudgeSettings) -> Verdict:
    """The whole verdict on a hand-in, if what was judged now was judged by the tests and libraries of this machine."""
    others = [name for name, one in verdict.exercises.items() if one.rests_on != digests.of_tests(name)]
    if others or verdict.versions != digests.libraries():
        what = f"other tests of {others[0]}" if others else f"other versions ({verdict.versions})"
        raise GmmlearnError(f"It was judged with {what}: the machine that judges needs the same installation as this.")
    return store.merged(pending, verdict, never_lower=settings.never_lower)
