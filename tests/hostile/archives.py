"""Archives that want to harm: one idea an entry, with what is said of it. Nothing of the idea comes in."""

import gzip
import io
import lzma
import stat
import struct
import tarfile
import warnings
import zipfile

from ..grading.archives import encrypted, tarred, tarred_members, zipped

WORK = {"gmmlearn/e_step.py": "# mine\n"}
LINK = stat.S_IFLNK | 0o777
MEGABYTE = b"\0" * 2**20


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, size
    return info


def zip_bomb(megabytes: int, name: str = "gmmlearn/e_step.py") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(name, "w", force_zip64=True) as file:
            for _ in range(megabytes):
                file.write(MEGABYTE)
    return data.getvalue()


def tar_bomb(megabytes: int) -> bytes:
    return gzip.compress(tarred({"gmmlearn/e_step.py": MEGABYTE * megabytes}), 1)


def many_small_bombs(n_archives: int, megabytes: int) -> bytes:
    return zipped({f"{number}.zip": zip_bomb(megabytes) for number in range(n_archives)})


def nested(depth: int) -> bytes:
    data = zipped(WORK)
    for _ in range(depth):
        data = zipped({"x.zip": data, "other.txt": "x"})
    return data


def backwards() -> bytes:
    """A tar whose header says a negative size, which Python 3.11 goes through for ever (CVE-2025-8194)."""
    data = bytearray(tarred(WORK))
    data[124:136] = b"\xff" * 10 + b"\xfe\x00"
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


def long_header() -> bytes:
    """A tar of some kB with a header of 210 MB."""
    data = io.BytesIO()
    with gzip.open(data, "wb", compresslevel=1) as file:
        file.write(member("x", tarfile.XHDTYPE, size=210 * 2**20).tobuf(tarfile.USTAR_FORMAT))
        for _ in range(210):
            file.write(MEGABYTE)
    return data.getvalue()


def digits() -> bytes:
    """A tar with a header of digits alone, at which Python before 3.11.10 tries all pairs of them (CVE-2024-6232)."""
    header = member("x", tarfile.XHDTYPE, size=59 * 512).tobuf(tarfile.USTAR_FORMAT)
    return header + b"1" * 59 * 512 + tarred(WORK)


def directory(n_members: int) -> bytes:
    """A zip that is a directory of so many files and none of the files; its count of them says one."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    listed = entry * n_members
    return b"PK\x03\x04" + listed + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(listed), 4, 0)


def doubled() -> bytes:
    """A zip with two files of one path."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("a = 1\n", "b = 2\n"):
            archive.writestr("gmmlearn/e_step.py", text)
    return data.getvalue()


def lying_size() -> bytes:
    """A zip whose directory says one byte where there are more."""
    data = bytearray(zipped(WORK))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(data)


