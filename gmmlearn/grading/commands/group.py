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
    """The commands that judge are for Linux only; Windows has no modes of files either, which keep a class private."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Called by click with what was typed."""
        if sys.platform == "win32" or args[0] in ("judge", "grade", "demo"):
            needs_linux()
        return super().resolve_command(ctx, args)


@click.group(name="class", cls=ClassGroup)
def class_group() -> None:
    """Make and look after a class that nbgrader grades."""


def for_those_who_may_read(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    """Called by click: what a command writes is for those who may read the class, whatever the umask was."""
    from ..nbgrader import access

    access.set_umask(folder)
    return folder


class_path = click.Path(path_type=Path, readable=False)
"""Folder of a class; one that cannot be read is refused by `access.require`, which says whose it is."""
course_argument = click.argument("folder", type=class_path, default=".", callback=for_those_who_may_read)


def _chapters(_: click.Context, __: click.Parameter, text: str) -> list[int]:
    """Numbers of chapters in order, from a text like `3-5` or `1-7,9`."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            raise UsageError(f"{text!r} is not a part of the course: give a chapter or a part, like 3-5 or 1-7,9.")
        numbers |= set(range(int(first), int(last or first) + 1))
    return sorted(numbers)


chapters_option = click.option(
    "--chapters",
    default="1-7",
    metavar="A-B",
    callback=_chapters,
    help="Hand out these chapters; 8 is the project, 9 a bonus: 1-9, or 1-7,9.",
)
hunts_option = click.option(
    "--hunts",
    type=click.FloatRange(min=0, max=100),
    default=0.0,
    metavar="POINTS",
    help="Extra points for tests that catch wrong functions, see INSTRUCTORS.md.",
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
