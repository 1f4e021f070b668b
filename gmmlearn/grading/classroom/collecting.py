"""Puts what was downloaded into `submitted/` of a class: whose it is, which attempt counts, what was not read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from ...contract import EXERCISES
from ...errors import GmmlearnError
from ..collecting.contents import shown
from ..collecting.downloads import HandIn, hand_ins, tops
from ..collecting.finding import Unread
from ..collecting.names import Origin
from ..collecting.worksheet import Line
from ..judge.submission import read_submission
from ..nbgrader import access
from ..nbgrader.deadlines import Attempt
from . import roster as rosters
from . import submitted
from .assignment import Assignment
from .attempts import CollectSettings, choose
from .lock import only_one_collects, temporary_files_in
from .roster import Entry


class Status(Enum):
    """What became of a student's hand-in."""

    COLLECTED = "collected"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    UNREAD = "unread"
    STRANGER = "not in the roster"


@dataclass(frozen=True)
class Row:
    """What became of one student's hand-in.

    Attributes
    ----------
    student : str
        Id, or where the hand-in was if nobody fits.
    status : Status
    remarks : tuple of str
        Why it is not collected, or what an instructor should know; a sentence each.
    """

    student: str
    status: Status
    remarks: tuple[str, ...] = ()


@dataclass
class Gathered:
    """The hand-ins in downloads, by student.

    Attributes
    ----------
    students : dict of str to list of HandIn
        In the order of the roster, if there is one.
    rows : list of Row
        Those that are nobody's or could be of two.
    remarks : list of str
        On files that are nobody's.
    """

    students: dict[str, list[HandIn]]
    rows: list[Row]
    remarks: list[str]


def gather(
    downloads: Iterable[Path], origin: Origin, roster: dict[str, Entry], worksheet: dict[str, Line] | None = None
) -> Gathered:
    """Find the hand-ins in downloads, and whose they are.

    Parameters
    ----------
    downloads : iterable of Path
    origin : Origin
    roster : dict of str to Entry
        By id; empty where there is none.
    worksheet : dict of str to Line, optional
        Of Moodle, by participant.

    Returns
    -------
    Gathered
    """
    known = (lambda who: bool(rosters.find(roster.values(), who))) if roster else None
    found, remarks = hand_ins(downloads, origin, known)
    students: dict[str, list[HandIn]] = {id: [] for id in roster}
    rows: list[Row] = []
    called: dict[str, set[tuple[str, ...]]] = {}
    for hand_in in found:
        if worksheet and (line := worksheet.get(next(iter(hand_in.who.ids), ""))):
            hand_in.who, hand_in.time = line.who, line.time or hand_in.time
        fitting = rosters.find(roster.values(), hand_in.who)
        if len(fitting) > 1:
            names = " and ".join(entry.id for entry in fitting)
            rows.append(Row(hand_in.label, Status.STRANGER, (f"It could be of {names}.",)))
        elif roster and not fitting:
            several = [shown(top) for top in tops(hand_in.members)]
            nor = f", nor that of what is in it: {', '.join(several[:3])}" if several else ""
            rows.append(Row(hand_in.label, Status.STRANGER, (f"Nobody there has this name or id{nor}.",)))
        else:
            student = fitting[0].id if fitting else as_id(hand_in.who.id)
            students.setdefault(student, []).append(hand_in)
            called.setdefault(student.casefold(), set()).add(hand_in.who.ids[:1])
    if not roster:
        for student in [student for student in students if len(called[student.casefold()]) > 1]:
            which = ", ".join(hand_in.label for hand_in in students.pop(student))
            why = f"Several people are called so; a roster can tell them apart: {which}."
            rows.append(Row(student, Status.UNREAD, (why,)))
    return Gathered(students, rows, remarks)


def as_id(text: str) -> str:
    """The id that a name gives, where there is no roster."""
    return re.sub(r"^[^\w+@]+", "", re.sub(r"[^\w.@+ -]", "_", text)).strip() or "_"


def collect_each(
    assignment: Assignment,
    downloads: Iterable[Path],
    settings: CollectSettings,
    roster: dict[str, Entry],
    worksheet: dict[str, Line] | None = None,
) -> Iterator[Row]:
    """Collect the hand-ins of a class; each replaces the one before as a whole.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    downloads : iterable of Path
        Folders and archives.
    settings : CollectSettings
    roster : dict of str to Entry
        By id; empty where there is none.
    worksheet : dict of str to Line, optional
        Of Moodle, by participant: names and times.

    Yields
    ------
    Row
        For each student of the roster, or each who handed in, and for what is nobody's.

    Raises
    ------
    UsageError
        When the class is being collected by another process, or a deadline is needed and not known.
    """
    course = assignment.course
    with only_one_collects(course), temporary_files_in(course / ".collecting-files"):
        submitted.tidy(course, assignment.name)
        gathered = gather(downloads, settings.origin, roster, worksheet)
        for remark in gathered.remarks:
            yield Row("", Status.STRANGER, (remark,))
        yield from gathered.rows
        for student, several in gathered.students.items():
            folder = assignment.submitted(student)
            if several:
                row = _collected(assignment, student, several, settings)
                yield row if roster else _perhaps_a_class(row, several)
            elif folder.exists():
                yield Row(student, Status.UNCHANGED)
            else:
                yield Row(student, Status.MISSING, ("Nothing was handed in.",))
        for student in sorted(set(assignment.handed_in()) - set(roster)) if roster else ():
            yield Row(student, Status.STRANGER, (f"{assignment.submitted(student)} is there from before.",))
        if (assignment.course / "submitted").exists():
            access.take_over(assignment.course / "submitted", assignment.course)


def _perhaps_a_class(row: Row, several: list[HandIn]) -> Row:
    """Without a roster an archive in a folder is taken for a student's; what to do if one that is not read is more."""
    first, *others = [member for hand_in in several for member in hand_in.members]
    archive = shown(first.path.name)
    if row.status is not Status.UNREAD or others or not several[0].label.endswith(f" {archive}") or not tops([first]):
        return row
    return replace(row, remarks=(*row.remarks, f"If it is the download of a class, collect {archive} by itself."))


def _collected(assignment: Assignment, student: str, several: list[HandIn], settings: CollectSettings) -> Row:
    folder = assignment.submitted(student)
    try:
        chosen = choose(assignment, student, several, settings)
        assert chosen.found is not None
        newest = settings.attempt is not Attempt.FIRST
        written = submitted.write(folder, chosen.found.files, chosen.time, chosen.label, keep_newer=newest)
    except (Unread, GmmlearnError) as error:
        kept = ("What was collected before is kept.",) if folder.exists() else ()
        return Row(student, Status.UNREAD, (str(error), *kept))
    if not written:
        return Row(student, Status.UNCHANGED)
    read = read_submission(folder)
    asked = {EXERCISES[name].module for name in assignment.points if name in EXERCISES}
    unread = [why for module, why in read.problems.items() if module in asked]
    return Row(student, Status.COLLECTED, (*chosen.remarks, *chosen.found.remarks, *unread, *read.left_out))
