"""What the tests of grading look at in a class of chapters 3 and 4, in which ada has all of it and bob nothing."""

import sqlite3

from ..course_folder import Class

RIGHT = ("likelihood", "e_step")


def auto_scores(course: Class, student: str) -> list[float]:
    """The scores as they are in nbgrader's own database."""
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        rows = database.execute(
            "select grade.auto_score from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id"
            " join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id"
            " where submitted_assignment.student_id = ?",
            [student],
        )
        return [score for (score,) in rows]


def total(course: Class, student: str) -> float:
    scores = auto_scores(course, student)
    return sum(scores) if len(scores) == 5 and None not in scores else float("nan")


def assert_all_scores_are_right_after_the_next_run(course: Class) -> None:
    course.run("gmmlearn", "class", "grade", ".")
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)
