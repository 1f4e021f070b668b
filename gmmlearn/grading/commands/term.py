"""A class over a term: `gmmlearn class add`, `due`, `share`, `unshare`, `forget` and `doctor`."""

import sys
from pathlib import Path

import click

from .group import assignment_option, chapters_option, class_group, course_argument, hunts_option


@class_group.command()
@course_argument
@chapters_option
@click.option("--name", required=True, help="Name of the assignment.")
@hunts_option
def add(folder: Path, chapters: list[int], name: str, hunts: float) -> None:
    """Add an assignment to a class, and say which solutions it hands out."""
    from ..classroom import making

    for note in making.add(folder, assignment=name, chapters=chapters, hunts=hunts):
        click.echo(note)
    click.echo(f"The assignment is in {folder / 'source' / name}. Next:\n  nbgrader generate_assignment {name}")


@class_group.command()
@course_argument
@assignment_option
@click.argument("date", required=False)
@click.option("--none", is_flag=True, help="Take the deadline away.")
def due(folder: Path, assignment: str, date: str | None, none: bool) -> None:
    """Set the deadline of an assignment to DATE, or show it.

    DATE is like 2027-05-01, which means the end of that day, or "2027-05-01 18:00", or with a time zone as in
    "2027-05-01 18:00 Europe/Berlin". Without one it is in the time zone of the class.
    """
    from ..classroom.assignment import Assignment
    from ..nbgrader import deadlines, settings

    found = Assignment.find(folder, assignment)
    if date or none:
        config = settings.load(found.course)
        deadlines.set_due(found.course, found.name, deadlines.parsed(date, settings.zone(config)) if date else None)
    dates = deadlines.find(found.course, found.name)
    if dates.due is None:
        click.echo(f"{found.name} has no deadline. Dates without a time zone are in {dates.zone.key}.")
    else:
        click.echo(f"{found.name} is due {deadlines.said(dates.due, dates.zone)}.")
    for student, moment in sorted(dates.extensions.items()):
        click.echo(f"  {student} has until {deadlines.said(moment, dates.zone)}")


@class_group.command()
@course_argument
@click.argument("group")
def share(folder: Path, group: str) -> None:
    """Open a class to GROUP, for a second instructor and teaching assistants."""
    from ..classroom.assignment import class_folder
    from ..nbgrader import access, exchange

    course = class_folder(folder)
    notes = [*access.share(course, group), *exchange.follow(course)]
    _told(notes)
    if not notes:
        click.echo(f"The group {group} can read and write all of {course}, and read its secret. Nobody else can.")


@class_group.command()
@course_argument
def unshare(folder: Path) -> None:
    """Close a class to all but its owner."""
    from ..classroom.assignment import class_folder
    from ..nbgrader import access, exchange

    course = class_folder(folder)
    _told([*access.unshare(course), *exchange.follow(course)])
    click.echo(f"Only {access.owner_of(course)} can read {course}.")


@class_group.command()
@course_argument
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(folder: Path, student: str, yes: bool) -> None:
    """Remove everything that is stored on STUDENT: files, scores, verdicts, lines of lists and logs."""
    from ..classroom import forgetting
    from ..classroom.assignment import class_folder

    course = class_folder(folder)
    stored = forgetting.stored(course, student)
    click.echo(f"Stored on {student} in {course}:")
    for line in stored.lines:
        click.echo(f"  {line}")
    if not yes and not click.confirm("Remove all of it for good?", default=False):
        raise click.Abort
    forgetting.forget(stored)
    click.echo("Removed.")
    left = forgetting.left(stored)
    if left:
        click.echo("Not removed, and to be looked at by you:")
    for line in left:
        click.echo(f"  {line}")


@class_group.command()
@course_argument
def doctor(folder: Path) -> None:
    """Look over a class before the term and before each deadline; the status is 1 when something must be fixed."""
    from ..classroom import doctor as doctors

    failed = 0
    for finding in doctors.examine(folder):
        click.echo(f"{finding.mark} {finding.text}")
        if finding.to_do:
            click.echo(f"    {finding.to_do}")
        failed += finding.mark == doctors.WRONG
    if failed:
        click.echo(f"{failed} to fix.")
        sys.exit(1)


def _told(notes: list[str]) -> None:
    for note in notes:
        click.echo(note)
