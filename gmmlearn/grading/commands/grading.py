"""`gmmlearn class grade`, and `gmmlearn class judge`, which leaves the gradebook to nbgrader."""

import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from ...errors import GmmlearnError, UsageError
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
    from ..classroom import executors
    from ..classroom.assignment import Assignment
    from ..classroom.judging import judge_each
    from ..classroom.lock import alone

    began, n_judged, faults = time.monotonic(), 0, {}
    found = Assignment.find(folder, assignment)
    with alone(found.course) as scratch, executors.local(jobs, scratch) as executor:
        for student, one in judge_each(found, executor, students=students):
            n_judged += 1
            for note in one.notes:
                click.echo(f"{student}: {note}")
            if isinstance(one.outcome, GmmlearnError):
                faults[student] = one.outcome
    click.echo(f"{n_judged - len(faults)} submissions judged in {time.monotonic() - began:.1f} s.")
    if faults:
        student, fault = next(iter(faults.items()))
        raise GmmlearnError(f"{len(faults)} could not be judged and keep the score they had. {student}: {fault}")


class _Rate(ProgressColumn):
    """How many a minute."""

    def render(self, task: Task) -> Text:
        """Called by rich."""
        return Text(f"{60 * task.speed:.0f} a minute" if task.speed else "")


@class_group.command(name="grade")
@course_argument
@assignment_option
@students_option
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Judge this one again; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say whose points would change, and write nothing.")
@click.option("--never-lower", is_flag=True, help="A changed test takes no points away from the same hand-in.")
@jobs_option
@click.option("--scheduler", default="", metavar="ADDRESS", help="Judge with the workers of this Dask scheduler.")
def grade_class(
    folder: Path,
    assignment: str,
    students: tuple[str, ...],
    exercises: tuple[str, ...],
    dry_run: bool,
    never_lower: bool,
    jobs: int,
    scheduler: str,
) -> None:
    """Judge all submissions, put the verdicts in the gradebook, make feedback, and compare the two.

    What is graded already and has not changed is left as it is: neither the hand-in, nor the hidden tests of an
    exercise, nor anything that was set by hand. A run that was interrupted is made good by the next. The status is 0
    when every hand-in is graded.
    """
    from ..classroom import grading, roster
    from ..classroom.assignment import Assignment
    from ..classroom.judging import JudgeSettings

    found = Assignment.find(folder, assignment)
    unknown = [name for name in exercises if name not in found.points]
    if unknown:
        raise UsageError(f"{found.name} has no exercise {unknown[0]!r}. It has: {', '.join(found.points)}.")
    settings = JudgeSettings(only=exercises, never_lower=never_lower, keep=not dry_run)
    results: dict[str, Any] = {}
    console = Console(soft_wrap=True)
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Grading", total=len(found.wanted(students)))
        for student, graded in grading.grade_each(
            found, jobs=jobs, students=students, settings=settings, scheduler=scheduler
        ):
            progress.update(bar, completed=len(results | {student: graded}))
            results[student] = graded
            for line in (*graded.notes, graded.unread, graded.fault):
                if line:
                    console.print(f"{student}: {line}", markup=False, highlight=False)
    if dry_run:
        _say_changes(results)
        return
    everybody = {} if students else roster.read(found.course)
    _say_sum(results, everybody, [name for name in everybody if name not in found.handed_in()])


def _say_changes(results: dict[str, Any]) -> None:
    """Whose points would change."""
    changed = {name: one for name, one in results.items() if one.before != one.after and one.after is not None}
    for student, one in sorted(changed.items()):
        click.echo(f"{student}: {'not graded' if one.before is None else f'{one.before:g}'} -> {one.after:g}")
    up = sum(1 for one in changed.values() if one.before is not None and one.after > one.before)
    new = sum(1 for one in changed.values() if one.before is None)
    down = len(changed) - up - new
    parts = [f"{count} {what}" for count, what in ((up, "up"), (down, "down"), (new, "new")) if count]
    said = f"{len(changed)} of {len(results)} change{': ' if parts else ''}{', '.join(parts)}."
    click.echo(f"{said} Nothing is written.")
    faults = sorted(name for name, one in results.items() if one.fault)
    if faults:
        raise GmmlearnError(f"Not judged: {', '.join(faults)}.")


def _say_sum(results: dict[str, Any], everybody: dict[str, Any], missing: list[str]) -> None:
    """A sum that adds up, and the exit status."""
    unread = [name for name, one in results.items() if one.unread]
    faults = [name for name, one in results.items() if one.fault]
    now = sum(1 for one in results.values() if one.written and not one.fault and not one.unread)
    unchanged = len(results) - now - len(unread) - len(faults)
    parts = [f"{now} graded now", f"{unchanged} unchanged"]
    total, whom = len(results), "handed in"
    if everybody:
        strangers = [name for name in results if name not in everybody]
        if strangers:
            click.echo(f"Not in the roster, but handed in: {', '.join(strangers)}.")
        if missing:
            click.echo(f"Nothing handed in: {', '.join(missing)}.")
        total, whom = len(everybody) + len(strangers), "in the roster" + (" or handed in" if strangers else "")
        parts.append(f"{len(missing)} missing")
    parts += [f"{len(unread)} unread", f"{len(faults)} not graded"]
    click.echo(f"{total} {whom}: {', '.join(parts)}.")
    if faults or unread:
        raise GmmlearnError(
            f"Without a grade by this run: {', '.join(sorted({*faults, *unread}))}. Earlier scores are as they were."
        )
