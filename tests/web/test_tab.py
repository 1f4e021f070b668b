"""The site for a browser tab: built once, opened in Chromium. NumPy is not there, as its address is not this site."""

import hashlib
import json
import shutil

import pytest

from gmmlearn.contract import CHAPTERS, notebook_of

from .conftest import served

APP = "window.jupyterapp && window.jupyterapp.shell.currentWidget?.context"
RUN = """async (code) => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.sessionContext.ready;
  panel.content.activeCellIndex = 2;
  panel.content.activeCell.model.sharedModel.setSource(code);
  await jupyterapp.commands.execute("notebook:run-cell");
  return panel.content.activeCell.model.outputs.toJSON().map((one) => one.text ?? one.evalue ?? "").join("");
}"""
WRITE = """async (text) => {
  await jupyterapp.commands.execute("docmanager:open", { path: "gmmlearn/mixtures.py" });
  const editor = jupyterapp.shell.currentWidget;
  await editor.context.ready;
  editor.context.model.sharedModel.setSource(text);
  await editor.context.save();
}"""
READ = """async () => {
  const options = { content: true, type: "file", format: "text" };
  return (await jupyterapp.serviceManager.contents.get("gmmlearn/mixtures.py", options)).content;
}"""
BACK = "async () => { await jupyterapp.commands.execute('docmanager:open', { path: '01_mixtures.ipynb' }); }"
STARTED = "from gmmlearn.glossary import glossary; print(glossary('latent variable').name)"
DIGESTS = """import hashlib, json
from pathlib import Path
files = (path for path in Path("gmmlearn").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".json"))
print(json.dumps({str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}))"""
OFFER = """from pathlib import Path
from gmmlearn.notebook import offer
Path("ada.zip").write_bytes(bytes(3_000_000))
offer(Path("ada.zip"))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pytest.importorskip("jupyterlite_core", reason="the extra `site` is not installed")
    if not shutil.which("npm"):
        pytest.skip("no npm here, from which Pyodide comes")
    from web import tab

    folder = tmp_path_factory.mktemp("site") / "lite"
    tab.build(folder, "http://127.0.0.1:9/packages")
    return folder


def test_the_site_holds_the_course_and_no_solutions_or_source_maps(site):
    for chapter in CHAPTERS:
        assert "raise NotImplementedError" in (site / "files" / "gmmlearn" / f"{chapter}.py").read_text("utf-8")
        assert notebook_of(chapter) in (site / "index.html").read_text("utf-8")
        notebook = json.loads((site / "files" / notebook_of(chapter)).read_text("utf-8"))
        assert "which may clear it" in notebook["cells"][1]["source"]
        assert notebook["cells"][2]["source"] == "from gmmlearn.notebook import submit"
    assert not list(site.rglob("*.map"))
    assert not list(site.rglob("solutions"))


def test_packages_are_on_the_site_or_at_the_address_of_the_builder(site):
    folder = site / "static" / "pyodide"
    files = {
        name: one["file_name"]
        for name, one in json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["packages"].items()
    }
    elsewhere = {name for name, file in files.items() if file.startswith("http://127.0.0.1:9/packages/")}
    assert {"numpy", "scipy", "scikit-learn", "matplotlib"} <= elsewhere
    assert all((folder / file).is_file() for name, file in files.items() if name not in elsewhere)


def test_a_chapter_opens_and_what_is_written_is_kept(site, chromium):
    settings = site / "jupyter-lite.json"
    changed = json.loads(settings.read_text("utf-8"))
    changed["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(changed), "utf-8")
    with served(site) as address:
        context = chromium.new_context()
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(f"{address}/index.html")
        page.get_by_role("link", name=CHAPTERS["mixtures"]).click()
        page.wait_for_function(APP, timeout=60_000)
        assert page.evaluate(RUN, STARTED) == "label\n"

        # JupyterLite guesses from a file's name what it is, and may hand over something else; JSON it sets anew.
        mine = {
            path.relative_to(site / "files").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (site / "files" / "gmmlearn").rglob("*")
            if path.is_file() and path.suffix not in (".py", ".json")
        }
        assert json.loads(page.evaluate(RUN, DIGESTS)) == mine

        page.evaluate(RUN, OFFER)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download ada.zip").click()
        assert download.value.path().stat().st_size == 3_000_000

        page.evaluate(WRITE, "ANSWER = 42\n")
        page.evaluate(BACK)
        assert page.evaluate(RUN, "from gmmlearn.mixtures import ANSWER; print(ANSWER)") == "42\n"
        page.reload()
        page.wait_for_function(APP, timeout=60_000)
        assert page.evaluate(READ) == "ANSWER = 42\n"
        context.close()
    own = (address, "data:", "blob:", "http://127.0.0.1:9/packages/")
    assert [url for url in asked if not url.startswith(own)] == []
