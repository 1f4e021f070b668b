"""What a person handed in: read once, without following links, into plain bytes."""

import codecs
import hashlib
import io
import os
import stat
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ...contract import CHAPTERS
from ...errors import UsageError
from ...file_kinds import not_python
from ...manifest import is_students

MAX_FILE_BYTES = 2**20
MAX_FILES = 48
"""Modules that are read, chapters first."""
MAX_NAMED = 1000
"""Modules beyond these that say on import that they were left out; others are not found."""
MAX_TOTAL_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Submission:
    """The modules of a submission, and what is wrong with those that cannot be used.

    Attributes
    ----------
    sources : dict of str to bytes
        Module name -> text, for chapters and for helper modules; a helper that was not read raises why.
    problems : dict of str to str
        Chapter -> one sentence on why its file was not read.
    left_out : tuple of str
        A sentence on each helper that was not read, and one on all beyond `MAX_FILES`.
    """

    sources: dict[str, bytes]
    problems: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def unread(self) -> str:
        """Why nothing of any chapter could be read; empty if something was, or if no file was there to read."""
        told = set(self.problems.values())
        return told.pop() if set(self.problems) == set(CHAPTERS) and len(told) == 1 else ""

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
        What was handed in. Files that are ours, like `library.py`, and other files than Python's are left alone.

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
        return _unreadable(f"gmmlearn in the submission is not a folder that can be read ({error.strerror}).")
    try:
        return _read_package(package)
    finally:
        os.close(package)


def _unreadable(problem: str) -> Submission:
    return Submission({}, dict.fromkeys(CHAPTERS, problem))


def _read_package(package: int) -> Submission:
    sources: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    left_out: list[str] = []
    wanted, beyond = _in_order(name.removesuffix(".py") for name in os.listdir(package) if name.endswith(".py"))
    for stem in wanted:
        try:
            data = _read(package, f"{stem}.py")
            if sum(map(len, sources.values())) + len(data) > MAX_TOTAL_BYTES:  # chapters come first: it is a helper
                raise _Problem(f"is left out: of all modules together {MAX_TOTAL_BYTES // 2**20} MB are read.")
            sources[stem] = data
        except _Problem as problem:
            sentence = f"gmmlearn/{stem}.py {problem}"
            if stem in CHAPTERS:
                problems[stem] = sentence
            else:
                sources[stem] = _raises(sentence)
                left_out.append(sentence)
    for stem in beyond[:MAX_NAMED]:
        sources[stem] = _raises(f"gmmlearn/{stem}.py is left out: {MAX_FILES} modules are read, chapters first.")
    if beyond:
        left_out.append(_too_many(beyond))
    return Submission(sources, problems, tuple(left_out))


def _in_order(stems: Iterable[str]) -> tuple[list[str], list[str]]:
    """The modules of a student's own that are read, chapters first, and those beyond `MAX_FILES`."""
    theirs = sorted(filter(is_students, set(stems)), key=lambda stem: (stem not in CHAPTERS, stem))
    return theirs[:MAX_FILES], theirs[MAX_FILES:]


def _too_many(beyond: list[str]) -> str:
    """What to say of the modules that are more than are read.

    >>> _too_many(["helper_8", "helper_9"])
    'Only 48 modules are read, chapters first. Left out: gmmlearn/helper_8.py, gmmlearn/helper_9.py.'
    """
    named = ", ".join(f"gmmlearn/{stem[:60]}.py" for stem in beyond[:3])
    more = f" and {len(beyond) - 3} more" if len(beyond) > 3 else ""
    return f"Only {MAX_FILES} modules are read, chapters first. Left out: {named}{more}."


def _raises(sentence: str) -> bytes:
    """A module that says on import why it is not the student's."""
    return f"raise ImportError({sentence!r})\n".encode()


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
            raise _Problem("is not an ordinary file.")
        if status.st_size > MAX_FILE_BYTES:
            raise _Problem(
                f"has {status.st_size / 2**20:.1f} MB, more than the {MAX_FILE_BYTES // 2**20} MB that are read."
            )
        with open(fd, "rb", closefd=False) as file:
            data = file.read(MAX_FILE_BYTES)
    finally:
        os.close(fd)
    if what := not_python(data):
        raise _Problem(what)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _Problem("is UTF-16 text; save it as UTF-8.")
    if b"\0" in data:
        raise _Problem(f"holds a NUL byte at position {data.index(0)}; save it as plain text.")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError) as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise _Problem(f"is not UTF-8 text{where}; save it as UTF-8.") from None
    return data
