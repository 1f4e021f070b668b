"""Says what a file is that was saved under the name of a module and cannot be Python."""

import json

_NOT_PYTHON = {
    b"%pdf-": "a PDF",
    rb"{\rtf": "formatted text (RTF)",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89png": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_IN_ZIP = {
    b"word/document.xml": "a Word document",
    b"[Content_Types].xml": "an Office document",
    b"META-INF/manifest.xml": "an OpenDocument file",
}


def not_python(data: bytes) -> str:
    """What a file is that cannot be Python, and what to do, as the end of a sentence that begins with its name.

    It is empty for what may be Python: none of these beginnings is ever right there.

    >>> not_python(b"%PDF-1.7"), not_python(b"x = 1")
    ('is a PDF, not Python: save your code as plain text (UTF-8).', '')
    """
    start = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    todo = "save your code as plain text (UTF-8)"
    kind = next((kind for begin, kind in _NOT_PYTHON.items() if start.startswith(begin)), "")
    if start.startswith(b"pk\x03\x04"):
        kind = next((kind for inside, kind in _IN_ZIP.items() if inside in data), "")
        if not kind:
            kind, todo = "a zip archive", "take the file out of it"
    elif start.startswith((b"<!doctype html", b"<html")):
        kind, todo = "a web page", "download the file itself, not the page that shows it"
    elif start.startswith(b"{") and _is_notebook(data):
        kind, todo = "a notebook", "copy your functions from its cells into a module"
    return f"is {kind}, not Python: {todo}." if kind else ""


def _is_notebook(data: bytes) -> bool:
    """Whether a file is JSON with cells; a module that begins with a dictionary goes on after it."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "cells" in found and "nbformat" in found
