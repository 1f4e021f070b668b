"""Who may read a class: its owner, or the group that it is shared with. The one file that says the modes.

The folder of the class says which: a class is shared when its folder has the setgid bit and is open to its group.
"""

import grp
import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ...errors import UsageError

SECRET_FILE = ".secret"
GRADEBOOK = "gradebook.db"


class Modes(NamedTuple):
    """Modes of the folders and files of a class, and of its secret, which nobody needs to write again."""

    folder: int
    file: int
    secret: int


PRIVATE = Modes(0o700, 0o600, 0o600)
SHARED = Modes(0o2770, 0o660, 0o640)


def modes(course: Path) -> Modes:
    """Those of a class, or of a folder in it."""
    try:
        mode = course.stat().st_mode
    except OSError:
        return PRIVATE
    return SHARED if mode & SHARED.folder == SHARED.folder else PRIVATE


def set_umask(course: Path) -> None:
    """From here on, whatever this process makes is for those who may read the class."""
    os.umask(0o777 & ~modes(course).folder)


def take_over(folder: Path, course: Path) -> None:
    """Give a folder of a class and all in it the modes of the class, whatever a student or an archive gave them.

    What belongs to another instructor has them already.
    """
    wanted = modes(course)
    for path in _below(folder):
        if os.geteuid() in (0, path.stat().st_uid):
            path.chmod(_mode(path, wanted))


def share(course: Path, name: str) -> list[str]:
    """Open a class to a group: folders that hand their group on, files that it may write, a secret that it may read.

    Parameters
    ----------
    course : Path
        Folder of the class.
    name : str
        Of a group of this machine.

    Returns
    -------
    list of str
        What is still in the way, a sentence each.

    Raises
    ------
    UsageError
        When there is no such group, the caller may not give files to it, or the class is somebody else's.
    """
    number = group_id(name)
    if modes(course) is PRIVATE or course.stat().st_gid != number:  # else others may be asked to share their files
        _refuse_but_the_owner(course, f"share {course} {name}")
    if not (course / GRADEBOOK).exists():  # SQLite gives the group no right to write to what it makes itself
        (course / GRADEBOOK).touch()
    others = _set(course, SHARED, number)
    said = [
        f"{count} of the files belong to {owner} and are as they were: ask {owner} to run the same command."
        for owner, count in others.items()
    ]
    return [*said, *in_the_way(course, name)]


def in_the_way(course: Path, name: str) -> list[str]:
    """Which folder above a class a group cannot come through, in a sentence; nothing if there is none."""
    number = group_id(name)
    closed = next((path for path in course.resolve().parents if not _lets_in(path, number)), None)
    return (
        [f"The group {name} cannot come through {closed}: move the class, or `chmod o+x {closed}`."] if closed else []
    )


def group_id(name: str) -> int:
    """Number of a group that the caller may give files to.

    Raises
    ------
    UsageError
        When there is no such group, or the caller is not in it.
    """
    try:
        number = grp.getgrnam(name).gr_gid
    except KeyError:
        raise UsageError(f"This machine has no group {name!r}: `getent group` lists those that it has.") from None
    if os.geteuid() and number not in {os.getegid(), *os.getgroups()}:
        raise UsageError(f"You are not in the group {name}, so you cannot share with it: ask who runs this machine.")
    return number


def unshare(course: Path) -> list[str]:
    """Close a class to all but its owner; whose files in it keep their group, a sentence each.

    Raises
    ------
    UsageError
        When the class is somebody else's: files of the caller would then be closed to its owner.
    """
    _refuse_but_the_owner(course, f"unshare {course}")
    return [
        f"{count} of the files belong to {owner}, who cannot come to them any more; you can, as one of their group."
        for owner, count in _set(course, PRIVATE, None).items()
    ]


def require(course: Path) -> None:
    """Refuse in a sentence with the right cause what the caller may not read.

    Raises
    ------
    UsageError
        When the folder or the secret of a class belongs to somebody else who has not shared it.
    """
    for path in (course, course / SECRET_FILE):
        try:
            os.stat(path)
        except PermissionError:
            raise UsageError(unreadable(path)) from None
        except OSError:
            continue
        if not os.access(path, os.R_OK | (os.X_OK if path == course else 0)):
            raise UsageError(unreadable(path))


def unreadable(path: Path) -> str:
    """Whose a file is that the caller may not read, and what to ask for."""
    there = next(one for one in (path, *path.parents) if _can_be_seen(one))
    owner = owner_of(there)
    course = path.parent if path.name == SECRET_FILE else path
    return (
        f"{path} cannot be read by you ({user(os.geteuid())}): it belongs to {owner}. Ask {owner} to run "
        f"`gmmlearn class share {course} GROUP`, with a group that you both are in."
    )


def owner_of(path: Path) -> str:
    """Name of the account that a file belongs to."""
    return user(path.lstat().st_uid)


def user(number: int) -> str:
    """Name of an account; its number if it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def group(number: int) -> str:
    """Name of a group; its number if it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def open_to_others(course: Path) -> list[Path]:
    """What others than the owner and the group can come to; nothing below a folder that is closed to them."""
    if not course.stat().st_mode & 0o007:
        return []
    return [path for path in _below(course) if path.stat().st_mode & 0o007]


def _refuse_but_the_owner(course: Path, command: str) -> None:
    if os.geteuid() not in (0, course.stat().st_uid):
        owner = owner_of(course)
        raise UsageError(f"{course} belongs to {owner}: ask {owner} to run `gmmlearn class {command}`.")


def _set(course: Path, wanted: Modes, group: int | None) -> dict[str, int]:
    """Set group and modes; owners of what is not the caller's to set -> how many files."""
    others: dict[str, int] = {}
    for path in _below(course):
        status = path.stat()
        if stat.S_IMODE(status.st_mode) == _mode(path, wanted) and group in (None, status.st_gid):
            continue
        try:
            if group is not None:
                os.chown(path, -1, group)  # before the mode: it takes the setgid bit away
            path.chmod(_mode(path, wanted))
        except PermissionError:
            others[owner_of(path)] = others.get(owner_of(path), 0) + 1
    return others


def _mode(path: Path, wanted: Modes) -> int:
    if path.is_dir():
        return wanted.folder
    return wanted.secret if path.name == SECRET_FILE else wanted.file


def _below(folder: Path) -> Iterator[Path]:
    """A folder and all in it but links, which could lead anywhere."""
    yield folder
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(root, name)
            if not stat.S_ISLNK(path.lstat().st_mode):
                yield path


def _lets_in(path: Path, group: int) -> bool:
    status = path.stat()
    return bool(status.st_mode & (0o010 if status.st_gid == group else 0o001))


def _can_be_seen(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
