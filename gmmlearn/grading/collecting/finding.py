"""Finds the submission in the files of a hand-in, by what they are called and hold, wherever they are."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ...contract import CHAPTERS, Exercise
from ...file_kinds import not_python
from ...manifest import OURS, is_students
from . import names, notebooks
from .archives import members_of
from .contents import MAX_DEPTH, File, opened, shown
from .downloads import HandIn, wanted
from .members import ArchiveError, Budget, Member

_MAX_FILES = 2000


class Unread(Exception):
    """Why no submission was found in a hand-in, in a sentence."""


@dataclass(frozen=True)
class Found:
    """A submission.

    Attributes
    ----------
    files : dict of str to bytes
        `gmmlearn/*.py` and notebooks, under the names that the course has for them.
    remarks : tuple of str
        What an instructor should know, a sentence each.
    time : datetime or None
        When one of the files was changed last, by the student's archive.
    """

    files: dict[str, bytes]
    remarks: tuple[str, ...] = ()
    time: datetime | None = None


def find(
    hand_in: HandIn,
    asked: Iterable[Exercise],
    *,
    from_cells: bool = False,
    stubs: Mapping[str, bytes] | None = None,
    given: Collection[str] = frozenset(),
) -> Found:
    """The submission in a hand-in.

    Parameters
    ----------
    hand_in : HandIn
    asked : iterable of Exercise
        Of the assignment.
    from_cells : bool
        Whether to take functions that are in cells of notebooks only.
    stubs : mapping of str to bytes, optional
        Chapter -> its stub, to which such functions are added.
    given : collection of str
        Functions in cells that were handed out, as `notebooks.definitions` finds them.

    Returns
    -------
    Found

    Raises
    ------
    Unread
        When there is none, when two folders fit, or when the archive cannot be read.
    """
    asked = list(asked)
    budget = Budget()
    try:
        members, depth = _unwrapped(hand_in, budget)
        files, remarks = opened(members, budget, wanted, depth=depth)
    except ArchiveError as error:
        raise Unread(f"It {error}.") from None
    if len(files) > _MAX_FILES:
        raise Unread(f"It holds more than {_MAX_FILES} files of Python and notebooks.")
    _refuse_doubles(files)
    by_name, more = notebooks.named(files)
    modules = _modules(files, remarks)
    chosen = [*modules.values(), *by_name.values()]
    sources = {name: file.data for name, file in modules.items()}
    missing = [one for one in asked if not _is_in(sources.get(one.module), one.name)]
    in_cells = notebooks.functions(by_name, missing, given)
    if from_cells:
        for one in in_cells:
            module = one.exercise.module
            before = sources.get(module, (stubs or {}).get(module, b""))
            sources[module] = before.rstrip() + f"\n\n\n# From {one.notebook}, cell {one.cell}.\n{one.source}".encode()
    if not sources:
        raise Unread(_nothing(members, files, in_cells, remarks))
    nowhere = [one for one in missing if one not in [other.exercise for other in in_cells]]
    remarks += _absent(nowhere, sources, members)
    times = [file.time for file in chosen if file.time]
    result = {f"gmmlearn/{name}.py": data for name, data in sources.items()}
    result |= {name: file.data for name, file in by_name.items()}
    taken = "; it was taken" if from_cells else ""
    remarks = [*remarks, *more, *(f"{one}{taken}." for one in in_cells)]
    return Found(result, tuple(remarks), _latest(times))


def _unwrapped(hand_in: HandIn, budget: Budget) -> tuple[list[Member], int]:
    """The members of a hand-in without archives that hold nothing but one, and how many archives are around them."""
    members, depth = hand_in.members, hand_in.n_archives
    while len(members) == 1 and members[0].is_archive and not members[0].refusal and depth < MAX_DEPTH:
        members, depth = members_of(members[0].read(budget), budget), depth + 1
    return members, depth


def _refuse_doubles(files: list[File]) -> None:
    """An archive may hold two files of one path; which of them is meant nobody can say."""
    seen: dict[PurePosixPath, bytes] = {}
    for file in files:
        if seen.setdefault(file.path, file.data) != file.data:
            raise Unread(f"It holds {shown(file.path)} twice, with different text.")


def _modules(files: list[File], remarks: list[str]) -> dict[str, File]:
    """The modules of the one folder that is the submission; none if no file is named like a chapter."""
    folders: dict[PurePosixPath, list[File]] = {}
    for file in files:
        if names.chapter_of(file.path) and file.data.strip():
            folders.setdefault(file.path.parent, [])
    for file in files:
        if names.without_text(file.path).lower().endswith(".py") and file.path.parent in folders:
            folders[file.path.parent].append(file)
    packages = {file.path.parent for file in files if file.path.name in ("__init__.py", "contract.py")}
    rivals = [folder for folder in folders if not _is_part_of_another(folder, folders, packages)]
    read = {folder: _of_folder(folders[folder], []) for folder in rivals}
    different = {tuple(sorted((name, file.data) for name, file in modules.items())) for modules in read.values()}
    if len(different) > 1:
        which = " and ".join(_place(folder) for folder in sorted(rivals))
        raise Unread(f"Both {which} hold files named like chapters: which one is handed in?")
    if not rivals:
        return {}
    return _of_folder(folders[min(rivals, key=lambda folder: len(folder.parts))], remarks)


def _place(folder: PurePosixPath) -> str:
    return f"{shown(folder)}/" if folder.parts else "its top"


def _is_part_of_another(folder: PurePosixPath, others: Iterable[PurePosixPath], packages: set[PurePosixPath]) -> bool:
    """Whether a folder is below another one that is the package, like the course's own `gmmlearn/figures/`.

    A package in a package was put there by mistake, and may be the one that is meant.
    """
    if names.is_package(folder.name):
        return False
    above = [other for other in others if other != folder and folder.is_relative_to(other)]
    return any(
        names.is_package(other.name) or other in packages or folder.relative_to(other).parts[0] in OURS
        for other in above
    )


def _of_folder(files: list[File], remarks: list[str]) -> dict[str, File]:
    """Module -> its file; a chapter may be called `mixtures (1).py` if there is no `mixtures.py`."""
    modules: dict[str, File] = {}
    copies: dict[str, list[File]] = {}
    for file in sorted(files, key=lambda file: str(file.path)):
        chapter = names.chapter_of(file.path)
        if chapter and file.path.name != f"{chapter}.py":
            copies.setdefault(chapter, []).append(file)
        elif is_students(file.path.stem):
            modules[file.path.stem] = file
    for chapter, several in copies.items():
        if chapter in modules:
            left_out = ", ".join(shown(file.path) for file in several if file.data != modules[chapter].data)
            if left_out:
                remarks.append(f"{left_out} left out, since {chapter}.py is there.")
        elif len({file.data for file in several}) > 1:
            both = " and ".join(shown(file.path) for file in several)
            raise Unread(f"Both {both} could be {chapter}.py: which one is handed in?")
        else:
            modules[chapter] = several[0]
            remarks.append(f"{shown(several[0].path)} is taken as gmmlearn/{chapter}.py.")
    return modules


def _is_in(text: bytes | None, name: str) -> bool:
    """Whether a module binds a name and is not the stub of it; read as text, since it may be no Python at all."""
    if text is None:
        return False
    source = text.decode("utf-8", "replace")
    binds = rf"^(?:async +)?def +{name}\b|^{name} *[:=]|^(?:from|import) .*\b{name}\b"
    return re.search(binds, source, re.M) is not None and f"write {name} in gmmlearn" not in source


def _absent(nowhere: list[Exercise], sources: Mapping[str, bytes], members: list[Member]) -> list[str]:
    """A sentence on each module that is not there, or does not define what it is asked for."""
    said = []
    for module in dict.fromkeys(one.module for one in nowhere):
        if module in sources:
            if not sources[module].strip():
                said.append(f"gmmlearn/{module}.py is empty.")
                continue
            lacking = [one.name for one in nowhere if one.module == module and _lacks(sources[module], one.name)]
            if lacking:
                said.append(f"gmmlearn/{module}.py does not define {', '.join(lacking)}.")
            continue
        meant = next((one.path for one in members if not one.refusal and names.may_be(module, one.path)), None)
        hint = f": is {shown(meant)} meant? Rename it and collect again" if meant else ""
        said.append(f"gmmlearn/{module}.py is not there{hint}.")
    return said


def _lacks(text: bytes, name: str) -> bool:
    """Whether nothing in a module in UTF-8 can define a name, not even as the stub; in doubt it is not said."""
    try:
        source = text.decode()
    except UnicodeDecodeError:  # said when it is read
        return False
    if not_python(text):  # the same
        return False
    may = rf"\bdef +{name}\b|\b{name}\b[^\n]*=|\bimport\s*\(?[\w\s,]*\b{name}\b|\bimport +\*|\bexec\b|\bglobals\b"
    return re.search(may, source) is None


def _nothing(members: list[Member], files: list[File], in_cells: list[notebooks.InCell], remarks: list[str]) -> str:
    if in_cells:
        return f"{'; '.join(map(str, in_cells))}. With --cells they are taken."
    seen = sorted({shown(member.path) for member in members if not names.is_junk(member.path)})
    chapters = list(CHAPTERS)
    if not seen:
        left = [shown(member.path) for member in members]
        return f"It holds only what programs leave behind, like {left[0]}." if left else "It is empty."
    if empty := [shown(file.path) for file in files if names.chapter_of(file.path)]:
        why = f"{', '.join(empty[:3])} {'is' if len(empty) == 1 else 'are'} empty"
    elif any(names.chapter_of(member.path) for member in members):
        why = "what is named like a chapter cannot be read"
    else:
        why = f"no file is named like a chapter ({chapters[0]}.py ... {chapters[-1]}.py)"
    links = [f"{shown(one.path)} {one.refusal}." for one in members if one.refusal and not wanted(one.path)]
    return " ".join(
        [f"It holds {', '.join(seen[:4])}{' and more' if len(seen) > 4 else ''}; {why}.", *remarks, *links[:3]]
    )


def _latest(times: list[datetime]) -> datetime | None:
    """The latest time; those of a zip have no zone and are not compared with those of a tar."""
    plain = [time for time in times if time.tzinfo is None and time.year > 1980]
    return max(plain, default=None) or max((time for time in times if time.tzinfo), default=None)
