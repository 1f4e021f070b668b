"""What a student calls: `check`, `hint`, `progress`, `compare`. Finds the function, asks the book, keeps the record."""

import difflib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import desks
from ..contract import EXERCISES, Exercise
from ..errors import UsageError
from . import book, hints, record
from .calls import called_by
from .diagnose import Diagnosis, diagnose
from .feedback import not_started, printed_row, printed_rows, report_of, unreadable
from .observe import failure_of
from .outcome import Outcome
from .overview import Progress
from .printed import kept
from .report import Report
from .ways import command, way

if TYPE_CHECKING:
    from .timing import Timing

PACKAGE = Path(__file__).parents[1]
"""The folder of the desks that are imported; in a student's kit it lies beside the notebooks."""


def exercise_named(name: str) -> Exercise:
    """The exercise of a name or a number.

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
    for exercise in EXERCISES.values():
        if name in (exercise.name, exercise.number):
            return exercise
    near = difflib.get_close_matches(name, EXERCISES, n=3, cutoff=0.5)
    near += [one for one in EXERCISES if name and one.startswith(name) and one not in near]
    meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(EXERCISES)}."
    raise UsageError(f"No exercise is called {name!r}; {meant}")


def check(
    name: str, *, function: Callable[..., Any] | None = None, folder: Path | None = None, where: Path | None = None
) -> Report:
    """Try the public checks on a function as it stands in your file, and say what is wrong.

    Parameters
    ----------
    name : str
        Exercise, `"responsibilities"` or `"4.1"`.
    function : callable, optional
        A function to be checked in place of the one in the file; the record does not count it.
    folder : Path, optional
        Folder of the seven modules; by default that of the imported package.
    where : Path, optional
        Folder in which the record is kept; by default the working directory.

    Returns
    -------
    Report
        Shows itself in a notebook and with `print`; `report.inputs` are the arguments that gave the values shown.

    Examples
    --------
    >>> print(check("assign", function=lambda responsibilities: responsibilities.argmax(axis=1)).headline)
    passed all public checks
    """
    exercise = exercise_named(name)
    page = book.page(exercise.name)
    if function is not None:
        return report_of(exercise, page, diagnose(page, function))
    report = report_on_file(exercise, page, folder or PACKAGE)
    where = where or Path.cwd()
    known = record.load(where).having(exercise.name, report.outcome)
    saved = record.save(known, where)
    report = replace(report, rows=(*report.rows, *_what_next(report)))
    if report.passed:
        report = replace(report, standing=record.summary(known), points=known.points)
    if not saved:
        report = replace(report, notes=(*report.notes, "This folder cannot be written to, so the result is not kept."))
    return report


def _what_next(report: Report) -> list[tuple[str, str]]:
    """What one can do in a notebook: time a right function, make the call that went wrong by hand."""
    if report.passed and report.name not in ("n_parameters", "bic"):
        return [("Then", f'`compare("{report.name}")` in a notebook shows how its time grows')]
    if report.inputs:
        return [("Try", f'`{report.name}(**check("{report.name}").inputs)` in a notebook is this call')]
    return []


def report_on_file(exercise: Exercise, page: book.Page, folder: Path) -> Report:
    """Check the function first as the student has it, then with the library's functions in the place of others."""
    own = _diagnosis(exercise, page, folder, own=True)
    if isinstance(own, Diagnosis) and own.passed:
        return report_of(exercise, page, own)
    # A function that calls no other does the same once more, and the student would wait twice.
    by_itself = isinstance(own, Diagnosis) and not called_by(exercise.name, folder)
    alone = own if by_itself else _diagnosis(exercise, page, folder, own=False)
    if isinstance(alone, Report):
        return alone
    report = report_of(exercise, page, alone)
    if alone.passed:
        headline = "right by itself; another of your functions is not"
        rows = [("Look", _earlier(exercise, folder))]
        if isinstance(own, Diagnosis):
            rows += printed_rows(exercise, own, own.failed[0])
        return replace(report, headline=headline, rows=tuple(rows), printed=own.printed)
    if report.outcome is Outcome.NOT_STARTED and _written_in_notebook(exercise.name):
        note = f"There is a function {exercise.name} in this notebook; the check reads the one in {exercise.file}."
        return replace(report, notes=(note,))
    return report


