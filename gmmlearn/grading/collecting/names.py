"""Whose a file is and when it came, by the names that learning management systems give.

What each writes was read in its source where it is public: Moodle's `mod/assign`, Canvas's `content_zipper.rb`,
GitHub's `gh-classroom`; the forms of Blackboard and Brightspace are those of the scripts that people wrote for them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from os.path import commonprefix
from pathlib import PurePosixPath

from ...contract import CHAPTERS


class Origin(Enum):
    """Where a download comes from."""

    AUTO = "auto"
    MOODLE = "moodle"
    CANVAS = "canvas"
    BLACKBOARD = "blackboard"
    BRIGHTSPACE = "brightspace"
    GITHUB = "github"
    FOLDER = "folder"


@dataclass(frozen=True)
class Who:
    """By what a download names a student.

    Attributes
    ----------
    id : str
        What the student is called where there is no roster.
    ids : tuple of str
        What may be an id of the class or of the learning management system, the likeliest first.
    name : str
        First and last name, in any order, with spaces or without.
    words : tuple of str
        Of a name that a person gave, of which one may be an id.
    """

    id: str
    ids: tuple[str, ...] = ()
    name: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """What a path says of a file.

    Attributes
    ----------
    who : Who
    path : PurePosixPath
        Of the file within the hand-in.
    time : datetime or None
        Of the hand-in, without a zone.
    late : bool
        Whether it is marked as late.
    """

    who: Who = field(compare=False)
    path: PurePosixPath
    time: datetime | None = None
    late: bool = False


_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?")
_CANVAS = re.compile(r"(?P<name>\w+?)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>.+)")
_CANVAS_TEXT = re.compile(r"(?P<name>\w+?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>text\.html|link\.html)")
_CANVAS_ANONYMOUS = re.compile(r"(?P<late>LATE_)?(?P<name>anon_(?P<id>[A-Za-z0-9]+))_(?:\d+_)?(?P<file>.+)")
_BLACKBOARD = re.compile(r"(?P<head>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)?")
_BRIGHTSPACE = re.compile(
    r"(?P<number>\d+-\d+) - (?:(?P<id>\S*\d\S*) - )?(?P<name>.+?) - "
    r"(?P<day>[A-Z][a-z]{2} \d{1,2}, \d{4}) (?P<hour>\d{1,2})(?P<minute>\d\d) (?P<half>[AP]M)(?: - (?P<file>.+))?"
)
_GITHUB_ZIP = re.compile(r"-(?:main|master)(?:[- ]\d{1,2})?$")
_BLACKBOARD_NAME = re.compile(r"^Name: *(?P<name>.+?) \((?P<id>[^()]+)\)\s*$", re.M)
_ILIAS = re.compile(r"(?P<name>[^_]+_.+)_(?P<login>[^_]+)_\d+")
_COPY = re.compile(r"(?: ?\(\d+\)| ?- ?(?:Copy|Kopie)(?: ?\(\d+\))?| copy(?: \d+)?)$", re.I)
_NUMBERED = re.compile(r"[- ]\d{1,2}$| \([^()]*conflicted copy[^()]*\)$", re.I)
"""More that makes a copy of a module, but a student of their own of a name: `m-1234` and `group 2` are ids."""
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_COPY_OF = re.compile(r"^(?:Copy of|Kopie von) ", re.I)

_JUNK = frozenset(
    ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".git", ".venv", "venv")
) | {"site-packages", "node_modules", ".idea", ".vscode", ".gmmlearn", ".pytest_cache"}


_OF_THE_SYSTEM = frozenset(
    ("index.html", "grades.csv", "grades.xls", "grades.xlsx", "status.csv", "status.xls", "status.xlsx", "README.md")
) | {"submission_metadata.yml"}
"""What Brightspace, Sakai, ILIAS and Gradescope put beside the hand-ins of a class."""


def is_of_the_system(path: PurePosixPath) -> bool:
    """Whether a file beside the hand-ins of a class is the system's own."""
    return len(path.parts) == 1 and path.name in _OF_THE_SYSTEM


def is_junk(path: PurePosixPath) -> bool:
    """Whether a file is something that a program left there, not a student's work."""
    return any(part in _JUNK or part.startswith("._") for part in path.parts)


