"""Be EM yourself, the gallery and the tour, by mouse, finger and keyboard."""

import json
from urllib.parse import quote

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.explore.models import em_by_hand, em_failures
from gmmlearn.explore.scenes import scene

from .hands import drag, fresh, painted, shown, two_frames, violations
from .lab import until
from .pages import load, opened, written

NO_STORAGE = (
    """Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"""
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return written(tmp_path_factory.mktemp("play"), ("density", "em_by_hand", "em_failures"))


@pytest.fixture(scope="module")
def static(chromium, path):
    with opened(chromium, path) as watched:
        yield watched


@pytest.fixture
def page(static):
    yield static.page
    assert static.errors == []
    assert static.strangers == []


def cells(root):
    """The table of the scores, as numbers; a hidden one is NaN."""
    texts = root.locator("tbody td").all_inner_texts()
    return np.array([float(text.replace("−", "-").replace("?", "nan")) for text in texts]).reshape(2, 3)


def test_an_m_step_by_hand_is_scored_as_numpy_scores_it(page):
    root = fresh(page, "em_by_hand")
    compare = root.get_by_role("button", name="Compare with EM")
    compare.dispatch_event("click")
    assert not painted(root)["compared"], "no comparison without a prediction"
    drag(page, root, "mean 0", 62, 95)
    drag(page, root, "axis 1 0", -40, 30)
    root.locator('[data-handle="weight 1"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    until(page, lambda: painted(root)["own_weights"] == pytest.approx([0.56, 0.44]))
    assert np.isnan(cells(root)[1]).sum() == 2, "what EM reaches is not told before"
    root.get_by_label("below EM").check()
    compare.click()
    until(page, lambda: not np.isnan(cells(root)).any())
    values = em_by_hand.compute(painted(root), em_by_hand.data(), library)
    expected = np.column_stack([values["e_bounds"], values["m_bounds"], values["heights"][1:]])
    np.testing.assert_allclose(cells(root), expected, atol=6e-4)
    verdict = root.locator(".gmmx-ask .gmmx-feedback").inner_text()
    assert verdict.startswith("Right. You reach ")
    parts = [
        "weights",
        "mean of component 0",
        "mean of component 1",
        "ellipse of component 0",
        "ellipse of component 1",
    ]
    assert f"you lose most by the {parts[int(np.argmax(values['gains']))]}" in verdict
    page.keyboard.press("Tab")
    drag(page, root, "mean 0", 10, 0)
    until(page, lambda: root.locator(".gmmx-ask .gmmx-feedback").inner_text() == "")


def test_an_e_step_by_hand_is_painted_by_mouse_and_by_keys(page):
    root = fresh(page, "em_by_hand")
    root.get_by_label("By hand", exact=True).select_option("1")
    X = em_by_hand.data()["apart"]
    brush = root.locator('[data-handle="brush"]')
    brush.focus()
    for _ in range(6):
        page.keyboard.press("Shift+ArrowLeft")
    until(page, lambda: painted(root)["cursor"][0] == pytest.approx(-3.6))
    # All samples within reach of the way from (0, 0) to (-3.6, 0) have its shade, and no others.
    along = np.clip(X[:, 0], -3.6, 0)
    touched = np.hypot(X[:, 0] - along, X[:, 1]) <= 0.7
    np.testing.assert_array_equal(np.array(painted(root)["shades"]) == 0, touched)
    root.get_by_label("Paint while it moves").uncheck()
    brush.focus()
    page.keyboard.press("ArrowUp")
    before = painted(root)["shades"]
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    until(page, lambda: painted(root)["cursor"][1] < -0.7)
    assert painted(root)["shades"] == before
    page.keyboard.press("Enter")
    until(page, lambda: painted(root)["shades"] != before)
    root.get_by_label("Colour", exact=True).select_option(label="mostly 1 (3 in 4)")
    box = root.locator("canvas").bounding_box()
    root.locator("canvas").click(position={"x": box["width"] * 0.38, "y": box["height"] * 0.4})
    until(page, lambda: 0.75 in painted(root)["shades"])
    values = em_by_hand.compute(painted(root), em_by_hand.data(), library)
    until(page, lambda: cells(root)[0, 2] == pytest.approx(values["heights"][1], abs=6e-4))
    root.get_by_role("button", name="Remove all colour").click()
    until(page, lambda: set(painted(root)["shades"]) == {0.5})


def test_a_component_without_samples_is_said_in_words(page):
    root = fresh(page, "em_by_hand")
    root.get_by_label("By hand", exact=True).select_option("1")
    root.get_by_label("Brush", exact=True).select_option(label="large")
    brush = root.locator('[data-handle="brush"]')
    brush.focus()
    for key, times in (("Left", 10), ("Up", 5), ("Right", 20), ("Down", 5), ("Left", 10), ("Down", 5), ("Left", 10)):
        for _ in range(times):
            page.keyboard.press(f"Shift+Arrow{key}")
    for _ in range(20):
        page.keyboard.press("Shift+ArrowRight")
    root.locator("canvas").scroll_into_view_if_needed()
    until(page, lambda: "One component has too few samples" in shown(root))
    assert root.get_by_role("button", name="Compare with EM").get_attribute("aria-disabled") == "true"


DERIVE = """([state, data]) => {
  const arrays = {crossing: Float64Array.from(data)};
  const {em_by_hand} = modules.widget.EXPLORATIONS;
  const values = em_by_hand.compute(state, arrays, {});
  const {trouble, ready, verdict} = em_by_hand.derive(state, values, arrays, {});
  return [trouble, ready, verdict];
}"""


def test_nothing_is_compared_where_em_has_no_step_of_its_own(tab):
    """A narrow component in an empty corner is responsible for nothing."""
    state = em_by_hand.initial("crossing") | {"guess": 2, "compared": True}
    state |= {"before_means": [[-6, 4.5], [0, 0]], "before_covariances": [[[0.03, 0], [0, 0.03]], [[2, 0], [0, 2]]]}
    data = em_by_hand.data()
    assert np.isnan(em_by_hand.compute(state, data, library)["heights"][2])
    trouble, ready, verdict = tab.evaluate(DERIVE, [state, data["crossing"].ravel().tolist()])
    assert "EM's own M-step cannot" in trouble
    assert (ready, verdict) == (False, "")


def test_going_on_begins_a_step_from_the_mixture_that_was_reached(page):
    root = fresh(page, "em_by_hand")
    root.get_by_label("above EM").check()
    root.get_by_role("button", name="Compare with EM").click()
    until(page, lambda: painted(root)["compared"])
    values = em_by_hand.compute(painted(root), em_by_hand.data(), library)
    root.get_by_role("button", name="Go on from EM's").click()
    until(page, lambda: painted(root)["iteration"] == 2)
    now = painted(root)
    np.testing.assert_allclose(now["before_covariances"], values["em_covariances"], rtol=1e-6)
    again = em_by_hand.compute(now, em_by_hand.data(), library)
    np.testing.assert_allclose(again["covariances"], values["em_covariances"], rtol=1e-6)
    assert not now["compared"]


@pytest.mark.parametrize("name", ["collapse", "equal_means", "outlier"])
def test_the_gallery_asks_gives_reasons_and_tries_the_remedy(page, name):
    root = fresh(page, "em_failures")
    root.get_by_label("Data", exact=True).select_option(str(list(em_failures.CASES).index(name)))
    item = scene("em_failures")["ask"]["items"][name]
    remedy = root.get_by_role("button", name="Try the remedy")
    said = root.locator(".gmmx-ask .gmmx-feedback")
    for choice in (*(i for i in range(3) if i != item["answer"]), item["answer"]):
        assert not remedy.is_visible()
        root.get_by_label(item["choices"][choice]).check()
        until(page, lambda choice=choice: item["reasons"][choice] in said.inner_text())
    assert said.inner_text().startswith("Right. ")
    until(page, remedy.is_visible)
    for _ in range(4):
        next_step = "E-step" if painted(root)["step"] % 2 == 0 else "M-step"
        root.get_by_role("button", name=next_step).click()
        two_frames(page)
    state, data = painted(root), em_failures.data()
    remedy.click()
    until(page, lambda: painted(root)["remedied"])
    expected = em_failures.changed(state | {"remedied": True}, "remedied", data)["runs"][0]
    for part, value in painted(root)["runs"][0].items():
        np.testing.assert_allclose(value, expected[part], rtol=1e-9, atol=1e-12)
    until(page, lambda: not remedy.is_visible())


def test_a_mean_outside_the_picture_has_no_handle_there_until_all_is_shown(page):
    root = fresh(page, "em_failures")
    root.get_by_label("Data", exact=True).select_option("6")
    until(page, lambda: root.locator("[data-handle]").count() == 1)
    until(page, lambda: "1 of them outside this picture" in root.locator(".gmmx-read").inner_text())
    root.get_by_label("Show all samples").check()
    until(page, lambda: root.locator("[data-handle]").count() == 2)


CHOSEN_AND_RESET = """async (root) => {
  const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  root.querySelector('.gmmx-ask input').click();
  await drawn();
  [...root.querySelectorAll('button')].find((one) => one.textContent === 'Reset').click();
  await drawn();
  return root.querySelectorAll('.gmmx-ask input:checked').length;
}"""


def test_a_choice_that_was_reset_can_be_made_again_at_once(page):
    """While the words keep their pace, the old choice must not stand there: to choose it again would do nothing."""
    root = fresh(page, "em_by_hand")
    assert root.evaluate(CHOSEN_AND_RESET) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdicts_and_answers_pass_axe(page, scheme):
    page.emulate_media(color_scheme=scheme)
    root = fresh(page, "em_by_hand")
    root.get_by_label("By hand", exact=True).select_option("1")
    until(page, lambda: painted(root)["half"] == "E")
    root.get_by_label("below EM").check()
    root.get_by_role("button", name="Compare with EM").click()
    gallery = fresh(page, "em_failures")
    gallery.get_by_label("The log-likelihood has no maximum").check()
    until(page, gallery.get_by_role("button", name="Try the remedy").is_visible)
    until(page, lambda: "You reach" in root.locator(".gmmx-ask").inner_text())
    assert page.locator(".gmmx-tour").count() == 1
    assert violations(page, "body") == []


def overlap(one, other):
    return min(one["x"] + one["width"], other["x"] + other["width"]) > max(one["x"], other["x"]) and min(
        one["y"] + one["height"], other["y"] + other["height"]
    ) > max(one["y"], other["y"])


@pytest.mark.parametrize("width", [390, 920])
def test_the_tour_goes_by_keys_covers_nothing_and_is_not_shown_again(chromium, path, width):
    with opened(chromium, path, viewport={"width": width, "height": 900}) as watched:
        page = watched.page
        steps = scene("density")["tour"]
        assert len(steps) == 6
        box, lit = page.locator(".gmmx-tour"), page.locator(".gmmx-toured")
        assert page.evaluate("document.activeElement === document.body"), "a reader's focus is not taken"
        page.get_by_role("button", name="Next", exact=True).focus()
        for place, step in enumerate(steps, 1):
            assert box.get_by_text(f"step {place} of 6").count() == 1
            described = page.evaluate(
                "document.activeElement.getAttribute('aria-describedby').split(' ')"
                ".map((id) => document.getElementById(id).textContent).join(' ')"
            )
            assert step["say"] in described
            assert lit.count() == 1
            assert not overlap(box.bounding_box(), lit.bounding_box())
            assert 0 <= box.bounding_box()["y"] <= 900 - box.bounding_box()["height"]
            if place < 6:
                page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert (box.count(), lit.count()) == (0, 0)
        assert page.evaluate("document.activeElement.textContent") == "Take the tour"
        load(page, path)
        assert box.count() == 0
        page.get_by_role("button", name="Take the tour").click()
        assert page.evaluate("document.activeElement.textContent") == "Next"
        page.get_by_role("button", name="Leave the tour").click()
        assert box.count() == 0
        assert watched.errors == []


def test_a_page_without_storage_shows_the_tour_and_no_error(chromium, path):
    with opened(chromium, path, script=NO_STORAGE) as watched:
        page = watched.page
        page.get_by_role("button", name="Leave the tour").click()
        assert page.locator(".gmmx-tour").count() == 0
        assert page.evaluate("document.activeElement.textContent") == "Take the tour"
        assert watched.errors == []


def test_a_link_shows_the_colours_that_were_painted_and_refuses_what_fits_nothing(page, path):
    shades = [0.0] * 45 + [1.0] * 45
    page.goto(f"{path.as_uri()}#em_by_hand?half=E&shades={quote(json.dumps(shades))}")
    page.reload()
    root = page.locator("#em_by_hand .gmmx")
    page.wait_for_function("(node) => node.painted", arg=root.element_handle())
    assert painted(root)["shades"] == shades
    page.goto(f"{path.as_uri()}#em_by_hand?half=E&shades={quote(json.dumps([2.0] * 90))}")
    page.reload()
    page.wait_for_function("(node) => node.painted", arg=root.element_handle())
    assert painted(root)["half"] == "M"
    until(page, lambda: shown(root).startswith("M-step by hand."))
