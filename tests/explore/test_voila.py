"""Voila, the optional extra: its settings, and where it is installed, the page that it makes of the explorations."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gmmlearn import explore

from .lab import answers, free_port, own_folders, until

ROOT = Path(__file__).parents[2]


def test_the_settings_let_a_page_ask_only_its_own_server():
    """Else Voila's template would ask a host elsewhere for icons that nothing here shows."""
    headers = json.loads((ROOT / "voila.json").read_text())["Voila"]["tornado_settings"]["headers"]
    default, *_ = headers["Content-Security-Policy"].split(";")
    name, *sources = default.split()
    assert name == "default-src"
    assert set(sources) == {"'self'", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"}


@pytest.fixture
def voila(tmp_path):
    """The address at which `voila course/explorations.ipynb` answers."""
    pytest.importorskip("voila", reason='Voila is an optional extra: pip install "gmmlearn[voila]"')
    port = free_port()
    command = [sys.executable, "-m", "voila", "course/explorations.ipynb", "--no-browser", f"--port={port}"]
    with (tmp_path / "voila.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=own_folders(tmp_path), stdout=log, stderr=log)
        try:
            base = f"http://localhost:{port}"
            answers(f"{base}/voila/static/voila.js", server, tmp_path / "voila.log")
            yield base
        finally:
            server.terminate()
            server.wait(20)


def test_voila_shows_every_exploration_without_a_network(chromium, voila):
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    asked, blocked = [], []
    own = (voila, voila.replace("http", "ws", 1), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else asked.append(request.url))
    page.on("requestfailed", lambda request: blocked.append(request.url) if request.failure == "csp" else None)
    page.goto(voila, wait_until="commit", timeout=60_000)
    count = len(re.findall(r"explore\.\w+\(", (ROOT / "course" / "explorations.ipynb").read_text(encoding="utf-8")))
    assert count >= len(explore.__all__)
    until(page, lambda: page.locator(".gmmx canvas").count() == count, 60)
    assert page.locator("mjx-container").count() > 0
    first = page.locator(".gmmx").first
    handle = first.locator('[data-handle="peak 0"]')
    before = handle.get_attribute("aria-valuetext")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    until(page, lambda: handle.get_attribute("aria-valuetext") != before)
    page.locator("select").filter(has_text="the library, in Python").first.select_option("the library, in Python")
    until(page, lambda: first.locator(".gmmx-note").inner_text() == "Computed by gmmlearn.library, in Python.")
    assert set(asked) <= set(blocked)
    page.close()