def without_copy(stem: str) -> str:
    """A name without what browsers, Canvas and file managers add to that of a second copy.

    >>> [without_copy(name) for name in ("mixtures (1)", "em-2", "em 2", "Copy of em", "e_step - Copy", "gmmlearn(2)")]
    ['mixtures', 'em', 'em', 'em', 'e_step', 'gmmlearn']
    """
    return _NUMBERED.sub("", _without_copy(stem)).strip()


def _without_copy(stem: str) -> str:
    return _COPY.sub("", _COPY_OF.sub("", stem.strip())).strip()


def without_marks(name: str) -> str:
    """A name without the signs for the direction of writing, which come along unseen with a copied name."""
    return _DIRECTIONS.sub("", name)


def is_package(name: str) -> bool:
    """Whether a folder is called like the course's package, more or less."""
    return without_copy(name).casefold() == "gmmlearn"


def chapter_of(path: PurePosixPath) -> str | None:
    """The chapter after which a Python file is named, more or less."""
    name = without_text(path)
    stem = without_copy(PurePosixPath(name).stem).casefold()
    return stem if name.casefold().endswith(".py") and stem in CHAPTERS else None


def without_text(path: PurePosixPath) -> str:
    """The name of a file, without the `.txt` that Windows and mail programs add to `e_step.py`.

    >>> without_text(PurePosixPath("gmmlearn/e_step.py.txt")), without_text(PurePosixPath("notes.txt"))
    ('e_step.py', 'notes.txt')
    """
    return path.stem if path.name.casefold().endswith(".py.txt") else path.name


def may_be(chapter: str, path: PurePosixPath) -> bool:
    """Whether a file that is not taken for a chapter's module may be meant as it.

    >>> [may_be("e_step", PurePosixPath(name)) for name in ("e-step.py", "04_e_step_final.pyw", "e_step.txt", "em.py")]
    [True, True, True, False]
    """
    plain = re.sub(r"[\W_]+", "_", path.name.casefold())
    kind = ".py" in path.name.casefold() or path.suffix.casefold() in (".txt", ".rtf", ".docx")
    return kind and re.match(rf"(?:\d+_)?{chapter}_", plain) is not None


def stem_of(name: str) -> str:
    """A file's name without the endings of archives.

    >>> stem_of("ada.tar.gz"), stem_of("ada (1).zip"), stem_of("j.doe"), stem_of("2026-1234.zip")
    ('ada', 'ada', 'j.doe', '2026-1234')
    """
    name = without_marks(name)
    return _without_copy(re.sub(r"(?i)(?:\.tar(?:-\d+)?)?\.(?:zip|tar|gz|tgz|bz2|tbz2?|xz|txz|7z|rar)$", "", name))


def moodle(path: PurePosixPath) -> Place | None:
    """`Ada Lovelace_55501_assignsubmission_file_/...`, or without folders `..._file_gmm.zip`.

    The number is that of a participant in this assignment, not of a user. Before a name there may be a group,
    and with blind marking the name is the word for "participant". A space may have become an underscore.
    """
    found = _MOODLE.fullmatch(path.parts[0])
    if found is None:
        return None
    rest = ([found["file"]] if found["file"] else []) + list(path.parts[1:])
    name = found["name"].replace("_", " ").strip()
    with_number = f"{name} {found['id']}"
    who = Who(name if " " in name else with_number, (found["id"], with_number), name)
    return Place(who, _path(rest) if found["plugin"] == "file" else PurePosixPath(found["plugin"], *rest))


def canvas(path: PurePosixPath) -> Place | None:
    """`lovelaceada_12345_678901_gmm.zip`, `lovelaceada_LATE_12345_678901_gmm-1.zip`, `anon_4gXq9_678901_gmm.zip`."""
    for form in (_CANVAS_ANONYMOUS, _CANVAS, _CANVAS_TEXT):
        if found := form.fullmatch(path.parts[0]):
            who = Who(found["name"], (found["id"],), found["name"])
            return Place(who, _path([found["file"], *path.parts[1:]]), late=bool(found["late"]))
    return None


