"""Rough hands and odd windows: nothing is taken out of the reader's hand, and nothing stale is shown."""

import re
from itertools import pairwise

import pytest

from .hands import drag, fresh, middle, painted, two_frames
from .lab import until
from .pages import opened, written


@pytest.fixture(scope="module")
def static(chromium, tmp_path_factory):
    path = written(
        tmp_path_factory.mktemp("hand"),
        ("density", "covariance", "responsibilities", "em", "em_by_hand", "em_failures"),
    )
    with opened(chromium, path) as watched:
        yield watched


@pytest.fixture
def page(static):
    yield static.page
    assert static.errors == []


def test_every_weight_can_be_reached_upwards(page):
    """The axis stays while a peak is held, and makes room when it is let go."""
    root = fresh(page, "density")
    seen = []
    for _ in range(2):
        x, y = middle(root, "peak 2")
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 121):
            page.mouse.move(x, y - 2 * step)
            seen.append(painted(root)["weights"][2])
        page.mouse.up()
        two_frames(page)
    assert max(b - a for a, b in pairwise(seen)) < 0.1
    assert max(seen) > 0.95


def test_a_point_that_was_dropped_is_not_stolen(page):
    root = fresh(page, "responsibilities")
    drag(page, root, "point", 37, -41)
    two_frames(page)
    dropped = painted(root)["point"]
    box = root.locator("canvas").bounding_box()
    for part in range(40):
        page.mouse.move(box["x"] + 60 + 10 * part, box["y"] + 60 + 6 * part)
    two_frames(page)
    assert painted(root)["point"] == dropped
    root.get_by_label("Pick samples under the mouse").check()
    for part in range(40):
        page.mouse.move(box["x"] + 60 + 10 * part, box["y"] + 60 + 6 * part)
    until(page, lambda: painted(root)["point"] != dropped)


def test_the_right_button_drags_nothing(page):
    root = fresh(page, "covariance")
    before = painted(root)
    x, y = middle(root, "mean")
    page.mouse.move(x, y)
    page.mouse.down(button="right")
    page.mouse.move(x + 60, y + 20, steps=4)
    page.mouse.up(button="right")
    page.keyboard.press("Escape")
    assert painted(root) == before


def test_escape_puts_back_and_a_lost_pointer_lets_go(page):
    root = fresh(page, "covariance")
    before = painted(root)
    x, y = middle(root, "mean")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=4)
    until(page, lambda: painted(root) != before)
    page.keyboard.press("Escape")
    until(page, lambda: painted(root) == before)
    page.mouse.move(x + 90, y, steps=2)
    page.mouse.up()
    two_frames(page)
    assert painted(root) == before
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=2)
    root.locator('[data-handle="mean"]').evaluate("(node) => node.releasePointerCapture(1)")
    page.mouse.move(x + 31, y)
    two_frames(page)
    dropped = painted(root)
    page.mouse.move(x + 60, y + 40, steps=3)
    two_frames(page)
    assert painted(root) == dropped
    page.mouse.up()


def test_a_verdict_goes_with_its_prediction_and_its_state(page):
    root = fresh(page, "covariance")
    root.get_by_text("Predict, then look").click()
    first, second = root.locator("fieldset").nth(0), root.locator("fieldset").nth(1)
    said = first.locator(".gmmx-feedback")

    def judged():
        first.locator("input").nth(1).check()
        first.get_by_role("button", name="Check my answer").click()
        assert said.inner_text().startswith("Right.")

    judged()
    first.locator("input").nth(0).check()
    assert said.inner_text() == ""
    judged()
    root.get_by_role("button", name="Reset").click()
    assert said.inner_text() == ""
    judged()
    second.locator("input").nth(1).check()
    second.get_by_role("button", name="Check my answer").click()
    second.get_by_role("button", name="Show it in the picture").click()
    assert said.inner_text() == ""
    assert second.locator(".gmmx-feedback").inner_text().startswith("Right.")


def test_all_that_is_dragged_can_be_moved_without(page):
    """By numbers, and by a click on the new place."""
    root = fresh(page, "em")
    root.get_by_text("Move without dragging").click()
    root.get_by_label("Move", exact=True).select_option("mean 1")
    root.get_by_label("across").fill("1.5")
    root.get_by_label("across").press("Enter")
    until(page, lambda: painted(root)["runs"][0]["means"][1][0] == 1.5)
    before = painted(root)["runs"][0]["means"][1]
    root.get_by_role("button", name="Click its new place").click()
    root.locator("canvas").click(position={"x": 130, "y": 90})
    until(page, lambda: painted(root)["runs"][0]["means"][1] != before)
    again = painted(root)["runs"]
    root.locator("canvas").click(position={"x": 200, "y": 200})
    two_frames(page)
    assert painted(root)["runs"] == again
    offered = (
        root.get_by_label("Move", exact=True).locator("option").evaluate_all("(all) => all.map((one) => one.value)")
    )
    handles = root.locator("[data-handle]").evaluate_all("(all) => all.map((one) => one.dataset.handle)")
    assert offered == handles


