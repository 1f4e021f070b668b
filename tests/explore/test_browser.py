"""The explorations in a real browser: in JupyterLab, and as the static page that is opened from disk."""

import re
import sys
import time

import pytest

from gmmlearn import explore
from gmmlearn.explore.models import model
from gmmlearn.explore.page import LARGEST_BYTES, PAGE, page

from .lab import Watched, end_kernel, jupyter_lab, run_notebook, until, write_notebook

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

NAMES = explore.__all__
FIRST_HANDLE = {
    "density": "peak 0",
    "covariance": "axis 0",
    "sampling": "mean 0",
    "landscape": "point",
    "responsibilities": "point",
    "em": "mean 0",
    "n_components": "K",
}


# The kernel's answer is to the state that is shown.
ANSWERED = """(node) => {
  const {given, state} = node.painted;
  return Object.entries(given.state).every(([key, value]) => JSON.stringify(value) === JSON.stringify(state[key]));
}"""


def violations(page, within: str) -> list[str]:
    """What axe-core objects to below a selector."""
    response = axe.Axe().run(page, within).response
    assert len(response["passes"]) > 10, "axe has looked at nothing"
    found = response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def drag(page, root, handle: str, dx: float, dy: float) -> None:
    """With the real mouse, in steps."""
    node = root.locator(f'[data-handle="{handle}"]')
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 9):
        page.mouse.move(x + dx * part / 8, y + dy * part / 8)
    page.mouse.up()


def value_of(root, handle: str) -> str:
    return root.locator(f'[data-handle="{handle}"]').get_attribute("aria-valuetext")


def painted(root) -> dict:
    """The state of the last frame."""
    return root.evaluate("(node) => node.painted.state")


def shown(root) -> str:
    """What a screen reader is told of the picture, once it is quiet."""
    return root.locator("canvas").get_attribute("aria-label")


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
    """The exploration in its cell, scrolled to: JupyterLab draws only what is near."""
    place = NAMES.index(name) + 1
    page.evaluate(
        "(i) => { const content = jupyterapp.shell.currentWidget.content; content.activeCellIndex = i;"
        " return content.scrollToItem(i, 'start') }",
        place,
    )
    root = page.locator(".jp-CodeCell").nth(place).locator(".gmmx")
    root.wait_for(timeout=60_000)
    page.wait_for_function("(node) => node.painted", arg=root.element_handle())
    return root


def state_in_kernel(page, name: str, part: str) -> str:
    """What the kernel holds, by the way that a cell takes."""
    return page.evaluate(
        """async (code) => {
          const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
          const future = kernel.requestExecute({code: '', user_expressions: {got: code}, store_history: false});
          const reply = await future.done;
          return reply.content.user_expressions.got.data['text/plain'];
        }""",
        f"{name}.{part}",
    )


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
        else next(key for key in ("runs", "point", "means", "angle") if key in at_first)
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
    """A hundred moves at once; how soon it is there is measured in `bench_frames`."""
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


def sample(place: int) -> list:
    """Where a sample is, by the model in Python."""
    return model("responsibilities").data()["X"][place].tolist()


def steps_through_samples(page, root, settled) -> None:
    """Every key of the point, from a state without a sample; `settled` is what no key may change."""
    root.get_by_role("button", name="Reset").click()
    until(page, lambda: painted(root)["index"] == -1)
    point = root.locator('[data-handle="point"]')
    point.focus()
    page.wait_for_timeout(300)
    before = settled()
    keys = {"PageDown": 0, "n": 1, "N": 2, "p": 1, "PageUp": 0, "P": 299, "End": 299, "Home": 0}
    for key, place in keys.items():
        page.keyboard.press(key)
        until(page, lambda place=place: painted(root)["index"] == place)
        assert painted(root)["point"] == pytest.approx(sample(place), abs=1e-12)
    until(page, lambda: value_of(root, "point").startswith("Sample 1 of 300: x "))
    until(page, lambda: shown(root).startswith("Sample 1 of 300 ("))
    until(page, lambda: root.locator("[aria-live]").first.inner_text() == shown(root))
    assert settled() == before
    page.keyboard.press("ArrowLeft")
    until(page, lambda: value_of(root, "point").startswith("Point: x "))
    assert settled() == before


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
    root.locator("summary").click()
    item = root.locator("fieldset").first
    item.get_by_text("The sign of its off-diagonal entries changes").click()
    item.get_by_role("button", name="Check my prediction").click()
    assert item.locator(".gmmx-feedback").inner_text().startswith("Yes.")
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


