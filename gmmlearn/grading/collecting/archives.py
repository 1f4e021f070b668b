"""Opens any archive and gives its members, to be read one by one and within bounds.

Nothing is unpacked. All bytes that an archive swells to are counted, also over archives in archives.
"""

import bz2
import gzip
import lzma
import os
import re
import resource
import shutil
import stat
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from .members import MAX_MEMBERS, ArchiveError, Budget, Member, member, refusal_of

_MAGIC = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
}
_OPENERS: dict[str, Any] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
_BSDTAR_SECONDS = 60
_MOST_BETWEEN = 76
"""Bytes between the directory of a large zip and its end: two records of the 64-bit form."""
_MOST_DIGITS = 64
"""Of a number in a header of a tar."""


def members_of(source: Path | bytes, budget: Budget) -> list[Member]:
    """The files in an archive.

    Parameters
    ----------
    source : Path or bytes
    budget : Budget
        On which what has to be unpacked at once is counted: all of a compressed tar, nothing of a zip.

    Returns
    -------
    list of Member

    Raises
    ------
    ArchiveError
    """
    try:
        found = list(_members(source, budget))
    except ArchiveError:
        raise
    except Exception as error:  # each kind of archive has its own kinds of errors
        raise ArchiveError(f"cannot be opened: {error}") from error
    budget.spend(n_members=len(found))
    return found


def _members(source: Path | bytes, budget: Budget) -> Iterator[Member]:
    with _opened(source) as file:
        head = file.read(262 + 3)
    if not head:
        raise ArchiveError("is a file of 0 bytes")
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind == "zip":
        with _opened(source) as file:
            Budget(n_members=budget.n_members).spend(n_members=_files_listed(file))
        yield from _zip_members(zipfile.ZipFile(_opened(source)))
    elif kind in _OPENERS:
        with _opened(source) as file, _OPENERS[kind](file) as plain:
            yield from _tar_members(_spooled(plain, budget))
    elif kind is not None:
        yield from _tar_members(_by_bsdtar(source, kind, budget))
    elif head[257:262] == b"ustar":
        yield from _tar_members(_opened(source))
    else:
        raise ArchiveError("cannot be opened: it is not an archive")


def _opened(source: Path | bytes) -> BinaryIO:
    return BytesIO(source) if isinstance(source, bytes) else open(source, "rb")


def _spooled(file: Any, budget: Budget) -> BinaryIO:
    """A file's bytes in a temporary file, as far as the budget goes."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115 (its reader closes it)
    while piece := file.read(2**20):
        budget.spend(len(piece))
        spool.write(piece)
    spool.seek(0)
    return spool


def _by_bsdtar(source: Path | bytes, kind: str, budget: Budget) -> BinaryIO:
    """A 7z or rar as a tar, made by libarchive's program, which gets no other kind: some name files of this machine."""
    program = shutil.which("bsdtar")
    if program is None:
        raise ArchiveError(f"is a {kind} archive, for which bsdtar is needed: install it (libarchive-tools on Debian)")
    with tempfile.NamedTemporaryFile() as file:
        if isinstance(source, bytes):
            file.write(source)
            file.flush()
        path = os.path.abspath(file.name if isinstance(source, bytes) else source)
        command = [program, "--format", "pax", "-cf", "-", f"@{path}"]
        with tempfile.TemporaryFile() as errors:
            with subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, preexec_fn=_limited
            ) as process:
                try:
                    spool = _spooled(process.stdout, budget)
                except BaseException:
                    process.kill()
                    raise
            errors.seek(0)
            said = errors.read(2000).decode(errors="replace").strip()
    if process.returncode != 0:
        raise ArchiveError(f"cannot be opened: {said.splitlines()[-1] if said else 'bsdtar stopped'}")
    spool.seek(0)
    return spool


def _limited() -> None:
    """In the child before it runs: a hostile archive must not keep it busy or fill the memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (_BSDTAR_SECONDS, _BSDTAR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))


def _files_listed(file: BinaryIO) -> int:
    """How many files the directory of a zip lists: each takes a kilobyte of memory once `zipfile` has read it.

    The number that is written beside the directory may be any, and `zipfile` does not go by it.
    """
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end:
        return 0
    n_bytes, place = end[zipfile._ECD_SIZE], end[zipfile._ECD_LOCATION]  # type: ignore[attr-defined]
    begin = max(place - n_bytes - _MOST_BETWEEN, 0)
    file.seek(begin)
    return file.read(place - begin).count(b"PK\x01\x02")


def _zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        if info.is_dir() or info.filename.endswith("\\"):
            continue
        mode = info.external_attr >> 16
        refusal = "is encrypted" if info.flag_bits & 1 else refusal_of(mode) if stat.S_IFMT(mode) else ""
        try:
            time = datetime(*info.date_time)
        except ValueError:
            time = None
        yield member(_decoded(info), partial(_read_zipped, archive, info), time, refusal)


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name; several programs write UTF-8 without the mark for it, which `zipfile` then takes for code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _read_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    try:
        with archive.open(info) as file:
            data = file.read(max(budget.n_bytes, 0) + 1)
    except Exception as error:
        raise ArchiveError(f"cannot be read: {error}") from error
    budget.spend(len(data))
    return data


class _Header(tarfile.TarInfo):
    """A header without what older Pythons take forever to read.

    That is a negative size (before 3.13.6, CVE-2025-8194), and digits without end in an extended header, which
    regular expressions try in all pairs (before 3.11.10 and 3.12.6, CVE-2024-6232).
    """

    def _block(self, count: int) -> int:
        if count < 0:
            raise tarfile.InvalidHeaderError("a negative size")
        return super()._block(count)  # type: ignore[misc]

    def _proc_pax(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        begin = archive.fileobj.tell()
        if re.search(rb"\d{%d}" % (_MOST_DIGITS + 1), archive.fileobj.read(self._block(self.size))):
            raise ArchiveError(f"cannot be opened: a number in a header has more than {_MOST_DIGITS} digits")
        archive.fileobj.seek(begin)
        return super()._proc_pax(archive)  # type: ignore[misc]


def _tar_members(file: BinaryIO) -> Iterator[Member]:
    archive = tarfile.open(fileobj=file, mode="r:", tarinfo=_Header, errorlevel=2)  # noqa: SIM115 (members are read from it later)
    for number, info in enumerate(archive):
        if number >= MAX_MEMBERS:
            raise ArchiveError(f"holds more than the {MAX_MEMBERS:,} files that are read")
        if info.isdir():
            continue
        refusal = "" if info.isreg() else "is a link" if info.islnk() or info.issym() else "is not an ordinary file"
        try:
            time = datetime.fromtimestamp(info.mtime, UTC)
        except (ValueError, OverflowError, OSError):
            time = None
        yield member(info.name, partial(_read_tarred, archive, info), time, refusal)


def _read_tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes:
    budget.spend(info.size)
    try:
        with archive.extractfile(info) as file:
            return file.read()
    except Exception as error:
        raise ArchiveError(f"cannot be read: {error}") from error
