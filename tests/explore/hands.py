"""What a reader's hand and eye do with an exploration in a browser, wherever it is opened."""

import pytest

from gmmlearn.explore.models import model

from .lab import until

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

FIRST_HANDLE = {
    "density": "peak 0",
    "covariance": "axis 0",
    "sampling": "mean 0",
    "landscape": "point",
    "responsibilities": "point",
    "em": "mean 0",
    "n_components": "K",
    "counting": "point",
    "em_by_hand": "mean 0",
    "em_failures": "mean 0",
}


def violations(page, within: str) -> list[str]:
    """What axe-core objects to below a selector."""
    response = axe.Axe().run(page, within).response
    assert len(response["passes"]) > 10, "axe has looked at nothing"
    found = response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def middle(root, handle: str) -> tuple[float, float]:
    """Where a handle is, once it is in sight."""
    node = root.locator(f'[data-handle="{handle}"]')
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, root, handle: str, dx: float, dy: float) -> None:
    """With the real mouse, in steps."""
    x, y = middle(root, handle)
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


def noted(root) -> str:
    """Who computes, as the line under the picture says it."""
    return root.locator(".gmmx-note").inner_text()


def sample(place: int) -> list:
    """Where a sample is, by the model in Python."""
    return model("responsibilities").data()["X"][place].tolist()


def two_frames(page) -> None:
    """In the first all is drawn that was asked for, in the second what the first has asked for."""
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def fresh(page, name: str):
    """One exploration of a page, as it is after Reset."""
    root = page.locator(f"#{name} .gmmx")
    root.scroll_into_view_if_needed()
    root.get_by_role("button", name="Reset").click()
    two_frames(page)
    return root


def steps_through_samples(page, root, settled) -> None:
    """Every key of the point, from a state without a sample; `settled` is what no key may change."""
    root.get_by_role("button", name="Reset").click()
    until(page, lambda: painted(root)["index"] == -1)
    point = root.locator('[data-handle="point"]')
    point.focus()
    two_frames(page)
    before = settled()
    keys = {"PageDown": 0, "n": 1, "N": 2, "p": 1, "PageUp": 0, "P": 299, "End": 299, "Home": 0}
    for key, place in keys.items():
        page.keyboard.press(key)
        until(page, lambda place=place: painted(root)["index"] == place)
        assert painted(root)["point"] == pytest.approx(sample(place), abs=1e-12)
    until(page, lambda: value_of(root, "point").startswith("Sample 1 of 300: x "))
    until(page, lambda: shown(root).startswith("Sample 1 of 300 ("))
    page.keyboard.press("End")  # of another component, as what is as it was before is not said again
    until(page, lambda: "is responsible for" in root.locator("[aria-live]").first.inner_text())
    assert settled() == before
    page.keyboard.press("ArrowLeft")
    until(page, lambda: value_of(root, "point").startswith("Point: x "))
    assert settled() == before
