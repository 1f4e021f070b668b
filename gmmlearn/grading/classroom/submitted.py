"""Writes a hand-in into `submitted/` of a class, as a whole or not at all."""

import ctypes
import hashlib
import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from ...errors import GmmlearnError
from ..nbgrader import access
from ..nbgrader.handed_in import TIME_FILE

_HERE, _RENAME_EXCHANGE = -100, 2  # of <fcntl.h> and <linux/fs.h>
RECORD = Path(".gmmlearn", "collected.json")
"""In a hand-in, where nbgrader does not look: what was collected, so that the same is known again."""


_DRAFT, _ASIDE = ".collecting", ".collecting.before"


def tidy(course: Path, assignment: str) -> None:
    """Remove what a run that was killed has left, after a hand-in that it had put aside is back in its place."""
    for path in course.glob(f"submitted/*/.{assignment}{_ASIDE}"):
        if not (path.parent / assignment).exists():
            path.rename(path.parent / assignment)
    for ending in (_DRAFT, _ASIDE):
        for path in course.glob(f"submitted/*/.{assignment}{ending}"):
            shutil.rmtree(path, ignore_errors=True)


def write(folder: Path, files: dict[str, bytes], time: datetime | None, label: str, *, keep_newer: bool) -> bool:
    """Put a hand-in in its folder, unless it is there already.

    A run that is killed at any moment leaves the one before.

    Parameters
    ----------
    folder : Path
        `submitted/STUDENT/ASSIGNMENT` of a class.
    files : dict of str to bytes
    time : datetime or None
        Of the hand-in, in UTC; written in the form that nbgrader's late policies read.
    label : str
        Where the hand-in was.
    keep_newer : bool
        Whether to leave one there that was handed in later.

    Returns
    -------
    bool
        Whether anything was written.

    Raises
    ------
    GmmlearnError
        When it cannot be written; the one before is then as it was.
    """
    files = with_time(files, time)
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    record = _record(folder)
    if record.get("digest") == digest and folder.exists():
        return False
    before, now = record.get("time"), time and time.isoformat()
    if keep_newer and before and now and now < before:
        return False
    files[str(RECORD)] = json.dumps({"digest": digest, "time": now, "from": label}).encode()
    draft = folder.with_name(f".{folder.name}{_DRAFT}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        fill(draft, files)
        access.take_over(draft, folder.parents[2])
        if folder.exists():
            _exchange(draft, folder)
            shutil.rmtree(draft)
        else:
            draft.rename(folder)
    except OSError as error:
        raise GmmlearnError(f"{folder} cannot be written: {error.strerror}.") from error
    return True


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change names at once, so that neither is ever missing; one after the other if it must be.

    A file system of the network may not be able to, and Python has no function for it.
    """
    try:
        renameat2 = ctypes.CDLL(None).renameat2
        exchanged = renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0
    except (AttributeError, OSError):
        exchanged = False
    if not exchanged:
        aside = other.with_name(f".{other.name}{_ASIDE}")
        other.rename(aside)
        one.rename(other)
        aside.rename(one)


def with_time(files: dict[str, bytes], time: datetime | None) -> dict[str, bytes]:
    """Files with that in which nbgrader looks for the time of a hand-in, if it is known."""
    return files | ({TIME_FILE: f"{time:%Y-%m-%d %H:%M:%S.%f} UTC".encode()} if time else {})


def _record(folder: Path) -> dict[str, Any]:
    """What was collected into a folder; empty where something else was put there."""
    try:
        return json.loads((folder / RECORD).read_text())
    except (OSError, ValueError):
        return {}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write files by their names into a new folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
