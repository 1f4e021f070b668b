"""The check of a function as it is in a student's file: with their other functions, then with right ones beside it."""

import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .. import loading
from ..calls import Status, Stopped
from ..contract import EXERCISES, Exercise
from . import limits, wording
from .dependencies import called_by, libraries_of
from .diagnosing.answer_key import Answers, answers
from .diagnosing.engine import Diagnosis, diagnose
from .reporting import build
from .reporting.invocation import how_to
from .reporting.report import Report


def report_on_file(exercise: Exercise, folder: Path, seconds: float = limits.SECONDS) -> Report:
    """Check the function first as the student has it, then with right functions in the place of earlier ones."""
    key = answers(exercise.name)
    own = _diagnosed(exercise, folder, own=True, seconds=seconds)
    if own.status in (Status.TIMEOUT, Status.CRASHED, Status.INTERRUPTED):
        return own
    if own.status is Status.PASSED:
        return build.report_of(exercise, key, own)
    # A function that calls no other does the same once more, and the student would wait twice.
    by_itself = isinstance(own, Diagnosis) and not called_by(exercise.name, folder)
    alone = own if by_itself else _diagnosed(exercise, folder, own=False, seconds=seconds)
    if isinstance(alone, Report):
        return alone
    report = build.report_of(exercise, key, alone)
    if alone.status is Status.PASSED:
        headline = "right by itself; another of your functions is not"
        rows = [("Look", _earlier(exercise, folder))]
        if isinstance(own, Diagnosis):
            rows += build.printed_rows(exercise, own, own.failed[0])
        return replace(report, headline=headline, rows=tuple(rows), printed=own.printed)
    return report


def _diagnosed(exercise: Exercise, folder: Path, *, own: bool, seconds: float) -> Diagnosis | Report:
    """The diagnosis, or a report when there is nothing to diagnose: no file, one that cannot be run, no end."""
    if not (folder / f"{exercise.module}.py").exists():
        return build.missing(exercise)
    found = tried(exercise, lambda: loading.subject(exercise.name, folder, own=own), seconds, folder)
    if isinstance(found, Report):
        return found
    failure = found.trials[0].shown.failure
    if failure and failure.loading:
        report = build.unreadable(exercise, failure)
        if failure.not_started:
            report = build.not_started(exercise, f"{failure.text}.")
        rows = (*report.rows, *build.printed_rows(exercise, found, found.trials[0]))
        return replace(report, rows=rows, printed=found.printed)
    return found


def tried(
    exercise: Exercise, load: Callable[[], loading.Subject], seconds: float, folder: Path | None = None
) -> Diagnosis | Report:
    """All cases of the answer key on a subject, within the time limit; a report where it ended before."""
    key: Answers = answers(exercise.name)
    for library in libraries_of(exercise.name, folder) if folder else ():
        # Else every copy of the process that runs the function would import it anew.
        with contextlib.suppress(Exception):
            importlib.import_module(library)
    try:
        with limits.limited(load, [case.calls for case in key.cases], seconds, str(folder or "")) as subject:
            return diagnose(key.cases, subject, key.sentences)
    except (Stopped, KeyboardInterrupt) as stopped:
        if isinstance(stopped, Stopped):
            return build.stopped(exercise, stopped.status, str(stopped), stopped.place)
        return build.stopped(exercise, Status.INTERRUPTED, wording.INTERRUPTED)


def _earlier(exercise: Exercise, folder: Path) -> str:
    """Which earlier function spoils a right one."""
    passes = f"With right functions in place of your others {exercise.name} passes, with your own it does not"
    for other in map(EXERCISES.__getitem__, called_by(exercise.name, folder)):
        found = _diagnosed(other, folder, own=False, seconds=limits.SECONDS)
        if found.status is not Status.PASSED:
            state = "is not written yet" if found.status is Status.NOT_STARTED else "is not right yet"
            return f"{passes}: {other.number} {other.name} {state}. See `{how_to('check', other.name)}`."
    return f"{passes}. Does one that it calls change the data that it is given?"
