"""A student's copy of the course: the notebooks, the package beside them, and how to set it up.

`gmmlearn start` lays one out and brings it up to date; `gmmlearn class create` makes the source of an assignment so.
"""

import hashlib
import importlib.metadata
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import __version__, atomic
from ..contract import CHAPTERS
from ..errors import UsageError
from ..manifest import FOR_STUDENTS, PACKAGE, is_students, notebooks
from .kit import NEWER
from .stubs import FILE as STUBS
from .stubs import stubs

RECORD = Path(".gmmlearn") / "copy.json"
"""What a copy was like when it was laid out: the version, and a fingerprint of each file."""
README = Path(__file__).parent / "copy_readme.md"
ENVIRONMENT = """\
name: gmmlearn
channels:
  - conda-forge
dependencies:
  - python>=3.11
  - pip
  - pip:
      - -r requirements.txt
"""


@dataclass(frozen=True)
class Update:
    """What became of a copy.

    Attributes
    ----------
    before, after : str
        Versions of the course.
    written : list of str
        Files that are new or as they are in the newer version.
    kept : list of str
        Files of the student's that differ from the course's old and new ones, left as they are.
    beside : list of str
        Where the new form of such a notebook is.
    saved : list of str
        Where the old form of other files is that the student had run or changed.
    """

    before: str
    after: str
    written: list[str]
    kept: list[str]
    beside: list[str]
    saved: list[str]


def link(text: str) -> str:
    """The text of a notebook with its links to the stubs as a copy has them, where the package is beside it.

    >>> link("Open [gmmlearn/em.py](../gmmlearn/em.py).")
    'Open [gmmlearn/em.py](gmmlearn/em.py).'
    """
    return text.replace("](../gmmlearn/", "](gmmlearn/")


def package_and_set_up() -> dict[str, bytes]:
    """Path in a copy -> content, of all but notebooks and kept stubs: the package, README and requirements."""
    given = FOR_STUDENTS | set(CHAPTERS)
    files = {
        f"gmmlearn/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file()
        and path.relative_to(PACKAGE).parts[0].partition(".")[0] in given
        and "__pycache__" not in path.parts
        and path.relative_to(PACKAGE) != STUBS
    }
    files["README.md"] = README.read_bytes()
    files["requirements.txt"] = "".join(f"{line}\n" for line in requirements()).encode()
    files["environment.yml"] = ENVIRONMENT.encode()
    return files


def requirements() -> list[str]:
    """What a student's set-up needs, as the installed package says."""
    try:
        lines = importlib.metadata.requires("gmmlearn") or []
    except importlib.metadata.PackageNotFoundError:
        raise UsageError(
            "Copies are made by an installed gmmlearn, and here only its folder is at hand: "
            "run `pip install` on the clone or the wheel first."
        ) from None
    return [line for line in lines if "extra ==" not in line]


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files under a folder, making the folders between; each is there as it was or whole, at any moment."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, content)


def start(folder: Path) -> None:
    """Lay out a copy of the course. The record is written first, so that a start that was interrupted can go on.

    Raises
    ------
    UsageError
        When the folder is there and not empty, and no copy that is still to be completed.
    """
    if not (folder / RECORD).exists():
        begun = {folder / RECORD.parent, atomic.draft_of(folder / RECORD)}
        if folder.exists() and (not folder.is_dir() or any(path not in begun for path in folder.rglob("*"))):
            raise UsageError(f"{folder} exists and is not empty: give a new folder for your copy of the course.")
        _keep_record(folder, _contents(), whole=False)
    elif _is_whole(folder):
        raise UsageError(
            f"{folder} is a copy of the course already: `gmmlearn lab {folder}` opens it, "
            f"`gmmlearn start {folder} --update` brings it up to date."
        )
    update(folder)


