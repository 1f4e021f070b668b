"""The roster of a class: who should hand in, from `roster.csv` in its folder."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...errors import UsageError
from ..collecting.names import Who

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


def read(course: Path, file: Path | None = None) -> dict[str, Entry]:
    """The roster of a class by id, in the order of the file; empty where there is none.

    The first line of `roster.csv` names the columns: `id`, and if wanted `name`, `lms_id` and `email`.

    Parameters
    ----------
    course : Path
        Folder of the class.
    file : Path, optional
        Another file than `roster.csv` in it.

    Returns
    -------
    dict of str to Entry

    Raises
    ------
    UsageError
        When the file has no column `id`, or an id is empty, there twice or cannot be the name of a folder.
    """
    path = file or course / FILE
    if file is None and not path.exists():
        return {}
    with open(path, newline="", encoding="utf-8-sig") as text:
        lines = csv.DictReader(text, skipinitialspace=True)
        if "id" not in (lines.fieldnames or ()):
            raise UsageError(f"{path} has no column `id`: its first line is to be like id,name,lms_id,email.")
        roster: dict[str, Entry] = {}
        for number, line in enumerate(lines, start=2):
            entry = Entry(*((line.get(column) or "").strip() for column in ("id", "name", "lms_id", "email")))
            if not entry.id or entry.id in roster:
                why = f"{entry.id!r} is there twice" if entry.id else "there is no id"
                raise UsageError(f"{path}, line {number}: {why}.")
            if not is_id(entry.id):
                raise UsageError(f"{path}, line {number}: {entry.id!r} cannot be an id, which is the name of a folder.")
            roster[entry.id] = entry
    return roster


def is_id(text: str) -> bool:
    """Whether a text can be an id: nbgrader makes it the name of a folder.

    >>> is_id("j.doe+1@uni.edu"), is_id("../bob"), is_id(".hidden"), is_id("a/b")
    (True, False, False, False)
    """
    return re.fullmatch(r"[\w+@][\w.@+ -]*", text) is not None and text == text.strip()


def find(roster: Iterable[Entry], who: Who) -> list[Entry]:
    """Whom a download means: the one entry that fits, several if that cannot be said, none if nobody fits.

    Parameters
    ----------
    roster : iterable of Entry
    who : Who
        Ids are compared with those of the class, of the learning management system, and addresses; a name in either
        order, with or without spaces.

    Returns
    -------
    list of Entry
        An id and a full name that are of two different people give both; a full name that has nothing in common with
        that of the id gives none, since Moodle's numbers may be anybody's in another list.
    """
    entries = list(roster)
    by_name = next(filter(None, ([one for one in entries if _is_called(one, name)] for name in _names(who.name))), [])
    for text in who.ids:
        if by_id := _with_id(entries, text):
            if by_name or " " not in who.name:
                return list(dict.fromkeys(by_id + by_name))
            words = set(_words(who.name))
            return [one for one in by_id if not one.name or words & set(_words(one.name))]
    return by_name or list(dict.fromkeys(one for word in who.words for one in _with_id(entries, word)))


def _with_id(entries: list[Entry], text: str) -> list[Entry]:
    """Those of that id; compared without accents, case and punctuation only if nobody has it as it is."""
    for form in (str.strip, _plain):
        wanted = form(text)
        if found := [one for one in entries if wanted and wanted in map(form, (one.id, one.lms_id, one.email))]:
            return found
    return []


def _names(text: str) -> list[str]:
    """A name, and what is left of it without a group that Moodle puts before it with a hyphen."""
    pieces = text.split("-")
    return ["-".join(pieces[start:]) for start in range(len(pieces))]


def _is_called(entry: Entry, name: str) -> bool:
    """Whether an entry has this name: the same words in any order, or run together in one of the two orders."""
    words = _words(entry.name)
    turned = [*words[-1:], *words[:-1]]
    return bool(words) and (sorted(words) == sorted(_words(name)) or _plain(name) in ("".join(words), "".join(turned)))


def _words(text: str) -> list[str]:
    return [word for word in map(_plain, re.split(r"[^\w'’`.-]+", text)) if word]


def _plain(text: str) -> str:
    """Letters and digits of a text without accents and case, so that both forms of an umlaut are the same.

    >>> _plain("O’Brien"), _plain("Mu\u0308ller") == _plain("M\u00fcller")
    ('obrien', True)
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
