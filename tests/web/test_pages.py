"""The site to read: built once with one chapter, its links followed, opened in Chromium on a phone and a desktop."""

import ast
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gmmlearn.contract import EXERCISES

from .conftest import served

ROOT = Path(__file__).parents[2]
CHAPTERS = ("mixtures",)
PAGES = ("index", "01_mixtures", "explorations", "glossary", "functions", "instructors")

RULES = {"rules": {"empty-table-header": {"enabled": False}}}
"""That rule takes a formula for nothing, although MathJax gives it as MathML to those who listen."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pytest.importorskip("sphinx_book_theme", reason="the extra `site` is not installed")
    if not shutil.which("npm"):
        pytest.skip("no npm here, from which MathJax comes")
    from web import pages

    folder = tmp_path_factory.mktemp("site") / "html"
    pages.build(folder, chapters=CHAPTERS)
    return folder


class Links(HTMLParser):
    """Addresses that a page leads to or loads, and the places that it has."""

    def __init__(self, text):
        super().__init__()
        self.leads, self.loads, self.places = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Called for every element."""
        given = dict(attributes)
        self.places.add(given.get("id"))
        if tag == "a" and given.get("href"):
            self.leads.append(given["href"])
        if tag in ("script", "img", "iframe", "link"):
            self.loads.append(given.get("src") or given.get("href") or "")


def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(site):
    pages = {path.name: Links(path.read_text("utf-8")) for path in site.glob("*.html")}
    other = re.compile(r"0[2-9]_\w+\.html|tab/")  # chapters that were not built, and the browser tab
    for name, page in pages.items():
        for address in page.leads:
            file, _, place = address.partition("#")
            if "://" in file or other.match(file) or file.startswith("mailto:"):
                continue
            target = pages.get(file or name)
            assert target, f"{name} leads to {address}"
            if "?" in place:  # the state of an exploration
                place = ""
                assert f'"name": "{address[1:].partition("?")[0]}"' in (site / name).read_text("utf-8")
            assert not place or place in target.places, f"{name} leads to {address}"
        assert not [address for address in page.loads if "://" in address or address.startswith("//")], name


def test_the_front_page_leads_three_kinds_of_readers(site):
    text = (site / "index.html").read_text("utf-8")
    for words, address in (
        ("You are a student", "tab/index.html"),
        ("You teach", "instructors.html"),
        ("You are curious", "explorations.html"),
    ):
        assert re.search(rf'{words}.{{0,80}}?<a [^>]*href="{address}"', text, re.DOTALL), words
    assert 'href="tab/lab/index.html?path=01_mixtures.ipynb"' in (site / "01_mixtures.html").read_text("utf-8")


def test_every_function_is_described_and_no_solution_is_there(site):
    everything = {path: path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js", ".txt")}
    functions = everything[site / "functions.html"]
    for exercise in EXERCISES.values():
        if exercise.module not in CHAPTERS:
            continue
        assert f'id="gmmlearn.{exercise.module}.{exercise.name}"' in functions
        tree = ast.parse((ROOT / "solutions" / f"{exercise.module}.py").read_text("utf-8"))
        (function,) = [node for node in tree.body if getattr(node, "name", "") == exercise.name]
        for line in map(ast.unparse, function.body[1:]):
            if len(line) > 25:
                plain = re.sub(r"\s", "", line)
                found = [
                    path.name
                    for path, text in everything.items()
                    if plain in re.sub(r"<[^>]*>|\s", "", text).replace("&lt;", "<").replace("&#39;", "'")
                ]
                assert not found, f"{line} of {exercise.name} is in {found}"


def test_pages_are_alive_accessible_and_fit_a_phone(site, chromium):
    from axe_playwright_python.sync_playwright import Axe

    with served(site) as address:
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        asked, errors = [], []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name in PAGES:
            page.goto(f"{address}/{name}.html", wait_until="load")
            page.evaluate("MathJax?.startup?.promise") if page.locator(".math").count() else None
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
            if name in ("index", "01_mixtures"):
                violations = Axe().run(page, options=RULES).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], name
        page.goto(f"{address}/01_mixtures.html")
        picture = page.locator(".exploration [role=slider]").first
        before = picture.get_attribute("aria-valuetext") or picture.get_attribute("aria-valuenow")
        picture.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert (picture.get_attribute("aria-valuetext") or picture.get_attribute("aria-valuenow")) != before
        first = page.locator(".gmmx-quiz fieldset").first
        first.locator("input").first.check()
        first.get_by_role("button", name="Check my answer").click()
        assert first.locator(".gmmx-feedback").text_content().startswith(("Right.", "Not quite."))
        assert page.locator("mjx-container").count() > 10
        context.close()
    assert not errors
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
