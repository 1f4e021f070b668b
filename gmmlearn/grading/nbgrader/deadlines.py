"""Deadlines: until when a student may hand in an assignment, and which of several attempts counts.

The deadline of all is the date in nbgrader's gradebook. `extensions.csv` in the folder of the class gives more time:
columns `id`, `date` and `reason`, and `assignment` where the class has several.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...errors import UsageError
from . import settings, source

FILE = "extensions.csv"


def set_due(course: Path, assignment: str, moment: datetime | None) -> None:
    """Write the deadline of all to the gradebook, which is made if it is not there."""
    with settings.gradebook(course, settings.load(course)) as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=moment)


class Attempt(Enum):
    """Which attempt of a student counts."""

    LAST = "last"
    FIRST = "first"
    LAST_BEFORE_DEADLINE = "last-before-deadline"
    BEST_BEFORE_DEADLINE = "best-before-deadline"

    @property
    def asks_for_times(self) -> bool:
        """Whether a deadline says which attempts can count."""
        return self in (Attempt.LAST_BEFORE_DEADLINE, Attempt.BEST_BEFORE_DEADLINE)


@dataclass(frozen=True)
class Deadlines:
    """The deadlines of an assignment.

    Attributes
    ----------
    due : datetime or None
        Of everybody, with its time zone; None where there is none.
    zone : ZoneInfo
        Of the class, in which times are shown and in which a date without one is meant.
    extensions : dict of str to datetime
        Student -> later deadline.
    """

    due: datetime | None
    zone: ZoneInfo
    extensions: dict[str, datetime]

    def of(self, student: str) -> datetime | None:
        """Until when a student may hand in; None where there is no deadline. An extension never takes time away."""
        return None if self.due is None else max(self.due, self.extensions.get(student, self.due))

    @property
    def last(self) -> datetime | None:
        """The latest of all."""
        return None if self.due is None else max([self.due, *self.extensions.values()])

    def seconds_late(self, student: str, handed_in: datetime | None) -> float:
        """How late a hand-in is; 0 where it is in time, or its time is not known."""
        deadline = self.of(student)
        if deadline is None or handed_in is None:
            return 0.0
        return max(0.0, (aware(handed_in) - deadline).total_seconds())


def find(course: Path, assignment: str) -> Deadlines:
    """The deadlines of an assignment of a class, from its gradebook and `extensions.csv`.

    Raises
    ------
    UsageError
        When `extensions.csv` or the settings cannot be used.
    """
    config = settings.load(course)
    return Deadlines(
        due(course, assignment, config), settings.zone(config), extensions(course, assignment, settings.zone(config))
    )


def due(course: Path, assignment: str, config: Any) -> datetime | None:
    """The deadline of all, as the gradebook has it; None where it has none."""
    from nbgrader.api import MissingEntry

    in_file = "sqlite" in config.CourseDirectory.get("db_url", "sqlite")
    if in_file and not (course / "gradebook.db").exists():  # looking would make one
        return None
    with settings.gradebook(course, config) as gradebook:
        try:
            moment = gradebook.find_assignment(assignment).duedate
        except MissingEntry:
            return None
    return None if moment is None else aware(moment)


def extensions(course: Path, assignment: str, zone: ZoneInfo) -> dict[str, datetime]:
    """Student -> deadline, from `extensions.csv` of a class; the latest where a student is there more than once.

    Raises
    ------
    UsageError
        With the line, when there is no date, or no assignment where the class has several.
    """
    path = course / FILE
    if not path.exists():
        return {}
    names = source.assignments(course)
    found: dict[str, datetime] = {}
    lines = table(path)
    if not {"id", "date"} <= set(lines.fieldnames or ()):
        raise UsageError(f"{path} has no columns `id` and `date`: its first line is to be id,date,reason.")
    for number, line in enumerate(lines, start=2):
        student, text, meant = ((line.get(name) or "").strip() for name in ("id", "date", "assignment"))
        where = f"{path}, line {number}"
        if not student:
            raise UsageError(f"{where}: there is no id.")
        if not meant and len(names) > 1:
            raise UsageError(
                f"{where}: the class has the assignments {', '.join(names)}; say which in a column `assignment`."
            )
        if meant and meant not in names:
            raise UsageError(f"{where}: there is no assignment {meant!r}; there are {', '.join(names)}.")
        try:
            moment = parsed(text, zone)
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from None
        if meant in ("", assignment):
            found[student] = max(moment, found.get(student, moment))
    return found


def table(path: Path) -> "csv.DictReader[str]":
    """The lines of a CSV file that an instructor wrote.

    Raises
    ------
    UsageError
        When it is not in UTF-8, as Excel's plain "CSV" is not.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f'{path} is not UTF-8: save it anew, in Excel as "CSV UTF-8".') from None
    return csv.DictReader(io.StringIO(text), skipinitialspace=True)


def parsed(text: str, zone: ZoneInfo) -> datetime:
    """A moment as people write it: a date, which means the end of that day, or with a time, or with a zone as well.

    Parameters
    ----------
    text : str
        Such as `2027-05-01`, `2027-05-01 18:00`, `2027-05-01 18:00+02:00`, `2027-05-01 18:00 Europe/Berlin`.
    zone : ZoneInfo
        That is meant where the text names none.

    Returns
    -------
    datetime
        With its zone.

    Raises
    ------
    UsageError
        When the text is not a moment.

    Examples
    --------
    >>> parsed("2027-05-01", ZoneInfo("Europe/Berlin")).isoformat()
    '2027-05-01T23:59:59+02:00'
    >>> parsed("2027-05-01 18:00 America/New_York", ZoneInfo("Europe/Berlin")).isoformat()
    '2027-05-01T18:00:00-04:00'
    """
    words = text.split()
    try:
        if len(words) > 1 and words[-1][0].isalpha():
            zone = ZoneInfo(words.pop())
        moment = datetime.fromisoformat(" ".join(words))
    except (ValueError, ZoneInfoNotFoundError):
        raise UsageError(
            f"{text!r} is not a time: write it like 2027-05-01, 2027-05-01 18:00 or 2027-05-01 18:00 Europe/Berlin."
        ) from None
    if len(words) == 1 and "T" not in words[0]:
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def aware(moment: datetime) -> datetime:
    """A moment as nbgrader keeps it, which is UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def said(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in words, in the zone of the class.

    >>> said(datetime(2027, 5, 1, 21, 59, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    '2027-05-01 23:59 CEST (Europe/Berlin)'
    """
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z} ({zone.key})".replace(" UTC (UTC)", " UTC")


def counts(
    times: Sequence[datetime | None],
    deadline: datetime | None,
    attempt: Attempt,
    points: Callable[[int], float],
) -> int:
    """Which of a student's attempts counts.

    Parameters
    ----------
    times : sequence of datetime or None
        When each was handed in, in this order where it is not known.
    deadline : datetime or None
        Of this student.
    attempt : Attempt
        The rule of the class.
    points : callable
        Points of an attempt by its place; called only where the best counts, and only where there are several.

    Returns
    -------
    int
        The place of the attempt. Where none was in time, the last of all counts.
    """
    order = sorted(range(len(times)), key=lambda place: (aware(times[place] or datetime.min), place))
    if attempt is Attempt.FIRST:
        return order[0]
    if attempt is Attempt.LAST:
        return order[-1]
    in_time = [place for place in order if deadline is None or times[place] is None or aware(times[place]) <= deadline]
    if attempt is Attempt.BEST_BEFORE_DEADLINE and len(in_time) > 1:
        return max(in_time, key=lambda place: (points(place), in_time.index(place)))
    return (in_time or order)[-1]
