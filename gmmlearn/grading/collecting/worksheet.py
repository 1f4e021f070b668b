"""Moodle's grading worksheet: whose number in a download is whose, and when each student handed in."""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...errors import UsageError
from .names import Who

_WHO, _NAME, _NUMBER, _EMAIL, _TIME = (
    *("Identifier", "Full name", "ID number", "Email address"),
    "Last modified (submission)",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]* (?P<year>\d{4}), "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: ?(?P<half>[AaPp])[Mm])?$"
)


@dataclass(frozen=True)
class Line:
    """One student of a worksheet.

    Attributes
    ----------
    who : Who
        By what a roster may know the student.
    time : datetime or None
        Of the hand-in, in the time zone of the person who downloaded the worksheet; None without a hand-in.
    """

    who: Who
    time: datetime | None


def read(path: Path) -> dict[str, Line]:
    """The lines of a grading worksheet, by the number that is in the names of the downloaded files.

    Parameters
    ----------
    path : Path
        As Moodle gives it ("Download grading worksheet"), in English.

    Returns
    -------
    dict of str to Line

    Raises
    ------
    UsageError
        When it is another file, or has a number or a time that is not understood.
    """
    with open(path, newline="", encoding="utf-8-sig", errors="replace") as text:
        lines = csv.DictReader(text)
        missing = [column for column in (_WHO, _NAME, _TIME) if column not in (lines.fieldnames or ())]
        if missing:
            raise UsageError(
                f"{path} has no column {missing[0]!r}: it is to be the grading worksheet of an assignment, "
                "downloaded with Moodle set to English."
            )
        found: dict[str, Line] = {}
        for number, line in enumerate(lines, start=2):
            cells = {name: (line.get(name) or "").strip() for name in (_WHO, _NAME, _NUMBER, _EMAIL, _TIME)}
            participant = re.search(r"\d+$", cells[_WHO])
            if participant is None or participant[0] in found:
                why = "has no number" if participant is None else "is there twice"
                raise UsageError(f"{path}, line {number}: the identifier {cells[_WHO]!r} {why}.")
            ids = tuple(filter(None, (cells[_NUMBER], cells[_EMAIL], participant[0])))
            try:
                time = _time(cells[_TIME])
            except ValueError:
                raise UsageError(
                    f"{path}, line {number}: the time {cells[_TIME]!r} is not understood; "
                    "it is to be like 'Monday, 2 November 2026, 1:05 PM'."
                ) from None
            found[participant[0]] = Line(Who(cells[_NAME] or cells[_WHO], ids, cells[_NAME]), time)
    return found


def _time(text: str) -> datetime | None:
    """A time as Moodle writes it.

    >>> _time("Monday, 2 November 2026, 1:05 PM"), _time("2 November 2026, 13:05"), _time("-")
    (datetime.datetime(2026, 11, 2, 13, 5), datetime.datetime(2026, 11, 2, 13, 5), None)
    """
    if text in ("", "-"):
        return None
    found = _WRITTEN.search(text)
    if found is None or found["month"].casefold() not in _MONTHS:
        raise ValueError(text)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] in "Pp")
    month = _MONTHS.index(found["month"].casefold()) + 1
    return datetime(int(found["year"]), month, int(found["day"]), hour, int(found["minute"]))
