"""Movement, light and samples in the hand, on the static page in a real browser."""

import re
import warnings

import numpy as np
import pytest
from scipy import stats
from sklearn.mixture import GaussianMixture

from gmmlearn import library
from gmmlearn.explore.models import n_components
from gmmlearn.explore.models.responsibilities import COVARIANCES, MEANS, WEIGHTS

from .hands import drag, fresh, painted, two_frames
from .lab import until
from .pages import opened, written

NAMES = ("density", "responsibilities", "em", "n_components", "counting")

# The places of a handle in the frames after a button was pressed.
WATCH = """async (root) => {
  const seen = [];
  const place = () => root.querySelector('[data-handle="mean 0"]').style.transform;
  const before = place();
  [...root.querySelectorAll('button')].find((one) => one.textContent === 'M-step').click();
  for (let i = 0; i < 60; i++) {
    await new Promise(requestAnimationFrame);
    seen.push(place());
    await new Promise((done) => setTimeout(done, 12));
  }
  return [before, ...seen].map((text) => text.match(/-?[0-9.]+/g).map(Number));
}"""


@pytest.fixture(scope="module")
def static(chromium, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        # Fits that are only nearly fits, since scikit-learn's take ten seconds and EM goes on from them anyway.
        patch.setattr(n_components, "data", n_components.data.__wrapped__)
        patch.setattr(library, "fit_sklearn", rough_fit)
        path = written(tmp_path_factory.mktemp("lit"), NAMES)
    with opened(chromium, path, reduced_motion="no-preference") as watched:
        yield watched


@pytest.fixture
def page(static):
    yield static.page
    assert static.errors == []


def rough_fit(X, K, **_):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return GaussianMixture(K, max_iter=3, init_params="random_from_data", random_state=0).fit(X)


def drawn(root) -> str:
    return root.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_components_glide_in_the_m_step_unless_motion_is_not_wanted(page, motion):
    page.emulate_media(reduced_motion=motion)
    between = []
    for _ in range(1 if motion == "reduce" else 5):  # a slow machine may draw nothing on the way
        root = fresh(page, "em")
        root.get_by_role("button", name="E-step").click()
        until(page, lambda root=root: painted(root)["step"] == 1)
        places = np.array(root.evaluate(WATCH))
        start, end = places[0], places[-1]
        way = np.hypot(*(end - start))
        assert way > 10
        along = (places - start) @ (end - start) / way**2
        assert (np.diff(along) > -0.01).all()
        between = along[(along > 0.02) & (along < 0.98)]
        if len(between):
            break
    page.emulate_media(reduced_motion="no-preference")
    assert bool(len(between)) == (motion == "no-preference")


def test_soft_regions_colour_the_plane(page):
    """A corner without a sample: plain ground before, the colour of its component after."""
    root = fresh(page, "em")
    pixel = """(canvas) => [...canvas.getContext('2d').getImageData(70, 30, 1, 1).data]"""
    assert root.locator("canvas").evaluate(pixel)[:3] == [255, 255, 255]
    root.get_by_label("Soft regions").check()
    until(page, lambda: root.locator("canvas").evaluate(pixel)[:3] != [255, 255, 255])
    red, green, blue = root.locator("canvas").evaluate(pixel)[:3]
    assert red > green > blue  # component 1 is orange


def test_the_pull_is_said_in_words(page):
    root = fresh(page, "em")
    root.get_by_label("Show the samples that pull most on").select_option(label="component 2")
    until(page, lambda: root.get_by_text("Nothing pulls on component 2 yet").count() == 1)
    root.get_by_role("button", name="E-step").click()
    until(page, lambda: root.get_by_text(re.compile(r"The 12 samples that pull hardest on component 2")).count() == 1)
    shown = root.get_by_label("Show the samples that pull most on").locator("option:not([hidden])").all_inner_texts()
    assert shown == ["no component", "component 0", "component 1", "component 2"]


def lit_parts(root) -> list[str]:
    """What is lit: terms of the formula, and cells of the table by row and column."""
    terms = root.locator("button.gmmx-lit").all_inner_texts()
    cells = root.locator("td.gmmx-lit").evaluate_all(
        "(all) => all.map((one) => `${one.parentNode.rowIndex - 1},${one.cellIndex - 1}`)"
    )
    rows = root.locator("tr.gmmx-near").evaluate_all("(all) => all.map((one) => `row ${one.rowIndex - 1}`)")
    return [" ".join(text.split()) for text in terms] + cells + rows


def test_a_term_lights_its_numbers_its_row_and_its_picture(page):
    root = fresh(page, "responsibilities")
    page.mouse.move(5, 5)
    until(page, lambda: lit_parts(root) == [])
    dark = drawn(root)
    root.get_by_role("button", name="weight times density of component 1").hover()
    until(page, lambda: len(lit_parts(root)) == 4)
    term, *rest = lit_parts(root)
    assert term.startswith("π·N1 0.00")
    assert rest == ["1,2", "1,3", "row 1"]
    until(page, lambda: drawn(root) != dark)
    page.mouse.move(5, 5)
    until(page, lambda: lit_parts(root) == [])
    until(page, lambda: drawn(root) == dark)


def test_the_light_works_by_keyboard_and_stays_where_it_is_chosen(page):
    root = fresh(page, "responsibilities")
    page.mouse.move(5, 5)
    root.get_by_role("button", name="weight times density of component 2").focus()
    until(page, lambda: "row 2" in lit_parts(root))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    root.locator('[data-handle="point"]').focus()
    two_frames(page)
    assert "row 2" in lit_parts(root)
    root.locator('[data-handle="mean 0"]').focus()
    until(page, lambda: "row 0" in lit_parts(root))
    root.get_by_role("button", name="Reset").click()
    root.get_by_role("button", name="Reset").blur()
    until(page, lambda: lit_parts(root) == [])


def test_bar_ellipse_and_cell_light_the_term(page):
    root = fresh(page, "responsibilities")
    canvas = root.locator("canvas").bounding_box()
    page.mouse.move(canvas["x"] + 653, canvas["y"] + 340)
    until(page, lambda: "row 0" in lit_parts(root))
    assert any(text.startswith("r0 0.7") for text in lit_parts(root))
    root.locator("tbody tr").nth(2).locator("td").nth(0).hover()
    until(page, lambda: any(text.startswith("π2 0.20") for text in lit_parts(root)))
    root.get_by_label("Pick samples under the mouse").uncheck()
    # The right end of the wide ellipse of component 2, which lies along the axes.
    middle = root.locator('[data-handle="mean 2"]').bounding_box()
    place = root.evaluate("(root) => root.querySelector('canvas').width / root.querySelector('canvas').clientWidth")
    assert place == 1
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    page.mouse.move(x + 2 * 491 / 12, y)
    until(page, lambda: any(text.startswith("N2") for text in lit_parts(root)))


def test_the_formula_holds_the_numbers_of_scipy(page):
    root = fresh(page, "responsibilities")
    root.get_by_role("button", name="weight times density of component 1").click()
    products = [w * stats.multivariate_normal(m, c).pdf([0.2, 0.1]) for w, m, c in zip(WEIGHTS, MEANS, COVARIANCES)]
    until(page, lambda: root.locator(".gmmx-under .gmmx-number").all_inner_texts() == [f"{p:.4f}" for p in products])
    # What stays lit decides whose formula it is, whatever the mouse has passed on its way out.
    root.get_by_role("button", name="weight times density of component 2").hover()
    page.mouse.move(1, 1)
    result = root.locator(".gmmx-equation > .gmmx-term .gmmx-number")
    until(page, lambda: result.inner_text() == f"{products[1] / sum(products):.3f}")
    over = root.locator(".gmmx-over .gmmx-number").all_inner_texts()
    assert over == [f"{WEIGHTS[1]:.2f}", f"{products[1] / WEIGHTS[1]:.4f}"]


def test_a_sample_is_dragged_deleted_and_put_back(page):
    root = fresh(page, "em")
    root.get_by_label("Edit samples").check()
    sample = root.locator('[data-handle="sample"]')
    sample.wait_for()
    drag(page, root, "sample", 40, -30)
    until(page, lambda: len(painted(root)["moved"]) == 1)
    index, *_ = painted(root)["moved"][0]
    box = root.locator("canvas").bounding_box()
    for part in range(20):
        page.mouse.move(box["x"] + 60 + 20 * part, box["y"] + 60 + 12 * part)
    assert painted(root)["picked"] == index  # what was dropped stays in the hand
    sample.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    until(page, lambda: painted(root)["removed"] == [index])
    until(page, lambda: root.locator(".gmmx-read").get_by_text("499 samples.").count() == 1)
    root.get_by_role("button", name="Undo").click()
    until(page, lambda: painted(root)["removed"] == [])
    root.get_by_role("button", name="Put the samples back").click()
    until(page, lambda: painted(root)["moved"] == [])
    root.get_by_role("button", name="Undo").click()
    until(page, lambda: len(painted(root)["moved"]) == 1)


def test_a_finger_takes_a_sample_up_by_a_tap(page):
    root = fresh(page, "n_components")
    root.get_by_label("Edit samples").check()
    until(page, lambda: painted(root)["picked"] >= 0)  # with the next frame
    first = painted(root)["picked"]
    place = root.locator('[data-handle="sample"]').bounding_box()
    box = root.locator("canvas").bounding_box()
    root.get_by_role("button", name="Next sample").click()
    until(page, lambda: painted(root)["picked"] == first + 1)
    root.locator("canvas").click(position={"x": place["x"] + 16 - box["x"], "y": place["y"] + 16 - box["y"]})
    until(page, lambda: painted(root)["picked"] == first)


def test_the_criteria_answer_a_dragged_sample(page):
    root = fresh(page, "n_components")
    root.get_by_label("Edit samples").check()
    root.locator('[data-handle="sample"]').wait_for()
    said = lambda: root.get_by_text(re.compile("free parameters: .* BIC")).inner_text()  # noqa: E731
    before = said()
    drag(page, root, "sample", 120, 60)
    until(page, lambda: said() != before)
    root.get_by_role("button", name="Reset").click()
    until(page, lambda: said() == before)


def test_the_point_of_the_density_rides_on_the_curve(page):
    root = fresh(page, "density")
    drag(page, root, "point", 60, 80)
    until(page, lambda: painted(root)["point"] > -0.5)
    x = painted(root)["point"]
    expected = 0.5 * stats.norm.pdf(x, -2.5, 0.8**0.5) + 0.3 * stats.norm.pdf(x, 1, 1.5**0.5)
    expected += 0.2 * stats.norm.pdf(x, 3.5, 0.4**0.5)
    until(
        page, lambda: root.get_by_text(f"At x = {x:.2f} the density is {expected:.3f}".replace("-", "−")).count() == 1
    )


def test_counting_plays_to_ten_thousand_and_says_its_error(page):
    root = fresh(page, "counting")
    root.get_by_role("button", name="Play").click()
    until(page, lambda: painted(root)["draws"] > 1200)
    until(page, lambda: painted(root)["draws"] == 10_000 and not painted(root)["playing"])
    until(page, lambda: root.get_by_text(re.compile(r"10000 draws, \d+ of them in the window")).count() == 1)
    row = root.locator("tbody tr").first.locator("td").all_inner_texts()
    counted, error, average, formula = map(float, row[1:])
    assert abs(counted - average) < 4 * error
    assert formula == pytest.approx(0.799, abs=0.001)
