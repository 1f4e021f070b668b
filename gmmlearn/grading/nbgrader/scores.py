"""What counts in nbgrader's gradebook: scores by exercise with what was set by hand, and the late penalty."""

from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

from . import settings


@dataclass(frozen=True, slots=True)
class Score:
    """One graded cell of one student.

    Attributes
    ----------
    points : float or None
        What counts, extra credit included; None if it was not graded.
    by_hand : bool
        Whether a person set the score or gave extra credit.
    worth : float
        Points of the cell.
    """

    points: float | None
    by_hand: bool
    worth: float


@dataclass(slots=True)
class Scores:
    """What the gradebook has on one student: graded cell -> score, and what is taken off for being late."""

    cells: dict[str, Score] = field(default_factory=dict)
    penalty: float = 0.0


def read(course: Path, assignment: str) -> dict[str, Scores]:
    """The scores of an assignment by student, as the formgrader shows them; empty where there is no gradebook.

    Parameters
    ----------
    course : Path
        Folder of the class.
    assignment : str
        Its name.

    Returns
    -------
    dict of str to Scores
        Of those for whom nbgrader has a submission.
    """
    from nbgrader.api import Assignment, BaseCell, Grade, GradeCell, SubmittedAssignment, SubmittedNotebook, TaskCell
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy import create_engine, func, inspect, select
    from sqlalchemy.engine import make_url

    with chdir(course):
        url = CourseDirectory(config=settings.load(course)).db_url
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").exists():  # it would be made
        return {}
    worth = func.coalesce(GradeCell.__table__.c.max_score, TaskCell.__table__.c.max_score)
    grades = (
        select(SubmittedAssignment.student_id, BaseCell.__table__.c.name, Grade.auto_score, Grade.manual_score,
               Grade.extra_credit, worth)
        .join_from(Grade, SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell.__table__, Grade.cell_id == BaseCell.__table__.c.id)
        .outerjoin(GradeCell.__table__, GradeCell.__table__.c.id == BaseCell.__table__.c.id)
        .outerjoin(TaskCell.__table__, TaskCell.__table__.c.id == BaseCell.__table__.c.id)
        .where(Assignment.name == assignment)
    )  # fmt: skip
    penalties = (
        select(SubmittedAssignment.student_id, func.sum(SubmittedNotebook.late_submission_penalty))
        .join_from(SubmittedNotebook, SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .where(Assignment.name == assignment)
        .group_by(SubmittedAssignment.student_id)
    )
    found: dict[str, Scores] = {}
    engine = create_engine(where)
    with engine.connect() as connection:
        if not inspect(connection).has_table("grade"):  # half made
            return {}
        for student, name, auto, manual, extra, most in connection.execute(grades):
            points = manual if manual is not None else auto
            score = Score(
                None if points is None else points + (extra or 0.0), manual is not None or bool(extra), most or 0.0
            )
            found.setdefault(student, Scores()).cells[name] = score
        for student, penalty in connection.execute(penalties):
            found.setdefault(student, Scores()).penalty = penalty or 0.0
    engine.dispose()
    return found