def update(folder: Path) -> Update:
    """Bring a copy up to this version; chapters and notebooks that the student has written in stay as they are.

    Where a file of the course itself was run or changed, its old form is kept in `.gmmlearn/`. The record is
    written last, so that an update that was interrupted is completed by the next.

    Raises
    ------
    UsageError
        When `start` has not made the folder, or a file of the student's is where the course now has one.
    """
    before, record = _read_record(folder)
    files = _contents()
    for name, content in files.items():
        path = folder / name
        if (
            name not in record
            and path.exists()
            and _fingerprint(name, path.read_bytes()) != _fingerprint(name, content)
        ):
            raise UsageError(f"{name} is yours, but the course now has a file of that name: rename yours first.")
    done = Update(before, __version__, [], [], [], [])
    saved_in = Path(".gmmlearn") / f"before-{datetime.now():%Y-%m-%d-%H%M%S}"
    for name, content in files.items():
        _renew(folder, name, content, record.get(name), saved_in, done)
    for name in record.keys() - files.keys():
        path = folder / name
        if path.is_file() and not _is_students(name):
            path.unlink()
    _keep_record(folder, files)
    return done


def _renew(folder: Path, name: str, content: bytes, old: str | None, saved_in: Path, done: Update) -> None:
    path = folder / name
    there = path.read_bytes() if path.is_file() else None
    new = _fingerprint(name, content)
    now = there if there is None else _fingerprint(name, there)
    if now == new:
        return
    if there is not None and now != old and _is_students(name):
        done.kept.append(name)
        if new != old and name.endswith(".ipynb"):
            beside = name.removesuffix(".ipynb") + NEWER
            write(folder, {beside: content})
            done.beside.append(beside)
        return
    if there is not None and (now != old or _was_run(name, there)):
        write(folder / saved_in, {name: there})
        done.saved.append((saved_in / name).as_posix())
    write(folder, {name: content})
    done.written.append(name)


def _contents() -> dict[str, bytes]:
    """All files of a copy, with the stubs as they were handed out, whatever was written in them since."""
    paths = notebooks()
    if not paths:
        raise UsageError(
            "This is a copy, which cannot make or update copies: leave this folder, and run "
            "`gmmlearn start FOLDER --update` with the gmmlearn that made it."
        )
    pristine = stubs()
    chapters = {f"gmmlearn/{chapter}.py": text.encode() for chapter, text in pristine.items()}
    kept = {f"gmmlearn/{STUBS.as_posix()}": json.dumps(pristine, indent=1).encode()}
    course = {path.name: link(path.read_text(encoding="utf-8")).encode() for path in paths}
    return package_and_set_up() | chapters | kept | course


def _is_students(name: str) -> bool:
    """Whether a student writes in a file: a notebook, a chapter."""
    path = Path(name)
    return name.endswith(".ipynb") or (path.parent.as_posix() == "gmmlearn" and is_students(path.stem))


def _was_run(name: str, content: bytes) -> bool:
    """Whether a notebook that nobody has changed holds results."""
    return name.endswith(".ipynb") and any(cell.get("outputs") for cell in json.loads(content)["cells"])


def _fingerprint(name: str, content: bytes) -> str:
    """The same for files that differ in line ends, or for notebooks that differ in what was run, not in their cells."""
    text = content.replace(b"\r\n", b"\n")
    if name.endswith(".ipynb"):
        try:
            cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(content)["cells"]]
            text = json.dumps(cells).encode()
        except (ValueError, KeyError, TypeError):  # broken, which is the student's as well
            pass
    return hashlib.sha256(text).hexdigest()


def _keep_record(folder: Path, files: dict[str, bytes], whole: bool = True) -> None:
    prints = {name: _fingerprint(name, content) for name, content in files.items()}
    record = {"version": __version__, "whole": whole, "files": prints}
    write(folder, {RECORD.as_posix(): json.dumps(record, indent=1).encode()})


def _is_whole(folder: Path) -> bool:
    """Whether all files of a copy have been laid out once; a record that cannot be read is no reason to write any."""
    try:
        return bool(json.loads((folder / RECORD).read_text(encoding="utf-8")).get("whole", True))
    except (OSError, ValueError, AttributeError):
        return True


def _read_record(folder: Path) -> tuple[str, dict[str, str]]:
    try:
        kept = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return str(kept["version"]), dict(kept["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{folder} was not made by `gmmlearn start`, so it cannot be brought up to date: if it is from a class, "
            "ask your teacher for the newer one."
        ) from None
