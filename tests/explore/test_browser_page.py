"""The static page in a real browser: opened from disk, narrow, dense, and touched by a finger."""

import re
import sys
import time

import pytest

from gmmlearn.explore.browser import css
from gmmlearn.explore.page import LARGEST_BYTES, PAGE

from .hands import FIRST_HANDLE, middle, painted, steps_through_samples, two_frames, value_of, violations
from .lab import until
from .pages import opened, written


@pytest.fixture(scope="module")
def static(chromium, tmp_path_factory):
    path = written(tmp_path_factory.mktemp("page"), PAGE)
    phone = {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 2, "has_touch": True}
    with opened(chromium, path, **phone) as watched:
        yield watched


def test_page_is_small_and_written_by_one_command(tmp_path):
    import subprocess

    path = tmp_path / "explorations.html"
    subprocess.run([sys.executable, "-m", "gmmlearn.explore.page", str(path)], check=True)
    assert path.stat().st_size < LARGEST_BYTES
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name in PAGE if name in FIRST_HANDLE])
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
    x, y = middle(root, handle)
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


def open_settings(root):
    """They stay open on a page that several tests share."""
    if root.locator("details:has(> summary:text-is('More settings'))").get_attribute("open") is None:
        root.get_by_text("More settings").click()


def test_page_adds_points_by_finger_and_by_keyboard(static):
    page = static.page
    root = page.locator("#em .gmmx")
    root.get_by_role("button", name="Reset").click()
    open_settings(root)
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


def test_page_stretches_the_clusters_of_k_means(static):
    """By the slider, since there is no handle; the table counts what each method has lost."""
    page = static.page
    root = page.locator("#kmeans .gmmx")
    before = root.locator("tbody").inner_text()
    root.get_by_label("Stretch", exact=True).focus()
    page.keyboard.press("End")
    until(page, lambda: painted(root)["stretch"] == 6)
    until(page, lambda: root.locator("tbody").inner_text() != before)


def test_a_link_in_a_shadow_tree_sets_the_picture_as_well(static):
    """Where VS Code has its texts."""
    page = static.page
    page.evaluate(
        """() => {
          const text = document.createElement("p");
          text.id = "in-shadow";
          text.attachShadow({ mode: "open" }).innerHTML = "<a href='#kmeans?stretch=3'><em>three times</em></a>";
          document.querySelector("#kmeans").before(text);
        }"""
    )
    page.locator("#in-shadow em").click()
    until(page, lambda: painted(page.locator("#kmeans .gmmx"))["stretch"] == 3)


def test_page_paints_an_e_step_by_finger(static):
    """By a tap on the place, and by the brush drawn along."""
    page = static.page
    root = page.locator("#em_by_hand .gmmx")
    root.get_by_label("By hand", exact=True).select_option("1")
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    canvas.tap(position={"x": 120, "y": 160})
    until(page, lambda: painted(root)["shades"].count(0) > 0)
    tapped = painted(root)["shades"].count(0)
    touch(page, root, "brush", 60, -10)
    until(page, lambda: painted(root)["shades"].count(0) > tapped)
    root.get_by_role("button", name="Reset").click()


def test_page_shows_two_runs_whose_components_can_be_dragged(static):
    page = static.page
    root = page.locator("#em .gmmx")
    root.get_by_role("button", name="Reset").click()
    open_settings(root)
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


def test_no_picture_and_no_table_is_cut(static):
    """A table that must scroll, on the narrowest of pages, says so."""
    page = static.page
    for width in (920, 600, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(DRAWN)
        assert page.evaluate(CUT, ".gmmx-picture") == []
        assert (width == 390) == bool(page.evaluate(CUT, ".gmmx-scroll"))
    until(page, lambda: all("scroll" in said for said in page.evaluate(CUT, ".gmmx-scroll")))


DRAWN = """() => [...document.querySelectorAll('.gmmx')].every((root) =>
    root.querySelector('canvas').clientWidth <= root.offsetWidth)"""
CUT = """(part) => [...document.querySelectorAll(part)].filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => getComputedStyle(one, '::after').content)"""


def test_no_line_begins_with_what_follows_a_formula(chromium):
    """At any width; the words before it are of many lengths, and the formula is as MathJax writes it in a line."""
    formula = "<mjx-container><mjx-math style='display: inline-block; width: 2em'>x</mjx-math></mjx-container>"
    marks = ".,;:?!)"
    words = " ".join(f"{'m' * (i % 9 + 1)} {formula}{marks[i % len(marks)]}" for i in range(60))
    page = chromium.new_page()
    page.set_content(f"<style>{css()}</style><p>{words}</p>")
    for width in range(150, 700, 60):
        page.set_viewport_size({"width": width, "height": 400})
        assert page.evaluate(TORN) == 0, f"at {width} px"
    page.close()


TORN = """() => [...document.querySelectorAll('mjx-container')].filter((formula) => {
    const mark = document.createRange();
    mark.setStart(formula.nextSibling, 0);
    mark.setEnd(formula.nextSibling, 1);
    return mark.getBoundingClientRect().left < formula.getBoundingClientRect().right - 1;
}).length"""


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


FRAMES = """new Promise((done) => {
    const frame = window.requestAnimationFrame;
    let n = 0;
    window.requestAnimationFrame = (draw) => { n += 1; return frame(draw); };
    setTimeout(() => { window.requestAnimationFrame = frame; done(n); }, 1000);
})"""


def test_what_plays_out_of_sight_waits(static):
    """It asks for no frame, and goes on when the reader comes back."""
    page = static.page
    root = page.locator("#sampling .gmmx")
    root.get_by_role("button", name="Reset").click()
    root.get_by_role("button", name="Play").click()
    assert page.evaluate(FRAMES) > 5
    page.evaluate("document.querySelector('#em').scrollIntoView()")
    two_frames(page)
    before = painted(root)
    assert page.evaluate(FRAMES) <= 2
    assert painted(root) == before
    root.scroll_into_view_if_needed()
    until(page, lambda: painted(root) != before)
    root.get_by_role("button", name="Pause").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_passes_axe_in_both_schemes(static, scheme):
    page = static.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_function("(want) => document.querySelector('.gmmx').dataset.theme === want", arg=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    two_frames(page)
    assert violations(page, "body") == []


def test_page_had_no_error_and_asked_nobody(static):
    """Last of the page's tests."""
    assert static.errors == []
    assert static.strangers == []
