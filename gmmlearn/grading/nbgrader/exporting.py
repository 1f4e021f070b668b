"""The export of the gradebook: what was not graded is an empty cell, never 0."""

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import CsvExportPlugin

from . import settings

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
"""Those of nbgrader's own export."""


class Export(CsvExportPlugin):
    """Scores of all students as CSV, with the columns and the options of nbgrader's own export.

    nbgrader writes 0.0 for work that was not handed in, and for work that could not be graded yet.
    """

    def export(self, gradebook: Any) -> None:
        """Called by `nbgrader export`."""
        if said := settings.unfinished(Path(self.config.CourseDirectory.get("root", "."))):
            self.log.warning(said)
        with open(self.to or "grades.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if _wanted(assignment.name, self.assignment) and _wanted(student.id, self.student):
                        writer.writerow(_row(gradebook, assignment, student))


def _wanted(name: str, names: list[Any]) -> bool:
    return not names or name in map(str, names)


def _row(gradebook: Any, assignment: Any, student: Any) -> dict[str, Any]:
    row = {"assignment": assignment.name, "duedate": assignment.duedate, "max_score": assignment.max_score}
    row |= {"student_id": student.id, "last_name": student.last_name, "first_name": student.first_name}
    row |= {"email": student.email}
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row
    row |= {"timestamp": submission.timestamp}
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    if any(grade.auto_score is None and grade.manual_score is None for grade in grades) or not grades:
        return row
    penalty = submission.late_submission_penalty or 0.0
    score = submission.score
    return row | {"raw_score": score, "late_submission_penalty": penalty, "score": max(0.0, score - penalty)}
