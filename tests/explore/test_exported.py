"""Where no widget can be: an exported page, and a copy that is not trusted."""

import re
import subprocess
import sys

import pytest

from gmmlearn import explore
from gmmlearn.explore import panels

from .lab import write_notebook


@pytest.mark.parametrize("stored", [False, True])
def test_an_exported_page_shows_a_still_of_each_exploration(tmp_path, stored):
    """By the command that people type; a widget whose state is stored needs a network, its still does not."""
    cells = ["from gmmlearn import explore", *(f"explore.{name}()" for name in explore.__all__)]
    write_notebook(tmp_path / "stills.ipynb", *cells)
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", "stills.ipynb"]
    execute = ["--execute", f"--ExecutePreprocessor.store_widget_state={stored}"]
    subprocess.run([*convert, *execute], cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "stills.html").read_text(encoding="utf-8").split("<body", 1)[1]
    stills = re.findall(r'<img[^>]*src="data:image/png;base64,', text)
    assert len(stills) == len(explore.__all__)
    # The template of nbconvert has no place for the words of an image; without a widget they follow it.
    assert stored or text.count(": a still picture. To move it, run its cell in a notebook.") == len(stills)
    assert len(re.findall(r"widget-view\+json", text)) == stored * len(explore.__all__)


def test_the_still_shows_the_present_state(monkeypatch):
    shown = []
    monkeypatch.setattr(panels, "display", lambda bundle, **options: shown.append(bundle))
    picture = explore.covariance()
    picture._ipython_display_()
    picture.angle = 80
    picture._ipython_display_()
    first, widget, second, _ = shown
    assert first["image/png"].startswith(b"\x89PNG")
    assert first["image/png"] != second["image/png"]
    assert "application/vnd.jupyter.widget-view+json" in widget
