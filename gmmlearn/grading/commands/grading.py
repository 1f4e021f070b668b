"""`gmmlearn class judge` and `gmmlearn class grade`."""

import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from ...errors import GmmlearnError
from .group import assignment_option, class_group, course_argument, jobs_option, students_option


@class_group.command(name="judge")
@course_argument
@assignment_option
@students_option
@jobs_option
def judge_class(folder: Path, assignment: str, students: tuple[str, ...], jobs: int) -> None:
    """Judge all submissions side by side; `nbgrader autograde` then only reads the verdicts.

    What nbgrader could not grade is made ready first, and said: a link or a folder in the place of a file is set
    aside, and where a notebook is missing or cannot be read, the course's own is used instead.
    """
    from ..classroom.assignment import Assignment
    from ..classroom.judging import judge_each

    began = time.monotonic()
    judged = dict(judge_each(Assignment.find(folder, assignment), processes=jobs, students=students))
    faults = {}
    for student, one in judged.items():
        for note in one.notes:
            click.echo(f"{student}: {note}")
        if isinstance(one.outcome, GmmlearnError):
            faults[student] = one.outcome
    click.echo(f"{len(judged) - len(faults)} submissions judged in {time.monotonic() - began:.1f} s.")
    if faults:
        student, fault = next(iter(faults.items()))
        raise GmmlearnError(f"{len(faults)} could not be judged and keep the score they had. {student}: {fault}")


@class_group.command(name="grade")
@course_argument
@assignment_option
@students_option
@jobs_option
def grade_class(folder: Path, assignment: str, students: tuple[str, ...], jobs: int) -> None:
    """Judge all submissions, put the verdicts in the gradebook, make feedback, and compare the two.

    What is graded already and has not changed is left as it is. A run that was interrupted is made good by the next.
    The log of nbgrader goes to grading.log.
    """
    from ..classroom.assignment import Assignment
    from ..classroom.grading import grade_each

    found = Assignment.find(folder, assignment)
    n_submissions = len(students) or len(found.handed_in())
    console, written, faults = Console(), 0, {}
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("Grading", total=n_submissions)
        for student, graded in grade_each(found, processes=jobs, students=students):
            progress.advance(bar)
            written += graded.written and not graded.fault
            for note in graded.notes:
                console.print(f"{student}: {note}", markup=False)
            if graded.fault:
                faults[student] = graded.fault
                console.print(f"{student}: {graded.fault}", markup=False)
    kept = n_submissions - written - len(faults)
    click.echo(f"{n_submissions} handed in: {written} graded, {kept} unchanged, {len(faults)} not graded.")
    if faults:
        raise GmmlearnError(f"Not graded: {', '.join(faults)}. Their scores are those of the run before, if any.")
