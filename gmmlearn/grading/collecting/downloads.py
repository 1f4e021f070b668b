"""Finds the hand-ins in what was downloaded: which files are one student's, and which archives hold a whole class."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from . import names
from .archives import members_of
from .contents import shown
from .groups import Group, groups, handed_in, versions
from .members import SUFFIXES, ArchiveError, Budget, Member, members_in
from .names import Origin, Place, Who

_WORK = SUFFIXES | {".py", ".ipynb"}
_MAX_TEXT_BYTES = 2**16
_MAX_ABOVE = 4
"""Folders around the hand-ins of a class, as in `Student Work/Submitted files/`."""


def _class_budget(n_bytes: int = 4 * 2**30) -> Budget:
    return Budget(n_bytes, n_members=5_000_000)


@dataclass
class HandIn:
    """What one student handed in at one time.

    Attributes
    ----------
    who : Who
    label : str
        Where it was, for messages.
    members : list of Member
        Its files, with paths from its top.
    time : datetime or None
        When it was handed in, if the download says so; most do without a zone.
    late : bool
        Whether the download says that it came late.
    downloaded : datetime or None
        When the archive around it was made: of two, the later one is newer.
    version : int
        Of several in the same download the newest has the highest; 0 where it does not count them.
    n_archives : int
        How many archives of the student's own are around the members.
    repository : Path or None
        Its git repository on this machine.
    """

    who: Who
    label: str
    members: list[Member] = field(default_factory=list)
    time: datetime | None = None
    late: bool = False
    downloaded: datetime | None = None
    version: int = 0
    n_archives: int = 0
    repository: Path | None = None


@dataclass(frozen=True)
class _Download:
    """A folder or an archive with hand-ins of several students.

    Attributes
    ----------
    label : str
        What it is called in messages.
    members : list of Member
    root : Path or None
        Where it is on this machine, if it is a folder.
    """

    label: str
    members: list[Member]
    root: Path | None = None

    def repository(self, name: str) -> Path | None:
        """The folder of that name in it, if it is a git repository."""
        return self.root / name if self.root and (self.root / name / ".git").is_dir() else None


@dataclass(frozen=True)
class _Inside:
    """What is in a download: hand-ins, archives that are downloads themselves, a sentence on each file of nobody."""

    hand_ins: list[HandIn]
    downloads: list[_Download]
    remarks: list[str]


def wanted(path: PurePosixPath) -> bool:
    """Whether a file of a hand-in is read at all: Python, notebooks and archives."""
    return PurePosixPath(names.without_text(path)).suffix.lower() in _WORK and not names.is_junk(path)


def hand_ins(
    paths: Iterable[Path], origin: Origin, known: Callable[[Who], bool] | None
) -> tuple[list[HandIn], list[str]]:
    """The hand-ins in folders and archives.

    Parameters
    ----------
    paths : iterable of Path
    origin : Origin
        Whose names they have; found out for each folder and archive if it is AUTO.
    known : callable or None
        Says whether the roster has a student; None where there is no roster.

    Returns
    -------
    list of HandIn
    list of str
        A sentence on each file that is nobody's or cannot be read.
    """
    found: list[HandIn] = []
    remarks: list[str] = []
    downloads: list[_Download] = []
    for path in paths:
        if path.is_dir():
            downloads.append(_Download(path.name, handed_in(members_in(path)), path))
            continue
        try:
            members = handed_in(members_of(path, _class_budget()))
        except (ArchiveError, OSError) as error:
            remarks.append(f"{path} {error}.")
            continue
        named_after_student = known is not None and known(names.folder(PurePosixPath(path.name)).who)
        if named_after_student:
            inside = []
        elif _origin_of(members, origin, known)[0] in names.READERS:
            inside = members
        else:
            inside = _class_in(members, known, least=2 if known is None else 1)
        if inside:
            downloads.append(_Download(path.name, inside))
        else:
            place = names.folder(PurePosixPath(path.name))
            found.append(HandIn(place.who, shown(path.name), members, n_archives=1))
    while downloads:
        inside = _inside(downloads.pop(0), origin, known)
        found += inside.hand_ins
        downloads += inside.downloads
        remarks += inside.remarks
    return found, remarks


def _origin_of(
    members: list[Member], asked: Origin, known: Callable[[Who], bool] | None, root: Path | None = None
) -> tuple[Origin, list[Member]]:
    """Whose names the files at the top have, if it was not said, and the members without a folder around all of them.

    Most of them must have such a name: one student's folder must not decide how those of others are read.
    """
    readers = {asked: names.READERS[asked]} if asked in names.READERS else names.READERS if asked is Origin.AUTO else {}
    for inside in (members, _below_only_top(members, known)):
        work = [path for path in (member.path for member in inside) if not names.is_junk(path)]
        tops = {path.parts[0] for path in work if not names.is_of_the_system(path)}
        for origin, reader in readers.items():
            if 2 * sum(reader(PurePosixPath(top)) is not None for top in tops) > len(tops) > 0:
                return origin, inside
    if asked is Origin.GITHUB:
        return asked, members
    tops = {member.path.parts[0] for member in members}
    repositories = {member.path.parts[0] for member in members if member.path.parts[1:2] == (".git",)}
    name = root.resolve().name if root else next(iter(tops)) if len(tops) == 1 else ""
    looks = asked is Origin.AUTO and (repositories or name.endswith("-submissions"))
    return Origin.GITHUB if looks else Origin.FOLDER, members


def _below_only_top(members: list[Member], known: Callable[[Who], bool] | None) -> list[Member]:
    """The members below the one folder that is around all of them, if it is not that of a student."""
    work = [member for member in members if not names.is_junk(member.path)]
    tops = {member.path.parts[0] for member in work}
    if len(tops) != 1 or (known is not None and known(names.folder(PurePosixPath(*tops)).who)):
        return []
    return _below_top(work)


def _inside(download: _Download, asked: Origin, known: Callable[[Who], bool] | None) -> _Inside:
    origin, members = _origin_of(download.members, asked, known, download.root)
    assignment = ""
    if origin is Origin.GITHUB:
        members, assignment = _repositories(download)
    classes, remarks = _classes_in(download, members, origin, asked, known)
    newest = max((member.time.replace(tzinfo=None) for member in members if member.time), default=None)
    people = groups(members) if origin is Origin.FOLDER else {}
    users = dict(_blackboard_users(members)) if origin is Origin.BLACKBOARD else {}
    found: dict[object, HandIn] = {}
    for member in members:
        if names.is_junk(member.path) or names.is_of_the_system(member.path) or member.path in classes:
            continue
        if member.refusal.startswith("leads out"):
            remarks.append(f"{download.label}: {shown(member.path)} {member.refusal}.")
            continue
        place = _place(member.path, origin, assignment)
        if place is None or (origin is Origin.FOLDER and _is_loose(member.path)):
            if wanted(member.path):
                remarks.append(f"{download.label}: {shown(member.path)} is not named after a student.")
            continue
        first = member.path.parts[0]
        key = (first,) if origin in (Origin.FOLDER, Origin.GITHUB) else (place.who.ids, place.time)
        if key not in found:
            found[key] = HandIn(
                users.get(key, place.who),
                shown(f"{download.label}: {first}"),
                time=place.time,
                downloaded=newest,
                repository=download.repository(first),
            )
        found[key].late |= place.late
        found[key].members.append(replace(member, path=place.path))
    if origin is Origin.FOLDER:
        parted = [one for (top,), whole in found.items() for one in _parted(whole, people.get(top))]
        return _Inside(parted, list(classes.values()), remarks)
    return _Inside(list(found.values()), list(classes.values()), remarks)


def _parted(hand_in: HandIn, group: Group | None) -> list[HandIn]:
    """A hand-in of a group as that of each in it; one of several versions as those."""
    if group:
        return [replace(hand_in, who=who, time=group.time) for who in group.people]
    parts = versions(hand_in.members)
    return [
        replace(
            hand_in,
            label=f"{hand_in.label}, Version {one.number}" if len(parts) > 1 else hand_in.label,
            members=members,
            version=one.number,
            late=one.late,
        )
        for one, members in parts.items()
    ] or [hand_in]


def _place(path: PurePosixPath, origin: Origin, assignment: str) -> Place | None:
    if origin is Origin.GITHUB:
        return names.github(path, assignment)
    return names.READERS.get(origin, names.folder)(path)


def _is_loose(path: PurePosixPath) -> bool:
    """Whether a file belongs to a submission that is not in a folder of its own."""
    first = path.parts[0]
    return names.is_package(first) or (len(path.parts) == 1 and path.suffix.lower() in (".py", ".ipynb"))


def _repositories(download: _Download) -> tuple[list[Member], str]:
    """Members with the name of the repository first, and the name of the assignment."""
    members, name = download.members, download.root.resolve().name if download.root else ""
    tops = {member.path.parts[0] for member in members}
    if len(tops) == 1 and next(iter(tops)).endswith("-submissions"):
        name, members = next(iter(tops)), _below_top(members)
    repositories = {member.path.parts[0] for member in members if len(member.path.parts) > 1}
    return members, names.github_assignment(name, sorted(repositories))


def _below_top(members: list[Member]) -> list[Member]:
    return [
        replace(member, path=PurePosixPath(*member.path.parts[1:])) for member in members if len(member.path.parts) > 1
    ]


def _classes_in(
    download: _Download, members: list[Member], origin: Origin, asked: Origin, known: Callable[[Who], bool] | None
) -> tuple[dict[PurePosixPath, _Download], list[str]]:
    """The archives at the top of a download that hold a class, and a sentence on each that is not taken for one.

    What students gave can pretend to be a class, to put something into the place of somebody else's. So where there is
    anything else beside it, an archive is somebody's work.
    """
    work = [member for member in members if wanted(member.path) and not member.refusal]
    if origin is not Origin.FOLDER:
        work = [member for member in work if _place(member.path, origin, "") is None]
    found = {member.path: inner for member in work if (inner := _download_in(member, asked, known))}
    if len(found) == len(work):
        return found, []
    return {}, [
        f"{download.label}: {shown(path)} looks like the download of a class. If it is one, collect it by itself."
        for path in found
    ]


def _download_in(member: Member, asked: Origin, known: Callable[[Who], bool] | None) -> _Download | None:
    """An archive as a download, if it holds a class rather than one student's work."""
    if not member.is_archive or len(member.path.parts) > 1:
        return None
    if known is not None and known(names.folder(member.path).who):
        return None
    try:
        members = members_of(member.read(_class_budget()), _class_budget(Budget().n_bytes))
    except ArchiveError:
        return None
    if _origin_of(members, asked, known)[0] in names.READERS:
        return _Download(shown(member.path), members)
    inside = _class_in(members, known, least=2)
    return _Download(shown(member.path), inside) if inside and (known or groups(inside)) else None


