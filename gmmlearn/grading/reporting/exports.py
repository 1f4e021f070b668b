"""The results of a class as files: for spreadsheets, for the gradebooks of learning management systems, for Gradescope.

What was not handed in, not judged or not graded is an empty cell, never 0.
"""

import csv
import io
import json
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ... import atomic
from ...calls import Status
from ...checks.diagnosing.answer_key import sentences
from ...checks.reporting.drawing import visible
from ...checks.reporting.report import STATUS_WORDS
from ...contract import CHAPTERS, EXERCISES
from ...errors import UsageError
from .results import NUMBERS, TITLES, Result, Results, Student, graded_points

OBJECTIVES = Path(__file__).with_name("objectives.toml")
FOR_LMS = ("moodle.csv", "canvas.csv", "blackboard.csv")
"""Files that name students as a learning management system knows them."""
WORKSHEET = "worksheet.csv"
OF_OBJECTIVES = ("all_points", "share_all_points", "mean_share")
"""Of those graded: how many have all points, their share, and the mean share of the points."""
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[\s\x00-\x1f]*[=+\-@＝＋－＠])")


def write(results: Results, folder: Path, *, column: str = "", pseudonyms: bool = False) -> list[str]:
    """Write the files of a report.

    Parameters
    ----------
    results : Results
    folder : Path
        It is there already.
    column : str
        Header of the column with grades in files for learning management systems; the assignment's name if empty.
    pseudonyms : bool
        Whether the results are without names, so that no learning management system can read them.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    UsageError
        When the folder has files with the ids of students and the report is to have none.
    """
    if pseudonyms and any((folder / name).exists() for name in (*FOR_LMS, WORKSHEET)):
        raise UsageError(f"{folder} holds a report with the ids of students: give another folder with --to.")
    tables = {"results.csv": _results(results), "objectives.csv": _objectives(results)}
    if not pseudonyms:
        column = column or results.assignment.name
        tables |= dict(zip(FOR_LMS, (_moodle(results, column), _canvas(results, column), _blackboard(results, column))))
    for name, rows in tables.items():
        quoting = csv.QUOTE_ALL if name == "blackboard.csv" else csv.QUOTE_MINIMAL  # Blackboard asks for quotes
        written = io.StringIO(newline="")
        csv.writer(written, quoting=quoting).writerows([[safe(cell) for cell in row] for row in rows])
        atomic.write(folder / name, written.getvalue().encode())
    _write_gradescope(results, folder)
    return [*tables, "gradescope/"]


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula, and whose number has at most two digits after the point.

    >>> safe("=1+1"), safe("a;@b"), safe(-1.5), safe(None)
    ("'=1+1", "a;'@b", '-1.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return format(round(cell, 2), ".12g")
    return _FORMULA.sub(r"\1'", str(cell))


def objectives() -> dict[str, str]:
    """Exercise -> what a student who has all its points can do."""
    return tomllib.loads(OBJECTIVES.read_text(encoding="utf-8"))


def in_words(name: str, result: Result) -> str:
    """Why an exercise is not right, in the course's own words: nothing that a student wrote."""
    known = sentences()[name].get(result.mistake)
    if known or result.status in (None, Status.PASSED):
        return str(known or "")
    return f"{STATUS_WORDS[result.status].state.capitalize()}."


def _results(results: Results) -> Iterator[list[Any]]:
    yield ["student", "exercise", "points", "max_points", "mistake", "attempt", "note"]
    for student, name, worth, result in results.rows():
        yield [student.id, name, result.points, worth, result.mistake, _attempt(student), None]
    for student, name, worth, result in results.part_rows():
        yield [student.id, name, result.points, worth, result.mistake, _attempt(student), result.message]


def _attempt(student: Student) -> int | None:
    return student.attempt if student.judged else None


def _objectives(results: Results) -> Iterator[list[Any]]:
    yield ["number", "exercise", "chapter", "objective", "class", "graded", *OF_OBJECTIVES]
    told, n = objectives(), len(results.students)
    for name, worth in results.assignment.points.items():
        exercise, points = EXERCISES[name], graded_points(student.exercises[name] for student in results.students)
        yield [exercise.number, name, CHAPTERS[exercise.module], told[name], n, *_shares(points, worth)]
    for name, worth in results.parts.items():
        points = graded_points(student.parts[name] for student in results.students)
        yield [NUMBERS[name], name, TITLES[name], told[name], n, *_shares(points, worth)]


def _shares(points: Sequence[float], worth: float) -> list[Any]:
    """How many were graded, how many have all points, and the two shares, empty where nobody was graded."""
    full = sum(each >= worth for each in points)
    shares = [f"{part / len(points):.3f}" if points else "" for part in (full, sum(points) / worth)]
    return [len(points), full, *shares]


def _listed(results: Results) -> list[Student]:
    """Those that a learning management system knows: one unknown name ends an import of Moodle's."""
    return [student for student in results.students if student.in_roster or not results.has_roster]


def _moodle(results: Results, column: str) -> Iterator[list[Any]]:
    """Identifiers are left out unless all have them: Moodle gives a row without one to the student before it."""
    students = _listed(results)
    numbered = all(student.entry.lms_id for student in students)
    mailed = all(student.entry.email for student in students)
    yield ["Username", *["ID number"] * numbered, *["Email address"] * mailed, column, "Feedback"]
    for student in students:
        entry = student.entry
        known = [entry.id, *[entry.lms_id] * numbered, *[entry.email] * mailed]
        yield [*known, student.total, feedback(results, student)]


def feedback(results: Results, student: Student) -> str:
    """Where points were lost and why, in sentences; nothing of a student without a grade."""
    return "" if student.total is None else " ".join(filter(None, _sentences(results, student)))


def _sentences(results: Results, student: Student) -> Iterator[str]:
    for name, worth in results.assignment.points.items():
        result = student.exercises[name]
        if result.points is not None and result.points < worth:
            yield f"{EXERCISES[name].number} {name}: {safe(result.points)} of {safe(worth)} points."
            yield in_words(name, result)
    for name, worth in results.parts.items():
        result = student.parts[name]
        if result.points is not None:
            yield f"{TITLES[name]}: {safe(result.points)} of {safe(worth)} points. {result.message}".rstrip()
    if student.penalty:
        yield f"Late: {safe(student.penalty)} points off."


def _canvas(results: Results, column: str) -> Iterator[list[Any]]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    yield ["    Points Possible", None, None, None, None, results.max_points]
    for student in _listed(results):
        entry, numbered = student.entry, student.entry.lms_id.isdecimal()
        ids = [entry.lms_id, None] if numbered else [None, entry.lms_id]
        yield [entry.name or entry.id, *ids, entry.id, None, student.total]


def _blackboard(results: Results, column: str) -> Iterator[list[Any]]:
    yield ["Username", column]
    for student in _listed(results):
        yield [student.id, student.total]


def _write_gradescope(results: Results, folder: Path) -> None:
    """`gradescope/<student>/results.json`, one for each student, as Gradescope reads it from an autograder."""
    draft = folder / "gradescope.draft"
    shutil.rmtree(draft, ignore_errors=True)
    for student in results.students:
        tests = list(_tests(results, student))
        if tests and student.handed_in:  # whose id is the name of a folder
            path = draft / student.id / "results.json"
            path.parent.mkdir(parents=True)
            score = {} if student.total is None else {"score": student.total}
            path.write_text(json.dumps({**score, "tests": tests}, indent=1), encoding="utf-8")
    draft.mkdir(exist_ok=True)
    shutil.rmtree(folder / "gradescope", ignore_errors=True)
    draft.replace(folder / "gradescope")


def _tests(results: Results, student: Student) -> Iterable[dict[str, Any]]:
    for name, worth in results.assignment.points.items():
        result = student.exercises[name]
        if result.points is not None:
            yield {
                "number": EXERCISES[name].number,
                "name": name,
                "score": result.points,
                "max_score": worth,
                "status": "passed" if result.points >= worth else "failed",
                "output": visible(result.message) or in_words(name, result),
            }
    for name, worth in results.parts.items():
        result = student.parts[name]
        if result.points is not None:
            yield {
                "number": NUMBERS[name],
                "name": name,
                "score": result.points,
                "max_score": worth,
                "output": visible(result.message),
            }
