"""The explorations in JupyterLab, in a real browser."""

import re
import time

import pytest

from gmmlearn import explore

from .hands import FIRST_HANDLE, drag, noted, painted, shown, steps_through_samples, value_of, violations
from .lab import Watched, drawn_in, end_kernel, in_kernel, jupyter_lab, run_notebook, until, write_notebook

NAMES = explore.__all__

# The kernel's answer is to the state that is shown.
ANSWERED = """(node) => {
  const {given, state} = node.painted;
  return Object.entries(given.state).every(([key, value]) => JSON.stringify(value) === JSON.stringify(state[key]));
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with jupyter_lab(folder) as (base, token):
        yield base, token, folder / "notebooks"


@pytest.fixture(scope="module")
def notebook(chromium, lab):
    """One notebook with all explorations, open for all tests of this file."""
    base, token, folder = lab
    cells = [f"{name} = explore.{name}(); {name}" for name in NAMES]
    write_notebook(folder / "all.ipynb", "from gmmlearn import explore", *cells)
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    watched = Watched(page, base)
    run_notebook(page, base, token, "all.ipynb")
    yield watched
    end_kernel(page)
    page.close()


def root_in(page, name: str):
    return drawn_in(page, NAMES.index(name) + 1)


def state_in_kernel(page, name: str, part: str) -> str:
    return in_kernel(page, f"{name}.{part}")


@pytest.mark.parametrize("name", [name for name in NAMES if name in FIRST_HANDLE])
def test_lab_answers_mouse_and_keyboard_and_the_kernel_knows(notebook, name):
    page = notebook.page
    root = root_in(page, name)
    handle = FIRST_HANDLE[name]
    before, at_first = value_of(root, handle), painted(root)
    drag(page, root, handle, 60, -20)
    until(page, lambda: value_of(root, handle) != before)
    after_drag = value_of(root, handle)
    root.locator(f'[data-handle="{handle}"]').focus()
    active = page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    until(page, lambda: value_of(root, handle) != after_drag)
    assert page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == active
    part = (
        "n_components"
        if name == "n_components"
        else next(key for key in ("runs", "point", "means", "angle", "own_means") if key in at_first)
    )
    until(page, lambda: same(state_in_kernel(page, name, part), str(painted(root)[part])))
    root.get_by_role("button", name="Reset").click()
    until(page, lambda: painted(root) == at_first)


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def same(one: str, other: str) -> bool:
    """Whether two texts hold the same numbers, however they are written."""
    return numbers(one) == pytest.approx(numbers(other), abs=1e-9)


def test_lab_ends_on_the_right_state_however_fast_the_drag(notebook):
    """A hundred moves at once; how soon it is there is measured by `make bench-frames`."""
    page = notebook.page
    root = root_in(page, "em")
    was_x = painted(root)["runs"][0]["means"][0][0]
    page.evaluate(
        """(root) => {
          const handle = root.querySelector('[data-handle="mean 0"]');
          const box = handle.getBoundingClientRect();
          const fire = (type, dx) => handle.dispatchEvent(new PointerEvent(type, {
            clientX: box.x + 16 + dx, clientY: box.y + 16, bubbles: true}));
          fire('pointerdown', 0);
          for (let i = 0; i <= 100; i++) fire('pointermove', i);
          fire('pointerup', 100);
        }""",
        root.element_handle(),
    )
    until(page, lambda: painted(root)["runs"][0]["means"][0][0] > was_x)
    until(page, lambda: same(state_in_kernel(page, "em", "runs"), str(painted(root)["runs"])))


def test_lab_shows_what_a_cell_sets(notebook):
    page = notebook.page
    root = root_in(page, "covariance")
    state_in_kernel(page, "covariance", "put(angle=10.0, standard_deviations=[2.0, 1.0])")
    until(page, lambda: "covariance ((3.91, 0.51), (0.51, 1.09))" in shown(root))


def test_lab_steps_em_by_its_buttons(notebook):
    page = notebook.page
    root = root_in(page, "em")
    root.get_by_role("button", name="Reset").click()
    for label in ("E-step", "M-step", "E-step"):
        root.get_by_role("button", name=label).click()
    until(page, lambda: root.get_by_text("Iteration 2: the E-step has shared out every point.").count() == 1)
    until(page, lambda: state_in_kernel(page, "em", "step") == "3")


def untouched(page) -> tuple:
    """What a key that leaked to JupyterLab or to the window would change."""
    return page.evaluate(
        """() => {
          const {content} = jupyterapp.shell.currentWidget;
          return [content.activeCellIndex, content.mode, content.widgets.length, content.outerNode?.scrollTop,
            document.activeElement.dataset.handle ?? document.activeElement.type, scrollY,
            jupyterapp.shell.currentWidget.id];
        }"""
    )


def test_lab_steps_from_sample_to_sample_by_keys(notebook):
    page = notebook.page
    steps_through_samples(page, root_in(page, "responsibilities"), lambda: untouched(page))
    until(page, lambda: state_in_kernel(page, "responsibilities", "index") == "-1")


def test_lab_stretches_by_keys_where_there_is_no_handle(notebook):
    page = notebook.page
    root = root_in(page, "kmeans")
    slider = root.get_by_label("Stretch", exact=True)
    slider.focus()
    before, told = untouched(page), shown(root)
    for key, stretch in {"ArrowRight": 1.25, "ArrowUp": 1.5, "ArrowLeft": 1.25, "End": 6.0, "ArrowDown": 5.75}.items():
        page.keyboard.press(key)
        until(page, lambda stretch=stretch: painted(root)["stretch"] == stretch)
    until(page, lambda: slider.get_attribute("aria-valuetext") == "5.75")
    until(page, lambda: "stretched 5.75 times" in shown(root) and shown(root) != told)
    until(page, lambda: state_in_kernel(page, "kmeans", "stretch") == "5.75")
    assert untouched(page) == before
    page.keyboard.press("Home")
    until(page, lambda: state_in_kernel(page, "kmeans", "stretch") == "1.0")


def test_lab_checks_a_prediction(notebook):
    page = notebook.page
    root = root_in(page, "covariance")
    root.locator(".gmmx-questions > summary").click()
    item = root.locator("fieldset").first
    item.get_by_text("The sign of its off-diagonal entries changes").click()
    item.get_by_role("button", name="Check my answer").click()
    assert item.locator(".gmmx-feedback").inner_text().startswith("Right.")
    item.get_by_role("button", name="Show it in the picture").click()
    until(page, lambda: "correlation −0.78" in shown(root))


def test_lab_computes_in_the_kernel_when_it_is_asked(notebook):
    page = notebook.page
    root = root_in(page, "responsibilities")
    state_in_kernel(page, "responsibilities", "set_trait('source', 'library')")
    until(page, lambda: root.locator(".gmmx-note").inner_text() == "Computed by gmmlearn.library, in Python.")
    drag(page, root, "mean 1", 40, 30)
    until(page, lambda: root.evaluate(ANSWERED))
    worst = root.evaluate(
        "(node) => Math.abs([...node.painted.given.values.point_responsibilities].reduce((a, b) => a + b) - 1)"
    )
    assert worst < 1e-9
    state_in_kernel(page, "responsibilities", "set_trait('source', 'browser')")


def shares(root) -> list[str]:
    """The last column of Bayes' rule in the table."""
    return root.locator("tbody tr td:last-child").all_inner_texts()


