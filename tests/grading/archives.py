"""Makes archives as people, programs and attackers make them."""

import io
import shutil
import stat
import struct
import subprocess
import tarfile
import zipfile
import zlib
from pathlib import Path

TIME = (2025, 11, 2, 13, 5, 10)


def zipped(files: dict[str, str | bytes], mode: int = stat.S_IFREG | 0o644, time: tuple[int, ...] = TIME) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            member = zipfile.ZipInfo(name, time)
            member.external_attr = mode << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return data.getvalue()


def as_windows_made_it(files: dict[str, str | bytes]) -> bytes:
    """Names with backslashes, which `zipfile` would not write."""
    return zipped({name.replace("/", "|"): text for name, text in files.items()}).replace(b"|", b"\\")


def without_mark_of_utf8(files: dict[str, str | bytes]) -> bytes:
    """Names in UTF-8 without the bit that says so, as macOS wrote them for years."""
    data = bytearray(zipped(files))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset + 1] &= ~0x08
    return bytes(data)


def encrypted(files: dict[str, str | bytes]) -> bytes:
    """Members that are marked as encrypted."""
    data = bytearray(zipped(files))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def tarred(files: dict[str, str | bytes], mode: str = "w", mtime: int = 1762088710) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, text in files.items():
            text = text if isinstance(text, bytes) else text.encode()
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(text), mtime
            archive.addfile(member, io.BytesIO(text))
    return data.getvalue()


def tarred_members(*members: tarfile.TarInfo, mode: str = "w:gz") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    return data.getvalue()


def by_bsdtar(files: dict[str, str | bytes], folder: Path, name: str) -> bytes:
    """An archive by libarchive's program, in the format that its ending names."""
    shutil.rmtree(folder, ignore_errors=True)
    for inside, text in files.items():
        (folder / "in" / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / inside).write_bytes(text if isinstance(text, bytes) else text.encode())
    subprocess.run(["bsdtar", "-a", "-cf", str(folder / name), "-C", str(folder / "in"), "."], check=True)
    return (folder / name).read_bytes()


def rar(files: dict[str, str | bytes]) -> bytes:
    """A rar of version 4 that stores its files, written from the description of the format."""
    blocks = [(0x73, 0, b"\0" * 6, b"")]
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        dos_time = (TIME[0] - 1980) << 25 | TIME[1] << 21 | TIME[2] << 16 | TIME[3] << 11 | TIME[4] << 5
        head = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), dos_time, 20, 0x30, len(name), 0o100644
        )
        blocks.append((0x74, 0x8000, head + name.encode(), data))
    blocks.append((0x7B, 0x4000, b"", b""))
    whole = b"Rar!\x1a\x07\x00"
    for kind, flags, head, data in blocks:
        body = struct.pack("<BHH", kind, flags, 7 + len(head)) + head
        whole += struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body + data
    return whole


NOT_PYTHON = {
    "a Word document": zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<w/>"}),
    "an Office document": zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<w/>"}),
    "an OpenDocument file": zipped({"content.xml": "<w/>", "META-INF/manifest.xml": "<w/>"}),
    "a zip archive": zipped({"gmmlearn/m_step.py": "x = 1"}),
    "an old Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "formatted text (RTF)": rb"{\rtf1\ansi def update_weights(r): return r.mean(0)}",
    "a web page": b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "a notebook": b'{"cells": [{"cell_type": "code", "source": "def update_weights(r): return r"}], "nbformat": 4}',
}
"""What a file is -> the file, saved under the name of a module."""
