"""A report as lines for a terminal, and as a panel for a notebook in light and dark, for eyes and screen readers."""

import textwrap
from collections.abc import Iterator
from html import escape
from typing import Protocol

from .outcome import SIGNS, Outcome
from .shown import MARK, Grid

WIDTH = 96
COLOURS = {
    Outcome.PASSED: "var(--jp-success-color1, #1b7e3c)",
    Outcome.WRONG: "var(--jp-error-color1, #c62828)",
    Outcome.ERROR: "var(--jp-error-color1, #c62828)",
    Outcome.NOT_STARTED: "var(--jp-border-color0, #757575)",
}
INK, QUIET = "var(--jp-ui-font-color1, #212121)", "var(--jp-ui-font-color1, #424242)"
MONO = "font-family:var(--jp-code-font-family, monospace);font-size:var(--jp-code-font-size, 13px)"


class Told(Protocol):
    """What is drawn; a `Report` has all of it, and more."""

    number: str
    name: str
    outcome: Outcome
    headline: str
    rows: tuple[tuple[str, str | Grid], ...]
    notes: tuple[str, ...]
    standing: str
    points: int


def lines(report: Told) -> Iterator[tuple[str, str]]:
    """The lines of a report, each with its role: `"headline"`, `"row"` or `"note"`."""
    yield "headline", f"{SIGNS[report.outcome]} {report.number} {report.name}: {report.headline}"
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
    """Paragraphs broken into lines; a line of code stays whole."""
    return [
        line
        for paragraph in content.splitlines()
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def bar(done: int, total: int, width: int = 20) -> str:
    """A bar of one line.

    >>> bar(5, 10, 4)
    '██░░'
    """
    filled = width * done // total
    return "█" * filled + "░" * (width - filled)


def text(report: Told) -> str:
    """For a terminal."""
    return "\n".join(line for _, line in lines(report))


def html(report: Told) -> str:
    """For a notebook: one self-contained element, all words of the student's escaped."""
    rows = "".join(
        f'<dt style="font-weight:600;color:{QUIET}">{escape(word)}</dt>'
        f'<dd style="margin:0;min-width:0;overflow-wrap:anywhere">{_content(word, content)}</dd>'
        for word, content in report.rows
    )
    notes = "".join(f'<p style="margin:.4em 0 0;color:{QUIET}">{code(note)}</p>' for note in report.notes)
    if report.standing:
        notes += f'<p style="margin:.4em 0 0;color:{QUIET}">{bar_html(report.points)} {escape(report.standing)}</p>'
    title = f"{report.number} {report.name}: {report.headline}"
    head = heading(f"{sign(report.outcome)} {escape(title)}")
    grid = "display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25em 1em;margin:0"
    return frame(title, COLOURS[report.outcome], f'{head}<dl style="{grid}">{rows}</dl>{notes}')


def frame(label: str, colour: str, body: str) -> str:
    """The element around a panel: announced to screen readers, with a line of one colour on its left."""
    return (
        f'<section role="status" aria-label="{escape(label)}" style="border-left:5px solid {colour};'
        f"padding:.5em .9em;margin:.3em 0;max-width:60em;color:{INK};background:var(--jp-layout-color1, #fff);"
        "font-family:var(--jp-ui-font-family, sans-serif);font-size:var(--jp-content-font-size1, 14px);"
        f'line-height:1.45">{body}</section>'
    )


def heading(markup: str) -> str:
    """The first line of a panel."""
    return f'<h4 style="margin:0 0 .35em;font-size:1.05em;font-weight:600;color:{INK}">{markup}</h4>'


def sign(outcome: Outcome) -> str:
    """The sign of an outcome, which a screen reader passes over: the words say the same."""
    colour = INK if outcome is Outcome.NOT_STARTED else COLOURS[outcome]
    return f'<span aria-hidden="true" style="color:{colour}">{SIGNS[outcome]}</span>'


def bar_html(points: int) -> str:
    """The points so far as a bar that a screen reader tells."""
    return (
        f'<progress value="{points}" max="100" aria-label="points so far" '
        'style="width:10em;vertical-align:middle;accent-color:#0072B2"></progress>'
    )


def _content(word: str, content: str | Grid) -> str:
    if isinstance(content, Grid):
        return _grid(word, content)
    if word in ("Called", "Line", "Printed"):
        return (
            f'<code style="{MONO};background:none;padding:0;color:{INK};white-space:pre-wrap">{escape(content)}</code>'
        )
    return code(content)


def code(sentence: str) -> str:
    """Escaped, and what stands between backticks set as code.

    >>> code("the call changed `X` & more")
    'the call changed <code>X</code> &amp; more'
    """
    parts = escape(sentence).split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _grid(word: str, grid: Grid) -> str:
    """A table; a wrong cell is bold and underlined and carries a star, so that colour is not needed."""
    cell = f"{MONO};padding:0 .5em .15em 0;text-align:right;white-space:pre;border:none;background:none;color:{INK}"
    line = f"text-decoration:underline 2px {COLOURS[Outcome.WRONG]};text-underline-offset:3px"
    body = ""
    for label, cells, wrong in zip(grid.labels, grid.rows, grid.wrong):
        body += '<tr style="background:none">'
        if label:
            body += f'<th scope="row" style="{cell};font-weight:400;color:{QUIET}">{escape(label)}</th>'
        for text, bad in zip(cells, wrong):
            inner = f'<strong style="{line}">{escape(text)}</strong>{MARK}' if bad else f"{escape(text)} "
            body += f'<td style="{cell}">{inner}</td>'
        body += "</tr>"
    rest = f'<div style="color:{QUIET}">{escape(grid.rest)}</div>' if grid.rest else ""
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:0;border:none;font-size:inherit" '
        f'aria-label="{escape(word)}">{body}</table></div>{rest}'
    )
