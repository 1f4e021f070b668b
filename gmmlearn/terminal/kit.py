"""A student's folder: the notebooks, the modules in `gmmlearn/`, and beside these the record in `.gmmlearn/`."""

import ast
import codecs
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import loading
from ..contract import BONUS, CHAPTERS, Exercise, notebook_of
from ..errors import UsageError
from ..manifest import PACKAGE
from .stubs import FILE, stubs

NEWER = ".new.ipynb"
"""End of the name of a notebook that came with an update, beside one that the student has written in."""
HANDED_OUT = Path("terminal") / "handed_out.json"
"""In the package of a class's copy: names of the notebooks that are handed in."""


@dataclass(frozen=True)
class Kit:
    """Where a student works.

    Attributes
    ----------
    root : Path
        Folder that holds the folder of the modules; the record is kept here.
    package : Path
        Folder of the chapters' modules.
    """

    root: Path
    package: Path

    @property
    def notebooks(self) -> list[Path]:
        """The notebooks in the order of their names, in a clone those of `course/`.

        Those that an update has put beside a student's are left out.
        """
        for folder in (self.root, self.root / "course"):
            found = (path for path in folder.glob("*.ipynb") if not path.name.endswith(NEWER))
            files = sorted(path for path in found if path.is_file() and not path.is_symlink())
            if files:
                return files
        return []

    @property
    def handed_out(self) -> list[str]:
        """Names of the notebooks that are handed in: those of the assignment in a class, of all chapters elsewhere."""
        if (self.package / HANDED_OUT).exists():
            return json.loads((self.package / HANDED_OUT).read_text(encoding="utf-8"))
        return [notebook_of(chapter) for chapter in CHAPTERS if chapter not in BONUS]

    @property
    def modules(self) -> list[Path]:
        """The chapters and the student's own modules beside them, without what the course gives."""
        mine = loading.read(self.package)
        return [path for path in sorted(self.package.glob("*.py")) if path.stem in mine and not path.is_symlink()]


def find(folder: Path) -> Kit:
    """The kit that a folder is in, or else that of the imported package.

    Raises
    ------
    UsageError
        When the folder does not exist.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: give the one with your notebooks.")
    for place in (folder, *folder.resolve().parents):
        own = place / "gmmlearn"
        if any((own / f"{chapter}.py").exists() for chapter in CHAPTERS):
            return Kit(place, own)
    return Kit(PACKAGE.parent, PACKAGE)


def reset(exercise: Exercise, kit: Kit) -> Path | None:
    """Put the stub of one function back; everything else in the file stays as it is.

    Returns
    -------
    Path or None
        The copy of the file as it was before; None when there was no file.

    Examples
    --------
    >>> print(with_stub("def a():\\n    return 1\\n\\ndef b():\\n    return 2\\n", "a", "def a():\\n    raise"))
    def a():
        raise
    <BLANKLINE>
    def b():
        return 2
    <BLANKLINE>
    """
    path = kit.package / f"{exercise.module}.py"
    pristine = stubs(kit.package if (kit.package / FILE).exists() else PACKAGE)[exercise.module]
    if not path.exists():
        path.write_text(pristine, encoding="utf-8")
        return None
    before = path.read_bytes()
    copies = kit.root / ".gmmlearn"
    copies.mkdir(parents=True, exist_ok=True)
    copy = copies / f"{exercise.module}-{datetime.now():%Y-%m-%d-%H%M%S-%f}.py"
    copy.write_bytes(before)
    text = decoded(before).replace("\r\n", "\n")
    path.write_text(with_stub(text, exercise.name, _function(pristine, exercise.name)), encoding="utf-8")
    return copy


def decoded(content: bytes) -> str:
    """The text of a Python file, also where an editor on Windows has saved it in an encoding of its own.

    UTF-16 is known by its mark or by its zero bytes; what is not UTF-8 either is read as cp1252.

    >>> [decoded("π = 3\\n".encode(encoding)) for encoding in ("utf-8-sig", "utf-16", "utf-16-be")]
    ['π = 3\\n', 'π = 3\\n', 'π = 3\\n']
    >>> decoded("# Müller".encode("cp1252"))
    '# Müller'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return content.decode("utf-16-be" if content[1::2].count(0) < content[::2].count(0) else "utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def with_stub(text: str, name: str, stub: str) -> str:
    """A module with every definition of a function replaced by one stub; at the end where there was none."""
    lines = text.splitlines(keepends=True)
    places = _places(text, name)
    if not places:
        gap = "" if not text.strip() else "\n\n" if text.endswith("\n") else "\n\n\n"
        return f"{text}{gap}{stub}\n"
    for begin, end in reversed(places[1:]):
        del lines[begin:end]
    begin, end = places[0]
    lines[begin:end] = [f"{stub}\n"]
    return "".join(lines)


def _function(text: str, name: str) -> str:
    """Source of a function of a module."""
    begin, end = _places(text, name)[0]
    return "".join(text.splitlines(keepends=True)[begin:end]).rstrip("\n")


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """First line and line after the last of every definition of a function, also where the file does not parse."""
    try:
        nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name]
    except (SyntaxError, ValueError):
        return _places_by_indentation(text.splitlines(), name)
    return [
        (min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1, node.end_lineno or 0) for node in nodes
    ]


def _places_by_indentation(lines: list[str], name: str) -> list[tuple[int, int]]:
    """The same for a text that does not parse: a definition goes on until the next line that is not indented."""
    places = []
    for begin, line in enumerate(lines):
        if not re.match(rf"def\s+{name}\b", line):
            continue
        end = begin + 1
        while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t)"):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        places.append((begin, end))
    return places
