"""What a student calls: `check`, `hint`, `progress`, `compare`, `reference`, `reset`.

It finds the function, asks the engine and keeps the record.
"""

import difflib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import loading
from ..calls import Status
from ..contract import EXERCISES, Exercise
from ..errors import NotPassed, UsageError
from ..manifest import is_clone
from ..performing import perform
from . import hints, limits, recall, record
from .dependencies import state
from .diagnosing.answer_key import answers
from .on_file import report_on_file, tried
from .printed import kept
from .reporting import build
from .reporting.invocation import how_to
from .reporting.overview import Progress
from .reporting.report import Report

if TYPE_CHECKING:
    from ..project.checking import ProjectReport
    from .styles import Reference
    from .timing import Timing

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
        found = tried(exercise, lambda: lambda call: perform(function, call), seconds)
        return found if isinstance(found, Report) else build.report_of(exercise, answers(exercise.name), found)
    package = folder or PACKAGE
    where = where or package.parent
    as_it_was = state(exercise.name, package)
    report = report_on_file(exercise, package, seconds)
    if report.status is Status.INTERRUPTED:
        return _honest(report)
    known = record.load(where, package).having(exercise.name, report.status, as_it_was)
    if report.mistake:
        known = known.naming(exercise.name, report.mistake)
    for mistake in report.mistakes:  # of two that it may be, a question for each comes back
        known = recall.missed(known, mistake, record.today())
    saved = record.save(known, where)
    report = replace(report, rows=(*report.rows, *_what_next(exercise, report)))
    if report.passed:
        report = replace(report, standing=record.summary(known), points=known.points)
    notes = report.notes
    if _is_in_notebook(exercise.name):
        notes += (f"There is a function {exercise.name} in this notebook; the check reads the one in {exercise.file}.",)
    if not saved:
        notes += (f"{where} cannot be written to, so the result is not kept.",)
    return _honest(replace(report, notes=notes))


def _honest(report: Report) -> Report:
    """The report; raised while nbgrader runs the notebook, which takes a cell that raises nothing for a passed one."""
    if os.environ.get("NBGRADER_EXECUTION") and not report.passed:
        raise NotPassed(str(report))
    return report


def _what_next(exercise: Exercise, report: Report) -> list[tuple[str, str]]:
    """What you can do then: look at a right function, make the call that went wrong by hand."""
    if report.passed:
        times = " and shows how their times grow" if exercise.timed else ""
        return [("Then", f"`{how_to('reference', report.name)}` puts others beside it{times}")]
    if report.inputs and not report.passed:
        return [("Try", f'To repeat this call in a notebook: `{report.name}(**check("{report.name}").inputs)`')]
    return []


def _is_in_notebook(name: str) -> bool:
    """Whether a function of that name was defined in a cell."""
    function = getattr(sys.modules.get("__main__"), name, None)
    return callable(function) and getattr(function, "__module__", "") == "__main__"


def hint(name: str | Callable[..., Any], *, level: int | None = None, where: Path | None = None) -> hints.Hint:
    """A hint on an exercise: first a question, then the idea, then the shape of the code, then a relative, solved.

    Every call goes one further; `level` asks for 1, 2, 3 or 4.
    """
    exercise = exercise_named(name)
    where = where or PACKAGE.parent
    known = record.load(where)
    if level is None:
        level = min(known.hints.get(exercise.name, 0) + 1, hints.levels(exercise))
    elif level not in range(1, hints.levels(exercise) + 1):
        raise UsageError(
            f"Hints 1 to 3 help with the exercise, 4 is a worked relative of it; hint {level} does not exist."
        )
    record.save(known.hinted(exercise.name, max(level, known.hints.get(exercise.name, 0))), where)
    return hints.read(exercise, level)


def compare(name: str | Callable[..., Any], *, folder: Path | None = None) -> "Timing | Report":
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
    if not exercise.timed:
        raise UsageError(
            f"The time of {exercise.name} does not grow with the number of samples, so there is nothing to compare."
        )
    folder = folder or PACKAGE
    report = report_on_file(exercise, folder)
    if not report.passed:
        return replace(report, notes=("There is something to compare as soon as this passes.", *report.notes))
    with kept():  # what it prints has its place in `check`, not here for every repetition
        return timing.measure(exercise.name, loading.load(exercise.name, folder))


def reference(
    name: str | Callable[..., Any], *, now: bool = False, folder: Path | None = None, where: Path | None = None
) -> "Reference | Report":
    """Your function beside others that do the same, and how their times grow: once it passes, or `now`.

    Parameters
    ----------
    name : str or callable
        Exercise.
    now : bool
        Whether to show it before your function passes, which the record notes.
    folder, where : Path, optional
        As for `check`.

    Returns
    -------
    Reference
        Text and times of each; the report of `check` while the function does not pass.
    """
    from . import styles

    exercise = exercise_named(name)
    package = folder or PACKAGE
    report = check(exercise.name, folder=package, where=where)
    if not (report.passed or now):
        asked = how_to("reference", exercise.name, now=True)
        note = (
            f"Others beside it are shown as soon as this passes; `{asked}` shows them now, and the record notes that."
        )
        return replace(report, notes=(note, *report.notes))
    home = where or package.parent
    record.save(record.load(home, package).seen(exercise.name), home)
    with kept():
        return styles.beside(exercise, package, own=report.passed)


def progress(*, again: bool = False, folder: Path | None = None, where: Path | None = None) -> Progress:
    """All exercises by chapter: done, wrong, changed or not started, the points so far, and what comes next.

    Parameters
    ----------
    again : bool
        Whether to check what has changed since it was checked.
    folder, where : Path, optional
        As for `check`.
    """
    from ..terminal import kit

    package = folder or PACKAGE
    where = where or package.parent
    known = record.load(where, package)
    if again:
        for name in sorted(known.changed, key=list(EXERCISES).index):
            check(name, folder=package, where=where)
        known = record.load(where, package)
    notebooks = frozenset(path.name for path in kit.Kit(package.parent, package).notebooks)
    return Progress(known, is_clone(package.parent), notebooks)


def reset(name: str | Callable[..., Any], *, folder: Path | None = None) -> Report:
    """Put the stub of a function back; the file as it was is kept.

    Returns
    -------
    Report
        Where the file as it was is kept.
    """
    from ..terminal import kit

    exercise = exercise_named(name)
    package = folder or PACKAGE
    copy = kit.reset(exercise, kit.Kit(package.parent, package))
    return build.restored(exercise, copy)
