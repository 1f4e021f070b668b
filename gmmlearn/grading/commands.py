"""The commands of those who grade: `gmmlearn judge` and `gmmlearn class`. `cli.py` adds them where this folder is."""

import json
import os
import tempfile
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from ..contract import EXERCISES
from ..errors import GmmlearnError, UsageError
from .judge import verdict_report
from .judge.judging import judge, seed_of


@click.command(name="judge")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Judge this one only; may be repeated.")
@click.option("--seed", type=int, help="Draw the hidden inputs from this number.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--no-sandbox", is_flag=True, help="Run the code with your own rights. Only for code that you trust.")
def judge_command(folder: Path, exercises: tuple[str, ...], seed: int | None, as_json: bool, no_sandbox: bool) -> None:
    """Judge what lies in FOLDER/gmmlearn/*.py with the hidden tests."""
    unknown = [name for name in exercises if name not in EXERCISES]
    if unknown:
        raise UsageError(f"There is no exercise {unknown[0]!r}. They are: {', '.join(EXERCISES)}.")
    if seed is None:
        seed = seed_of(b"", folder.resolve().name)
    verdict = judge(folder, exercises or tuple(EXERCISES), seed=seed, sandbox=not no_sandbox)
    if as_json:
        click.echo(json.dumps(verdict.to_json(), indent=1))
        return
    console = Console()
    console.print(verdict_report.table(verdict))
    console.print(f"[dim]seed {verdict.seed}, submission {verdict.submission[:12]}[/dim]")


@click.group(name="class")
def class_group() -> None:
    """Make and look after a class that nbgrader grades."""


def _chapters(text: str) -> range:
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{text!r} is not a part of the course: give a chapter or a part, like 3-5.")
    return range(int(first), int(last or first) + 1)


@class_group.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--chapters", default="1-7", metavar="A-B", help="Hand out these chapters only.")
@click.option("--name", default="gmm", help="Name of the assignment.")
@click.option("--exchange", default="", metavar="DIR", help="Folder of nbgrader's exchange.")
def create(folder: Path, chapters: str, name: str, exchange: str) -> None:
    """Make a class in FOLDER, ready for nbgrader's commands."""
    from .classroom import folder as classroom  # with it comes nbformat, which takes longer to load than to judge

    classroom.create(folder, assignment=name, chapters=_chapters(chapters), exchange=exchange)
    click.echo(
        f"The class is in {folder}. Next:\n  cd {folder}\n  nbgrader generate_assignment {name}\n"
        f"  nbgrader release_assignment {name}   (or hand out release/{name} yourself)\n"
        f"  nbgrader collect {name}              (or zip_collect)\n"
        "  gmmlearn class grade .\n  nbgrader export"
    )


@class_group.command(name="judge")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--student", "students", multiple=True, metavar="ID", help="Judge this one only; may be repeated.")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True, help="Submissions at a time.")
def judge_class(folder: Path, students: tuple[str, ...], processes: int) -> None:
    """Judge all submissions side by side; `nbgrader autograde` then only reads the verdicts.

    What nbgrader could not grade is made ready first, and said: a link or a folder in the place of a file is set
    aside, and where a notebook is missing or cannot be read, the course's own is used instead.
    """
    from .classroom import folder as classroom

    began = time.monotonic()
    judged = dict(classroom.judge_each(folder, processes=processes, students=students))
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
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--student", "students", multiple=True, metavar="ID", help="Grade this one only; may be repeated.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Submissions judged at a time.")
def grade_class(folder: Path, students: tuple[str, ...], jobs: int) -> None:
    """Judge all submissions, put the verdicts in the gradebook, make feedback, and compare the two.

    What is graded already and has not changed is left as it is. A run that was interrupted is made good by the next.
    The log of nbgrader goes to grading.log.
    """
    from .classroom import folder as classroom
    from .classroom import grading

    assignment, _ = classroom.settings(folder)
    n_submissions = len(students) or len(classroom.submitted_by(folder, assignment))
    console, written, faults = Console(), 0, {}
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("Grading", total=n_submissions)
        for student, graded in grading.grade_each(folder, processes=max(jobs, 1), students=students):
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


@class_group.command(name="table")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def show_table(folder: Path) -> None:
    """Students by chapters, in points as judged; `nbgrader export` adds what was set by hand."""
    Console().print(_table(folder))


def _table(folder: Path) -> Table:
    from .classroom import folder as classroom

    rows = classroom.points_by_chapter(folder)
    view = Table("Student", box=None, pad_edge=False)
    for module in next(iter(rows.values()), {}):
        view.add_column(module.replace("with_", "with_\n"), justify="right")
    view.add_column("Sum", justify="right", style="bold")
    for student, points in rows.items():
        view.add_row(student, *(f"{value:g}" for value in points.values()), f"{sum(points.values()):g}")
    return view


@class_group.command(name="demo")
@click.option("--keep", type=click.Path(path_type=Path), help="Make the class in this empty folder and keep it.")
def show_demo(keep: Path | None) -> None:
    """Play a class of three through: create, collect, autograde, feedback, export."""
    from .classroom import demo

    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise UsageError(f"{keep} is not empty: give a new folder.")
    folder = keep or Path(tempfile.mkdtemp(prefix="gmmlearn-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    course = demo.run(folder.resolve(), click.echo)
    console = Console()
    click.echo("\nPoints by chapter")
    console.print(_table(course))
    click.echo("\nWhat happened to the hostile functions")
    for message, names in demo.told(course, "hostile").items():
        click.echo(f"  {', '.join(names)}: {message}")
    click.echo("\nFeedback")
    for folder in sorted(course.glob("feedback/*/*")):
        pages = sorted(folder.glob("*.html"))
        click.echo(f"  {pages[0]} ... {pages[-1].name}")
    click.echo(f"Grades\n  {course / 'grades.csv'}\n")
    view = Table("Old Faithful, 2 components", "reference", "scikit-learn", box=None, pad_edge=False)
    for row in demo.old_faithful_side_by_side():
        view.add_row(*row)
    console.print(view)
    click.echo(f"\n{time.monotonic() - began:.0f} s in all.")
