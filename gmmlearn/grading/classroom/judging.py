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
from ..judge.suspicious import in_words
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
class _Waiting:
    """A submission that is ready to be judged."""

    student: str
    notes: list[str]
    pending: store.Pending

    def task(self, limits: Limits) -> Task:
        pending = self.pending
        return Task(pending.submission, pending.exercises, pending.seed, pending.sandbox, limits, pending.hunts)


@dataclass(frozen=True)
class Settings:
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
    assignment: Assignment, executor: Executor, *, students: Iterable[str] = (), settings: Settings | None = None
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
    settings : Settings, optional

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
    settings = settings or Settings()
    limits = class_settings.limits(class_settings.load(assignment.course))
    running: dict[Future[Verdict], _Waiting] = {}
    put_off: list[_Waiting] = []

    def finished(*, last: bool) -> Iterator[tuple[str, Judged]]:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            one = running.pop(future)
            try:
                outcome = _checked(future.result(), one, settings)
                if settings.keep:
                    store.keep(assignment.course, assignment.name, one.student, outcome)
            except Lost as error:
                if not last:
                    put_off.append(one)
                    continue
                outcome = error
            except GmmlearnError as error:
                outcome = error
            except Exception as error:  # one bad submission must not end the judging of the others
                outcome = fault(error)
            yield one.student, Judged(_noted(one.notes, outcome), outcome, one.pending.kept, one.pending.submission)

    for student in assignment.wanted(students):
        ready = _ready(assignment, student, settings, limits)
        if isinstance(ready, Judged):
            yield student, ready
            continue
        running[executor.submit(ready.task(limits), QUICK_SECONDS + _seconds_of_hunts(ready))] = ready
        while len(running) > 2 * executor.n_slots:
            yield from finished(last=False)
    while running:
        yield from finished(last=False)
    patient_seconds = 60.0 + 2 * limits.all_wall_seconds  # the judge itself ends it before
    for one in put_off:
        running[executor.submit(one.task(limits), patient_seconds + _seconds_of_hunts(one))] = one
        while len(running) >= executor.n_slots:
            yield from finished(last=True)
    while running:
        yield from finished(last=True)


def _seconds_of_hunts(waiting: _Waiting) -> float:
    """How long tests of the student's, and the functions that they call, may take."""
    return 2 * hunting.LIMITS.all_wall_seconds if waiting.pending.hunts else 0.0


def fault(error: Exception) -> GmmlearnError:
    """An exception that nobody foresaw, in words."""
    if os.strerror(errno.ENOSPC) in str(error):  # also within the many errors of a copied folder
        return GmmlearnError("There is no space left on the disk.")
    return GmmlearnError(f"{type(error).__name__}: {error}")


def _ready(assignment: Assignment, student: str, settings: Settings, limits: Limits) -> Judged | _Waiting:
    """Make a hand-in ready; what has to be judged of it, or the kept verdict if nothing has."""
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
        return Judged(notes, error)
    except Exception as error:  # one bad submission must not end the judging of the others
        return Judged(notes, fault(error))
    if pending.settled is not None:
        return Judged(_noted(notes, pending.settled), pending.settled, pending.settled, pending.submission)
    return _Waiting(student, notes, pending)


def _noted(notes: list[str], outcome: Verdict | GmmlearnError) -> list[str]:
    """The notes, with what was not read and a line on what an instructor may want to look at."""
    if isinstance(outcome, GmmlearnError):
        return notes
    return [*notes, *outcome.left_out, *([in_words(outcome.suspicious)] if outcome.suspicious else [])]


def _checked(verdict: Verdict, waiting: _Waiting, settings: Settings) -> Verdict:
    """The whole verdict on a hand-in, if what was judged now was judged by the tests and libraries of this machine."""
    others = [name for name, one in verdict.exercises.items() if one.rests_on != digests.of_tests(name)]
    if others or verdict.versions != digests.libraries():
        what = f"other tests of {others[0]}" if others else f"other versions ({verdict.versions})"
        raise GmmlearnError(f"It was judged with {what}: the machine that judges needs the same installation as this.")
    return store.merged(waiting.pending, verdict, never_lower=settings.never_lower)
