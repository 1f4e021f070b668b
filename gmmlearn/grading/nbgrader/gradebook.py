"""nbgrader's gradebook of a class, opened once for all students of an assignment.

nbgrader opens it some sixty times for one submission of seven notebooks; what is written here is the same.
"""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from sqlalchemy.exc import SQLAlchemyError
from traitlets.log import get_logger

from ...errors import GmmlearnError, UsageError
from . import comments, hunts


@dataclass
class Standing:
    """What the gradebook holds of one student.

    Attributes
    ----------
    scores : dict of str to float or None
        Graded cell -> the score of the judge.
    given : dict of str to float
        Graded cell -> the score that a person gave instead.
    by_hand : list
        All that people have set: scores, extra credit, comments, the student's extension.
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    given: dict[str, float] = field(default_factory=dict)
    by_hand: list[Any] = field(default_factory=list)


class ClassGradebook:
    """The gradebook of one assignment. Use it as a context manager.

    Parameters
    ----------
    config : traitlets.config.Config
        Of the class, see `settings.load`.
    assignment : str
    """

    def __init__(self, config: Any, assignment: str) -> None:
        self.assignment = assignment
        self._directory = CourseDirectory(config=config)
        self._people: dict[str, dict[str, str]] = {}
        self._late = AssignLatePenalties(config=config)
        self._late.assignment_id = assignment
        self._late.init_plugin()

    def __enter__(self) -> "ClassGradebook":
        try:
            self._book = Gradebook(self._directory.db_url, self._directory.course_id)
        except SQLAlchemyError as error:
            raise GmmlearnError(f"The gradebook cannot be opened: {getattr(error, 'orig', error)}.") from error
        self._late.gradebook = self._book  # as nbgrader does, for the plug-in
        try:
            self._graded = self._book.find_assignment(self.assignment)
        except MissingEntry:
            self._book.close()
            raise UsageError(
                f"The gradebook does not know {self.assignment}: run `nbgrader generate_assignment {self.assignment} "
                "--force`."
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()
        self._book.engine.dispose()

    def name(self, people: dict[str, dict[str, str]]) -> None:
        """Give students their names and addresses, but none that a person has set in nbgrader.

        Parameters
        ----------
        people : dict of str to dict
            Id -> `first_name`, `last_name` and `email`; those whom the gradebook does not know yet get theirs later.
        """
        self._people = people
        nameless = self._book.db.query(Student).filter(Student.first_name.is_(None), Student.last_name.is_(None))
        for student in nameless.all():
            for what, text in people.get(student.id, {}).items():
                setattr(student, what, text)
        self._book.db.commit()

    def points(self) -> dict[str, float]:
        """Graded cell -> what it is worth."""
        return {cell.name: cell.max_score for notebook in self._graded.notebooks for cell in notebook.grade_cells}

    def checksums(self, notebook: str) -> dict[str, str]:
        """Cell -> nbgrader's checksum of its text as it was handed out."""
        return {cell.name: cell.checksum for cell in self._book.find_notebook(notebook, self.assignment).source_cells}

    def standings(self) -> dict[str, Standing]:
        """What the gradebook holds of all students, read anew."""
        self._book.db.rollback()  # ends the transaction, in which all would look as it did
        return self._standings()

    def _standings(self, student: str | None = None) -> dict[str, Standing]:
        found: dict[str, Standing] = {}
        grades = self._cells(student, Grade, Grade.auto_score, Grade.manual_score, Grade.extra_credit)
        for one, cell, score, *by_hand in grades:
            standing = found.setdefault(one, Standing())
            standing.scores[cell] = score
            standing.by_hand.append((cell, *by_hand))
            if by_hand[0] is not None:
                standing.given[cell] = by_hand[0]
        for one, cell, comment in self._cells(student, Comment, Comment.manual_comment):
            found.setdefault(one, Standing()).by_hand.append((cell, comment))
        query = self._book.db.query(SubmittedAssignment.student_id, SubmittedAssignment.extension, Assignment.duedate)
        query = query.join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        for one, *dates in query.filter(Assignment.name == self.assignment):
            if one in found:
                found[one].by_hand.append(tuple(map(str, dates)))
        return found

    def _cells(self, student: str | None, kind: Any, *columns: Any) -> list[Any]:
        query = self._book.db.query(SubmittedAssignment.student_id, BaseCell.name, *columns)
        query = query.select_from(kind).join(BaseCell, kind.cell_id == BaseCell.id)
        query = query.join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        query = query.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        query = query.join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        query = query.filter(Assignment.name == self.assignment)
        if student is not None:
            query = query.filter(SubmittedAssignment.student_id == student)
        return query.order_by(BaseCell.name).all()

    def write(
        self, student: str, handed_in: Path, notebooks: dict[str, Any], before: dict[str, str]
    ) -> tuple[dict[str, SubmittedNotebook], Standing]:
        """Write the scores of one student, all or none.

        Parameters
        ----------
        student : str
            A new one is added.
        handed_in : Path
            The hand-in, which may hold a time.
        notebooks : dict of str to NotebookNode
            With the verdict in each graded cell.
        before : dict of str to str
            Graded cell that asks for an answer -> the answer that was there when it was graded last.

        Returns
        -------
        dict of str to SubmittedNotebook
            What the gradebook then holds of each notebook: scores, comments, penalty.
        Standing
            What people had set when this was written; what they set later is not in it.
        """
        try:
            return self._write(student, handed_in, notebooks, before)
        except BaseException:
            self._book.db.rollback()
            raise

    def _write(
        self, student: str, handed_in: Path, notebooks: dict[str, Any], before: dict[str, str]
    ) -> tuple[dict[str, SubmittedNotebook], Standing]:
        try:
            self._book.find_student(student)
        except MissingEntry:
            self._book.add_student(student, **self._people.get(student, {}))
        try:
            submission = self._book.find_submission(self.assignment, student)
        except MissingEntry:
            submission = self._book.add_submission(self.assignment, student)
        self._alone()
        submission.timestamp = self._directory.get_existing_timestamp(str(handed_in))
        written = {one.name: one for one in submission.notebooks if one.name in notebooks}
        for name, one in written.items():
            grades = {grade.name: grade for grade in one.grades}
            said = {comment.name: comment for comment in one.comments}
            for cell in notebooks[name].cells:
                if is_grade(cell):
                    grade_id = cell.metadata.nbgrader["grade_id"]
                    _set_score(grades[grade_id], cell, same=before.get(grade_id) == cell.source)
                if is_solution(cell) or is_task(cell):
                    _set_comment(said[cell.metadata.nbgrader["grade_id"]], cell)
        self._book.db.flush()
        for one in written.values():
            one.late_submission_penalty = self._penalty(submission, one)
        self._book.db.flush()
        standing = self._standings(student).get(student, Standing())
        self._book.db.commit()
        return written, standing

    def _alone(self) -> None:
        """Let nobody write until the next commit: what came between reading and writing would be in no score."""
        self._book.db.rollback()
        if self._book.engine.dialect.name == "sqlite":  # others lock rows
            self._book.db.connection().exec_driver_sql("BEGIN IMMEDIATE")

    def _penalty(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> float | None:
        late = submission.total_seconds_late
        if late <= 0:
            return None
        penalty = self._late.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
        return None if penalty is None else self._late._check_late_penalty(notebook, penalty)


def _set_score(grade: Grade, cell: Any, *, same: bool) -> None:
    """As nbgrader does, but neither a score nor an answer that is as it was asks for a second look at what was given by
    hand."""
    score = hunts.score_in(cell) if hunts.is_hunt(cell) else determine_grade(cell, get_logger())[0]
    if score is None:
        grade.needs_manual_grade = grade.manual_score is None or grade.needs_manual_grade or not same
    elif score != grade.auto_score:
        grade.needs_manual_grade = grade.manual_score is not None
    grade.auto_score = score


def _set_comment(comment: Comment, cell: Any) -> None:
    if comments.exercise_of(cell):
        comment.auto_comment = comments.saved_for(cell)
        return
    unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
    comment.auto_comment = "No response." if unchanged else None
