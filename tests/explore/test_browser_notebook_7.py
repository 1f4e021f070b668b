"""The explorations in Notebook 7, which stops keys elsewhere than JupyterLab does."""

from .hands import painted
from .lab import NOTEBOOK_7, READY, SETTLED, end_kernel, jupyter_lab, until, write_notebook


def test_notebook_7_leaves_the_keys_of_a_handle_to_it(chromium, tmp_path):
    """There they inserted and deleted cells."""
    with jupyter_lab(tmp_path, *NOTEBOOK_7) as (base, token):
        cells = ("from gmmlearn import explore", "explore.covariance()", "1")
        write_notebook(tmp_path / "notebooks" / "seven.ipynb", *cells)
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{base}/notebooks/seven.ipynb?token={token}")
        page.wait_for_function(READY, timeout=120_000)
        page.evaluate(SETTLED)
        page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells') }")
        root = page.locator(".gmmx").first
        handle = root.locator('[data-handle="mean"]')
        handle.wait_for(timeout=60_000)
        handle.focus()
        before = painted(root)["mean"]
        state = """() => {
          const {content} = jupyterapp.shell.currentWidget;
          return [content.widgets.length, content.activeCellIndex];
        }"""
        was = page.evaluate(state)
        for key in ("a", "b", "x", "d", "d", "ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
        until(page, lambda: painted(root)["mean"][0] > before[0] and painted(root)["mean"][1] < before[1])
        assert page.evaluate(state) == was
        root.get_by_label("Angle (degrees)").focus()
        angle = painted(root)["angle"]
        page.keyboard.press("ArrowRight")
        until(page, lambda: painted(root)["angle"] > angle)
        assert page.evaluate(state) == was
        end_kernel(page)
        page.close()
