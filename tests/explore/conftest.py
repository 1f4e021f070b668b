"""A Chromium for the tests of what runs in the browser."""

import atexit
import os
import shutil
from functools import cache
from typing import Any

import pytest

from gmmlearn.explore.browser import script

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Debian's Chromium, or the one that `GMMLEARN_CHROMIUM` names; the tests are skipped where there is none."""
    path = os.environ.get("GMMLEARN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium here: install Debian's package chromium, or set GMMLEARN_CHROMIUM")
    return path


@cache
def driver() -> Any:
    """The one of this process, which cannot have two; so the fixture below may be imported by other conftests."""
    started = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    atexit.register(started.stop)
    return started


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; each opens pages of its own."""
    path = chromium_path()
    browser = driver().chromium.launch(executable_path=path, headless=True, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def tab(chromium):
    """A page with the script and no view."""
    page = chromium.new_page()
    page.add_script_tag(content=script("page"))
    yield page
    page.close()
