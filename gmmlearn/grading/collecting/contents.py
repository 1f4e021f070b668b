"""Reads what is needed of a hand-in, also in archives in it, and says what could not be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from .archives import members_of
from .members import ArchiveError, Budget, Member

MAX_DEPTH = 5


@dataclass(frozen=True)
class File:
    """A file of a hand-in, read.

    Attributes
    ----------
    path : PurePosixPath
        Where it was; an archive in which it was counts as a folder.
    data : bytes
    time : datetime or None
        When it was changed last, by the archive that the student made.
    """

    path: PurePosixPath
    data: bytes
    time: datetime | None = None


def opened(
    members: list[Member], budget: Budget, wanted: Callable[[PurePosixPath], bool], *, depth: int = 0
) -> tuple[list[File], list[str]]:
    """The wanted files of a hand-in, also those in archives in it, and a sentence on each that cannot be read.

    Parameters
    ----------
    members : list of Member
    budget : Budget
    wanted : callable
        Says of a path whether it is needed; archives are asked for, too.
    depth : int
        How many archives are around it; times of files count from 1 on, since those archives are the student's.

    Returns
    -------
    list of File
    list of str

    Raises
    ------
    ArchiveError
        When there is more to read than the budget allows.
    """
    files: list[File] = []
    remarks: list[str] = []
    for member in members:
        if not wanted(member.path):
            continue
        if member.refusal:
            remarks.append(f"{shown(member.path)} {member.refusal}.")
            continue
        try:
            data = member.read(budget)
            if not member.is_archive:
                files.append(File(member.path, data, member.time if depth else None))
                continue
            if depth == MAX_DEPTH:
                raise ArchiveError("is not opened: it is an archive in an archive too many times over")
            inside, more = opened(members_of(data, budget), budget, wanted, depth=depth + 1)
        except ArchiveError as error:
            if budget.n_bytes < 0 or budget.n_members < 0:
                raise
            remarks.append(f"{shown(member.path)} {error}.")
            continue
        files += [File(member.path / file.path, file.data, file.time) for file in inside]
        remarks += more
    return files, remarks


def shown(text: object) -> str:
    """A name from a stranger's archive as it can be printed: on one line, without control characters, not too long.

    >>> shown("a\\x1b[31m")
    'a\\ufffd[31m'
    """
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in str(text))
    return plain if len(plain) <= 120 else f"{plain[:60]} ... {plain[-50:]}"
