"""Makes a class, a folder with nbgrader's settings, a secret and the source of an assignment; and adds assignments."""

import json
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import permutations
from pathlib import Path
from zoneinfo import available_timezones

import nbformat

from ... import atomic, glossary, private
from ...contract import BONUS, CHAPTERS, EXERCISES, notebook_of, number_of
from ...errors import GmmlearnError, UsageError
from ...project.declaration import NOTEBOOK as PROJECT
from ...project.declaration import NUMBER as PROJECT_NUMBER
from ...terminal import stubs, student_copy
from ...terminal.kit import HANDED_OUT
from ..nbgrader import access, comments, deadlines, project, settings, source, store
from ..nbgrader import hunts as bug_hunts
from .lock import SCRATCH, alone

_ROOT = private.ROOT
_HERE = Path(__file__).parent
_LAST = max(map(number_of, CHAPTERS))
_HEADING = re.compile(r"(?P<before>^#+ Exercise [\d.]+: `(?P<name>\w+)` \()\d+ points?", re.M)
_CHAPTER = re.compile(r"exercises worth (\d+) points")
"""In what a chapter says of itself."""
_BONUS = {
    "This chapter is a **bonus**: the 100 points of the course are in chapters 1 to 7.":
        "The exercises of this chapter count like those of all others.",
    " They are bonus points.": "",
}  # fmt: skip
"""What is true of the course and not of a class that has the bonus chapter -> what is true there."""
_FOLLOW = """
# Which files of a submission are the student's follows from source/, the modes of new files from the folder of the
# class: open to its owner, or to a group as well after `gmmlearn class share`.
from gmmlearn.grading.nbgrader import settings  # noqa: E402

settings.follow(c, here)
"""
"""For the settings of a class that an earlier version made."""


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
    ours = {SCRATCH, store.SECRET_FILE, settings.FILE, comments.FILE, "source"}
    return SCRATCH in names <= ours and not any((folder / "source").glob("*"))


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
    course = course.resolve()  # a sentence on "." names no class
    there = source.assignments(course)
    if not there:
        raise UsageError(f"{course} is not a class: make one with `gmmlearn class create {course}`.")
    if assignment in there:
        raise UsageError(f"{course} has an assignment {assignment!r} already: give the new one another --name.")
    access.require(course)
    notes = []
    text = (course / settings.FILE).read_text()
    if "settings.follow(" not in text:
        atomic.write(course / settings.FILE, (text + _FOLLOW).encode(), (course / settings.FILE).stat().st_mode)
        notes.append(f"{settings.FILE} had the files of one assignment; a line at its end takes them from source/ now.")
    _write_assignment(course, assignment, chapters, hunts)
    return notes + solutions_handed_out(course, assignment)


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
    return sorted(asked | ({PROJECT_NUMBER} if (folder / PROJECT).exists() else set()))


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
        _write_notebooks(folder, chapters, points)
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


def _write_notebooks(source: Path, chapters: Sequence[int], points: dict[str, int]) -> None:
    """The notebooks of these chapters, with points that sum to 100, the explorations and the glossary."""
    scaled = _scaled_to_100(points)
    for module in CHAPTERS:
        if number_of(module) in chapters:
            name = notebook_of(module)
            notebook = nbformat.read(_ROOT / "course" / name, as_version=4)
            worth = sum(scaled[one.name] for one in EXERCISES.values() if one.module == module)
            for cell in notebook.cells:
                if "nbgrader" in cell.metadata:
                    cell.metadata.nbgrader.points = scaled[cell.metadata.nbgrader.grade_id]
                elif cell.cell_type == "markdown":
                    text = _HEADING.sub(partial(_heading, scaled), cell.source)
                    text = _CHAPTER.sub(partial(_chapter, worth), text)
                    for course, here in _BONUS.items():
                        text = text.replace(course, here)
                    cell.source = student_copy.link(text)
            notebook.cells = comments.add_cells(notebook.cells)
            nbformat.write(notebook, source / name)
    if project.GRADE_ID in scaled:
        notebook = nbformat.read(_ROOT / "course" / PROJECT, as_version=4)
        notebook.cells = project.marked(notebook.cells, scaled[project.GRADE_ID])
        nbformat.write(notebook, source / PROJECT)
    shutil.copy(_ROOT / "course" / "explorations.ipynb", source)
    left_out = {module for module, number in BONUS.items() if number not in chapters}
    (source / glossary.NOTEBOOK).write_text(glossary.notebook(CHAPTERS.keys() - left_out), encoding="utf-8")


def _heading(scaled: dict[str, float], found: re.Match[str]) -> str:
    """The heading of an exercise with the points that it has in this class.

    >>> _HEADING.sub(partial(_heading, {"assign": 9.38}), "### Exercise 4.2: `assign` (3 points, about 1 line)")
    '### Exercise 4.2: `assign` (9.38 points, about 1 line)'
    """
    worth = scaled[found["name"]]
    return f"{found['before']}{worth:g} point{'' if worth == 1 else 's'}"


def _chapter(worth: float, found: re.Match[str]) -> str:
    """What a chapter says of its points, and that what a student is shown by `check` is in others.

    >>> _CHAPTER.sub(partial(_chapter, 6.25), "35 for two exercises worth 9 points.")
    '35 for two exercises worth 6.25 points here (`check` and `progress` show those of the whole course, 9).'
    """
    others = f" here (`check` and `progress` show those of the whole course, {found[1]})"
    return f"exercises worth {worth:g} points{others if f'{worth:g}' != found[1] else ''}"


def _scaled_to_100(points: dict[str, int]) -> dict[str, float]:
    """Points nearly in proportion, in quarters, so that nbgrader's sums of floats come to exactly 100.

    >>> _scaled_to_100({"a": 1, "b": 2})
    {'a': 33.25, 'b': 66.75}
    """
    total, given, sofar = sum(points.values()), 0.0, 0
    scaled = {}
    for name, own in points.items():
        sofar += own
        scaled[name] = round(400 * sofar / total) / 4 - given
        given += scaled[name]
    return scaled
