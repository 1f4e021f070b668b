"""`check`, from a name to a report: the function as it is in a student's file is tried, and the record kept.

It is tried with the student's other functions, then with right ones in their place.
"""

import contextlib
import difflib
import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import loading
from ..calls import Status, Stopped
from ..contract import EXERCISES, Exercise
from ..errors import NotPassed, UsageError
from ..performing import perform
from . import limits, recall, record, wording
from .dependencies import called_by, libraries_of, state
from .diagnosing.answer_key import answers
from .diagnosing.engine import Diagnosis, diagnose
from .reporting import build
from .reporting.report import Report
from .wording import how_to

if TYPE_CHECKING:
    from ..project.checking import ProjectReport

PACKAGE = Path(__file__).parents[1]
"""The folder of the stubs that are imported; in a student's copy it is beside the notebooks."""

PROJECT = "project"
"""What `check` takes beside the exercises: the project of chapter 8."""


def exercise_named(name: Any) -> Exercise:
    """The exercise of a name, a number, or a function of that name.

    Raises
    ------
    UsageError
        When there is none; the text says what may have been meant.

    Examples
    --------
    >>> exercise_named("4.2").name
    'assign'
    >>> exercise_named("asign")
    Traceback (most recent call last):
        ...
    gmmlearn.errors.UsageError: No exercise is called 'asign'; did you mean assign?
    """
    name = getattr(name, "__name__", name)
    for exercise in EXERCISES.values():
        if name in (exercise.name, exercise.number):
            return exercise
    near = difflib.get_close_matches(str(name), EXERCISES, n=3, cutoff=0.5)
    near += [one for one in EXERCISES if name and one.startswith(str(name)) and one not in near]
    meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(EXERCISES)}."
    raise UsageError(f"No exercise is called {name!r}; {meant}")


def check(
    name: str | Callable[..., Any],
    project: Any = None,
    *,
    function: Callable[..., Any] | None = None,
    folder: Path | None = None,
    where: Path | None = None,
    seconds: float = limits.SECONDS,
) -> "Report | ProjectReport":
    """Try the public checks on a function as it is in your file, and say what is wrong.

    Parameters
    ----------
    name : str or callable
        Exercise, `"responsibilities"` or `"4.1"`; or a function of that name, of which the file is checked as well.
        `"project"` for the project of chapter 8, which gets questions and no points.
    project : Project, optional
        The declaration to look at; by default the variable `project` of the notebook.
    function : callable, optional
        A function to be checked instead of the one in the file; the record does not count it.
    folder : Path, optional
        Folder of the chapters' modules; by default that of the imported package.
    where : Path, optional
        Folder in which the record is kept; by default the one that holds the folder of the modules.
    seconds : float
        After this time the check ends, whatever the function does.

    Returns
    -------
    Report
        Shows itself in a notebook and with `print`; `report.inputs` are the arguments that gave the values shown.

    Examples
    --------
    >>> print(check("assign", function=lambda responsibilities: responsibilities.argmax(axis=1)).headline)
    passed all public checks
    """
    if name == PROJECT:
        from ..project.checking import kept, report_on

        return kept(report_on(project), where or (folder or PACKAGE).parent)
    exercise = exercise_named(name)
    if function is not None:
        found = _tried(exercise, lambda: lambda call: perform(function, call), seconds)
        return found if isinstance(found, Report) else build.report_of(exercise, answers(exercise.name), found)
    package = folder or PACKAGE
    where = where or package.parent
    as_it_was = state(exercise.name, package)
    report = report_on_file(exercise, package, seconds)
    if report.status is Status.INTERRUPTED:
        return _raised_for_nbgrader(report)
    known = _with_result(record.load(where, package), exercise.name, report, as_it_was)
    notes = report.notes
    if _is_in_notebook(exercise.name):
        notes += (f"There is a function {exercise.name} in this notebook; the check reads the one in {exercise.file}.",)
    if not record.save(known, where):
        notes += (f"{where} cannot be written to, so the result is not kept.",)
    report = replace(report, rows=(*report.rows, *_what_next(exercise, report)), notes=notes)
    if report.passed:
        report = replace(report, standing=record.summary(known), points=known.points)
    return _raised_for_nbgrader(report)


def _with_result(known: record.Record, name: str, report: Report, state: str) -> record.Record:
    """The record with the result of a check, and with questions to come back for what was wrong."""
    known = known.having(name, report.status, state)
    if report.mistake:
        known = known.naming(name, report.mistake)
    for mistake in report.mistakes:  # of two that it may be, a question for each comes back
        known = recall.missed(known, mistake, record.today())
    return known


def _raised_for_nbgrader(report: Report) -> Report:
    """The report; raised while nbgrader runs the notebook, which takes a cell that raises nothing for a passed one."""
    if os.environ.get("NBGRADER_EXECUTION") and not report.passed:
        raise NotPassed(str(report))
    return report


def _what_next(exercise: Exercise, report: Report) -> list[tuple[str, str]]:
    """What you can do then: look at a right function, make the call that went wrong by hand."""
    if report.passed:
        times = " and how their times grow" if exercise.timed else ""
        return [("Then", f"`{how_to('reference', report.name)}` shows other ways to write it{times}")]
    if report.inputs:
        return [("Try", f'To repeat this call in a notebook: `{report.name}(**check("{report.name}").inputs)`')]
    return []


def _is_in_notebook(name: str) -> bool:
    """Whether a function of that name was defined in a cell."""
    function = getattr(sys.modules.get("__main__"), name, None)
    return callable(function) and getattr(function, "__module__", "") == "__main__"


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
    found = _tried(exercise, lambda: loading.subject(exercise.name, folder, own=own), seconds, folder)
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


def _tried(
    exercise: Exercise, load: Callable[[], loading.Subject], seconds: float, folder: Path | None = None
) -> Diagnosis | Report:
    """All cases of the answer key on a subject, within the time limit; a report where it ended before."""
    key = answers(exercise.name)
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
