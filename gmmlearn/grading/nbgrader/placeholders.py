"""Notes that take the place of files of a submission that were set aside: `<name>.set-aside` says why."""

import os
import shutil
import stat
from pathlib import Path

_SUFFIX = ".set-aside"
_MAX_BYTES = 500


def leave(path: Path, why: str) -> None:
    """Say in the place of a file why it is not there, as the end of a sentence that begins with its name."""
    note = path.with_name(path.name + _SUFFIX)
    remove(note)
    note.write_text(why)


def on(path: Path) -> str | None:
    """Why a file was set aside; None if it was not.

    A student may hand in a note, who then gets it back; so it is read with the same care as all the rest.
    """
    try:
        fd = os.open(path.with_name(path.name + _SUFFIX), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        regular = stat.S_ISREG(os.fstat(fd).st_mode)
        return os.read(fd, _MAX_BYTES).decode("utf-8", "replace") if regular else None
    finally:
        os.close(fd)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
