"""What may be read of archives and folders: a file in one of them, and how much may still be read of all together.

A member is bytes that are asked for, so a link, a device or a path that leads out has nowhere to go.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from .names import without_marks

SUFFIXES = frozenset((".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".7z", ".rar"))
"""Of files that are taken for archives; what they are is then read from their first bytes."""


class ArchiveError(Exception):
    """Why an archive or a member of it cannot be read, as the end of a sentence that begins with its name."""


@dataclass
class Budget:
    """What may still be read, over all archives that are in one another.

    Attributes
    ----------
    n_bytes : int
    n_members : int
    """

    n_bytes: int = 200 * 2**20
    n_members: int = 100_000

    def spend(self, n_bytes: int = 0, n_members: int = 0) -> None:
        """Count what was read.

        Raises
        ------
        ArchiveError
            When there is more than there may be.
        """
        self.n_bytes -= n_bytes
        self.n_members -= n_members
        if self.n_bytes < 0 or self.n_members < 0:
            raise ArchiveError(f"holds more than the {_MAX_MEGABYTES} MB or {MAX_MEMBERS:,} files that are read")


_MAX_MEGABYTES, MAX_MEMBERS = Budget().n_bytes >> 20, Budget().n_members


@dataclass(frozen=True)
class Member:
    """A file of an archive or a folder.

    Attributes
    ----------
    path : PurePosixPath
        With slashes, composed characters and no part that leads out.
    read : callable
        Gives its bytes, counted on a `Budget`; raises `ArchiveError`.
    time : datetime or None
        When it was changed last; without a zone where the archive has none. None for files in folders, whose
        times say when they were copied.
    refusal : str
        Why it cannot be read: it is a link, a device, or leads out.
    """

    path: PurePosixPath
    read: Callable[[Budget], bytes]
    time: datetime | None = None
    refusal: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether its name is that of an archive."""
        return self.path.suffix.lower() in SUFFIXES


def member(name: str, read: Callable[[Budget], bytes], time: datetime | None, refusal: str) -> Member:
    name = unicodedata.normalize("NFC", without_marks(name.replace("\\", "/")))
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or re.match("[A-Za-z]:/", name):
        refusal = "leads out of the archive"
    kept = [part for part in parts if part != ".."]
    return Member(PurePosixPath(*kept or ["(no name)"]), read, time, refusal if kept else refusal or "has no name")


def members_in(folder: Path) -> list[Member]:
    """The files in a folder of this machine, and links to folders, which are not followed."""
    found = []
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted([*files, *(name for name in folders if os.path.islink(os.path.join(root, name)))]):
            path = Path(root, name)
            mode = path.lstat().st_mode
            found.append(member(str(path.relative_to(folder)), partial(_read_file, path), None, refusal_of(mode)))
    return found


def refusal_of(mode: int) -> str:
    """Why a file of this mode is not read; empty for an ordinary one."""
    return "" if stat.S_ISREG(mode) else "is a link" if stat.S_ISLNK(mode) else "is not an ordinary file"


def _read_file(path: Path, budget: Budget) -> bytes:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            data = file.read(max(budget.n_bytes, 0) + 1)
    except OSError as error:
        raise ArchiveError(f"cannot be read: {error.strerror}") from error
    budget.spend(len(data))
    return data
