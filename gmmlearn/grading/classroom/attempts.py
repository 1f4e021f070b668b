"""Which of a student's hand-ins counts: the last, the first, or the last or the best before a deadline."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...contract import EXERCISES
from ..collecting.downloads import HandIn
from ..collecting.finding import Found, Unread, find
from ..collecting.names import Origin
from ..collecting.repository import last_commit
from ..judge.judging import judge
from ..nbgrader import store
from . import submitted
from .assignment import Assignment


class Attempt(Enum):
    """Which of several hand-ins of a student counts."""

    LAST = "last"
    FIRST = "first"
    LAST_BEFORE_DEADLINE = "last-before-deadline"
    BEST_BEFORE_DEADLINE = "best-before-deadline"


@dataclass(frozen=True)
class Settings:
    """How to collect.

    Attributes
    ----------
    origin : Origin
    attempt : Attempt
    deadline : datetime or None
        With a zone.
    zone : tzinfo or None
        Of times without one; that of this machine if None.
    from_cells : bool
        Whether to take functions that are only in cells of notebooks.
    """

    origin: Origin = Origin.AUTO
    attempt: Attempt = Attempt.LAST
    deadline: datetime | None = None
    zone: tzinfo | None = None
    from_cells: bool = False


@dataclass
class Submission:
    """A hand-in that was read.

    Attributes
    ----------
    label : str
        Where it was.
    found : Found or None
        None where it could not be read.
    time : datetime or None
        With a zone.
    downloaded : datetime or None
    remarks : list of str
    """

    label: str
    found: Found | None
    time: datetime | None
    downloaded: datetime | None
    remarks: list[str] = field(default_factory=list)


def choose(assignment: Assignment, student: str, several: list[HandIn], settings: Settings) -> Submission:
    """The hand-in of a student that counts.

    Parameters
    ----------
    assignment : Assignment
    student : str
    several : list of HandIn
        Of this student.
    settings : Settings

    Returns
    -------
    Submission

    Raises
    ------
    Unread
        When it cannot be read, or nobody can say which one counts.
    """
    read = [_read(assignment, hand_in, settings) for hand_in in several]
    if len(read) > 1:
        read = _in_order(read)
    deadline, attempt = settings.deadline, settings.attempt
    if len(read) > 1 and attempt in (Attempt.LAST_BEFORE_DEADLINE, Attempt.BEST_BEFORE_DEADLINE):
        assert deadline is not None
        if any(one.time is None for one in read):
            raise Unread("Several were handed in, and not of all is it known when.")
        read = [one for one in read if one.time <= deadline] or read[-1:]
    if len(read) > 1 and attempt is Attempt.BEST_BEFORE_DEADLINE:
        chosen = _best(assignment, student, read)
    else:
        chosen = read[0] if attempt is Attempt.FIRST else read[-1]
    if chosen.found is None:
        raise Unread(f"{chosen.label}: {' '.join(chosen.remarks)}")
    if len(several) > 1:
        chosen.remarks.append(f"Of {len(several)} hand-ins, {chosen.label} is taken ({attempt.value}).")
    return chosen


def _read(assignment: Assignment, hand_in: HandIn, settings: Settings) -> Submission:
    package = assignment.course / "source" / assignment.name / "gmmlearn"
    stubs = {EXERCISES[name].module: EXERCISES[name].file for name in assignment.points}
    remarks = []
    try:
        found = find(
            hand_in,
            (EXERCISES[name] for name in assignment.points),
            from_cells=settings.from_cells,
            stubs={module: (package.parent / file).read_bytes() for module, file in stubs.items()},
        )
    except Unread as error:
        found = None
        remarks.append(str(error))
    time = hand_in.time or (last_commit(hand_in.repository) if hand_in.repository else None)
    time = _in_utc(time, settings.zone)
    if time is None and found is not None and found.time is not None:  # by a clock that may be wrong
        time = _in_utc(found.time, settings.zone)
        time = time if time <= datetime.now(UTC) else None
    if hand_in.late:
        remarks.append("It is marked as late.")
        if settings.deadline is not None and (time is None or time <= settings.deadline):
            time = settings.deadline.astimezone(UTC) + timedelta(seconds=1)
            remarks.append("By how much is not known: its time is written as a second after the deadline.")
    return Submission(hand_in.label, found, time, hand_in.downloaded, remarks)


def _in_utc(time: datetime | None, zone: tzinfo | None) -> datetime | None:
    """A time in UTC; one without a zone is in that zone, or in that of this machine if there is none."""
    return time and (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)


def _in_order(read: list[Submission]) -> list[Submission]:
    """Hand-ins by time, or by the time of the download where not all have one; the same again does not count."""
    for key in (_time, _downloaded):
        times = [key(one) for one in read]
        if None not in times and (len(set(times)) == len(times) or len(set(map(_content, read))) == 1):
            ordered = sorted(read, key=key)
            pairs = zip([None, *ordered], ordered)
            return [one for before, one in pairs if before is None or _content(before) != _content(one)]
    if len(set(map(_content, read))) == 1:
        return read[:1]
    raise Unread(f"{' and '.join(one.label for one in read)} differ, and nothing says which is newer.")


def _content(one: Submission) -> Any:
    return tuple(sorted(one.found.files.items())) if one.found else one.label


def _time(one: Submission) -> Any:
    return one.time


def _downloaded(one: Submission) -> Any:
    return one.downloaded


def _best(assignment: Assignment, student: str, read: list[Submission]) -> Submission:
    """The one with the most points, judged like the class; of equal ones the last."""
    seed, points = store.seed_in_class(assignment.course, student), []
    for one in read:
        with TemporaryDirectory() as folder:
            if one.found is None:
                points.append(-1.0)
                continue
            submitted.fill(Path(folder, "submission"), one.found.files)
            verdict = judge(Path(folder, "submission"), tuple(assignment.points), seed=seed)
            points.append(sum(verdict.exercises[name].share * worth for name, worth in assignment.points.items()))
    best = max(range(len(read)), key=lambda number: (points[number], number))
    read[best].remarks.append(
        f"The hand-ins before the deadline have {', '.join(f'{one:g}' for one in points)} points."
    )
    return read[best]


def due(assignment: Assignment) -> datetime | None:
    """When an assignment is due, as the gradebook has it."""
    if not (assignment.course / "gradebook.db").exists():
        return None
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(f"sqlite:///{assignment.course / 'gradebook.db'}") as gradebook:
        try:
            date = gradebook.find_assignment(assignment.name).duedate
        except MissingEntry:
            return None
    return date and date.replace(tzinfo=UTC)