def overlapping() -> bytes:
    """A zip whose directory names the same bytes twice, as bombs do that swell without an archive in them."""
    data = bytearray(zipped(WORK | {"gmmlearn/m_step.py": "y"}))
    first, second = (at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def sparse() -> bytes:
    """A tar whose sparse file claims a terabyte."""
    header = bytearray(member("gmmlearn/e_step.py", tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT))
    header[386:398] = header[398:410] = b"00000000000\0"
    header[483:495] = b"\x80" + (2**40).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


def with_notebook(text: str) -> bytes:
    return zipped(WORK | {"04_e_step.ipynb": text})


ARCHIVES = {
    "climbs.zip": (zipped(WORK | {"../../submitted/bob/gmm/gmmlearn/e_step.py": "x"}), "leads out of the archive"),
    "absolute.zip": (zipped(WORK | {"/gmmlearn/em.py": "x"}), "gmmlearn/em.py leads out of the archive"),
    "drive.zip": (zipped(WORK | {"C:\\bob\\em.py": "x"}), "leads out of the archive"),
    "windows.zip": (zipped(WORK | {"..\\..\\bob\\e_step.py": "x"}), "bob/e_step.py leads out of the archive"),
    "climbs_tar.tar.gz": (tarred(WORK | {"../../bob/e_step.py": "x"}, "w:gz"), "leads out of the archive"),
    "link.zip": (zipped({"gmmlearn/e_step.py": "/etc/passwd"}, LINK), "gmmlearn/e_step.py is a link"),
    "link_tar.tar": (
        tarred_members(member("gmmlearn/e_step.py", tarfile.SYMTYPE, "/etc/passwd"), mode="w"),
        "gmmlearn/e_step.py is a link",
    ),
    "hard_link.tar.gz": (
        tarred_members(member("gmmlearn/e_step.py", tarfile.LNKTYPE, "/etc/passwd")),
        "gmmlearn/e_step.py is a link",
    ),
    "itself.tar.gz": (
        tarred_members(member("04_e_step.ipynb", tarfile.SYMTYPE, "04_e_step.ipynb")),
        "04_e_step.ipynb is a link",
    ),
    "device.tar.gz": (tarred_members(member("gmmlearn/e_step.py", tarfile.CHRTYPE)), "is not an ordinary file"),
    "pipe.tar.gz": (tarred_members(member("gmmlearn/e_step.py", tarfile.FIFOTYPE)), "is not an ordinary file"),
    "bomb.zip": (zip_bomb(210), "It holds more than the 200 MB"),
    "bomb_tar.tar.gz": (tar_bomb(210), "It holds more than the 200 MB"),
    "bombs.zip": (many_small_bombs(5, 42), "It holds more than the 200 MB"),
    "long_header.tar.gz": (long_header(), "It holds more than the 200 MB"),
    "many.zip": (zipped({f"gmmlearn/m{number}.py": "" for number in range(2001)}), "more than 2000 files"),
    "deep.zip": (nested(20), "too many times over"),
    "backwards.tar": (backwards(), "negative"),
    "digits.tar": (digits(), "more than 64 digits"),
    "escapes.zip": (zipped({"a\x1b[2J\r\nbob: collected.py": "x"}), "a\ufffd[2J\ufffd\ufffdbob: collected.py"),
    "no_name.zip": (zipped({"..": "x"}), "(no name)"),
    "doubled.zip": (doubled(), "twice, with different text"),
    "lying_size.zip": (lying_size(), "cannot be read"),
    "overlapping.zip": (overlapping(), "gmmlearn/m_step.py cannot be read"),
    "sparse.tar": (sparse(), "It holds more than the 200 MB"),
    "link_folder.tar.gz": (
        tarred_members(member("gmmlearn", tarfile.SYMTYPE, "/etc"), member("gmmlearn/passwd.py", size=3)),
        "no file is named like a chapter",
    ),
    "socket.zip": (zipped({"gmmlearn/e_step.py": "x"}, stat.S_IFSOCK | 0o777), "is not an ordinary file"),
    "locked.zip": (encrypted(WORK), "is encrypted"),
    "cut.zip": (zipped(WORK)[:-30], "cannot be opened"),
    "cut_tar.tar.gz": (tarred(WORK, "w:gz")[:-20], "cannot be opened"),
    "empty.zip": (b"", "It is a file of 0 bytes"),
    "nothing.zip": (zipped({}), "It is empty"),
    "page.zip": (b"<html>Please log in</html>", "it is not an archive"),
    "bomb_xz.tar.xz": (lzma.compress(tarred({"x.py": MEGABYTE * 210}), preset=0), "It holds more than the 200 MB"),
    "layers.tar.gz": (gzip.compress(tarred(WORK, "w:gz")), "cannot be opened"),
    "long_name.zip": (zipped({"g" * 60_000 + ".py": "x"}), "ggg ... ggg"),
    "two_packages.zip": (zipped({"a/gmmlearn/e_step.py": "x", "b/gmmlearn/e_step.py": "y"}), "which one is handed in?"),
    "letters.zip": (zipped(WORK | {"gmmlearn/E_STEP.py": "x = 1"}), "gmmlearn/E_STEP.py left out"),
    "ours.zip": (zipped(WORK | {"gmmlearn/library.py": "x", "gmmlearn/contract.py": "x"}), ""),
    "settings.zip": (zipped(WORK | {"nbgrader_config.py": "x", "sitecustomize.py": "x", "timestamp.txt": "1"}), ""),
    "deep_path.zip": (zipped({"a/" * 5000 + "e_step.py": WORK["gmmlearn/e_step.py"]}), ""),
    "two_kinds.zip": (tarred(WORK) + zipped({"gmmlearn/m_step.py": "x"}), ""),
    "deep_notebook.zip": (with_notebook("[" * 100_000), ""),
    "many_cells.zip": (with_notebook(f'{{"cells": [{"{}," * 1_000_000}{{}}]}}'), ""),
    "cells_twice.zip": (with_notebook('{"cells": [], "cells": [{"metadata": 3}]}'), ""),
}
"""Archive -> its bytes and what is said of it; the last ones come in, and nothing but what is the student's."""
