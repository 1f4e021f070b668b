"""What a command says in a terminal: lines that fit it, in colour where it has colours."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

STYLES: dict[str, dict[str, Any]] = {"headline": {"bold": True}, "row": {}, "note": {"dim": True}}


def print_report(report: Any) -> None:
    """The report on an exercise, with its headline in a colour."""
    colour = "green" if report.passed else "yellow" if report.status.value == "not-started" else "red"
    print_lines(report.lines(), colour)


def say(text: str, err: bool = False) -> None:
    """Sentences and tables, in lines that the terminal has room for; errors are said when the command is over."""
    from ..checks.reporting.drawing import fitted
    from ..checks.wording import in_terminal

    with in_terminal(program()):
        click.echo(fitted(text), err=err)


def print_lines(lines: Iterable[tuple[str, str]], colour: str | None = None) -> None:
    """Lines with their roles; in colour where the terminal shows colours."""
    wanted = False if os.environ.get("NO_COLOR") else None  # None: as the stream can
    for role, line in lines:
        click.secho(line, color=wanted, **({"fg": colour} if role == "headline" else {}), **STYLES[role])


def program() -> str:
    """What was typed to get here; where only the folder is at hand there is no command `gmmlearn`."""
    return "python -m gmmlearn" if Path(sys.argv[0]).name == "__main__.py" else "gmmlearn"
