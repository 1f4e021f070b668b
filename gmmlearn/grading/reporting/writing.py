"""Writes the report of a class: the page and the files beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ... import atomic
from ...errors import UsageError
from ..classroom.assignment import Assignment
from ..collecting.worksheet import Worksheet
from ..nbgrader import access, placeholders
from . import exports, page, results, worksheets
from .pseudonyms import without_names
from .similar import similar

PAGE = "report.html"


@dataclass(frozen=True)
class Written:
    """What was written, and of whom.

    Attributes
    ----------
    folder : Path
    files : list of str
        Names of the files beside the page.
    summary : str
        The class in one line.
    remarks : list of str
        What an instructor should know of the worksheet, a sentence each.
    """

    folder: Path
    files: list[str]
    summary: str
    remarks: list[str]


def write(
    assignment: Assignment,
    folder: Path | None = None,
    *,
    earlier: Sequence[Path] = (),
    pseudonyms: bool = False,
    column: str = "",
    worksheet: Worksheet | None = None,
) -> Written:
    """Write the report of a class.

    Parameters
    ----------
    assignment : Assignment
    folder : Path, optional
        Where to; in `reports/` of the class by default, and one with pseudonyms apart from one with ids.
    earlier : sequence of Path
        Classes of earlier years, to compare submissions with.
    pseudonyms : bool
        Whether to name nobody.
    column : str
        Header of the column with grades in files for learning management systems.
    worksheet : Worksheet, optional
        Moodle's, to be filled with the grades.

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        When a folder is not what it should be, or the class has no secret and pseudonyms are asked for.
    """
    if pseudonyms and worksheet:
        raise UsageError("A grading worksheet names the students: leave out --worksheet or --pseudonyms.")
    name = f"{assignment.name}-pseudonyms" if pseudonyms else assignment.name
    folder = folder or assignment.course / "reports" / name
    found, comparison = results.collect(assignment), similar(assignment, earlier)
    if pseudonyms:
        found, comparison = without_names(found, comparison)
    text = page.render(found, comparison, pseudonyms=pseudonyms)
    try:
        within = assignment.course in folder.resolve().parents
        folder.mkdir(mode=access.modes(assignment.course).folder if within else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror}): give another folder with --to.") from error
    for path in folder.glob("*.draft"):  # of a run that was killed
        placeholders.remove(path)
    files = exports.write(found, folder, column=column, pseudonyms=pseudonyms)
    remarks: list[str] = []
    if worksheet:
        filled, remarks = worksheets.fill(found, worksheet)
        atomic.write(folder / exports.WORKSHEET, filled.encode("utf-8-sig"))
        files.append(exports.WORKSHEET)
    atomic.write(folder / PAGE, text.encode())
    return Written(folder, files, _summary(found), remarks)


def _summary(found: results.Results) -> str:
    """How many of whom; the parts of the roster add up."""
    handed_in = [student for student in found.students if student.handed_in]
    if not found.has_roster:
        judged = sum(student.judged for student in handed_in)
        rest = f"{len(handed_in) - judged} without a verdict. The class has no roster.csv."
        return f"{len(handed_in)} handed in: {judged} judged, {rest}"
    listed = [student for student in found.students if student.in_roster]
    there = [student for student in listed if student.handed_in]
    judged = sum(student.judged for student in there)
    parts = f"{judged} judged, {len(there) - judged} without a verdict, {len(listed) - len(there)} missing."
    strangers = len(handed_in) - len(there)
    return f"{len(listed)} in the roster: {parts}" + (f" Handed in and not in it: {strangers}." if strangers else "")