def test_the_ring_of_a_button_is_ours_in_jupyterlab_too(notebook):
    """JupyterLab's own is one pixel, and dark on a dark page."""
    page = notebook.page
    root = root_in(page, "covariance")
    root.locator("[data-handle]").first.focus()
    page.keyboard.press("ArrowRight")
    for node in (root.get_by_role("button", name="Reset"), root.locator("[data-handle]").first):
        node.focus()
        ring = node.evaluate("(node) => { const s = getComputedStyle(node); return [s.outlineWidth, s.outlineStyle] }")
        assert ring == ["3px", "solid"]


def test_lab_keeps_its_own_shortcuts_while_a_handle_has_the_focus(notebook):
    """Saving and running are the notebook's; letters are not."""
    page = notebook.page
    root = root_in(page, "covariance")
    cells = "jupyterapp.shell.currentWidget.content.widgets.length"
    dirty = "jupyterapp.shell.currentWidget.context.model.dirty"
    count = page.evaluate(cells)
    page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty = true")
    root.locator('[data-handle="mean"]').focus()
    for key in ("a", "b", "x", "d", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Control+s")
    until(page, lambda: not page.evaluate(dirty))
    assert page.evaluate(cells) == count
    active = page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex")
    root.locator('[data-handle="mean"]').focus()
    page.keyboard.press("Shift+Enter")
    until(page, lambda: page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == active + 1)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_lab_passes_axe_in_both_themes(notebook, theme):
    page = notebook.page
    page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_function("(light) => document.body.dataset.jpThemeLight === light", arg=str("Light" in theme).lower())
    for name in NAMES:
        root = root_in(page, name)
        page.wait_for_function(
            "([node, want]) => node.dataset.theme === want", arg=[root.element_handle(), theme[11:].lower()]
        )
        root.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
        root.evaluate("(node) => { node.id = 'looked-at' }")
        assert violations(page, "#looked-at") == [], name
        root.evaluate("(node) => { node.id = '' }")


def test_lab_had_no_error_and_asked_nobody_else(notebook):
    """Last of the notebook's tests: all that was done above left no trace."""
    assert notebook.errors == []
    assert notebook.strangers == []


def test_lab_after_a_restart_of_the_kernel(chromium, lab):
    """Nothing answers until the cell runs again: the words say so, and the browser can be chosen."""
    base, token, folder = lab
    write_notebook(folder / "restart.ipynb", "from gmmlearn import explore", "explore.responsibilities()")
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    run_notebook(page, base, token, "restart.ipynb")
    root = page.locator(".gmmx").first
    root.get_by_label("Computed by").select_option("the library, in Python")
    until(page, lambda: noted(root) == "Computed by gmmlearn.library, in Python.")
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart() }")
    before = shares(root)
    drag(page, root, "point", 90, 60)
    began = time.monotonic()
    until(page, lambda: noted(root).startswith("Python does not answer"), 4)
    assert time.monotonic() - began < 1.5
    until(page, lambda: shares(root) != before, 2)
    root.get_by_label("Computed by").select_option("the browser")
    until(page, lambda: noted(root).startswith("Computed by the browser"))
    page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells') }")
    root.get_by_label("Computed by").select_option("the library, in Python")
    until(page, lambda: noted(root) == "Computed by gmmlearn.library, in Python.")
    end_kernel(page)
    page.close()
