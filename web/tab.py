"""Builds the course for a browser tab: a static site with JupyterLite, in which everything runs without a server.

`python -m web.tab build/lite` builds it; `--packages` says where NumPy and the other compiled packages come from.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from string import Template

import click

from gmmlearn.contract import CHAPTERS, PROJECT_NOTEBOOK, PROJECT_NUMBER, notebook_of, number_of
from gmmlearn.errors import GmmlearnError
from gmmlearn.terminal import student_copy

from . import pyodide

HERE = Path(__file__).parent
LABEXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
OF_A_SET_UP = ("requirements.txt", "environment.yml")
NOTE = """\
**In a browser tab.** Everything runs here, on your own computer; nothing has been installed. Your work is kept in this
browser, **which may clear it**: save a copy with `submit("YOUR-NAME")`, once you have run the next cell, or by a right
click on a file, *Download*.
"""
SUBMIT = "from gmmlearn.notebook import submit"


class NotBuilt(GmmlearnError):
    """JupyterLite could not build the site."""


def build(target: Path, packages: str = pyodide.ADDRESS, core: str = pyodide.CORE) -> None:
    """Build the site in a folder, which is made anew.

    Parameters
    ----------
    target : Path
    packages : str
        Address or folder of Pyodide's compiled packages.
    core : str
        Release of Pyodide.
    """
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        contents(work / "contents")
        pyodide.lay_out(work / "static" / "pyodide", LABEXTENSIONS / KERNEL, packages, core)
        (work / "jupyter-lite.json").write_text(json.dumps(_in_the_browser()), "utf-8")
        (work / "overrides.json").write_text(json.dumps(_settings()), "utf-8")
        (work / "jupyter_lite_config.json").write_text(json.dumps(_of_the_build(work, target)), "utf-8")
        command = [sys.executable, "-m", "jupyterlite_core", "build"]
        done = subprocess.run(command, cwd=work, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise NotBuilt(f"JupyterLite could not build the site.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    (target / "index.html").write_text(_front_page(), "utf-8")


def contents(folder: Path) -> None:
    """A student's copy of the course, with a note on where work is kept in each notebook and without a set-up."""
    student_copy.start(folder)
    for name in OF_A_SET_UP:
        (folder / name).unlink()
    shutil.rmtree(folder / student_copy.RECORD.parent)
    shutil.copy(HERE / "tab.md", folder / "README.md")
    for path in folder.glob("0*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        note = {"cell_type": "markdown", "id": "in-a-tab", "metadata": {}, "source": NOTE}
        code = {"cell_type": "code", "id": "submit-in-a-tab", "metadata": {}, "source": SUBMIT}
        notebook["cells"][1:1] = [note, code | {"execution_count": None, "outputs": []}]
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), "utf-8")


def _of_the_build(work: Path, target: Path) -> dict:
    return {
        "LiteBuildConfig": {
            "output_dir": str(target.resolve()),
            "contents": [str(work / "contents")],
            "apps": ["lab"],
            "no_sourcemaps": True,
            # What is installed here beside them needs a server.
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(LABEXTENSIONS / name) for name in EXTENSIONS],
        }
    }


def _in_the_browser() -> dict:
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "gmmlearn",
            "litePluginSettings": {f"{KERNEL}:kernel": {"loadPyodideOptions": {"packages": list(pyodide.PRELOADED)}}},
        },
    }


def _settings() -> dict:
    return {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def _front_page() -> str:
    links = {
        number_of(chapter): f'<a href="lab/index.html?path={notebook_of(chapter)}">{escape(title)}</a>'
        for chapter, title in CHAPTERS.items()
    }
    links[PROJECT_NUMBER] = f'<a href="lab/index.html?path={PROJECT_NOTEBOOK}">A project</a>'
    chapters = "\n".join(f'<li value="{number}">{link}</li>' for number, link in sorted(links.items()))
    return Template((HERE / "tab.html").read_text("utf-8")).substitute(chapters=chapters)


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--packages", default=pyodide.ADDRESS, show_default=True, help="Address or folder of NumPy and others.")
def main(target: Path, packages: str) -> None:
    """Build the course for a browser tab in TARGET."""
    try:
        shutil.rmtree(target, ignore_errors=True)
        build(target, packages)
    except GmmlearnError as error:
        raise click.ClickException(str(error)) from None
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    click.echo(f"{target} is ready, {size / 1e6:.0f} MB. Look at it: python -m http.server --directory {target}")


if __name__ == "__main__":
    main()
