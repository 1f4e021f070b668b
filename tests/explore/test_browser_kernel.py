"""A kernel that is busy, restarted or gone, and a cell that runs again: what each exploration does."""

import shutil
from pathlib import Path

import pytest

from gmmlearn import explore
from gmmlearn.contract import CHAPTERS

from .hands import FIRST_HANDLE, noted, painted
from .lab import drawn_in, end_kernel, in_kernel, jupyter_lab, run_notebook, until, write_notebook

NAMES = explore.__all__
BY_LIBRARY = "Computed by gmmlearn.library, in Python."
KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernel")
    with jupyter_lab(folder) as (base, token):
        cells = [f"{name} = explore.{name}(); {name}.source = 'library'; {name}" for name in NAMES]
        write_notebook(folder / "notebooks" / "all.ipynb", "from gmmlearn import explore", *cells)
        page = chromium.new_page(viewport={"width": 1280, "height": 1400})
        run_notebook(page, base, token, "all.ipynb")
        yield page
        end_kernel(page)
        page.close()


def rooted(page, name: str):
    return drawn_in(page, NAMES.index(name) + 1)


# From the key to the first frame that knows that the kernel is late, on the clock of the page.
WATCH = """(node) => {
  node.addEventListener('keydown', () => {
    const began = performance.now();
    node.dataset.noticed = '';
    const look = () => {
      if (!node.painted.late) return requestAnimationFrame(look);
      node.dataset.noticed = performance.now() - began;
    };
    requestAnimationFrame(look);
  }, {once: true, capture: true});
}"""


def pressed(page, root, name: str, key: str = "ArrowRight") -> None:
    """The state changes by a key."""
    before = painted(root)
    moved = root.locator(f'[data-handle="{FIRST_HANDLE[name]}"]' if name in FIRST_HANDLE else "input[type=range]").first
    moved.focus()
    root.evaluate(WATCH)
    page.keyboard.press(key)
    until(page, lambda: painted(root) != before)


def notices(page, root) -> None:
    """Within a second, but for a slow machine, the browser computes and the words under the picture say so."""
    until(page, lambda: bool(root.get_attribute("data-noticed")))
    assert float(root.get_attribute("data-noticed")) < 2000
    until(page, lambda: noted(root).startswith("Python does not answer"), 5)


def run(page, code: str) -> None:
    """A cell that is not waited for."""
    page.evaluate(f"(code) => {{ {KERNEL}.requestExecute({{code}}); }}", code)


def test_a_busy_kernel_is_noticed_and_takes_over_again(page, pytestconfig):
    for name in NAMES[:: 1 if pytestconfig.getoption("--long") else 5]:
        root = rooted(page, name)
        until(page, lambda root=root: noted(root) == BY_LIBRARY)
        run(page, "import time; time.sleep(5)")
        pressed(page, root, name)
        notices(page, root)
        until(page, lambda root=root: noted(root) == BY_LIBRARY)
        state = painted(root)
        until(page, lambda root=root, state=state: answered(root, state))


def answered(root, state: dict) -> bool:
    """The kernel's answer is there, to the state that is shown."""
    given = root.evaluate("(node) => node.painted.given")
    return bool(given) and all(state[key] == value for key, value in given["state"].items())


WIDGETS = "len(__import__('ipywidgets').widgets.widget._instances)"


def again(page, name: str) -> None:
    """Runs the cell of an exploration once more, while it plays."""
    place = NAMES.index(name) + 1
    root = rooted(page, name)
    root.get_by_role("button", name="Play", exact=False).first.click()
    until(page, lambda: painted(root)["playing"])
    page.evaluate("(node) => { node.dataset.old = '1' }", root.element_handle())
    page.evaluate(
        "async (i) => { jupyterapp.shell.currentWidget.content.activeCellIndex = i;"
        " await jupyterapp.commands.execute('notebook:run-cell') }",
        place,
    )
    until(page, lambda: page.locator(".gmmx[data-old]").count() == 0)
    rooted(page, name)


def test_a_cell_that_runs_again_leaves_no_widget_in_the_kernel(page):
    before = in_kernel(page, WIDGETS)
    for _ in range(4):
        again(page, "density")
    until(page, lambda: in_kernel(page, WIDGETS) == before)


def test_a_kernel_that_restarts_or_dies_is_noticed_by_every_exploration(page):
    page.evaluate(f"() => {KERNEL}.restart()")
    for name in NAMES:
        root = rooted(page, name)
        pressed(page, root, name)
        notices(page, root)
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    for name in NAMES:
        root = rooted(page, name)
        pressed(page, root, name, "ArrowLeft")
        assert noted(root).startswith("Python does not answer")


ENDLESS = """
_right = responsibilities


def responsibilities(X, weights, means, covariances):
    while len(X) == 300 and pathlib.Path(__file__).with_name("endless").exists():
        time.sleep(0.001)
    return _right(X, weights, means, covariances)
"""
OWN = """
from pathlib import Path
from gmmlearn.explore import own, panels
from gmmlearn.explore.models import model
own.CALL_SECONDS = own.PICTURE_SECONDS = 600
module = model("responsibilities")
data = module.data()
picture = panels.Panel("responsibilities", data, module.initial(), Path("own").resolve())
picture
"""


def test_an_interrupt_while_the_students_function_draws_is_answered(chromium, tmp_path):
    with jupyter_lab(tmp_path) as (base, token):
        folder = tmp_path / "notebooks" / "own"
        folder.mkdir()
        for chapter in CHAPTERS:
            shutil.copy(Path(__file__).parents[2] / "solutions" / f"{chapter}.py", folder)
        with (folder / "e_step.py").open("a") as file:
            file.write("\n\nimport pathlib\nimport time\n" + ENDLESS)
        write_notebook(tmp_path / "notebooks" / "one.ipynb", OWN)
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        run_notebook(page, base, token, "one.ipynb")
        root = page.locator(".gmmx")
        root.wait_for(timeout=60_000)
        until(page, lambda: noted(root).startswith("Your own code: "))
        (folder / "endless").touch()
        pressed(page, root, "responsibilities")
        notices(page, root)
        page.evaluate(f"async () => {{ await {KERNEL}.interrupt() }}")
        until(page, lambda: "responsibilities, because yours was interrupted" in noted(root))
        pressed(page, root, "responsibilities")
        until(page, lambda: not root.evaluate("(node) => node.painted.late"))
        assert "was interrupted" in noted(root)
        end_kernel(page)
        page.close()