def blackboard(path: PurePosixPath) -> Place | None:
    """`gmm_ada_attempt_2026-11-02-13-05-11_work.zip`, and a text without a file's name for each attempt.

    Assignment and user may hold underscores, so several ends of what is before `_attempt_` may be the user.
    """
    found = _BLACKBOARD.fullmatch(path.parts[0])
    if found is None:
        return None
    words = found["head"].split("_")
    ids = tuple("_".join(words[start:]) for start in range(1, len(words))) or (found["head"],)
    try:
        time = datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None
    return Place(Who(ids[-1], ids), _path([found["file"] or "attempt.txt", *path.parts[1:]]), time)


def blackboard_user(text: str) -> Who | None:
    """Who handed in, as the text beside an attempt of Blackboard says: `Name: Ada Lovelace (ada)`."""
    found = _BLACKBOARD_NAME.search(text)
    return Who(found["id"], (found["id"],), found["name"]) if found else None


def brightspace(path: PurePosixPath) -> Place | None:
    """`13394-80551 - Ada Lovelace - Mar 29, 2026 1205 PM - gmm.zip`, or a folder for each.

    Before the name there may be an id.

    >>> brightspace(PurePosixPath("1-2 - a17 - Ada Lovelace - Mar 29, 2026 905 PM/gmm.zip")).time
    datetime.datetime(2026, 3, 29, 21, 5)
    """
    found = _BRIGHTSPACE.fullmatch(path.parts[0])
    if found is None:
        return None
    try:
        time = datetime.strptime("{day} {hour}:{minute} {half}".format(**found.groupdict()), "%b %d, %Y %I:%M %p")
    except ValueError:
        return None
    name = found["name"]
    who = Who(name, tuple(filter(None, (found["id"], f"{name} {found['number']}"))), name)
    return Place(who, _path([*filter(None, [found["file"]]), *path.parts[1:]]), time)


def github(path: PurePosixPath, assignment: str) -> Place | None:
    """`gmm-submissions/gmm-ada/...`: a repository is called after the assignment and the user.

    >>> github(PurePosixPath("gmm-ada-1-main-2.zip/e_step.py"), "gmm").who.id
    'ada-1'
    """
    if len(path.parts) < 2:
        return None
    repository = _GITHUB_ZIP.sub("", stem_of(path.parts[0]))
    rest = PurePosixPath(*path.parts[1:])
    if assignment and repository.startswith(f"{assignment}-"):
        user = repository.removeprefix(f"{assignment}-")
        return Place(Who(user, (user,)), rest)
    words = repository.split("-")
    return Place(Who(repository, tuple("-".join(words[start:]) for start in range(len(words)))), rest)


def github_assignment(folder: str, repositories: Iterable[str]) -> str:
    """What the names of the repositories of an assignment begin with; empty if that cannot be said."""
    if folder.endswith("-submissions"):
        return folder.removesuffix("-submissions")
    names = list(repositories)
    return commonprefix(names).rpartition("-")[0] if len(names) > 1 else ""  # noqa: RUF071 (they are not paths)


def folder(path: PurePosixPath) -> Place | None:
    """`ada/...`, `ada.zip`, `Ada Lovelace.tar.gz`, `gmm_ada.zip`: the first part is the student.

    ILIAS writes `Lovelace_Ada_ada_301/...`, with the name of the account and a number of its own; Google Classroom puts
    ` - ` and the name of the file behind a name, Schoology an id.
    """
    first, *rest = path.parts
    stem = stem_of(first)
    named = re.sub(r"-\d+$", "", stem)  # Moodle ends the name of a class's download with a number of its own
    words = tuple(word for word in re.split(r"[\W_]+", named) if len(word) > 1)
    ids, name = (stem, without_copy(stem)), "".join(re.split(r"[\W_]+", named.partition(" - ")[0]))
    if found := _ILIAS.fullmatch(stem):
        ids, name = (*ids, found["login"]), found["name"].replace("_", " ")
    return Place(Who(stem, tuple(dict.fromkeys(ids)), name, words), _path(rest or [first]))


def _path(parts: list[str]) -> PurePosixPath:
    return PurePosixPath(*parts) if parts else PurePosixPath("file")


READERS = {
    Origin.MOODLE: moodle,
    Origin.CANVAS: canvas,
    Origin.BLACKBOARD: blackboard,
    Origin.BRIGHTSPACE: brightspace,
}
"""Of origins by whose names a single path can be told."""
