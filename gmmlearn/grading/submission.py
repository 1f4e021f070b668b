"""What a person handed in: read once, without following links, into plain bytes."""

import hashlib
import io
import os
import stat
import tokenize
from dataclasses import dataclass, field
from pathlib import Path

from gmmlearn.contract import CHAPTERS
from gmmlearn.errors import UsageError

MAX_FILE_BYTES = 2**20
MAX_FILES = 40
_OURS = {path.stem for path in Path(__file__).parents[1].iterdir()} - set(CHAPTERS)


@dataclass(frozen=True)
class Submission:
    """The modules of a submission, and what is wrong with those that cannot be used.

    Attributes
    ----------
    sources : dict of str to bytes
        Module name -> text, for chapters and for helper modules.
    problems : dict of str to str
        Module name -> one sentence on why its file was not read.
    """

    sources: dict[str, bytes]
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all that is judged."""
        state = hashlib.sha256()
        for name, data in sorted(self.sources.items()):
            state.update(f"{name} {len(data)}\n".encode())
            state.update(data)
        for name, problem in sorted(self.problems.items()):
            state.update(f"{name}: {problem}\n".encode())
        return state.hexdigest()


def read_submission(folder: Path) -> Submission:
    """Read `folder/gmmlearn/*.py`.

    Parameters
    ----------
    folder : Path
        What was handed in. Files that are ours, like `library.py`, and files that are no Python are left alone.

    Returns
    -------
    Submission
        A chapter without a file is in neither dictionary.

    Raises
    ------
    UsageError
        When the folder cannot be read at all.
    """
    try:
        names = os.listdir(folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be read ({error.strerror}): give the folder that was handed in.") from error
    if "gmmlearn" not in names:
        return _unreadable("The submission has no folder named gmmlearn, so nothing of it could be read.")
    try:
        package = os.open(folder / "gmmlearn", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        return _unreadable(f"gmmlearn in the submission is no folder that can be read ({error.strerror}).")
    try:
        return _read_package(package)
    finally:
        os.close(package)


def _unreadable(problem: str) -> Submission:
    return Submission({}, dict.fromkeys(CHAPTERS, problem))


def _read_package(package: int) -> Submission:
    sources: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    names = sorted(name for name in os.listdir(package) if name.endswith(".py"))
    names.sort(key=lambda name: name.removesuffix(".py") not in CHAPTERS)
    for name in names[:MAX_FILES]:
        stem = name.removesuffix(".py")
        if not stem.isidentifier() or stem in _OURS:
            continue
        try:
            sources[stem] = _read(package, name)
        except _Problem as problem:
            problems[stem] = f"gmmlearn/{name} {problem}"
    return Submission(sources, problems)


class _Problem(Exception):
    """Why a file is not used, as the end of a sentence that begins with its name."""


def _read(package: int, name: str) -> bytes:
    """The bytes of a small regular text file; the checks are made on the open file, so nothing can be swapped."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=package)
    except OSError as error:
        if stat.S_ISLNK(os.lstat(name, dir_fd=package).st_mode):
            raise _Problem("is a symbolic link; hand in the file itself.") from None
        raise _Problem(f"cannot be read ({error.strerror}); hand it in again.") from None
    try:
        status = os.fstat(fd)
        if stat.S_ISDIR(status.st_mode):
            raise _Problem("is a folder; it should be a file.")
        if not stat.S_ISREG(status.st_mode):
            raise _Problem("is no ordinary file.")
        if status.st_size > MAX_FILE_BYTES:
            raise _Problem(
                f"has {status.st_size / 2**20:.1f} MB, more than the {MAX_FILE_BYTES // 2**20} MB that are read."
            )
        with open(fd, "rb", closefd=False) as file:
            data = file.read(MAX_FILE_BYTES)
    finally:
        os.close(fd)
    if b"\0" in data:
        raise _Problem(f"holds a NUL byte at position {data.index(0)}; save it as plain text.")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError) as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise _Problem(f"is not UTF-8 text{where}; save it as UTF-8.") from None
    return data
