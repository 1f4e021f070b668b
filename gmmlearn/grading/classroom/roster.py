"""The roster of a class: who should hand in, from `roster.csv` in its folder."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import UsageError
from ..collecting.names import Who
from ..nbgrader.deadlines import table

FILE = "roster.csv"
Form = Callable[[str], str]
"""A way to write a name, by which two are compared."""


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

    @property
    def in_nbgrader(self) -> dict[str, str]:
        """What nbgrader's gradebook keeps: the last word is the family name, unless a comma says which.

        >>> Entry("ada", "Ada King Lovelace").in_nbgrader
        {'first_name': 'Ada King', 'last_name': 'Lovelace'}
        >>> Entry("jm", "Müller, Jürgen", email="jm@uni.edu").in_nbgrader
        {'first_name': 'Jürgen', 'last_name': 'Müller', 'email': 'jm@uni.edu'}
        """
        last, comma, first = self.name.partition(",")
        if not comma:
            first, _, last = self.name.rpartition(" ")
        names = {"first_name": first.strip(), "last_name": last.strip()}
        return names | ({"email": self.email} if self.email else {})


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
        When the file is not in UTF-8 or has no column `id`, or an id is empty, there twice or cannot be the name of a
        folder.
    """
    path = file or course / FILE
    if file is None and not path.exists():
        return {}
    lines = table(path)
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
    by_name = next(filter(None, (_called(entries, name) for name in _names(who.name))), [])
    for text in who.ids:
        if by_id := _with_id(entries, text):
            if by_name or " " not in who.name:
                return list(dict.fromkeys(by_id + by_name))
            words = _spellings(who.name)
            return [one for one in by_id if not one.name or words & _spellings(one.name)]
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


def _called(entries: list[Entry], name: str) -> list[Entry]:
    """Those of that name as it is written; in another spelling only if nobody is, and then all who may be meant."""
    exact = [one for one in entries if _is_called(one, name, (_exact,))]
    return exact or [one for one in entries if _is_called(one, name, _FORMS)]


def _is_called(entry: Entry, name: str, forms: Sequence[Form]) -> bool:
    """Whether an entry has this name: the same words in any order, or run together in one of the two orders."""
    words, theirs = _split(entry.name), _split(name)
    run_together = {form("".join(order)) for form in forms for order in (words, [*words[-1:], *words[:-1]])}
    if not words or not theirs:
        return False
    return bool(run_together & {form(name) for form in forms}) or _are_same(words, theirs, forms)


def _are_same(words: Sequence[str], others: Sequence[str], forms: Sequence[Form]) -> bool:
    """Whether each word is one of the others in one of the forms, and none is left over."""
    left = [{form(other) for form in forms} for other in others]
    for word in words:
        fitting = next((spellings for spellings in left if spellings & {form(word) for form in forms}), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return not left


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w'’`.-]+", unicodedata.normalize("NFC", text)) if _plain(word)]


def _spellings(name: str) -> set[str]:
    return {form(word) for word in _split(name) for form in _FORMS}


def _exact(text: str) -> str:
    """Letters and digits, the same for both forms of an umlaut."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text).casefold() if letter.isalnum())


def _plain(text: str) -> str:
    """Letters and digits of a text without accents and case, so that both forms of an umlaut are the same.

    >>> _plain("O’Brien"), _plain("Mu\u0308ller") == _plain("M\u00fcller")
    ('obrien', True)
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if letter.isalnum())


def _written_out(text: str) -> str:
    """As `_plain`, with an e behind the vowel of an umlaut, as systems without such letters write it.

    >>> _written_out("Müller"), _plain("Müller"), _plain("Mueller")
    ('mueller', 'muller', 'mueller')
    """
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(_VOWELS))


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters of the Latin alphabet that Unicode does not take apart."""
_VOWELS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_FORMS: tuple[Form, ...] = (_plain, _written_out)
