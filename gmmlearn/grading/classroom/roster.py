"""The roster of a class: who should hand in, from `roster.csv` in its folder."""

import csv
from dataclasses import dataclass
from pathlib import Path

from ...errors import UsageError

FILE = "roster.csv"


@dataclass(frozen=True)
class Entry:
    """One student of the roster.

    Attributes
    ----------
    id : str
        By which the class knows the student: the name of the folder in `submitted/`.
    name : str
        First and last name.
    lms_id : str
        By which the learning management system knows the student.
    email : str
    """

    id: str
    name: str = ""
    lms_id: str = ""
    email: str = ""


def read(course: Path) -> dict[str, Entry]:
    """The roster of a class by id, in the order of the file; empty where there is none.

    The first line of `roster.csv` names the columns: `id`, and if wanted `name`, `lms_id` and `email`.

    Parameters
    ----------
    course : Path
        Folder of the class.

    Returns
    -------
    dict of str to Entry

    Raises
    ------
    UsageError
        When the file has no column `id`, or an id is empty or there twice.
    """
    path = course / FILE
    if not path.exists():
        return {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        lines = csv.DictReader(file, skipinitialspace=True)
        if "id" not in (lines.fieldnames or ()):
            raise UsageError(f"{path} has no column `id`: its first line is to be like id,name,lms_id,email.")
        roster: dict[str, Entry] = {}
        for number, line in enumerate(lines, start=2):
            entry = Entry(*((line.get(column) or "").strip() for column in ("id", "name", "lms_id", "email")))
            if not entry.id or entry.id in roster:
                why = f"{entry.id!r} is there twice" if entry.id else "there is no id"
                raise UsageError(f"{path}, line {number}: {why}.")
            roster[entry.id] = entry
    return roster
