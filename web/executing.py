"""Runs the notebooks with the reference, in a folder of their own, and makes them readable without a kernel."""

import os
import re
import shutil
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from gmmlearn.contract import CHAPTERS
from gmmlearn.terminal import student_copy

ROOT = Path(__file__).parents[1]
BEFORE = """
import sys
sys.path.insert(0, "")
import base64 as _base64, json as _json
from gmmlearn.explore.panels import Panel as _Panel

def _bundle(panel, **options):
    data = {key: _base64.b64encode(value).decode() for key, value in panel.canvas.data.items()}
    parts = {"spec": panel.canvas.spec, "state": panel.canvas.state, "data": data}
    text = _json.dumps(parts).replace("</", "<" + chr(92) + "/")
    return {"text/html": f'<div class="exploration"><script type="application/json">{text}</script></div>'}

_Panel._repr_mimebundle_, _Panel._ipython_display_ = _bundle, None

import tempfile
from pathlib import Path
from gmmlearn.figures import quiz as _quiz

def _asked(questions, **options):
    text = _json.dumps(questions.asked).replace("</", "<" + chr(92) + "/").replace(".ipynb#cell-id=", ".html#cell-")
    brought = f'<script type="application/json">{text}</script>'
    return {"text/html": f'<div class="questions">{brought}{questions._repr_html_()}</div>'}

_quiz.Questions._repr_mimebundle_ = _asked
_quiz.HOME = Path(tempfile.mkdtemp())
"""
"""Run first, and not shown: the solved copy comes before whatever else is called gmmlearn, an exploration becomes
what the static page shows, and questions a form without a kernel. The record is empty and this notebook's own, as for
somebody who opens the page."""
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((\w+)\.ipynb(?:#([^)]*))?\)")
TO_PICTURE = re.compile(r"\[([^\[\]]+)\]\(#(\w+)\?(\S+)\)")
"""A link that sets the state of an exploration, which Sphinx would take for a heading."""
TO_STUB = re.compile(r"\]\((?:\.\./)?gmmlearn/(\w+)\.py\)")


def executed(names: list[str], folder: Path, run: Collection[str]) -> dict[str, nbformat.NotebookNode]:
    """Notebooks with their outputs, by name, as they are when every exercise is solved right.

    Parameters
    ----------
    names : list of str
        Of files of the course.
    folder : Path
        Where a solved copy of the course is laid out; it is not for the site.
    run : collection of str
        Of the names; the others are without outputs.
    """
    student_copy.start(folder)
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder / "gmmlearn")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return dict(zip(names, pool.map(lambda name: _read(folder / name, name in run), names)))


def _read(path: Path, run: bool) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    if not run:
        return notebook
    notebook.cells.insert(0, nbformat.v4.new_code_cell(BEFORE))
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    del notebook.cells[0]
    return notebook


def readable(notebook: nbformat.NotebookNode, name: str, tab: str) -> nbformat.NotebookNode:
    """A notebook whose links lead to pages, with an anchor at each cell and a button that opens it in a tab."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = LINK.sub(_as_page, TO_STUB.sub(r"](functions.md#gmmlearn\1)", cell.source))
            text = TO_PICTURE.sub(_as_state, text)
            cell.source = _below_heading(text, f'<span id="cell-{cell.id}"></span>')
        else:
            for output in cell.outputs:
                if "text/markdown" in output.get("data", {}):
                    output.data["text/markdown"] = LINK.sub(_as_page, output.data["text/markdown"])
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream" or one.name != "stderr"]
    button = f'<p><a class="in-a-tab" href="{tab}lab/index.html?path={name}">Open in a browser tab</a></p>'
    notebook.cells[0].source = _below_heading(notebook.cells[0].source, button)
    notebook.metadata.pop("widgets", None)
    return notebook


def _below_heading(text: str, markup: str) -> str:
    """With markup at its beginning, behind a heading, which has to be the first line of its cell."""
    first, _, rest = text.partition("\n")
    return f"{first}\n\n{markup}\n{rest}" if first.startswith("#") else f"{markup}\n\n{text}"


def _as_state(match: re.Match[str]) -> str:
    words, name, parts = match.groups()
    return f'<a href="#{name}?{escape(parts)}">{words}</a>'


def _as_page(match: re.Match[str]) -> str:
    words, page, place = match.groups()
    anchor = ""
    if place:
        anchor = f"#cell-{place.removeprefix('cell-id=')}" if place.startswith("cell-id=") else f"#{place.lower()}"
    return f'<a href="{page}.html{anchor}">{words}</a>'
