"""What folders of a download mean beside a student: Gradescope's submissions, ILIAS's teams, versions."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from . import names
from .members import ArchiveError, Budget, Member
from .names import Who

LIST = PurePosixPath("submission_metadata.yml")
_MAX_LIST_BYTES = 64 * 2**20
"""Gradescope's list holds what its tests printed, too."""
_TEAM = re.compile(r"Team[ _]\d+")
_VERSION = re.compile(r"Versi[oó]ne? (\d{1,4})|Revision (\d{1,4}) - (?:On time|(Late))", re.I)
_MEMBER = re.compile(r".+_\d+")
_BESIDE = {"Working files": "Submitted files", "Feedback Attachment(s)": "Submission attachment(s)"}
"""What Teams and Sakai put beside what was handed in -> the folder of that."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)")


@dataclass(frozen=True)
class Group:
    """The people of a submission or a team.

    Attributes
    ----------
    people : tuple of Who
    time : datetime or None
        When it was handed in, with a zone.
    """

    people: tuple[Who, ...]
    time: datetime | None = None


@dataclass(frozen=True)
class Version:
    """One of several that a student handed in.

    Attributes
    ----------
    folder : PurePosixPath
        In which the versions are.
    number : int
    late : bool
        Whether it is marked as late.
    """

    folder: PurePosixPath
    number: int
    late: bool = False


def groups(members: Iterable[Member]) -> dict[str, Group]:
    """Folder at the top -> who is in it; empty where the download names students itself."""
    members = [member for member in members if not names.is_junk(member.path)]
    text = next((_text(member) for member in members if member.path == LIST), "")
    return dict(_of_gradescope(text)) if text else _of_ilias(members)


def _text(member: Member) -> str:
    try:
        return member.read(Budget(_MAX_LIST_BYTES)).decode("utf-8", "replace")
    except ArchiveError:
        return ""


def _of_gradescope(text: str) -> Iterator[tuple[str, Group]]:
    """The list as Ruby writes it: what a test or a student wrote is further to the right than what is read here.

    No library for YAML reads it, as it holds what strangers' code printed: references in YAML can grow without bound.
    """
    for block in re.split(r"^(?=\S)", text, flags=re.M):
        folder, _, rest = block.partition(":\n")
        people = []
        listed = re.search(r"^  :submitters:\n((?:  [- ] .*\n)*)", f"{rest}\n", re.M)
        for entry in re.findall(r"^  - (.*\n(?:    .*\n)*)", listed[1] if listed else "", re.M):
            found = dict(re.findall(r"^(?:    )?:(name|sid|email): *(.*)$", entry, re.M))
            name, *ids = (_plain(found.get(key, "")) for key in ("name", "sid", "email"))
            ids = list(filter(None, ids))
            if name or ids:
                people.append(Who((*ids, name)[0], tuple(ids), name))
        when = re.search(r"^  :created_at: '?(.*?)'?$", rest, re.M)
        if people:
            yield folder, Group(tuple(people), _moment(when[1]) if when else None)


def _plain(text: str) -> str:
    """A text in YAML, which is in quotes if there is anything special in it."""
    text = text.strip()
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.startswith('"'):
        try:
            return json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text))
        except ValueError:
            return text.strip('"')
    return text


def _moment(text: str) -> datetime | None:
    found = _TIME.match(text)
    return datetime.fromisoformat("{}T{}{}".format(*found.groups())) if found else None


def _of_ilias(members: list[Member]) -> dict[str, Group]:
    """`Team 12345/Lovelace_Ada_ada_301/...`: a folder for each in a team who uploaded something for all of it."""
    teams: dict[str, dict[str, Who]] = {}
    for member in members:
        if names.is_of_the_system(member.path):
            continue
        team, person, *rest = [*member.path.parts, "", ""]
        if not (_TEAM.fullmatch(team) and _MEMBER.fullmatch(person) and any(rest)):
            return {}
        teams.setdefault(team, {})[person] = names.folder(PurePosixPath(person)).who
    return {team: Group(tuple(people.values())) for team, people in teams.items()}


def handed_in(members: list[Member]) -> list[Member]:
    """The members without what students on Teams still work on, and without what teachers gave back on Sakai."""
    folders = {folder for member in members for folder in member.path.parents}
    return [member for member in members if not any(_is_beside(one, folders) for one in member.path.parents)]


def _is_beside(folder: PurePosixPath, folders: set[PurePosixPath]) -> bool:
    return folder.name in _BESIDE and folder.with_name(_BESIDE[folder.name]) in folders


def version(path: PurePosixPath) -> Version | None:
    """Which version a file is of: `Part 1/Version 2/...` on Teams, `Revision 2 - Late/...` on Schoology.

    >>> version(PurePosixPath("Part 1/Version 2/gmm.zip"))
    Version(folder=PurePosixPath('Part 1'), number=2, late=False)
    """
    for place, part in enumerate(path.parts[:-1]):
        if found := _VERSION.fullmatch(part):
            return Version(PurePosixPath(*path.parts[:place]), int(found[1] or found[2]), bool(found[3]))
    return None


def versions(members: list[Member]) -> dict[Version, list[Member]]:
    """The members of each version of a hand-in; empty where there are none, or of two things."""
    parts: dict[Version | None, list[Member]] = {}
    for member in members:
        parts.setdefault(version(member.path), []).append(member)
    one_of = {version.folder if version else None for version in parts}
    return {} if None in parts or len(one_of) != 1 else parts
