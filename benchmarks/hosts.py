"""Every exploration in every host that runs here, by mouse, keys and kernel: `make hosts`.

It prints a table of hosts by explorations; where one does not hold, it says what was missing. A host answers if a
handle follows the mouse and an arrow key, and if "Computed by" says who computes. Where no widget can be, a still has
to be there. Other versions of a host are tried by the Python of an environment that has them: `--python PATH`, as often
as wanted. Needs npm (puppeteer-core drives both browsers), Chromium and Firefox.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from gmmlearn import explore
from gmmlearn.explore.page import page
from tests.explore.lab import NOTEBOOK_7, answers, free_port, jupyter_lab, own_folders, write_notebook

ROOT = Path(__file__).parents[1]
DRIVER = ROOT / "build" / "npm" / "driver"
PUPPETEER = "puppeteer-core@24.43.1"
PROGRAMS = {"chrome": ("chromium", "chromium-browser", "google-chrome"), "firefox": ("firefox-esr", "firefox")}
BY_LIBRARY = "Computed by gmmlearn.library, in Python."
NO_ANSWER = "Python does not answer"

Job = dict[str, Any]


def driver() -> Path:
    """The folder of puppeteer-core, fetched by npm the first time."""
    if not (DRIVER / "node_modules" / "puppeteer-core").exists():
        DRIVER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", DRIVER, PUPPETEER], check=True)
    return DRIVER


def tried(job: Job, browser: str, only: list[str]) -> dict[str, str]:
    """Name of an exploration -> what was missing, empty where it holds."""
    program = next(path for name in PROGRAMS[browser] if (path := shutil.which(name)))
    explorations = [{"name": name, "cell": place} for place, name in enumerate(explore.__all__, 1) if name in only]
    text = json.dumps({"browser": browser, "program": program, "explorations": explorations, **job})
    command = ["node", str(Path(__file__).with_suffix(".mjs")), str(driver()), text]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        return dict.fromkeys(only, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer")
    return json.loads(done.stdout)


def version(python: str, package: str) -> str:
    """The version of a package in an environment; empty where it is not there."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def executed(folder: Path, name: str, stored: bool) -> Path:
    """A notebook of all explorations that has been run, with or without the state of its widgets."""
    write_notebook(folder / name, "from gmmlearn import explore", *(f"explore.{one}()" for one in explore.__all__))
    options = ["--to", "notebook", "--execute", "--inplace", f"--ExecutePreprocessor.store_widget_state={stored}"]
    command = [sys.executable, "-m", "nbconvert", *options, name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / name


def exported(notebook: Path) -> Path:
    """The page that nbconvert makes of a notebook."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", notebook.name]
    subprocess.run(command, cwd=notebook.parent, check=True, capture_output=True)
    return notebook.with_suffix(".html")


@contextmanager
def voila(python: str, notebook: Path) -> Iterator[str]:
    """The address at which Voila shows a notebook, with the settings of this folder."""
    port, log = free_port(), notebook.with_suffix(".log")
    command = [python, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=own_folders(notebook.parent), stdout=out, stderr=out)
        try:
            answers(f"http://localhost:{port}/voila/static/voila.js", server, log)
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()
            server.wait(120)


def hosts_of_python(python: str, folder: Path) -> Iterator[tuple[str, Job]]:
    """What the environment of a Python has: JupyterLab, Notebook 7, Voila."""
    cells = ("from gmmlearn import explore", *(f"explore.{one}()" for one in explore.__all__))
    (folder / "notebooks").mkdir(parents=True)
    write_notebook(folder / "notebooks" / "all.ipynb", *cells)
    lab, notebook = version(python, "jupyterlab"), version(python, "notebook")
    if lab:
        more = NOTEBOOK_7 if notebook else ()
        with jupyter_lab(folder, *more, python=python) as (base, token):
            path = f"{base}/lab/tree/all.ipynb?reset&token={token}"
            yield f"JupyterLab {lab}", {"url": path, "lab": "run", "kernel": BY_LIBRARY}
            if notebook:
                path = f"{base}/notebooks/all.ipynb?token={token}"
                yield f"Notebook {notebook}", {"url": path, "lab": "run", "kernel": BY_LIBRARY}
    if version(python, "voila"):
        with voila(python, folder / "notebooks" / "all.ipynb") as address:
            yield f"Voila {version(python, 'voila')}", {"url": address, "kernel": BY_LIBRARY}


def hosts_without_kernel(folder: Path) -> Iterator[tuple[str, Job]]:
    """The page that needs no kernel, exported pages, and notebooks that are opened again."""
    (folder / "notebooks").mkdir(parents=True)
    static = folder / "explorations.html"
    static.write_text(page(tuple(explore.__all__)), encoding="utf-8")
    yield "page without a kernel", {"url": static.as_uri()}
    plain = executed(folder / "notebooks", "plain.ipynb", stored=False)
    stored = executed(folder / "notebooks", "stored.ipynb", stored=True)
    yield "exported by nbconvert, offline", {"url": exported(plain).as_uri(), "still": True}
    yield "the same with stored widgets, offline", {"url": exported(stored).as_uri(), "still": True}
    shutil.copy(plain, plain.with_name("copy.ipynb"))
    trust = [sys.executable, "-m", "jupyter", "trust", plain.name, stored.name]
    with jupyter_lab(folder) as (base, token):
        yield "JupyterLab, a copy not trusted", again(base, token, "copy", still=True)
        subprocess.run(trust, cwd=plain.parent, env=own_folders(folder), check=True, capture_output=True)
        yield "JupyterLab, opened again, kernel ended", again(base, token, "plain", still=True)
        yield "the same with stored widgets", again(base, token, "stored", kernel=NO_ANSWER)


def again(base: str, token: str, name: str, **more: Any) -> Job:
    """A notebook that has been run is opened in JupyterLab, and its kernel ended."""
    return {"url": f"{base}/lab/tree/{name}.ipynb?reset&token={token}", "lab": "end", **more}


def main() -> None:
    """Try the hosts that are wanted, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--browsers", nargs="*", choices=PROGRAMS, default=list(PROGRAMS))
    parser.add_argument("--python", nargs="*", default=[sys.executable], help="Pythons of environments with a host")
    parser.add_argument("--kernel", nargs="*", choices=("with", "without"), default=("with", "without"))
    parser.add_argument("--host", default="", help="only hosts with this text in their names")
    parser.add_argument("--only", nargs="*", choices=explore.__all__, default=explore.__all__)
    chosen = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    print(f"{'host':42} {'browser':8} hold")
    with tempfile.TemporaryDirectory() as name:
        groups = [hosts_without_kernel(Path(name) / "none")] if "without" in chosen.kernel else []
        if "with" in chosen.kernel:
            groups += [hosts_of_python(path, Path(name) / str(place)) for place, path in enumerate(chosen.python)]
        for host, job in chain.from_iterable(groups):  # one by one: a host runs until the next is asked for
            for browser in chosen.browsers if chosen.host in host else ():
                tell(host, browser, tried(job, browser, chosen.only))


def tell(host: str, browser: str, found: dict[str, str]) -> None:
    """Print how many explorations hold, and what was missing in the others."""
    wrong = {exploration: missing for exploration, missing in found.items() if missing}
    print(f"{host:42} {browser:8} {len(found) - len(wrong)} of {len(found)}", flush=True)
    for exploration, missing in wrong.items():
        print(f"    {exploration}: {missing}", flush=True)


if __name__ == "__main__":
    main()
