"""What was typed after `gmmlearn`: an exercise by name or number, a command that is there, or nearly one."""

import difflib
import importlib
import importlib.util
from typing import Any

import click

from ..contract import EXERCISES
from ..errors import UsageError
from ..manifest import PACKAGE, is_there

ELSEWHERE = {"judge": "grading", "class": "grading", "dev": "dev"}
"""Command that a student's copy does not have -> the folder whose `commands` hold it."""
FOR_GRADING = ("nbgrader", "pytest", "psutil", "pebble", "rich", "latex2mathml")
"""What the extra `grading` brings on every system."""


class Names(click.ParamType):
    """An exercise by name or number; completed by the shell, corrected where it is nearly one."""

    name = "exercise"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Called by click on what was typed."""
        from ..checks.checking import exercise_named

        return exercise_named(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Called by click for the Tab key."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name, help=one.number) for name, one in EXERCISES.items() if name.startswith(incomplete)]


class Checked(Names):
    """What `check` takes: an exercise, or the project of chapter 8."""

    name = "exercise"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Called by click on what was typed."""
        from ..checks.checking import PROJECT

        return value if value == PROJECT else super().convert(value, param, ctx)


class Commands(click.Group):
    """A group that reads in the commands of graders when they are asked for, and corrects a typing error."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Called by click for the help text."""
        return [*self.commands, *(name for name in ELSEWHERE if not _lacking(name))]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Called by click with what was typed."""
        if name in ELSEWHERE:
            return _elsewhere(name)
        return super().get_command(ctx, name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Called by click; an unknown command gets a sentence that says which one may have been meant."""
        if args and self.get_command(ctx, args[0]) is None:
            known = self.list_commands(ctx)
            near = difflib.get_close_matches(args[0], known, n=1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            raise UsageError(f"There is no command {args[0]!r}; {meant}")
        return super().resolve_command(ctx, args)


def _elsewhere(name: str) -> click.Command:
    """A command of those who grade or carry on the work."""
    lacking = _lacking(name)
    if lacking:
        raise UsageError(lacking)
    return importlib.import_module(f"gmmlearn.{ELSEWHERE[name]}.commands").COMMANDS[name]


def _lacking(name: str) -> str:
    """What is missing here for a command of those who grade or carry on the work; empty where nothing is."""
    folder = ELSEWHERE[name]
    if not is_there(folder):
        whom = "those who grade" if folder == "grading" else "a clone of the repository"
        return f"`gmmlearn {name}` is for {whom}; this copy of the course is for learning."
    if not (PACKAGE.parent / "solutions").is_dir():
        return f"`gmmlearn {name}` needs a clone of the repository, which has the solutions: run `make setup` there."
    missing = [module for module in FOR_GRADING if importlib.util.find_spec(module) is None]
    if missing:
        return (
            f"`gmmlearn {name}` needs {', '.join(missing)}: in the clone of the repository run `make setup`, or "
            '`python -m pip install -e ".[grading]"`.'
        )
    return ""
