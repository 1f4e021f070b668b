"""Which of a student's hand-ins counts: the last, the first, or the last or the best before a deadline."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...contract import EXERCISES
from ..collecting.downloads import HandIn
from ..collecting.finding import Found, Unread, find
from ..collecting.names import Origin
from ..collecting.notebooks import definitions
from ..collecting.repository import last_commit
from ..judge.judging import judge
from ..nbgrader import store
from ..nbgrader.deadlines import Attempt, Deadlines, counts
from . import submitted
from .assignment import Assignment


@dataclass(frozen=True)
class CollectSettings:
    """How to collect.

    Attributes
    ----------
    origin : Origin
    attempt : Attempt
    deadlines : Deadlines
        Of the assignment; times without a zone are in its zone.
    from_cells : bool
        Whether to take functions that are only in cells of notebooks.
    """

    origin: Origin
    attempt: Attempt
    deadlines: Deadlines
    from_cells: bool = False


@dataclass
class ReadHandIn:
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
    version : int
        Of several in the same download the newest has the highest; 0 where it does not count them.
    """

    label: str
    found: Found | None
    time: datetime | None
    downloaded: datetime | None
    remarks: list[str] = field(default_factory=list)
    version: int = 0


def choose(assignment: Assignment, student: str, several: list[HandIn], settings: CollectSettings) -> ReadHandIn:
    """The hand-in of a student that counts.

    Parameters
    ----------
    assignment : Assignment
    student : str
    several : list of HandIn
        Of this student.
    settings : CollectSettings

    Returns
    -------
    ReadHandIn

    Raises
    ------
    Unread
        When it cannot be read, or nobody can say which one counts.
    """
    deadline = settings.deadlines.of(student)
    read = [_read(assignment, hand_in, deadline, settings) for hand_in in several]
    if len(read) > 1:
        read = _in_order(read)
    times = [one.time for one in read]
    if None in times:
        if len(read) > 1 and deadline is not None and settings.attempt.asks_for_times:
            raise Unread(
                "Several were handed in, and not of all is it known when; `--attempt last` takes the last one."
            )
        times = [None] * len(read)  # they are in order
    points: dict[int, float] = {}

    def points_of(place: int) -> float:
        points[place] = _points(assignment, student, read[place])
        return points[place]

    chosen = read[counts(times, deadline, settings.attempt, points_of)]
    if points:
        told = ", ".join(f"{points[place]:g}" for place in sorted(points))
        chosen.remarks.append(f"The hand-ins before the deadline have {told} points.")
    if chosen.found is None:
        raise Unread(f"{chosen.label}: {' '.join(chosen.remarks)}")
    if len(several) > 1:
        chosen.remarks.append(f"Of {len(several)} hand-ins, {chosen.label} is taken ({settings.attempt.value}).")
    return chosen


@cache
def _given(source: Path) -> frozenset[str]:
    """The functions in cells of the notebooks that an assignment hands out."""
    return definitions(path.read_bytes() for path in sorted(source.glob("*.ipynb")))


def _read(assignment: Assignment, hand_in: HandIn, deadline: datetime | None, settings: CollectSettings) -> ReadHandIn:
    package = assignment.course / "source" / assignment.name / "gmmlearn"
    stubs = {EXERCISES[name].module: EXERCISES[name].file for name in assignment.points}
    remarks = []
    try:
        found = find(
            hand_in,
            (EXERCISES[name] for name in assignment.points),
            from_cells=settings.from_cells,
            stubs={module: (package.parent / file).read_bytes() for module, file in stubs.items()},
            given=_given(package.parent),
        )
    except Unread as error:
        found = None
        remarks.append(str(error))
    time = hand_in.time or (last_commit(hand_in.repository) if hand_in.repository else None)
    time = _in_utc(time, settings.deadlines.zone)
    if time is None and found is not None and found.time is not None:  # by a clock that may be wrong
        time = _in_utc(found.time, settings.deadlines.zone)
        time = time if time <= datetime.now(UTC) else None
    if hand_in.late:
        remarks.append("It is marked as late.")
        if deadline is not None and (time is None or time <= deadline):
            time = deadline.astimezone(UTC) + timedelta(seconds=1)
            remarks.append("By how much is not known: its time is written as a second after the deadline.")
    return ReadHandIn(hand_in.label, found, time, hand_in.downloaded, remarks, hand_in.version)


def _in_utc(time: datetime | None, zone: tzinfo) -> datetime | None:
    """A time in UTC; one without a zone is in that zone."""
    return time and (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)


def _in_order(read: list[ReadHandIn]) -> list[ReadHandIn]:
    """Hand-ins by version, by time, or by the time of the download; the same again does not count."""
    for key in (_version, _time, _downloaded):
        times = [key(one) for one in read]
        if None not in times and (len(set(times)) == len(times) or len(set(map(_content, read))) == 1):
            ordered = sorted(read, key=key)
            pairs = zip([None, *ordered], ordered)
            return [one for before, one in pairs if before is None or _content(before) != _content(one)]
    if len(set(map(_content, read))) == 1:
        return read[:1]
    raise Unread(f"{' and '.join(one.label for one in read)} differ, and nothing says which is newer.")


def _content(one: ReadHandIn) -> Any:
    return tuple(sorted(one.found.files.items())) if one.found else one.label


def _version(one: ReadHandIn) -> Any:
    return (str(one.downloaded or ""), one.version) if one.version else None


def _time(one: ReadHandIn) -> Any:
    return one.time


def _downloaded(one: ReadHandIn) -> Any:
    return one.downloaded


def _points(assignment: Assignment, student: str, one: ReadHandIn) -> float:
    """Points of a hand-in, judged like the class."""
    if one.found is None:
        return -1.0
    with TemporaryDirectory() as folder:
        submitted.fill(Path(folder, "submission"), one.found.files)
        verdict = judge(
            Path(folder, "submission"), tuple(assignment.points), seed=store.seed_in_class(assignment.course, student)
        )
    return sum(verdict.exercises[name].score(worth) for name, worth in assignment.points.items())
