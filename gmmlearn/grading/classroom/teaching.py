"""What a teacher has beside each chapter: a page, kept in `solutions/teaching/`, and a slide with its explorations."""

import re
from dataclasses import dataclass
from pathlib import Path

from ... import private
from ...contract import CHAPTERS, notebook_of
from ...project.declaration import NOTEBOOK

PAGES = private.FOLDERS["solutions"] / "teaching"
_EXPLORATIONS = re.compile(r"^Explorations: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """The page on one chapter.

    Attributes
    ----------
    chapter : str
        Module of the chapter.
    text : str
        Markdown.
    """

    chapter: str
    text: str

    @property
    def explorations(self) -> tuple[str, ...]:
        """Those of the slide; none where they need a kernel."""
        found = _EXPLORATIONS.search(self.text)
        names = found.group(1).split(", ") if found else []
        return tuple(name for name in names if name != "none")


def pages() -> list[Page]:
    """The pages in the order of the chapters."""
    private.package("solutions")
    return [
        Page(chapter, (PAGES / notebook_of(chapter)).with_suffix(".md").read_text(encoding="utf-8"))
        for chapter in CHAPTERS
    ]


def project() -> str:
    """The page on the project, which has no chapter of exercises and no slide."""
    return (PAGES / NOTEBOOK).with_suffix(".md").read_text(encoding="utf-8")


def write(folder: Path) -> list[Path]:
    """Write every page, and beside it the slide: a file that needs nothing but a browser.

    Returns
    -------
    list of Path
        What was written.
    """
    from ...explore.page import page

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in pages():
        path = (folder / notebook_of(one.chapter)).with_suffix(".md")
        path.write_text(one.text, encoding="utf-8")
        written.append(path)
        if one.explorations:
            path = path.with_suffix(".html")
            # The heading of the page, with its list of links, would push the picture off the screen.
            slide = re.sub(r"<header>.*?</header>", "", page(one.explorations), flags=re.DOTALL)
            path.write_text(slide, encoding="utf-8")
            written.append(path)
    path = (folder / NOTEBOOK).with_suffix(".md")
    path.write_text(project(), encoding="utf-8")
    return [*written, path]
