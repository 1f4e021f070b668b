"""One run at a time on a class, and where it keeps what is not whole yet."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ...errors import UsageError
from ..nbgrader.settings import SCRATCH, UNFINISHED


@contextmanager
def only_one(file: Path, what: str) -> Iterator[None]:
    """Hold a lock in a file; it ends with the process, however that ends.

    Parameters
    ----------
    file : Path
        Made if it is not there.
    what : str
        What is going on, for the sentence to whoever comes second: `"/class is being graded"`.

    Raises
    ------
    UsageError
        When another process holds it.
    """
    with open(file, "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{what} by another process: wait for it to end.") from None
        yield


@contextmanager
def alone(course: Path) -> Iterator[Path]:
    """Only one run at a time that grades or changes a class, in a scratch folder that is empty at its start and end."""
    scratch = course / SCRATCH
    scratch.mkdir(exist_ok=True)
    with only_one(scratch / "lock", f"{course} is being graded"):
        _empty(scratch)
        try:
            yield scratch
        finally:
            _empty(scratch)


def only_one_collects(course: Path) -> AbstractContextManager[None]:
    """Only one run at a time that puts hand-ins into a class."""
    return only_one(course / ".collecting", f"{course} is being collected")


def _empty(scratch: Path) -> None:
    for path in scratch.iterdir():
        if path.is_symlink():  # of a run that was killed; a class may be shared, so not all that it names is removed
            if path.readlink().name.startswith("pymp-"):
                shutil.rmtree(path.readlink(), ignore_errors=True)
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in ("lock", UNFINISHED):
            path.unlink()


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Keep the temporary files of this process in a folder; what a run that was killed has left there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
