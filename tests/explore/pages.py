"""The page without a kernel, opened from disk as a reader opens it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gmmlearn import explore
from gmmlearn.explore.page import page as text_of_page

from .lab import Watched

ALL = tuple(explore.__all__)
"""Every exploration."""


def written(folder: Path, names: Iterable[str] = ALL) -> Path:
    """A page with these explorations."""
    path = folder / "explorations.html"
    path.write_text(text_of_page(tuple(names)), encoding="utf-8")
    return path


def load(page: Any, path: Path, address: str = "") -> None:
    """Open the page, and wait for every picture on it."""
    page.goto(path.as_uri() + address)
    page.wait_for_function(
        "[...document.querySelectorAll('[data-exploration]')].every((one) => one.querySelector('.gmmx')?.painted)"
    )


@contextmanager
def opened(chromium: Any, path: Path, script: str = "", **context: Any) -> Iterator[Watched]:
    """The page in a window of its own, 920 by 900 px and without movement unless told otherwise.

    The script runs before those of the page.
    """
    usual = {"viewport": {"width": 920, "height": 900}, "reduced_motion": "reduce"}
    window = chromium.new_context(**usual | context)
    watched = Watched(window.new_page(), path.as_uri())
    if script:
        watched.page.add_init_script(script)
    load(watched.page, path)
    yield watched
    window.close()
