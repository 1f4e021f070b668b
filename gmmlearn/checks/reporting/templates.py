"""The HTML of panels: templates in `templates/`, which escape whatever is put into them.

Only what draws HTML imports this module: Jinja2 takes longer to load than a check in a terminal takes.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .visible import visible

FOLDER = Path(__file__).with_name("templates")


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([folder, FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["pieces"] = pieces
    return environment


def render(template: str, folder: Path = FOLDER, **values: Any) -> str:
    """The HTML of one template, `render("hint", hint=...)`; `folder` holds it, and may use the parts that are here."""
    return _environment(folder).get_template(f"{template}.html.j2").render(**values)


def pieces(sentence: str) -> list[tuple[str, bool]]:
    """A sentence in pieces, each with whether it is code: what is between backticks.

    >>> pieces("the call changed `X` & more")
    [('the call changed ', False), ('X', True), (' & more', False)]
    """
    parts = sentence.split("`")
    if len(parts) % 2 == 0:  # a backtick of the student's own
        return [(sentence, False)]
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]
