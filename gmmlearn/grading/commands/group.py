"""The group `gmmlearn class`, and the arguments that its commands share."""

import os
from pathlib import Path

import click

from ...errors import UsageError


@click.group(name="class")
def class_group() -> None:
    """Make and look after a class that nbgrader grades."""


def for_those_who_may_read(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    """Called by click: what a command writes is for those who may read the class, whatever the umask was."""
    from ..nbgrader import access

    access.set_umask(folder)
    return folder


course_argument = click.argument(
    "folder", type=click.Path(path_type=Path, readable=False), default=".", callback=for_those_who_may_read
)


def _chapters(_: click.Context, __: click.Parameter, text: str) -> range:
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{text!r} is not a part of the course: give a chapter or a part, like 3-5.")
    return range(int(first), int(last or first) + 1)


chapters_option = click.option(
    "--chapters", default="1-7", metavar="A-B", callback=_chapters, help="Hand out these chapters only."
)
assignment_option = click.option(
    "--assignment", default="", metavar="NAME", help="Which one, where the class has several."
)
students_option = click.option(
    "--student", "students", multiple=True, metavar="ID", help="This one only; may be repeated."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="Submissions at a time."
)
