"""What a student calls: `check`, `hint`, `progress`, `compare`, `reference`, `reset`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import loading
from ..contract import EXERCISES
from ..errors import UsageError
from ..manifest import is_clone
from . import hints, record
from .checking import PACKAGE, check, exercise_named, report_on_file
from .printed import kept
from .reporting import build
from .reporting.overview import Progress
from .reporting.report import Report
from .wording import how_to

if TYPE_CHECKING:
    from .styles import Reference
    from .timing import Timing


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
            f"Other ways to write it are shown once this passes; `{asked}` shows them now, and the record notes that."
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
