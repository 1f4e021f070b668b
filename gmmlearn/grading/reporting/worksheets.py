"""Moodle's grading worksheet, filled with the grades of a class."""

from ...errors import UsageError
from ..classroom import roster
from ..classroom.collecting import as_id
from ..collecting.names import Who
from ..collecting.worksheet import Worksheet
from .exports import feedback, safe
from .results import Results, Student


def fill(results: Results, sheet: Worksheet) -> tuple[str, list[str]]:
    """Write the grades of a class into a worksheet.

    Parameters
    ----------
    results : Results
    sheet : Worksheet

    Returns
    -------
    str
        The worksheet. Who has no grade has an empty cell there, or what was in it.
    list of str
        Who is in only one of the two, and what was done to the grades, a sentence each.

    Raises
    ------
    UsageError
        When Moodle does not take points there.
    """
    if "grade" not in sheet.columns:
        raise UsageError(
            f"The worksheet has no column for grades that is known: download it again in English. {sheet.said}"
        )
    most = sheet.maximum()
    if most is None:
        raise UsageError(
            "The worksheet has no maximum grade, so Moodle does not take points there: set the assignment's grade to "
            f"points, {safe(results.max_points)} of them, and download the worksheet again."
        )
    grades: dict[str, tuple[float, str]] = {}
    strangers, above, written = [], [], set()
    for number, line in sheet.lines.items():
        student = _student(results, line.who)
        if student is None:
            strangers.append(line.who.name or line.who.id)
            continue
        written.add(student.id)
        if student.total is not None:
            points = student.total * most / results.max_points
            if points > most:  # Moodle passes over the whole line
                above.append(student.id)
            grades[number] = (min(points, most), safe(feedback(results, student)))
    remarks = []
    if most != results.max_points:
        remarks.append(f"Moodle's maximum is {most:g} and that of the class {results.max_points:g}: grades are scaled.")
    if above:
        remarks.append(f"Above Moodle's maximum, which is written instead: {', '.join(above)}.")
    if strangers:
        remarks.append(f"In the worksheet and not in the class, or not to be told apart: {', '.join(strangers)}.")
    if missing := [one.id for one in results.students if one.total is not None and one.id not in written]:
        remarks.append(f"With a grade and not in the worksheet: {', '.join(missing)}.")
    return sheet.filled(grades), [f"{len(grades)} of {len(sheet.lines)} lines have a grade.", *remarks]


def _student(results: Results, who: Who) -> Student | None:
    """Whose line it is, as when the hand-ins were collected; None if nobody fits, or several."""
    if not results.has_roster:
        return next((one for one in results.students if one.id == as_id(who.id)), None)
    found = roster.find([one.entry for one in results.students], who)
    return next(one for one in results.students if one.entry is found[0]) if len(found) == 1 else None
