"""Rough hands and odd input on every exploration: its state stays one that it can have, and can be taken back."""

import json

import numpy as np
import pytest

from gmmlearn.explore.models import NAMES, model
from gmmlearn.explore.scenes import scene

from .hands import FIRST_HANDLE, middle, painted
from .lab import until
from .pages import ALL, load, opened, written


@pytest.fixture(scope="module")
def watched(chromium, tmp_path_factory):
    path = written(tmp_path_factory.mktemp("rough"))
    with opened(chromium, path, has_touch=True) as found:
        found.path = path
        yield found


@pytest.fixture
def page(watched):
    yield watched.page
    assert watched.errors == []


def drawn(page) -> None:
    """Wait until what has been asked for is painted, however slow the machine is."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sound(page, name: str) -> None:
    """The state is one that Python takes, and every handle is in the picture."""
    drawn(page)
    root = page.locator(f"#{name} .gmmx")
    module = model(name)
    state = painted(root)
    assert state.keys() == module.PARTS.keys()
    for part, value in state.items():
        module.PARTS[part].taken(value)
    if hasattr(module, "checked"):
        module.checked(state, module.data())
    assert not root.locator(".gmmx-note").inner_text().startswith("This state cannot be drawn")
    assert "undefined" not in root.inner_text()
    canvas = root.locator("canvas").bounding_box()
    for handle in root.locator("[data-handle]:visible").all():
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        # What is beyond the axes waits at their edge, where it can be taken.
        assert canvas["x"] <= x <= canvas["x"] + canvas["width"]
        assert canvas["y"] <= y <= canvas["y"] + canvas["height"]


def undone(page, name: str, before: dict) -> None:
    root = page.locator(f"#{name} .gmmx")
    undo = root.get_by_role("button", name="Undo")
    for _ in range(40):
        if painted(root) == before:
            return
        undo.dispatch_event("click")
        drawn(page)
    assert painted(root) == before


def wildly(page, root, handle):
    rng = np.random.default_rng(5)
    x, y = middle(root, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in rng.normal(scale=400, size=(25, 2)):
        page.mouse.move(max(0, x + dx), max(0, y + dy))
    page.mouse.up()


def two_fingers(page, root, handle):
    session = page.context.new_cdp_session(page)
    one = middle(root, handle)
    box = root.locator("[data-handle]").last.bounding_box()
    other = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in range(6):
        points = [{"x": x + 9 * step, "y": y - 7 * step, "id": i} for i, (x, y) in enumerate((one, other))]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def with_wheel(page, root, handle):
    x, y = middle(root, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 10)
    page.mouse.wheel(0, 120)
    page.mouse.move(x + 40, y - 20)
    page.mouse.up()


def away_in_the_middle(page, root, handle):
    x, y = middle(root, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 25, y - 12)
    other = page.context.new_page()
    other.bring_to_front()
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.mouse.move(x - 30, y + 15)
    page.mouse.up()


def narrower_in_the_middle(page, root, handle):
    x, y = middle(root, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y - 6)
    page.set_viewport_size({"width": 420, "height": 700})
    drawn(page)
    page.mouse.move(x + 14, y - 9)
    page.mouse.up()
    page.set_viewport_size({"width": 920, "height": 900})
    drawn(page)


GESTURES = (wildly, two_fingers, with_wheel, away_in_the_middle, narrower_in_the_middle)


@pytest.mark.parametrize("name", [name for name in ALL if name in FIRST_HANDLE])
def test_no_gesture_leaves_a_state_that_cannot_be_or_cannot_be_taken_back(page, name):
    root = page.locator(f"#{name} .gmmx")
    for gesture in GESTURES:
        root.get_by_role("button", name="Reset").click()
        drawn(page)
        before = painted(root)
        gesture(page, root, FIRST_HANDLE[name])
        sound(page, name)
        undone(page, name, before)


ODD_NUMBERS = ("1e309", "-0", "1,5", "", "NaN", "1e9", "-1e9", "1e-320", "0x10", " 2 ", "--1")


@pytest.mark.parametrize("name", [name for name in ALL if name in FIRST_HANDLE])
def test_odd_numbers_in_the_fields_are_taken_within_limits_or_left(page, name):
    root = page.locator(f"#{name} .gmmx")
    root.get_by_role("button", name="Reset").click()
    bar = root.locator(".gmmx-move")
    bar.evaluate("(node) => { node.open = true }")
    drawn(page)
    before = painted(root)
    for field in ("across", "up"):
        for text in ODD_NUMBERS:
            # As by a paste: a field of numbers makes what is none of it empty.
            bar.get_by_label(field, exact=True).evaluate(
                """(node, text) => {
                  node.focus();
                  node.value = text;
                  node.dispatchEvent(new Event('change'));
                  node.blur();
                }""",
                text,
            )
            sound(page, name)
    undone(page, name, before)


ODD = [
    "[]",
    "[1]",
    "[1,2,3,4,5,6,7,8,9,10,11]",
    "[[1,2]]",
    "[[1,2],[3]]",
    "[x]",
    "x",
    "null",
    "99",
    "-1",
    "1e400",
    "-0",
    "0.5",
    "true",
    "{}",
    "[null]",
    '["1"]',
    "[[0,0],[0,0],[0,0]]",
    "%E0%A4%A",
    "0",
    "[0,0]",
    "[0]",
    "[[0,0,0]]",
    "[-1]",
    "[1e300,1]",
    "1e300",
]

READ = """([name, texts, spec, base, data]) => {
  const arrays = Object.fromEntries(Object.entries(data).map(([key, values]) => [key, Float64Array.from(values)]));
  return Object.keys(base).flatMap((part) => texts.map((text) => {
    const [, parts] = modules.address.parsed(`#${name}?${part}=${text}`);
    const state = Object.keys(parts).length ? modules.address.stateFrom(parts, base, spec) : null;
    return state && modules.states.drawable(modules.widget.EXPLORATIONS[name], state, arrays) ? state : null;
  }).filter(Boolean));
}"""


@pytest.mark.parametrize("name", NAMES)
def test_a_link_with_nonsense_gives_no_state_or_one_that_python_takes(tab, name):
    module = model(name)
    arrays = module.data()
    base = module.initial()
    base = module.started(base, arrays) if hasattr(module, "started") else base
    data = {key: np.ravel(value).tolist() for key, value in arrays.items()}
    states = tab.evaluate(READ, [name, ODD, json.loads(json.dumps(scene(name))), base, data])
    assert states
    for state in states:
        for part, value in state.items():
            module.PARTS[part].taken(value)
        if hasattr(module, "checked"):
            module.checked(state, arrays)


def test_an_address_with_nonsense_opens_the_page_as_without(page, watched):
    start = {name: painted(page.locator(f"#{name} .gmmx")) for name in ("density",)}
    for address in ("#density?n_components=99&means=[x]", "#density?means=[1]", "#nothing?x=1", "#density?%", "#?&=&="):
        load(page, watched.path, address)
        page.reload()
        until(page, lambda: page.locator("#density .gmmx").evaluate("(node) => Boolean(node.painted)"))
        page.locator("#density .gmmx").get_by_role("button", name="Reset").click()
        sound(page, "density")
    assert painted(page.locator("#density .gmmx")).keys() == start["density"].keys()
