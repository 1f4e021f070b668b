"""The settings of a class: `nbgrader_config.py` as nbgrader reads it, and what in them follows from the folder."""

import os
import warnings
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from traitlets.config.loader import PyFileConfigLoader

from ...errors import UsageError
from ..judge.sandbox import Limits
from . import access, source

FILE = "nbgrader_config.py"
SCRATCH = ".grading"
"""In the folder of the class: the lock, and what is not whole yet. Emptied by each run."""
UNFINISHED = "unfinished"
"""In it from the beginning of a run of `class grade` until one comes to its end, whatever is run in between."""


def follow(c: Any, course: str) -> None:
    """Called by `nbgrader_config.py`: what follows from the assignments in `source/` and from who may read the class.

    Parameters
    ----------
    c : Config
        Of nbgrader, changed in place.
    course : str
        Folder of the class.
    """
    for repaired in (DuplicateCellId, MissingIDFieldWarning):  # by nbformat, in students' notebooks
        warnings.filterwarnings("ignore", category=repaired)
    wanted = access.modes(Path(course))
    access.set_umask(Path(course))
    c.CourseDirectory.groupshared = wanted is access.SHARED
    c.Autograde.permissions = 660 if wanted is access.SHARED else 400  # nbgrader reads the digits as octal
    c.GenerateFeedback.permissions = 660 if wanted is access.SHARED else 600
    # Feedback is readable by its student once it is in the exchange, under a name that nobody else can guess.
    c.ExchangeFactory.release_feedback = "gmmlearn.grading.nbgrader.collecting.ReleaseFeedback"
    c.Autograde.exclude_overwriting = source.students_files(Path(course))


def load(course: Path) -> Any:
    """The settings of a class.

    Parameters
    ----------
    course : Path
        Folder of the class.

    Returns
    -------
    Config

    Raises
    ------
    UsageError
        When the file is not there or cannot be run.
    """
    umask = os.umask(0o077)
    try:
        return PyFileConfigLoader(FILE, path=str(course)).load_config()
    except Exception as error:  # the file is Python, and an instructor's to edit
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        raise UsageError(f"{course / FILE}{line} cannot be used: {type(error).__name__}: {error}") from error
    finally:
        os.umask(umask)  # which `follow` sets, for nbgrader's own commands


def unfinished(course: Path) -> str:
    """A sentence where scores may be from before a run that goes on or was interrupted; empty where none was."""
    if not (course / SCRATCH / UNFINISHED).exists():
        return ""
    return (
        f"{course} is being graded, or a run has not come to its end, so what is here may be from before it: run "
        "`gmmlearn class grade` until it ends."
    )


def limits(config: Any) -> Limits:
    """What a submission of the class may use: `c.Judge.all_cpu_seconds` and `all_wall_seconds`, where they are set.

    Raises
    ------
    UsageError
        When one of them is not a positive number.
    """
    wanted = {name: config.Judge[name] for name in ("all_cpu_seconds", "all_wall_seconds") if name in config.Judge}
    for name, value in wanted.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise UsageError(f"c.Judge.{name} in {FILE} is {value!r}: write a number of seconds.")
    return Limits(**wanted)


def zone(config: Any) -> ZoneInfo:
    """The time zone of a class, which a date without one is in: nbgrader's own setting, UTC if it is not set.

    Raises
    ------
    UsageError
        When there is no zone of that name.
    """
    name = config.NbGraderAPI.get("timezone", "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(
            f"c.NbGraderAPI.timezone in {FILE} is {name!r}, which is no time zone: write one like 'Europe/Berlin'."
        ) from None


def gradebook(course: Path, config: Any) -> Any:
    """nbgrader's gradebook of a class, to be closed by `with`."""
    from nbgrader.api import Gradebook

    url = config.CourseDirectory.get("db_url", f"sqlite:///{course / 'gradebook.db'}")
    return Gradebook(url, config.CourseDirectory.get("course_id", ""))
