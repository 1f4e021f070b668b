"""Forgets a student: finds and removes all that a class has stored, and says what is out of its reach."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ... import atomic
from ...errors import UsageError
from ..nbgrader import placeholders, settings, store
from . import roster
from .lock import alone, only_one_collects

_FOLDERS = ("submitted", "autograded", "feedback", "set_aside")
_IDS = ("id", "student_id")
"""Columns of lists by which a student is known."""
_READ_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Stored:
    """What a class has stored on a student.

    Attributes
    ----------
    course : Path
        Folder of the class.
    student, name : str
        Id of the student, and name if the roster has it.
    paths : list of Path
        Files and folders that hold nothing else.
    lists : dict of Path to int
        CSV files at the top of the class -> how many lines are on the student.
    logs : dict of Path to int
        Logs -> how many lines name the student.
    submissions : list of str
        Assignments of which the gradebook has rows.
    in_gradebook : bool
    """

    course: Path
    student: str
    name: str
    paths: list[Path]
    lists: dict[Path, int]
    logs: dict[Path, int]
    submissions: list[str]
    in_gradebook: bool

    @property
    def lines(self) -> list[str]:
        """What there is, a line each."""
        said = [f"{path.relative_to(self.course)}{'/' if path.is_dir() else ''}" for path in self.paths]
        for path, number in (self.lists | self.logs).items():
            said.append(f"{path.relative_to(self.course)}: {number} line{'' if number == 1 else 's'}")
        if self.in_gradebook:
            said.append(f"gradebook.db: the student, with {', '.join(self.submissions) or 'no'} scores and comments")
        return said


def stored(course: Path, student: str) -> Stored:
    """Look for all that a class has stored on a student.

    Parameters
    ----------
    course : Path
        Folder of the class.
    student : str
        Id of the student.

    Returns
    -------
    Stored

    Raises
    ------
    UsageError
        When there is nothing.
    """
    if not re.fullmatch(r"[\w.@+ -]+", student) or not student.strip(". "):
        raise UsageError(f"{student!r} is not the id of a student.")
    lists = {path: number for path in sorted(course.glob("*.csv")) if (number := _rows(path, student)[1])}
    logs = {
        path: number
        for pattern in ("*.log", f"verdicts/*/{store.CHANGES_FILE}")
        for path in sorted(course.glob(pattern))
        if (number := sum(map(_names(student), _lines(path))))
    }
    there, submissions = _in_gradebook(course, student)
    entry = roster.read(course).get(student)
    found = Stored(
        course,
        student,
        entry.name if entry else "",
        list(_paths(course, student)),
        lists,
        logs,
        submissions,
        there,
    )
    if not found.lines:
        raise UsageError(f"Nothing is stored on {student!r} in {course}. Ids are as in submitted/ and roster.csv.")
    return found


def forget(found: Stored) -> None:
    """Remove what was found, the gradebook first: while a file is there, a second try finds the student again.

    Raises
    ------
    UsageError
        When the class is being graded or collected, or nothing is stored any more.
    """
    with alone(found.course), only_one_collects(found.course):
        found = stored(found.course, found.student)  # since it was shown, a run may have graded or collected more
        if (found.course / "gradebook.db").exists():
            _remove_from_gradebook(found.course, found.student if found.in_gradebook else "")
        for path in found.paths:
            placeholders.remove(path)
        for path in found.lists:
            _rewrite(path, _rows(path, found.student)[0])
        for path in found.logs:
            names = _names(found.student)
            _rewrite(path, "".join(line for line in _lines(path) if not names(line)))


def left(found: Stored) -> list[str]:
    """What is out of reach: what the exchange holds, and files of the class that still name the student."""
    said = []
    config = settings.load(found.course)
    inbound = Path(config.Exchange.get("root", ""), config.CourseDirectory.get("course_id", ""), "inbound")
    said += [str(path) for path in sorted(inbound.glob("*")) if path.name.rsplit("+", 3)[0] == found.student]
    names = [_names(word) for word in (found.student, found.name) if word]
    for path in sorted(found.course.rglob("*")):
        part = path.relative_to(found.course).parts[0]
        if part in ("source", "release", "downloaded", *_FOLDERS) or not path.is_file() or path.is_symlink():
            continue
        if path.name == "gradebook.db" or path.stat().st_size > _READ_BYTES:
            continue
        text = f"{path.relative_to(found.course)}\n" + path.read_bytes().decode("utf-8", "replace")
        if any(named(text) for named in names):
            said.append(f"{path}: names the student")
    archives = [path for path in found.course.glob("downloaded/*/archive/*") if path.is_file()]
    if archives:
        said.append(f"{len(archives)} archives in downloaded/, if the student's work is in one of several students")
    return [*said, "backups, pages of feedback that were released, and reports and exports outside the class"]


def _paths(course: Path, student: str) -> Iterator[Path]:
    """Files and folders that hold nothing but a student's."""
    for name in _FOLDERS:
        if (course / name / student).exists():
            yield course / name / student
    own = re.compile(rf"{re.escape(student)}(\.\w+|\.tar\.\w+)?")
    for pattern in ("verdicts/*/*", "downloaded/*/*/*"):
        for path in sorted(course.glob(pattern)):
            if own.fullmatch(path.name):
                yield path


def _rows(path: Path, student: str) -> tuple[str, int]:
    """The text of a CSV file without the lines on a student, and how many those are."""
    with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
        text = file.read()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    column = next((rows[0].index(name) for name in _IDS if rows and name in [cell.strip() for cell in rows[0]]), None)
    if column is None:
        return text, 0
    kept = [row for row in rows if len(row) <= column or row[column].strip() != student]
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(kept)
    return written.getvalue(), len(rows) - len(kept)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines(True)


def _rewrite(path: Path, text: str) -> None:
    atomic.write(path, text.encode(), path.stat().st_mode)


def _names(student: str) -> Callable[[str], bool]:
    """Whether a text names a student: `ada` is not in `adam` or `ada.b`."""
    found = re.compile(rf"(?<![\w@+-]){re.escape(student)}(?![\w@+-]|\.\w)")
    return lambda text: found.search(text) is not None


def _in_gradebook(course: Path, student: str) -> tuple[bool, list[str]]:
    """Whether the gradebook knows a student, and of which assignments it has scores."""
    from nbgrader.api import MissingEntry

    if not (course / "gradebook.db").exists():
        return False, []
    with settings.gradebook(course, settings.load(course)) as gradebook:
        try:
            return True, sorted(one.assignment.name for one in gradebook.find_student(student).submissions)
        except MissingEntry:
            return False, []


def _remove_from_gradebook(course: Path, student: str) -> None:
    """Remove a student's rows, if there are any, and what SQLite keeps of removed ones in unused pages."""
    from sqlalchemy import text

    with settings.gradebook(course, settings.load(course)) as gradebook:
        if student:
            gradebook.remove_student(student)
        gradebook.db.remove()
        if gradebook.engine.dialect.name == "sqlite":
            with gradebook.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
