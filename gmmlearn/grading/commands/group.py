"""The group `gmmlearn class`, and the arguments that its commands share."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from ...errors import UsageError


def needs_linux() -> None:
    """Raise `UsageError` where there can be no sandbox."""
    if sys.platform != "linux":
        raise UsageError(
            "Judging needs Linux, as students' code runs in a sandbox: on Windows use WSL 2, on a Mac a virtual "
            "machine, on either a container (see Containerfile)."
        )


class ClassGroup(click.Group):
    """The commands that judge are for Linux only."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Called by click with what was typed."""
        if args[0] in ("judge", "grade", "demo"):
            needs_linux()
        return super().resolve_command(ctx, args)


@click.group(name="class", cls=ClassGroup)
def class_group() -> None:
    """Make and look after a class that nbgrader grades."""


course_argument = click.argument("folder", type=click.Path(path_type=Path), default=".")
assignment_option = click.option(
    "--assignment", default="", metavar="NAME", help="Which one, where the class has several."
)
students_option = click.option(
    "--student", "students", multiple=True, metavar="ID", help="This one only; may be repeated."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="Submissions at a time."
)
