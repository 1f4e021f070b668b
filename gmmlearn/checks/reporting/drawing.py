"""What draws reports, hints and tables: as lines for a terminal, and by the templates in `templates/` as HTML."""

import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..wording import columns

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).with_name("templates")
WIDTH = 96
NARROWEST = 24
"""Columns of a text, however narrow the terminal."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_DIRECTIONS = {
    code: f"\\u{code:04x}" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_HALVES = {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}
_SHOWN = str.maketrans(_CONTROLS | _DIRECTIONS | _HALVES)


def visible(text: str) -> str:
    """A text with what a terminal or a browser would act on spelt out: controls, writing directions, half characters.

    >>> visible("a\\x1b[31mb\\u202ec")
    'a\\\\x1b[31mb\\\\u202ec'
    """
    return text.translate(_SHOWN)


def wrapped(content: str, width: int) -> list[str]:
    """Paragraphs broken into lines that the terminal has room for; a word that is longer than a line stays whole."""
    width = max(width - WIDTH + columns(WIDTH), NARROWEST)
    return [
        line
        for paragraph in visible(content).rstrip("\n").split("\n")
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def fitted(text: str) -> str:
    """A text whose long lines are broken between words where a terminal would break them within; indents are kept."""
    return "\n".join(
        textwrap.fill(
            line,
            columns(max(len(line), NARROWEST)),
            subsequent_indent=" " * (len(line) - len(line.lstrip())),
            break_long_words=False,
            break_on_hyphens=False,
        )
        if line.strip()
        else line
        for line in text.split("\n")
    )


def bar(done: int, total: int, width: int = 20) -> str:
    """A bar of one line.

    >>> bar(5, 10, 4)
    '██░░'
    """
    filled = width * done // total
    return "█" * filled + "░" * (width - filled)


def render(template: str, folder: Path = FOLDER, **values: object) -> str:
    """The HTML of one template, `render("hint", hint=...)`; `folder` holds it, and may use the parts that are here."""
    return environment(folder).get_template(f"{template}.html.j2").render(**values)


@cache
def environment(folder: Path) -> "Environment":
    """What draws the templates of a folder: all text is escaped and `visible`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # takes longer to load than a check takes

    made = Environment(
        loader=FileSystemLoader([folder, FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    made.filters["pieces"] = pieces
    return made


def pieces(sentence: str) -> list[tuple[str, bool]]:
    """A sentence in pieces, each with whether it is code: what is between backticks.

    >>> pieces("the call changed `X` & more")
    [('the call changed ', False), ('X', True), (' & more', False)]
    """
    parts = sentence.split("`")
    if len(parts) % 2 == 0:  # a backtick of the student's own
        return [(sentence, False)]
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]
