"""Makes a class, a folder with nbgrader's settings, a secret and the source of an assignment; and adds assignments."""

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from zoneinfo import available_timezones

from ... import private
from ...contract import CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, PROJECT_NUMBER, number_of
from ...errors import GmmlearnError, UsageError
from ...terminal import stubs, student_copy
from ...terminal.kit import HANDED_OUT
from ..nbgrader import access, comments, deadlines, project, settings, source, store
from ..nbgrader import hunts as bug_hunts
from . import notebooks
from .assignment import class_folder
from .lock import alone

_ROOT = private.ROOT
_HERE = Path(__file__).parent
_LAST = max(map(number_of, CHAPTERS))


def create(
    folder: Path,
    *,
    assignment: str = "gmm",
    chapters: Sequence[int] = range(1, 8),
    exchange: str = "",
    timezone: str = "UTC",
    group: str = "",
    hunts: float = 0.0,
) -> Path:
    """Make a class: nbgrader's settings, a class secret and the source of the first assignment.

    Parameters
    ----------
    folder : Path
        Of the class; it must not exist or be empty.
    assignment : str
        Name of the assignment.
    chapters : sequence of int
        Those to hand out, in order. Modules of earlier chapters are then given solved, and the points scale to 100.
    exchange : str
        Folder of nbgrader's exchange, made if it is not there; nbgrader's own if empty.
    timezone : str
        In which times are shown, and in which a date without a zone is meant.
    group : str
        Name of a group of this machine with which the class is shared; nobody else can read it if empty.
    hunts : float
        Extra points for a bug hunt in all exercises; 0 for none.

    Returns
    -------
    Path
        The folder of the class.

    Raises
    ------
    UsageError
        When the folder is not empty, the chapters are none of the course, or there is no such zone or group.
    """
    _refuse(assignment, chapters, hunts)
    if timezone not in available_timezones():
        raise UsageError(f"{timezone!r} is not a time zone: write one like Europe/Berlin.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not _is_begun(folder):
        raise UsageError(f"{folder} exists and is not empty: give a new folder for the class.")
    if group:
        access.group_id(group)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(access.modes(folder).folder)
    with alone(folder):
        for name in (store.SECRET_FILE, settings.FILE, comments.FILE):  # of a run that was killed
            (folder / name).unlink(missing_ok=True)
        store.new_secret(folder)
        template = (_HERE.parent / "nbgrader" / "nbgrader_config.py.in").read_text()
        (folder / settings.FILE).write_text(
            template.format(course_id=folder.resolve().name, exchange=str(_made_exchange(exchange)), timezone=timezone)
        )
        shutil.copy(_HERE.parent / "nbgrader" / comments.FILE, folder)
        (folder / "source").mkdir(exist_ok=True)
        access.take_over(folder, folder)
        if group:
            access.share(folder, group)
    _write_assignment(folder, assignment, chapters, hunts)  # last: with it the folder is a class
    return folder


def _is_begun(folder: Path) -> bool:
    """Whether a run that was killed left no more in a folder than the beginning of a class."""
    names = {path.name for path in folder.iterdir()}
    ours = {settings.SCRATCH, store.SECRET_FILE, settings.FILE, comments.FILE, access.GRADEBOOK, "source"}
    return settings.SCRATCH in names <= ours and not any((folder / "source").glob("*"))


def add(course: Path, *, assignment: str, chapters: Sequence[int], hunts: float = 0.0) -> list[str]:
    """Add an assignment to a class.

    Parameters
    ----------
    course : Path
        Folder of the class.
    assignment : str
        Name of the new assignment.
    chapters : sequence of int
        Those to hand out, in order. Modules of earlier chapters are then given solved, and the points scale to 100.
    hunts : float
        Extra points for a bug hunt in all exercises; 0 for none.

    Returns
    -------
    list of str
        What to look at before it is handed out, a sentence each.

    Raises
    ------
    UsageError
        When the folder is not a class, it has an assignment of that name, or the chapters are none of the course.
    """
    _refuse(assignment, chapters, hunts)
    course = class_folder(course)
    if assignment in source.assignments(course):
        raise UsageError(f"{course} has an assignment {assignment!r} already: give the new one another --name.")
    _write_assignment(course, assignment, chapters, hunts)
    return solutions_handed_out(course, assignment)


def solutions_handed_out(course: Path, assignment: str) -> list[str]:
    """Which assignments hand out solutions that another one still asks for, as far as this one is concerned.

    Parameters
    ----------
    course : Path
        Folder of the class.
    assignment : str
        Name of an assignment.

    Returns
    -------
    list of str
        A sentence for each pair.
    """
    names = source.assignments(course)
    asked = {name: _chapters_of(course, name) for name in names}
    notes = []
    for earlier, later in permutations(names, 2):
        given = [number for number in asked[earlier] if number < min(asked[later], default=0)]
        if assignment not in (earlier, later) or not given:
            continue
        found = deadlines.find(course, earlier)
        if found.last is None or found.last > datetime.now(UTC):
            until = "has no deadline yet" if found.last is None else f"is due {deadlines.said(found.last, found.zone)}"
            chapters = f"chapter {given[0]}" if len(given) == 1 else f"chapters {given[0]} to {given[-1]}"
            notes.append(
                f"{later} holds the solutions of {chapters}, which {earlier} asks for: {earlier} {until}. "
                f"Do not release {later} before."
            )
    return notes


def _chapters_of(course: Path, assignment: str) -> list[int]:
    """Numbers of the chapters of an assignment."""
    folder = course / "source" / assignment
    asked = {EXERCISES[name].chapter for name in source.points(folder)}
    return sorted(asked | ({PROJECT_NUMBER} if (folder / PROJECT_NOTEBOOK).exists() else set()))


def _refuse(assignment: str, chapters: Sequence[int], hunts: float) -> None:
    """Say what cannot be an assignment."""
    if not chapters or chapters[0] < 1 or chapters[-1] > _LAST:
        raise UsageError(
            f"The course has chapters 1 to {_LAST}, of which {PROJECT_NUMBER} is a project and {_LAST} a bonus: "
            f"give one of them or a part, like 3-5 or 1-7,{_LAST}."
        )
    if not assignment.isidentifier():
        raise UsageError(f"{assignment!r} cannot be the name of an assignment: use letters, digits and underscores.")
    if hunts and not any(exercise.chapter in chapters for exercise in EXERCISES.values()):
        raise UsageError("A bug hunt is about exercises, and these chapters have none: leave --hunts out.")
    if not (_ROOT / "course").is_dir():
        raise GmmlearnError(
            f"The notebooks are not at {_ROOT / 'course'}: make classes with a clone of the repository."
        )


def _write_assignment(course: Path, assignment: str, chapters: Sequence[int], hunts: float) -> None:
    """Write `source/<assignment>`, which is there only when it is whole."""
    asked = [exercise for exercise in EXERCISES.values() if exercise.chapter in chapters]
    with alone(course) as draft:
        folder = draft / assignment
        student_copy.write(folder, student_copy.package_and_set_up())
        for module in CHAPTERS:
            if number_of(module) < chapters[0]:
                shutil.copy(private.FOLDERS["solutions"] / f"{module}.py", folder / "gmmlearn")
        stubs.write(folder / "gmmlearn")
        points = {exercise.name: exercise.points for exercise in asked}
        if PROJECT_NUMBER in chapters:
            points[project.GRADE_ID] = project.POINTS
        notebooks.write(folder, chapters, points)
        if hunts:
            bug_hunts.write(folder, [exercise.name for exercise in asked], hunts)
        (folder / "gmmlearn" / HANDED_OUT).write_text(json.dumps(source.graded(folder)), encoding="utf-8")
        access.take_over(folder, course)
        folder.rename(course / "source" / assignment)


def _made_exchange(folder: str) -> Path:
    """The exchange, which nbgrader wants to be there and open to everybody; its own is left as it was set up."""
    if not folder:
        return Path("/usr/local/share/nbgrader/exchange")
    path = Path(folder).resolve()
    if not path.exists():
        path.mkdir(parents=True)
        path.chmod(0o777)
    return path
