"""Where no widget can be: an exported page, and a copy that is not trusted."""

import re
import subprocess
import sys

from gmmlearn import explore

from .lab import write_notebook


def test_an_exported_page_shows_a_still_of_each_exploration(tmp_path):
    """By the command that people type, without a network: no widget, and no blank either."""
    cells = ["from gmmlearn import explore", *(f"explore.{name}()" for name in explore.__all__)]
    write_notebook(tmp_path / "stills.ipynb", *cells)
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", "stills.ipynb"]
    execute = ["--execute", "--ExecutePreprocessor.store_widget_state=False"]
    subprocess.run([*convert, *execute], cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "stills.html").read_text(encoding="utf-8")
    stills = re.findall(r'<img[^>]*src="data:image/png;base64,', text)
    assert len(stills) == len(explore.__all__)
    assert "jupyter.widget-view" not in text.split("<body", 1)[1]


def test_the_still_shows_the_present_state():
    picture = explore.covariance()
    first = picture._repr_mimebundle_()[0]["image/png"]
    assert first.startswith(b"\x89PNG")
    picture.angle = 80
    assert picture._repr_mimebundle_()[0]["image/png"] != first