def test_points_of_another_place_are_drawn_anew(tab):
    """As many as before, elsewhere: what a cell may set."""
    said = tab.evaluate(
        """() => {
          const data = {clusters: Float64Array.from({length: 60}, (_, i) => Math.sin(i * i))};
          const state = {data: 'clusters', n_samples: 30};
          const memo = {};
          const last = (added) => [...modules.em.samples({...state, added}, data, memo).slice(-2)];
          return [last([[8, 8]]), last([[-8, -8]])];
        }"""
    )
    assert said == [[8, 8], [-8, -8]]


def test_the_canvas_follows_the_number_of_pixels(page):
    """A window that is moved to another screen: an emulation changes the ratio, but does not send the event of it."""
    session = page.context.new_cdp_session(page)
    sharp = {"width": 920, "height": 900, "deviceScaleFactor": 2, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", sharp)
    page.evaluate("window.dispatchEvent(new Event('resize'))")
    sizes = "() => [...document.querySelectorAll('.gmmx canvas')].map((one) => one.width / one.clientWidth)"
    until(page, lambda: all(abs(ratio - 2) < 0.01 for ratio in page.evaluate(sizes)))
    session.send("Emulation.setDeviceMetricsOverride", sharp | {"deviceScaleFactor": 1})
    page.evaluate("window.dispatchEvent(new Event('resize'))")
    until(page, lambda: all(abs(ratio - 1) < 0.01 for ratio in page.evaluate(sizes)))
    session.detach()


def test_play_rests_while_nothing_is_to_be_seen_and_ends_with_its_view(page):
    root = fresh(page, "density")
    root.get_by_role("button", name=re.compile("Play")).click()
    frames = """(node) => new Promise((done) => {
      const at = node.painted.at;
      setTimeout(() => done(node.painted.at - at), 900);
    })"""
    assert root.evaluate(frames) > 0
    page.evaluate("document.querySelector('#density').style.display = 'none'")
    two_frames(page)
    assert root.evaluate(frames) == 0
    page.evaluate("document.querySelector('#density').style.display = ''")
    root.scroll_into_view_if_needed()  # the page kept what stood below it in its place
    until(page, lambda: root.evaluate(frames) > 0)
    root.get_by_role("button", name="Reset").click()


MARKS_OF_HOSTS = {
    "VS Code": ("document.body.dataset.vscodeThemeKind = '{}'", "vscode-dark", "vscode-light", "vscodeThemeKind"),
    "Colab": ("document.documentElement.setAttribute('theme', '{}')", "dark", "light", ""),
    "any page": ("document.body.style.background = '{}'", "#202124", "#ffffff", ""),
}


@pytest.mark.parametrize("host", MARKS_OF_HOSTS)
def test_the_themes_of_other_hosts_are_followed(page, host):
    """Their marks on the page, put there by hand: these hosts do not run here."""
    mark, dark, light, _ = MARKS_OF_HOSTS[host]
    for value, theme in ((dark, "dark"), (light, "light")):
        page.evaluate(mark.format(value))
        until(page, lambda theme=theme: page.locator("#em .gmmx").get_attribute("data-theme") == theme)
        assert page.locator("#em select").first.evaluate("(node) => getComputedStyle(node).colorScheme") == theme
    page.evaluate(
        "delete document.body.dataset.vscodeThemeKind; document.documentElement.removeAttribute('theme');"
        "document.body.style.background = ''"
    )


def test_handles_stay_on_their_picture_where_the_page_runs_from_right_to_left(page):
    root = fresh(page, "covariance")
    page.evaluate("document.documentElement.dir = 'rtl'")
    two_frames(page)
    canvas = root.locator("canvas").bounding_box()
    x, _ = middle(root, "mean")
    page.evaluate("document.documentElement.dir = ''")
    assert canvas["x"] < x < canvas["x"] + canvas["width"]


def test_forced_colours_keep_the_swatches_apart(page):
    page.emulate_media(forced_colors="active")
    colours = page.locator("#em .gmmx-swatch").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).borderTopColor)"
    )
    page.emulate_media(forced_colors="none")
    assert len(set(colours)) == len(colours) == 3


def test_the_page_fits_320_px(page):
    """A window of 1280 px at 400 per cent."""
    width = 320
    page.set_viewport_size({"width": width, "height": 700})
    two_frames(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 920, "height": 900})
    assert wide <= width


def test_targets_are_large_enough(page):
    """24 by 24 px, but for links in a text."""
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
    small = (
        page.locator(".gmmx")
        .locator("button, select, input, summary, [data-handle]")
        .evaluate_all(
            """(all) => all.filter((one) => one.checkVisibility()).map((one) => {
          const label = one.closest('label');
          const {width, height} = (label ?? one).getBoundingClientRect();
          return [one.outerHTML.slice(0, 90), Math.round(width), Math.round(height)];
        }).filter(([, width, height]) => Math.min(width, height) < 24)"""
        )
    )
    assert small == []
