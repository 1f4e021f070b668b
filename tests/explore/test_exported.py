"""Where no widget can be: an exported page, and a copy that is not trusted."""

import re
import subprocess
import sys

import pytest

from gmmlearn import explore
from gmmlearn.explore import panels

from .lab import write_notebook


@pytest.mark.parametrize(
    ("stored", "options"), [(False, ()), (True, ("--ClearMetadataPreprocessor.enabled=True",))], ids=["plain", "stored"]
)
def test_an_exported_page_shows_a_still_of_each_exploration(tmp_path, stored, options):
    """By the commands that the README has, without a network: no blank, and words for who cannot see it."""
    cells = ["from gmmlearn import explore", *(f"explore.{name}()" for name in explore.__all__)]
    write_notebook(tmp_path / "stills.ipynb", *cells)
    convert = [sys.executable, "-m", "nbconvert", "stills.ipynb"]
    execute = ["--to", "notebook", "--inplace", "--execute", f"--ExecutePreprocessor.store_widget_state={stored}"]
    for command in (execute, ["--to", "html", *options]):
        subprocess.run([*convert, *command], cwd=tmp_path, check=True, capture_output=True)
    assert stored == ("widget-state" in (tmp_path / "stills.ipynb").read_text(encoding="utf-8"))
    text = (tmp_path / "stills.html").read_text(encoding="utf-8")
    stills = re.findall(r'<img alt="([^"]{30,})"[^>]*src="data:image/png;base64,', text)
    assert len(stills) == len(set(stills)) == len(explore.__all__)
    assert "No description has been provided" not in text


def test_the_still_shows_the_present_state(monkeypatch):
    shown = []
    monkeypatch.setattr(panels, "display", lambda bundle, **options: shown.append(bundle))
    picture = explore.covariance()
    picture._ipython_display_()
    picture.angle = 80
    picture._ipython_display_()
    first, widget, second, _ = shown
    assert 'src="data:image/png;base64,' in first["text/html"]
    assert first["text/html"] != second["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in widget
