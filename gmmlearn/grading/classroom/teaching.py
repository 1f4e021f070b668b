"""What a teacher has beside each chapter: a page, kept in `solutions/teaching/`, and a slide that needs no kernel."""

import re
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pathlib import Path
from string import Template

from ... import private
from ...contract import CHAPTERS, PROJECT_NOTEBOOK, notebook_of

PAGES = private.FOLDERS["solutions"] / "teaching"
PROJECT = "project"
_PICTURES = Template(
    """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 16px; max-width: 1000px; font: 18px/1.5 system-ui, sans-serif; }
figure { margin: 0 0 2em; }
</style>
$figures
</html>
"""
)


@dataclass(frozen=True)
class Page:
    """The page on one chapter.

    Attributes
    ----------
    chapter : str
        Module of the chapter; `"project"` for chapter 8, which has no exercises.
    notebook : str
        File name of its notebook.
    text : str
        Markdown.
    """

    chapter: str
    notebook: str
    text: str

    @property
    def explorations(self) -> tuple[str, ...]:
        """Those of the slide."""
        return self._listed("Explorations")

    @property
    def pictures(self) -> tuple[str, ...]:
        """Figures of the slide, `module.function`, where the exploration measures a kernel or there is none."""
        return self._listed("Pictures")

    def _listed(self, what: str) -> tuple[str, ...]:
        found = re.search(rf"^{what}: (.+)$", self.text, re.MULTILINE)
        return tuple(found.group(1).split(", ")) if found else ()


def pages() -> list[Page]:
    """The pages in the order of the chapters, that of the project last."""
    private.package("solutions")
    notebooks = {chapter: notebook_of(chapter) for chapter in CHAPTERS} | {PROJECT: PROJECT_NOTEBOOK}
    return [
        Page(chapter, notebook, (PAGES / notebook).with_suffix(".md").read_text(encoding="utf-8"))
        for chapter, notebook in notebooks.items()
    ]


def slide(page: Page) -> str:
    """One file of HTML with the explorations of a chapter, or with its pictures."""
    if page.explorations:
        from ...explore.page import page as explorations

        # The heading of the page, with its list of links, would push the picture off the screen.
        return re.sub(r"<header>.*?</header>", "", explorations(page.explorations), flags=re.DOTALL)
    figures = []
    for name in page.pictures:
        module, _, function = name.partition(".")
        figures.append(getattr(import_module(f"gmmlearn.figures.{module}"), function)().markup)
    title = page.text.partition("\n")[0].removeprefix("# ")
    return _PICTURES.substitute(title=escape(title), figures="\n".join(figures))


def write(folder: Path) -> list[Path]:
    """Write every page, and beside it the slide: a file that needs nothing but a browser.

    Returns
    -------
    list of Path
        What was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for page in pages():
        for suffix, text in ((".md", page.text), (".html", slide(page))):
            path = (folder / page.notebook).with_suffix(suffix)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written
