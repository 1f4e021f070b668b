"""Makes a class: a folder with nbgrader's settings, a secret, and the source of an assignment."""

import re
import shutil
from functools import partial
from pathlib import Path

import nbformat

from ... import private
from ...contract import CHAPTERS, EXERCISES
from ...errors import GmmlearnError, UsageError
from ...terminal import stubs, student_copy
from ..nbgrader import store

_ROOT = private.ROOT
_HERE = Path(__file__).parent
_HEADING = re.compile(r"(?P<before>^#+ Exercise [\d.]+: `(?P<name>\w+)` \()\d+ points?", re.M)


def create(folder: Path, *, assignment: str = "gmm", chapters: range = range(1, 8), exchange: str = "") -> Path:
    """Make a class: nbgrader's settings, a class secret and the source of the assignment.

    Parameters
    ----------
    folder : Path
        Of the class; it must not exist or be empty.
    assignment : str
        Name of the assignment.
    chapters : range
        Those to hand out. Modules of earlier chapters are then given solved, and the points scale to 100.
    exchange : str
        Folder of nbgrader's exchange, made if it is not there; nbgrader's own if empty.

    Returns
    -------
    Path
        The folder of the class.

    Raises
    ------
    UsageError
        When the folder is not empty, or the chapters are none of the course.
    """
    if not chapters or chapters[0] < 1 or chapters[-1] > len(CHAPTERS):
        raise UsageError(f"The course has chapters 1 to {len(CHAPTERS)}: give one of them or a part, like 3-5.")
    if not assignment.isidentifier():
        raise UsageError(f"{assignment!r} cannot be the name of an assignment: use letters, digits and underscores.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is not empty: give a new folder for the class.")
    if not (_ROOT / "course").is_dir():
        raise GmmlearnError(
            f"The notebooks are not at {_ROOT / 'course'}: make classes with a clone of the repository."
        )
    folder.mkdir(parents=True, exist_ok=True)
    store.new_secret(folder)
    asked = [exercise for exercise in EXERCISES.values() if exercise.chapter in chapters]
    template = (_HERE.parent / "nbgrader" / "nbgrader_config.py.in").read_text()
    (folder / "nbgrader_config.py").write_text(
        template.format(
            course_id=folder.resolve().name,
            assignment=assignment,
            exchange=str(_made_exchange(exchange)),
            modules=list(dict.fromkeys(exercise.file for exercise in asked)),
            exercises=[exercise.name for exercise in asked],
        )
    )
    source = folder / "source" / assignment
    student_copy.write(source, student_copy.package_and_set_up())
    for number, module in enumerate(CHAPTERS, start=1):
        if number < chapters[0]:
            shutil.copy(private.FOLDERS["solutions"] / f"{module}.py", source / "gmmlearn")
    stubs.write(source / "gmmlearn")
    _write_notebooks(source, chapters, {exercise.name: exercise.points for exercise in asked})
    return folder


def _made_exchange(folder: str) -> Path:
    """The exchange, which nbgrader wants to be there and open to everybody; its own is left as it was set up."""
    if not folder:
        return Path("/usr/local/share/nbgrader/exchange")
    path = Path(folder).resolve()
    if not path.exists():
        path.mkdir(parents=True)
        path.chmod(0o777)
    return path


def _write_notebooks(source: Path, chapters: range, points: dict[str, int]) -> None:
    """The notebooks of these chapters, with points that sum to 100, and the page of explorations."""
    scaled = _scaled_to_100(points)
    for number, module in enumerate(CHAPTERS, start=1):
        if number in chapters:
            name = f"{number:02}_{module}.ipynb"
            notebook = nbformat.read(_ROOT / "course" / name, as_version=4)
            for cell in notebook.cells:
                if "nbgrader" in cell.metadata:
                    cell.metadata.nbgrader.points = scaled[cell.metadata.nbgrader.grade_id]
                elif cell.cell_type == "markdown":
                    cell.source = student_copy.link(_HEADING.sub(partial(_heading, scaled), cell.source))
            nbformat.write(notebook, source / name)
    explorations = _ROOT / "course" / "explorations.ipynb"
    if explorations.exists():
        shutil.copy(explorations, source)


def _heading(scaled: dict[str, float], found: re.Match[str]) -> str:
    """The heading of an exercise with the points that it has in this class.

    >>> _HEADING.sub(partial(_heading, {"assign": 9.38}), "### Exercise 4.2: `assign` (3 points, about 1 line)")
    '### Exercise 4.2: `assign` (9.38 points, about 1 line)'
    """
    worth = scaled[found["name"]]
    return f"{found['before']}{worth:g} point{'' if worth == 1 else 's'}"


def _scaled_to_100(points: dict[str, int]) -> dict[str, float]:
    """Points nearly in proportion, in quarters, so that nbgrader's sums of floats come to exactly 100.

    >>> _scaled_to_100({"a": 1, "b": 2})
    {'a': 33.25, 'b': 66.75}
    """
    total, given, sofar = sum(points.values()), 0.0, 0
    scaled = {}
    for name, own in points.items():
        sofar += own
        scaled[name] = round(400 * sofar / total) / 4 - given
        given += scaled[name]
    return scaled
