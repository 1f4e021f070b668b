"""A picture as a link and as lines of Python: both make the same picture again."""

import json

import numpy as np
import pytest

from gmmlearn import explore
from gmmlearn.explore.models import NAMES, model
from gmmlearn.explore.page import page as text_of_page
from gmmlearn.explore.scenes import scene

from .hands import drag, painted, two_frames
from .lab import until
from .states import random_states


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_python_make_the_picture(tab, name):
    """Run as a reader would run them, for states that dragging could make."""
    within = [state for state in random_states(name, np.random.default_rng(7), 12) if _fits(name, state)][:3]
    assert within
    for state in within:
        lines = tab.evaluate(
            "([name, state, base]) => modules.address.asPython(name, JSON.parse(state), JSON.parse(base))",
            [name, json.dumps(state), json.dumps(scene(name)["defaults"])],
        )
        scope: dict = {}
        exec(lines, scope)
        made = scope["picture"].canvas.state
        assert made.keys() == state.keys()
        for part in set(state) - {"last"}:
            assert made[part] == _close(state[part]), part


def _close(value):
    return pytest.approx(value, rel=1e-9) if isinstance(value, float) or _flat(value) else value


def _flat(value) -> bool:
    return isinstance(value, list) and all(isinstance(item, float) for item in value)


def _fits(name, state) -> bool:
    try:
        for part, value in state.items():
            model(name).PARTS[part].taken(value)
    except Exception:
        return False
    return True


def test_a_link_shows_the_picture_that_was_left(chromium, tmp_path):
    path = tmp_path / "explorations.html"
    path.write_text(text_of_page(("density", "responsibilities")), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 900, "height": 700})
    page.goto(path.as_uri())
    root = page.locator("#responsibilities .gmmx")
    page.wait_for_function("document.querySelector('#responsibilities .gmmx')?.painted")
    drag(page, root, "point", 70, -30)
    two_frames(page)
    left = painted(root)
    until(page, lambda: "#responsibilities?point=[{:.6g},{:.6g}]".format(*left["point"]) in page.url)
    address = page.url
    other = chromium.new_page(viewport={"width": 900, "height": 700})
    other.goto(address)
    there = other.locator("#responsibilities .gmmx")
    other.wait_for_function("document.querySelector('#responsibilities .gmmx')?.painted")
    assert painted(there)["point"] == pytest.approx(left["point"], rel=1e-5)
    until(other, lambda: other.evaluate("scrollY") > 200)
    follow = "(parts) => { location.hash = '#responsibilities?' + parts }"
    other.evaluate(follow, "means=[[1,1]]&point=[0,1]")
    two_frames(other)
    assert painted(there)["means"] == painted(root)["means"]
    other.evaluate(follow, "point=[0,1]")
    until(other, lambda: painted(there)["point"] == [0, 1])
    link = '<a href="#responsibilities?point=[1,2]">drop it here</a>'
    other.locator("#responsibilities").evaluate("(place, link) => place.insertAdjacentHTML('beforebegin', link)", link)
    other.get_by_role("link", name="drop it here").press("Enter")
    until(other, lambda: painted(there)["point"] == [1, 2])
    there.get_by_role("button", name="Undo").click()
    until(other, lambda: painted(there)["point"] == [0, 1])
    there.get_by_text("This picture as Python").click()
    until(other, lambda: "point=[0, 1]" in there.get_by_label("Lines that make it").input_value())
    assert explore.responsibilities(point=(0, 1)).point == [0.0, 1.0]
    page.close()
    other.close()


def test_a_link_is_about_one_of_two_pictures_of_a_kind(chromium, tmp_path):
    path = tmp_path / "explorations.html"
    place = '<div data-exploration="covariance"></div>'
    path.write_text(text_of_page(("covariance",)).replace(place, f"{place}\n{place}"), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 900, "height": 700})

    def angles():
        page.wait_for_function("[...document.querySelectorAll('[data-exploration] .gmmx')].every((one) => one.painted)")
        return [painted(page.locator(".gmmx").nth(which))["angle"] for which in (0, 1)]

    for which in (0, 1):
        page.goto(path.as_uri())
        page.reload()
        before = angles()
        page.locator(".gmmx").nth(which).get_by_label("Angle").press("ArrowRight")
        until(page, lambda: "?" in page.url)
        left = angles()
        assert left != before
        page.reload()
        assert angles() == left
    page.close()
