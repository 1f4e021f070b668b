"""`gmmlearn class create`, `table` and `demo`."""

import tempfile
import time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ...errors import UsageError
from .group import assignment_option, chapters_option, class_group, course_argument, hunts_option


@class_group.command()
@click.argument("folder", type=click.Path(path_type=Path))
@chapters_option
@click.option("--name", default="gmm", help="Name of the assignment.")
@click.option("--exchange", default="", metavar="DIR", help="Folder of nbgrader's exchange.")
@click.option("--timezone", default="UTC", show_default=True, metavar="ZONE", help="As in Europe/Berlin.")
@click.option("--group", default="", metavar="NAME", help="Share the class with a group of this machine.")
@hunts_option
def create(
    folder: Path, chapters: list[int], name: str, exchange: str, timezone: str, group: str, hunts: float
) -> None:
    """Make a class in FOLDER, ready for nbgrader's commands."""
    from ..classroom import making
    from ..nbgrader import access
    from ..nbgrader import exchange as exchange_folders

    making.create(
        folder, assignment=name, chapters=chapters, exchange=exchange, timezone=timezone, group=group, hunts=hunts
    )
    who = f"the group {group}" if group else "you alone"
    click.echo(
        f"The class is in {folder}. It can be read by {who}. Dates without a time zone are in {timezone}. Next:\n"
        f"  cd {folder}\n  nbgrader generate_assignment {name}\n"
        f"  nbgrader release_assignment {name}   (or hand out release/{name} yourself)\n"
        f"  nbgrader collect {name}              (or gmmlearn class collect . DOWNLOADS)\n"
        "  gmmlearn class grade .\n  nbgrader export"
    )
    for note in [*access.in_the_way(folder, group), *exchange_folders.follow(folder)] if group else ():
        click.echo(note)


@class_group.command(name="table")
@course_argument
@assignment_option
def show_table(folder: Path, assignment: str) -> None:
    """Students by chapters, in points as judged; `nbgrader export` adds what was set by hand."""
    from ..nbgrader import settings

    Console().print(_table(folder, assignment))
    if said := settings.unfinished(folder.resolve()):
        click.echo(said)


def _table(folder: Path, name: str = "") -> Table:
    from ..classroom.assignment import Assignment

    rows = Assignment.find(folder, name).points_by_chapter()
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
    from ..classroom import demo

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
    for feedback in sorted(course.glob("feedback/*/*")):
        pages = sorted(feedback.glob("*.html"))
        click.echo(f"  {pages[0]} ... {pages[-1].name}")
    click.echo(f"Grades\n  {course / 'grades.csv'}\n")
    view = Table("Old Faithful, 2 components", "reference", "scikit-learn", box=None, pad_edge=False)
    for row in demo.old_faithful_side_by_side():
        view.add_row(*row)
    console.print(view)
    click.echo(f"\n{time.monotonic() - began:.0f} s in all.")
