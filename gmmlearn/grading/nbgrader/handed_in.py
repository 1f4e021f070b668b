"""A submitted folder before nbgrader copies it: nothing in it that must not be followed, and a notebook for each one.

nbgrader copies with the rights of the instructor, follows links, and gives up a submission for one bad notebook.
Whatever is taken out leaves a note in its place, see `placeholders.py`.
"""

import copy
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import nbformat
from traitlets.log import get_logger

from ... import atomic
from ..collecting.notebooks import MAX_BYTES, too_much
from . import placeholders, source

PUT_IN = "gmmlearn_put_in"
"""In the metadata of a notebook that the student did not hand in: why the course's own is there."""

TIME_FILE = "timestamp.txt"
"""In a hand-in: when it came, in the form that nbgrader's late policies read."""

OF_THE_EXCHANGE = (TIME_FILE, "submission_secret.txt")
"""Only a hand-in from nbgrader's exchange has both; nbgrader makes the name of its page of feedback from them."""

_MOST_BYTES = 1000
"""Of these files, which are read whole here and by nbgrader; nbgrader writes 128 characters at most."""


def prepare(assignment: str, student: str, notebooks: list[str]) -> None:
    """Called by nbgrader (`pre_convert_hook`) with the paths of one student's notebooks, before it copies the rest.

    nbgrader goes on when a hook fails. The list is its own: emptied, it makes nbgrader give up this submission.
    """
    folder = Path(notebooks[0]).parent
    try:
        everything = {str(path) for path in folder.glob("*.ipynb")} == set(notebooks)
        made_ready(folder)
        graded = [str(folder / name) for name in source.graded(folder.parents[2] / "source" / assignment)]
        notebooks[:] = [path for path in graded if everything or path in notebooks]
    except Exception as error:
        notebooks.clear()
        get_logger().error("%s cannot be made ready, so it is not graded: %s", folder, error)
        raise


def made_ready(folder: Path) -> list[str]:
    """Set aside what cannot be graded, put in the course's own notebook where one is missing, and say so.

    Parameters
    ----------
    folder : Path
        `submitted/STUDENT/ASSIGNMENT` of a class.

    Returns
    -------
    list of str
        What was done this time, a sentence each.
    """
    course, student = folder.parents[2], folder.parent.name
    ours = course / "source" / folder.name
    moved = set_aside(folder, ours, course / "set_aside" / student / folder.name)
    missing = [name for name in source.graded(ours) if not (folder / name).exists()]
    for name in missing:
        notebook = copy.deepcopy(source.notebook(ours / name))
        note = placeholders.on(folder / name)
        notebook.metadata[PUT_IN] = f"The one that was handed in {note}" if note else "None was handed in."
        # Half a notebook would be taken for what was handed in.
        atomic.write(folder / name, nbformat.writes(notebook).encode())
    said = [f"{name} {why}" for name, why in moved.items()]
    if missing:
        said.append(_instead(missing, everything=len(missing) == len(source.graded(ours))))
    return said


def _instead(missing: list[str], *, everything: bool) -> str:
    """That the course's own notebooks are graded.

    >>> _instead(["04_e_step.ipynb"], everything=True)
    "The course's own 04_e_step.ipynb is used instead, so that the functions can be graded."
    """
    if len(missing) == 1:
        which = f"{missing[0]} is"
    else:
        which = f"{'notebooks' if everything else ', '.join(missing[:-1]) + ' and ' + missing[-1]} are"
    return f"The course's own {which} used instead, so that the functions can be graded."


def set_aside(folder: Path, ours: Path, aside: Path | None) -> dict[str, str]:
    """Move what nbgrader must not follow or cannot copy out of a folder; name -> why.

    Parameters
    ----------
    folder : Path
        What was handed in.
    ours : Path
        The assignment as the course has it.
    aside : Path or None
        Where to; None to drop it.
    """
    moved = {}
    for path, why in list(_unfit(folder, ours)):
        name = path.relative_to(folder)
        placeholders.leave(path, why)  # first: a run that is killed after that is repeated, one before it is not known
        if aside is None:
            placeholders.remove(path)
        else:
            placeholders.remove(aside / name)
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            path.rename(aside / name)
        moved[str(name)] = why
    return moved


def _unfit(folder: Path, ours: Path) -> Iterator[tuple[Path, str]]:
    """Each path that nbgrader cannot take, with the end of a sentence that begins with its name."""
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(root, name)
            why = _why_unfit(path, ours / path.relative_to(folder))
            if why is None and root == str(folder) and name in files:
                why = _why_unreadable(path)
            if why is not None:
                yield path, why
                if name in folders:
                    folders.remove(name)


def _why_unfit(path: Path, ours: Path) -> str | None:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "is a symbolic link; hand in the file itself."
    if stat.S_ISDIR(mode):
        if path.suffix in (".py", ".ipynb") or ours.is_file():
            return "is a folder; it should be a file."
        return None if os.access(path, os.R_OK | os.X_OK) else "cannot be read; hand it in again."
    if not stat.S_ISREG(mode):
        return "is not an ordinary file."
    if ours.is_dir():
        return "is a file; it should be a folder."
    return None if os.access(path, os.R_OK) else "cannot be read; hand it in again."


def _why_unreadable(path: Path) -> str | None:
    """What is wrong with a file that nbgrader itself reads."""
    if path.name in OF_THE_EXCHANGE and path.stat().st_size > _MOST_BYTES:
        return f"holds more than {_MOST_BYTES} characters; it is written by nbgrader."
    if path.name == TIME_FILE:
        from nbgrader.utils import parse_utc  # all of nbgrader, which takes a second

        try:
            parse_utc(path.read_text().strip() or "2000-01-01")
        except (ValueError, OverflowError):
            return "holds no time."
    if path.suffix != ".ipynb":
        return None
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if why := too_much(data):
        return why
    try:
        notebook = source.unchecked(data.decode("utf-8"))
        nbformat.validate(notebook)
        nbformat.writes(notebook).encode("utf-8")
    except UnicodeEncodeError:
        return "holds half a character (a lone surrogate); write it anew."
    except Exception as error:  # nbformat lets through whatever its parts raise at strange input
        return f"is not a notebook that can be read ({type(error).__name__})."
    return None
