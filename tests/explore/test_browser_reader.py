"""What a screen reader finds in each exploration, and what it is told while the picture changes."""

import pytest

from .hands import FIRST_HANDLE, painted, shown
from .lab import until
from .pages import ALL, opened, written

FEW_WORDS = 16
CONTROLS = ("slider", "button", "combobox", "checkbox", "radio", "spinbutton", "textbox", "link")


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    with opened(chromium, written(tmp_path_factory.mktemp("reader"))) as watched:
        yield watched.page
    assert watched.errors == []


def text(node: dict, part: str) -> str:
    return str(node.get(part, {}).get("value", "")).strip()


def tree(page, name: str) -> list[dict]:
    """The nodes of the accessibility tree below one exploration, as Chromium hands them to a screen reader."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    title = page.locator(f"#{name} .gmmx").get_attribute("aria-label")
    (root,) = [one for one in nodes.values() if text(one, "role") == "region" and text(one, "name") == title]
    found, waiting = [], [root["nodeId"]]
    while waiting:
        node = nodes[waiting.pop()]
        waiting += [child for child in node.get("childIds", ()) if child in nodes]
        if not node.get("ignored"):
            found.append(node)
    return found


@pytest.mark.parametrize("name", ALL)
def test_everything_that_can_be_pressed_or_moved_has_a_name_and_a_value(page, name):
    page.locator(f"#{name} details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
    nodes = tree(page, name)
    controls = [node for node in nodes if text(node, "role") in CONTROLS]
    assert [node for node in controls if not text(node, "name")] == []
    handles = page.locator(f"#{name} [data-handle]").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    sliders = {text(node, "name"): text(node, "value") for node in controls if text(node, "role") == "slider"}
    assert len(set(handles)) == len(handles)
    assert set(handles) <= set(sliders)
    for said in (sliders[handle] for handle in handles):
        assert said
        assert not {"NaN", "undefined", "–"} & set(said.replace(",", " ").split())
    (picture,) = [text(node, "name") for node in nodes if text(node, "role") in ("image", "img")]
    assert picture
    swatches = page.locator(f"#{name} .gmmx-swatch").count()
    assert page.locator(f"#{name} .gmmx-legend").get_by_role("listitem").count() == swatches, (
        "one sentence of all lines"
    )


def told(page, name: str) -> str:
    return page.locator(f"#{name} [aria-live=polite]").first.inner_text()


@pytest.mark.parametrize("name", ALL)
def test_few_words_say_what_has_changed(page, name):
    """After a key, and after each button that is there; nothing is said of what is as it was."""
    root = page.locator(f"#{name} .gmmx")
    root.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(500)
    by_handle = name in FIRST_HANDLE
    moved = root.locator(f'[data-handle="{FIRST_HANDLE[name]}"]' if by_handle else "input[type=range]").first
    seen = []

    def done(act):
        before, state = told(page, name), painted(root)
        act()
        until(page, lambda: painted(root) != state)
        page.wait_for_timeout(450)
        if told(page, name) != before:
            seen.append(told(page, name))

    moved.focus()
    for key in ("Shift+ArrowRight",) * 2 if by_handle else ("End",):
        done(lambda key=key: page.keyboard.press(key))
    buttons = root.locator(".gmmx-controls button:visible:not([aria-disabled=true])")
    for label in buttons.all_inner_texts():
        if not label.startswith(("Play", "Reset", "Run", "Undo")):
            done(root.get_by_role("button", name=label, exact=True).click)
    assert any(seen)
    assert [one for one in seen if len(one.split()) > FEW_WORDS] == []
    assert all(one[-1] == "." for one in seen if one)
    full = shown(root)
    assert max(len(one) for one in seen) < len(full)


def test_nothing_is_said_when_the_page_opens(chromium, tmp_path):
    with opened(chromium, written(tmp_path)) as watched:
        watched.page.wait_for_timeout(1000)
        assert [told(watched.page, name) for name in ALL] == [""] * len(ALL)
