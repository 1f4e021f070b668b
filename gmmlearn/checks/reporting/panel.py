"""Draws a report as lines for a terminal; for a notebook `templates/panel.html.j2` does."""

import textwrap
from collections.abc import Iterator
from typing import Protocol

from ...calls import Status
from .excerpts import Grid
from .invocation import columns
from .status_words import STATUS_WORDS
from .visible import visible

WIDTH = 96
NARROWEST = 24
"""Columns of a text, however narrow the terminal."""
CODE_ROWS = frozenset(["Called", "Line", "Printed"])
"""Words of the rows whose text is code or output, not a sentence."""


class Shown(Protocol):
    """What is drawn; a `Report` has all of it, and more."""

    title: str
    status: Status
    rows: tuple[tuple[str, str | Grid], ...]
    notes: tuple[str, ...]
    standing: str
    points: int


def lines(report: Shown) -> Iterator[tuple[str, str]]:
    """The lines of a report, each with its role: `"headline"`, `"row"` or `"note"`."""
    yield "headline", visible(f"{STATUS_WORDS[report.status].sign} {report.title}")
    width = max((len(word) for word, _ in report.rows), default=0)
    for word, content in report.rows:
        body = content.lines() if isinstance(content, Grid) else wrapped(content, WIDTH - width - 4)
        for i, line in enumerate(body):
            yield "row", f"  {word if i == 0 else '':{width}}  {line}"
    notes = [*report.notes, f"{bar(report.points, 100)} {report.standing}"] if report.standing else report.notes
    for note in notes:
        for line in wrapped(note, WIDTH - 2):
            yield "note", f"  {line}"


def wrapped(content: str, width: int) -> list[str]:
    """Paragraphs broken into lines that the terminal has room for; a word that is longer than a line stays whole."""
    width = max(width - WIDTH + columns(WIDTH), NARROWEST)
    return [
        line
        for paragraph in visible(content).rstrip("\n").split("\n")
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def bar(done: int, total: int, width: int = 20) -> str:
    """A bar of one line.

    >>> bar(5, 10, 4)
    '██░░'
    """
    filled = width * done // total
    return "█" * filled + "░" * (width - filled)