@pytest.fixture(scope="module")
def static(chromium, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "explorations.html"
    path.write_text(page(), encoding="utf-8")
    opened = chromium.new_context(
        viewport={"width": 390, "height": 800}, device_scale_factor=2, has_touch=True, reduced_motion="reduce"
    ).new_page()
    watched = Watched(opened, path.as_uri())
    opened.goto(path.as_uri())
    opened.wait_for_function(f"document.querySelectorAll('.gmmx').length === {len(PAGE)}")
    opened.wait_for_function("[...document.querySelectorAll('.gmmx')].every((node) => node.painted)")
    yield watched
    opened.context.close()


def test_page_is_small_and_written_by_one_command(tmp_path):
    import subprocess

    path = tmp_path / "explorations.html"
    subprocess.run([sys.executable, "-m", "gmmlearn.explore.page", str(path)], check=True)
    assert path.stat().st_size < LARGEST_BYTES
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGE)
def test_page_answers_touch_and_keyboard(static, name):
    page = static.page
    root = page.locator(f"#{name} .gmmx")
    handle = FIRST_HANDLE[name]
    before = value_of(root, handle)
    touch(page, root, handle, 30, -12)
    until(page, lambda: value_of(root, handle) != before)
    after = value_of(root, handle)
    root.locator(f'[data-handle="{handle}"]').focus()
    page.keyboard.press("Shift+ArrowLeft")
    until(page, lambda: value_of(root, handle) != after)


def touch(page, root, handle: str, dx: float, dy: float) -> None:
    """A finger on the handle, by the browser's own touch events."""
    node = root.locator(f'[data-handle="{handle}"]')
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for part in range(1, 6):
        send("touchMove", {"x": x + dx * part / 5, "y": y + dy * part / 5})
    send("touchEnd")
    session.detach()


def test_page_steps_from_sample_to_sample_by_keys(static):
    page = static.page
    root = page.locator("#responsibilities .gmmx")
    steps_through_samples(page, root, lambda: page.evaluate("[scrollY, document.activeElement.dataset.handle]"))


def test_page_adds_points_by_finger_and_by_keyboard(static):
    page = static.page
    root = page.locator("#em .gmmx")
    root.get_by_role("button", name="Reset").click()
    root.get_by_text("More settings").click()
    root.get_by_label("Click to add points").check()
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    canvas.tap(position={"x": 120, "y": 60})
    cursor = root.locator('[data-handle="cursor"]')
    cursor.focus()
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    until(page, lambda: len(painted(root)["added"]) == 2)
    first, second = painted(root)["added"]
    assert second[0] > first[0]
    assert second[1] > first[1]
    until(page, lambda: root.get_by_text("502 samples.").count() == 1)


def test_page_shows_two_runs_whose_components_can_be_dragged(static):
    page = static.page
    root = page.locator("#em .gmmx")
    root.get_by_role("button", name="Reset").click()
    root.get_by_label("Two runs").check()
    root.locator('[data-handle="mean_b 1"]').wait_for()
    before = painted(root)["runs"]
    touch(page, root, "mean_b 1", 20, 10)
    until(page, lambda: painted(root)["runs"][1]["means"][1] != before[1]["means"][1])
    assert painted(root)["runs"][0] == before[0]


def test_page_is_sharp_on_a_dense_screen(static):
    """Two pixels of the canvas for each of the page."""
    sizes = static.page.locator(".gmmx canvas").evaluate_all("(all) => all.map((one) => [one.width, one.clientWidth])")
    assert all(pixels == 2 * shown for pixels, shown in sizes)


def test_page_fits_a_narrow_window(static):
    assert static.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_page_plays_em_to_its_end(static):
    """Half steps come at most twice a second here, since the page asks for reduced motion."""
    page = static.page
    root = page.locator("#em .gmmx")
    root.get_by_role("button", name="Reset").click()
    root.get_by_role("button", name="Play").click()
    began = time.monotonic()
    page.wait_for_function("(node) => node.painted.state.step >= 3", arg=root.element_handle(), timeout=20_000)
    assert time.monotonic() - began > 0.9
    root.get_by_role("button", name="Pause").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_passes_axe_in_both_schemes(static, scheme):
    page = static.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_function("(want) => document.querySelector('.gmmx').dataset.theme === want", arg=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert violations(page, "body") == []


def test_page_had_no_error_and_asked_nobody(static):
    """Last of the page's tests."""
    assert static.errors == []
    assert static.strangers == []
