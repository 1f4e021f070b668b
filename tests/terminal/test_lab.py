"""The first start in a real JupyterLab: nothing over the text, no teacher's buttons; links arrive, answers are kept."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys

import nbformat
import pytest

from gmmlearn.manifest import is_clone, notebooks
from gmmlearn.terminal.lab import CLONE
from gmmlearn.terminal.student_copy import start

from ..explore.conftest import chromium  # noqa: F401
from ..explore.lab import READY, SETTLED, answers, until

HEADING = """() => {
  const panel = jupyterapp.shell.currentWidget;
  const headings = [...panel.node.querySelectorAll("h3")];
  const found = headings.find((one) => one.textContent.includes("symbols of this course"));
  const top = found?.getBoundingClientRect().top - panel.content.node.getBoundingClientRect().top;
  return panel.title.label.startsWith("01") && top > -5 && top < 300;
}"""
RUN = """async (id) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.findIndex((cell) => cell.model.sharedModel.id === id);
  await jupyterapp.commands.execute("notebook:run-cell");
}"""
# JupyterLab renders a cell when it comes into view, so each is brought there. Gives [cells seen, those that scroll].
TOO_WIDE = """async () => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const typeset = (cell) => {
    if (cell.model.type !== "markdown") return cell.node.querySelector(".cm-content");
    const shown = cell.node.querySelector(".jp-RenderedMarkdown");
    const formulas = cell.model.sharedModel.getSource().replace(/`[^`]*`/g, "").includes("$");
    return shown?.textContent && (!formulas || shown.querySelector("mjx-container"));
  };
  const [seen, wide] = [[], []];
  for (const [i, cell] of notebook.widgets.entries()) {
    for (const end = performance.now() + 20000; !typeset(cell) && performance.now() < end;) {
      await Promise.race([notebook.scrollToItem(i, "start"), wait(500)]);
      await wait(20);
    }
    const { id } = cell.model.sharedModel;
    if (typeset(cell)) seen.push(id);
    for (const text of cell.node.querySelectorAll(".jp-RenderedMarkdown, .cm-scroller")) {
      const [needs, has] = [text.scrollWidth, text.clientWidth];
      if (needs > has + 2) wide.push(`${id}: ${needs} in ${has}`);
    }
  }
  return [seen, wide];
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """`gmmlearn lab` in a new copy of the course: its folder and the address of a page in it."""
    folder = tmp_path_factory.mktemp("lab")
    start(folder / "copy")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={token}"]
    options.append("--LabApp.expose_app_in_browser=True")
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gmmlearn", "lab", str(folder / "copy"), *options],
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            answers(f"{base}/api/status?token={token}", server, folder / "server.log")
            yield folder / "copy", lambda path: f"{base}{path}{'&' if '?' in path else '?'}token={token}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def page(chromium):  # noqa: F811
    page = chromium.new_page(viewport={"width": 1300, "height": 850})
    yield page
    page.close()


def settle(page, address):
    page.goto(address)
    page.wait_for_function(READY, timeout=120_000)
    page.evaluate(SETTLED)


def test_the_first_start_shows_the_text_and_nothing_for_teachers(lab, page):
    settle(page, lab[1]("/"))
    assert page.evaluate("jupyterapp.shell.currentWidget.title.label") == "01_mixtures.ipynb"
    page.wait_for_timeout(1500)
    assert page.locator(".Toastify__toast").count() == 0
    commands = page.evaluate("jupyterapp.commands.listCommands()")
    assert "notebook:run-cell" in commands
    assert {name for name in commands if name.startswith("nbgrader")} <= {"nbgrader:open-assignment-list"}
    assert page.get_by_text("Validate", exact=True).count() == 0
    assert page.evaluate("document.querySelector('.jp-CodeCell .cm-lineWrapping') !== null")


def test_the_link_to_the_symbols_arrives_at_the_first_click_and_answers_are_kept(lab, page):
    folder, address = lab
    settle(page, address("/lab/workspaces/one/tree/04_e_step.ipynb?reset"))
    for cell in ("setup", "walk-predict"):
        page.evaluate(RUN, cell)
    choices = page.locator(".gmmx-quiz input[type=radio]")
    choices.nth(0).focus()
    for keys in (["Space", "Tab", "Enter"], ["Shift+Tab", "ArrowDown", "Tab", "Enter"]):
        for key in keys:
            page.keyboard.press(key)
    record = folder / ".gmmlearn" / "progress.json"
    until(page, lambda: record.exists() and json.loads(record.read_text())["answers"] == {"e_step/left-edge": [0, 1]})
    page.evaluate(RUN, "walk-predict")
    until(page, lambda: page.locator(".gmmx-quiz .gmmx-feedback[data-right=true]").count() == 1)
    assert page.locator(".gmmx-quiz .gmmx-feedback").inner_text().startswith("Right.")
    assert json.loads(record.read_text())["answers"] == {"e_step/left-edge": [0, 1]}

    page.get_by_role("link", name="table of symbols").first.click()
    until(page, lambda: page.evaluate(HEADING), seconds=40)
    page.wait_for_timeout(1500)
    assert page.evaluate(HEADING), "it scrolled on"


def test_a_clone_says_that_work_belongs_in_a_copy(tmp_path):
    for name in (".git", "solutions", "course", "gmmlearn"):
        (tmp_path / name).mkdir()
    (tmp_path / "course" / "01_mixtures.ipynb").write_text("{}")
    command = [sys.executable, "-m", "gmmlearn", "lab", str(tmp_path), "--version"]
    assert CLONE in subprocess.run(command, capture_output=True, text=True).stdout
    assert is_clone(tmp_path)
    shutil.rmtree(tmp_path / "solutions")
    assert not is_clone(tmp_path)


@pytest.mark.parametrize("name", [path.name for path in notebooks() if path.name.startswith("0")])
def test_no_text_scrolls_sideways_in_a_narrow_window(request, lab, page, name):
    """Of 900 pixels, beside the file browser: formulas, tables and code; all chapters with `--long`."""
    if name[:2] not in ("05", "09") and not request.config.getoption("--long"):
        pytest.skip("with --long")
    address = lab[1]
    page.set_viewport_size({"width": 900, "height": 850})
    settle(page, address(f"/lab/workspaces/auto-{name[:2]}/tree/{name}?reset"))
    seen, wide = page.evaluate(TOO_WIDE)
    assert wide == []
    assert seen == [cell.id for cell in nbformat.read(lab[0] / name, as_version=4).cells]