def _class_in(members: list[Member], known: Callable[[Who], bool] | None, *, least: int) -> list[Member]:
    """The members with a student's name first, if an archive has a folder or an archive for each; else none.

    Single folders around all of them are taken off. With a roster, as many as `least` must be in it.
    """
    for inside, found in _levels(members):
        if (
            groups(inside)
            or sum(known is None or known(names.folder(PurePosixPath(top)).who) for top in found) >= least
        ):
            return inside
    return []


def _levels(members: list[Member]) -> Iterator[tuple[list[Member], list[str]]]:
    """The members as they are and without single folders around all of them, each with the first parts of work."""
    for _ in range(_MAX_ABOVE + 1):
        work = [member.path for member in members if wanted(member.path)]
        found = sorted({path.parts[0] for path in work})
        if any(map(_is_loose, work)):
            return
        yield members, found
        if len(found) != 1:
            return
        members = _below_top(members)


def tops(members: list[Member]) -> list[str]:
    """The folders and archives side by side in which there is work, whatever is around all of them."""
    if len(members) == 1 and members[0].is_archive:
        try:
            members = members_of(members[0].read(Budget()), Budget())
        except ArchiveError:
            return []
    return next((found for _, found in _levels(members) if len(found) > 1), [])


def _blackboard_users(members: list[Member]) -> Iterator[tuple[object, Who]]:
    """Who made an attempt, from the text that Blackboard puts beside it."""
    for member in members:
        place = names.blackboard(member.path)
        if place is None or place.path.name != "attempt.txt" or member.refusal:
            continue
        try:
            who = names.blackboard_user(member.read(Budget(n_bytes=_MAX_TEXT_BYTES)).decode("utf-8", "replace"))
        except ArchiveError:
            continue
        if who is not None:
            yield (place.who.ids, place.time), who
