"""Builds the course as a site to read: executed chapters, explorations, glossary, functions, the instructor's page.

`python -m web.pages build/site` builds it; it loads nothing from elsewhere.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from string import Template

import click
import nbformat

from gmmlearn.contract import CHAPTERS, PROJECT_NOTEBOOK, notebook_of
from gmmlearn.errors import GmmlearnError
from gmmlearn.explore.browser import css, script
from gmmlearn.terminal import student_copy

from . import npm
from .executing import executed, readable
from .sections import sections_of

HERE = Path(__file__).parent
MATHJAX = "mathjax@3.2.2"
INSTRUCTORS = HERE.parent / "gmmlearn" / "grading" / "INSTRUCTORS.md"


class NotBuilt(GmmlearnError):
    """Sphinx could not build the site."""


def build(
    target: Path,
    tab: str = "tab/",
    chapters: tuple[str, ...] = tuple(CHAPTERS),
    run: Collection[str] | None = None,
) -> str:
    """Build the site in a folder.

    Parameters
    ----------
    target : Path
    tab : str
        Address of the site for a browser tab, from the front page.
    chapters : tuple of str
        Which chapters; links to others lead nowhere.
    run : collection of str, optional
        Which notebooks to run, by default all; the others are shown without outputs, which takes less time.

    Returns
    -------
    str
        Sphinx's warnings.
    """
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        source = work / "source"
        _lay_out(source, work / "solved", tab, chapters, run)
        student_copy.start(work / "copy")  # the stubs as they are handed out, for the function reference
        environment = os.environ | {"PYTHONPATH": str(work / "copy")}
        command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-b", "html", str(source), str(target.resolve())]
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise NotBuilt(f"Sphinx could not build the site.\n{done.stderr[-3000:]}")
    for left in ("objects.inv", ".buildinfo", ".doctrees", "_sources"):
        path = target / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (target / "_static" / "sections.json").write_text(json.dumps(sections_of(target), ensure_ascii=False), "utf-8")
    return done.stderr


def _lay_out(source: Path, solved: Path, tab: str, chapters: tuple[str, ...], run: Collection[str] | None) -> None:
    """Everything that Sphinx reads."""
    static = source / "_static"
    static.mkdir(parents=True)
    shutil.copy(HERE / "conf.py", source)
    for name in ("course.css", "search.js"):
        shutil.copy(HERE / name, static)
    (static / "explore.css").write_text(css(), "utf-8")
    (static / "explore.js").write_text(script("page") + (HERE / "explore_on_page.js").read_text("utf-8"), "utf-8")
    for part in ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts"):
        _copy(npm.package(MATHJAX) / "es5" / part, static / "mathjax" / part)
    project = [PROJECT_NOTEBOOK] if chapters == tuple(CHAPTERS) else []
    course = sorted([*map(notebook_of, chapters), *project])  # by number
    names = [*course, "explorations.ipynb", "glossary.ipynb"]
    for name, notebook in executed(names, solved, names if run is None else run).items():
        nbformat.write(readable(notebook, name, tab), source / name)
    text = INSTRUCTORS.read_text("utf-8").replace("[SECURITY.md](../../SECURITY.md)", "`SECURITY.md` of the repository")
    text = text.replace("```csv\n", "```text\n")  # which Pygments does not know
    (source / "instructors.md").write_text(text, "utf-8")
    (source / "functions.md").write_text(_functions(chapters), "utf-8")
    listed = "\n".join(name.removesuffix(".ipynb") for name in course)
    front = Template((HERE / "index.md").read_text("utf-8")).substitute(tab=f"{tab}index.html", chapters=listed)
    (source / "index.md").write_text(front, "utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def _functions(chapters: tuple[str, ...]) -> str:
    """The function reference, from the docstrings of the stubs."""
    parts = ["# The functions that you write"]
    for chapter in chapters:
        parts.append(f"## gmmlearn.{chapter}\n\n```{{eval-rst}}\n.. automodule:: gmmlearn.{chapter}\n   :members:\n```")
    return "\n\n".join(parts) + "\n"


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--tab", default="tab/", show_default=True, help="Address of the site for a browser tab.")
def main(target: Path, tab: str) -> None:
    """Build the course as a site to read in TARGET."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        warnings = build(target, tab)
    except GmmlearnError as error:
        raise click.ClickException(str(error)) from None
    click.echo(warnings, err=True, nl=False)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    click.echo(f"{target}/index.html is ready, {size / 1e6:.0f} MB.")


if __name__ == "__main__":
    main()
