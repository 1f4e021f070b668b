"""A JupyterLab of our own with settings of its own, and a notebook opened in it."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat

READY = "window.jupyterapp && window.jupyterapp.shell.currentWidget?.context"
SETTLED = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready; await panel.sessionContext.ready; await panel.revealed;
}"""
NOTEBOOK_7 = ("--ServerApp.jpserver_extensions={'notebook': True}", "--JupyterNotebookApp.expose_app_in_browser=True")
"""Options of JupyterLab with which it serves Notebook 7 as well."""
ERRORS = """() => jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code')
  .flatMap((cell) => cell.model.outputs.toJSON()).filter((output) => output.output_type === 'error')
  .map((output) => output.ename + ': ' + output.evalue)"""


@contextlib.contextmanager
def jupyter_lab(folder: Path, *more: str, python: str = sys.executable) -> Iterator[tuple[str, str]]:
    """Start JupyterLab on a free port, with more options if need be; gives its address and token."""
    port = free_port()
    token = secrets.token_hex(8)
    notebooks = folder / "notebooks"
    notebooks.mkdir(exist_ok=True)
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    options += [f"--ServerApp.root_dir={notebooks}", "--LabApp.expose_app_in_browser=True", "--allow-root", *more]
    log = (folder / "server.log").open("w")
    server = subprocess.Popen([python, "-m", "jupyterlab", *options], env=own_folders(folder), stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        answers(f"{base}/api/status?token={token}", server, folder / "server.log")
        yield base, token
    finally:
        server.terminate()
        server.wait(120)
        log.close()


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own_folders(folder: Path) -> dict[str, str]:
    """The environment in which Jupyter keeps its settings, data and runtime files in a folder."""
    return os.environ | {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}


def answers(address: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until a server that was started answers."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer within three minutes")


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)


class Watched:
    """A page whose errors and requests are kept."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        own = (base, base.replace("http", "ws", 1), "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(own) else self.strangers.append(request.url))

    def _note(self, error: str) -> None:
        # What builds the browser tab is installed beside the tests, and misses its own JupyterLite in any JupyterLab.
        if "@jupyterlite/" not in error:
            self.errors.append(error)


def run_notebook(page: Any, base: str, token: str, name: str) -> None:
    """Open a notebook, run all its cells and raise what a cell raised."""
    page.goto(f"{base}/lab/workspaces/auto-{name[:3]}/tree/{name}?reset&token={token}")
    page.wait_for_function(READY, timeout=120_000)
    page.evaluate(SETTLED)
    page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
    page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells') }")
    failed = page.evaluate(ERRORS)
    if failed:
        raise AssertionError(f"a cell of {name} raised {failed}")


def drawn_in(page: Any, place: int) -> Any:
    """The exploration in a cell, scrolled to: JupyterLab draws only what is near."""
    page.evaluate(
        "(i) => { const {content} = jupyterapp.shell.currentWidget; content.activeCellIndex = i;"
        " return content.scrollToItem(i, 'start') }",
        place,
    )
    root = page.locator(".jp-CodeCell").nth(place).locator(".gmmx")
    root.wait_for(timeout=60_000)
    page.wait_for_function("(node) => node.painted", arg=root.element_handle())
    return root


def in_kernel(page: Any, code: str) -> str:
    """What an expression is in the kernel, by the way that a cell takes."""
    return page.evaluate(
        """async (code) => {
          const {kernel} = jupyterapp.shell.currentWidget.sessionContext.session;
          const future = kernel.requestExecute({code: '', user_expressions: {got: code}, store_history: false});
          const reply = await future.done;
          return reply.content.user_expressions.got.data['text/plain'];
        }""",
        code,
    )


def end_kernel(page: Any) -> None:
    """Shut the kernel of the open notebook down."""
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.shutdown() }")


def until(page: Any, claim: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a state, however slow the machine is; the page goes on meanwhile."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, f"not so after {seconds:g} s"
        page.wait_for_timeout(20)