def _diagnosis(exercise: Exercise, page: book.Page, folder: Path, *, own: bool) -> Diagnosis | Report:
    """The diagnosis, or a report when the file cannot be imported."""
    with kept() as text:
        found = _found(exercise, page, folder, own=own)
    printed = text.getvalue()
    if isinstance(found, Diagnosis):
        return replace(found, at_import=printed)
    return replace(found, rows=(*found.rows, *printed_row(exercise, printed, printed)), printed=printed)


def _found(exercise: Exercise, page: book.Page, folder: Path, *, own: bool) -> Diagnosis | Report:
    try:
        function = desks.load(exercise.name, folder, own=own)
    except desks.NotWritten as missing:
        if (folder / f"{exercise.module}.py").exists():
            return not_started(exercise, f"{missing}.")
        return not_started(exercise, f"The file is missing; `{command('reset', exercise.name)}` brings it back.")
    except (Exception, SystemExit) as error:
        return unreadable(exercise, failure_of(error))
    return diagnose(page, function)


def _earlier(exercise: Exercise, folder: Path) -> str:
    """Which earlier function spoils a right one."""
    for other in map(EXERCISES.__getitem__, called_by(exercise.name, folder)):
        found = _diagnosis(other, book.page(other.name), folder, own=False)
        if isinstance(found, Report) or not found.passed:
            state = "is not written yet" if _is_stub(found) else "is not right yet"
            return (
                f"With right functions in the place of your others {exercise.name} passes, with your own it does not: "
                f"{other.number} {other.name} {state}. See `{way('check', other.name)}`."
            )
    return (
        f"With right functions in the place of your others {exercise.name} passes, with your own it does not. Does one "
        "that it calls change the data that it is given?"
    )


def _is_stub(found: Diagnosis | Report) -> bool:
    return found.outcome is Outcome.NOT_STARTED if isinstance(found, Report) else found.not_started


def _written_in_notebook(name: str) -> bool:
    """Whether a function of that name was defined in a cell."""
    function = getattr(sys.modules.get("__main__"), name, None)
    return callable(function) and getattr(function, "__module__", "") == "__main__"


def hint(name: str, *, level: int | None = None, where: Path | None = None) -> hints.Hint:
    """A hint on an exercise: first a question, then the idea, then the shape of the code.

    Every call goes one further; `level` asks for 1, 2 or 3.
    """
    exercise = exercise_named(name)
    where = where or Path.cwd()
    known = record.load(where)
    if level is None:
        level = min(known.hints.get(exercise.name, 0) + 1, hints.N_LEVELS)
    elif level not in range(1, hints.N_LEVELS + 1):
        raise UsageError(f"There are hints 1, 2 and 3, but no hint {level}.")
    record.save(known.hinted(exercise.name, max(level, known.hints.get(exercise.name, 0))), where)
    return hints.read(exercise, level)


def compare(name: str, *, folder: Path | None = None) -> "Timing | Report":
    """Time your function beside NumPy's, SciPy's or scikit-learn's on growing inputs, once it passes.

    Returns
    -------
    Timing
        A picture on two logarithmic axes, with its numbers; the report of `check` while the function is not right.

    Raises
    ------
    UsageError
        For a function whose time depends on no number of samples.
    """
    from . import timing

    exercise = exercise_named(name)
    if exercise.name not in timing.HAS_SAMPLES:
        raise UsageError(f"{exercise.name} only counts: its time does not grow with the samples.")
    folder = folder or PACKAGE
    report = report_on_file(exercise, book.page(exercise.name), folder)
    if not report.passed:
        return replace(report, notes=("There is something to compare as soon as this passes.", *report.notes))
    with kept():  # what it prints has its place in `check`, not here for every repetition
        return timing.measure(exercise.name, desks.load(exercise.name, folder))


def progress(*, where: Path | None = None) -> Progress:
    """All exercises by chapter: done, wrong or not started, the points so far, and what comes next."""
    return Progress(record.load(where or Path.cwd()))
