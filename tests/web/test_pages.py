"""The site to read: built whole, its links followed, every page opened in Chromium on a phone and in the dark."""

import ast
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, notebook_of
from gmmlearn.figures.style import framed
from gmmlearn.hunting.bugs import bugs_of

from .conftest import served

ROOT = Path(__file__).parents[2]
COURSE = sorted([*map(notebook_of, CHAPTERS), PROJECT_NOTEBOOK])
READ = [name.removesuffix(".ipynb") for name in COURSE]
PAGES = ("index", *READ, "explorations", "glossary", "functions", "instructors", "search")

RUN = ("01_mixtures.ipynb", "04_e_step.ipynb", "explorations.ipynb", "glossary.ipynb")
"""Notebooks that are run without `--long`; `tests/course/test_execute.py` runs all of them."""

RULES = {"rules": {"empty-table-header": {"enabled": False}}}
"""That rule takes a formula for nothing, although MathJax gives it as MathML to those who listen."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, pytestconfig):
    pytest.importorskip("sphinx_book_theme", reason="the extra `site` is not installed")
    if not shutil.which("npm"):
        pytest.skip("no npm here, from which MathJax comes")
    from web import pages

    folder = tmp_path_factory.mktemp("site") / "html"
    run = None if pytestconfig.getoption("--long") else RUN
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # the stubs, which are not to be run
        warnings = pages.build(folder, run=run)
    assert warnings == ""
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


def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(site, pytestconfig):
    pages = {path.name: Links(path.read_text("utf-8")) for path in site.glob("*.html")}
    tab = re.compile(
        rf"tab/(index\.html|lab/index\.html\?path=({'|'.join([*COURSE, 'explorations.ipynb', 'glossary.ipynb'])}))"
    )
    assert {name.removesuffix(".html") for name in pages} == set(PAGES)
    for name, page in pages.items():
        for address in page.leads:
            file, _, place = address.partition("#")
            if "://" in file or tab.fullmatch(file) or file.startswith("mailto:"):
                continue
            target = pages.get(file or name)
            assert target, f"{name} leads to {address}"
            if "?" in place:  # the state of an exploration
                place = ""
                if f"{name.removesuffix('.html')}.ipynb" not in RUN and not pytestconfig.getoption("--long"):
                    continue
                assert f'"name": "{address[1:].partition("?")[0]}"' in (site / name).read_text("utf-8")
            assert not place or place in target.places, f"{name} leads to {address}"
        assert not [address for address in page.loads if "://" in address or address.startswith("//")], name


def test_tables_formulas_and_lists_are_set(site):
    """In outputs too; two numbers in one line of a list would be counted as one."""
    left = r"(?s)<(script|pre|code)\b.*?</\1>|<(span|div) class=\"math[^>]*>.*?</\2>|<[^>]*>"
    for page in site.glob("*.html"):
        shown = re.sub(left, " ", page.read_text("utf-8"))
        assert re.findall(r"\|\s*[-—–]+\s*\|", shown) == [], page.name
        assert re.findall(r"\$[^$\n]{1,40}\$", shown) == [], page.name
        assert re.findall(r"</a>\s+\d+\.\s+<a", page.read_text("utf-8")) == [], page.name


def test_the_front_page_leads_three_kinds_of_readers(site):
    text = (site / "index.html").read_text("utf-8")
    for words, address in (
        ("You are a student", "tab/index.html"),
        ("You teach", "instructors.html"),
        ("You are curious", "explorations.html"),
    ):
        assert re.search(rf'{words}.{{0,80}}?<a [^>]*href="{address}"', text, re.DOTALL), words
    for name in COURSE:
        assert f'href="tab/lab/index.html?path={name}"' in (site / name.replace("ipynb", "html")).read_text("utf-8")
    listed = re.findall(r'<li class="toctree-l1"><a class="reference internal" href="(\d\d_\w+)\.html">', text)
    assert listed[: len(READ)] == READ


def test_every_function_is_described_and_no_solution_is_there(site):
    """But for lines that the wrong functions of a hunt have too, which its panel shows once they are caught."""
    wrong = [bug.source for name in EXERCISES for bug in bugs_of(name)]
    everything = {
        path: path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js", ".json", ".txt")
    }
    functions = everything[site / "functions.html"]
    for exercise in EXERCISES.values():
        assert f'id="gmmlearn.{exercise.module}.{exercise.name}"' in functions
        tree = ast.parse((ROOT / "solutions" / f"{exercise.module}.py").read_text("utf-8"))
        (function,) = [node for node in tree.body if getattr(node, "name", "") == exercise.name]
        for line in map(ast.unparse, function.body[1:]):
            if len(line) > 25 and not any(line in source for source in wrong):
                plain = re.sub(r"\s", "", line)
                found = [
                    path.name
                    for path, text in everything.items()
                    if plain in re.sub(r"<[^>]*>|\s", "", text).replace("&lt;", "<").replace("&#39;", "'")
                ]
                assert not found, f"{line} of {exercise.name} is in {found}"


def test_what_was_run_is_the_solved_course(site):
    for page in site.glob("*.html"):
        shown = re.sub("<[^>]*>", "", page.read_text("utf-8"))
        assert re.findall(r"NotImplementedError +Traceback", shown) == [], page.name


@pytest.fixture
def opened(site, chromium):
    """Opens pages of the site and keeps what they ask for and stumble over, which has to be nothing strange."""
    contexts, asked, troubles = [], [], []
    with served(site) as address:

        def open_one(name, **options):
            if not contexts:
                contexts.append(chromium.new_context(**options))
                contexts[0].on("request", lambda request: asked.append(request.url))
                contexts[0].on("weberror", lambda error: troubles.append(f"{name}: {error.error}"))
            page = contexts[0].new_page()
            page.goto(f"{address}/{name}", wait_until="load")
            if page.locator(".math").count():
                page.evaluate("MathJax.startup.promise.then(() => true)")
            return page

        yield open_one
        contexts[0].close()
    assert not troubles
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


SHORT = {"phone": ("index", "04_e_step", "instructors"), "dark": ("01_mixtures", "explorations", "search")}
"""Pages that are opened without `--long`; all of them take minutes."""
PHONE = {"viewport": {"width": 390, "height": 844}}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


@pytest.mark.parametrize("options", [PHONE, DARK], ids=["phone", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(request, name, options):
    kind = "dark" if options is DARK else "phone"
    if name not in SHORT[kind] and not request.config.getoption("--long"):
        pytest.skip("with --long")
    opened = request.getfixturevalue("opened")
    from axe_playwright_python.sync_playwright import Axe

    page = opened(f"{name}.html", **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in violations] == []


def test_captions_are_as_heavy_as_the_text(chromium):
    """By the theme's own CSS and that of the course, in the order in which a page loads them."""
    reason = "the extra `site` is not installed"
    package = pytest.importorskip("pydata_sphinx_theme", reason=reason)
    theme = Path(package.__file__).parent / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
    sheets = [path.read_text(encoding="utf-8") for path in (theme, ROOT / "web" / "course.css")]
    page = chromium.new_page()
    page.set_content("".join(f"<style>{sheet}</style>" for sheet in sheets) + framed("", "Waiting times", 600))
    assert page.evaluate("getComputedStyle(document.querySelector('figcaption')).fontWeight") == "400"
    page.close()


def test_explorations_and_films_move_and_formulas_are_set(opened):
    page = opened("01_mixtures.html", **PHONE)
    picture = page.locator(".exploration [role=slider]").first
    before = picture.get_attribute("aria-valuetext") or picture.get_attribute("aria-valuenow")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert (picture.get_attribute("aria-valuetext") or picture.get_attribute("aria-valuenow")) != before
    film = page.locator(".gmm-player").first
    shown = film.locator("img").get_attribute("src")
    film.get_by_role("button", name="Play").click()
    page.wait_for_function("(one) => one.value > 1", arg=film.locator("input").element_handle())
    assert film.locator("img").get_attribute("src") != shown
    assert page.locator("mjx-container").count() > 10


def test_an_answer_is_judged_and_still_there_on_the_next_visit(opened):
    page = opened("01_mixtures.html")
    first = page.locator(".gmmx-quiz fieldset").first
    first.locator("input").last.check()
    first.get_by_role("button", name="Check my answer").click()
    said = first.locator(".gmmx-feedback").text_content()
    assert said.startswith(("Right.", "Not quite."))
    page.close()
    first = opened("01_mixtures.html").locator(".gmmx-quiz fieldset").first
    assert first.locator("input").last.is_checked()
    assert first.locator(".gmmx-feedback").text_content() == said


SOUGHT = {
    "log-sum-exp": "03_likelihood.html#log-sum-exp",
    "Mahalanobis": "01_mixtures.html#distance-counted-in-ellipses",
    "responsibility": "04_e_step.html#what-a-responsibility-promises",
    "update_means": "05_m_step.html#exercise-5-2",
    "overfitting": "07_with_sklearn.html#how-many-components",
}


def test_search_finds_the_section_of_a_word(opened):
    """The first of all that are found, with the word in the words beside it; and no page is loaded for that."""
    loaded = []
    for words, address in SOUGHT.items():
        page = opened(f"search.html?q={words}", **PHONE)
        page.on("request", lambda request: loaded.append(request.url))
        first = page.locator("ul.search li").first
        assert first.locator("a").get_attribute("href").startswith(address)
        assert first.locator("mark").first.text_content().lower()[:3] in words.lower()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
        page.close()
    assert [url for url in loaded if ".html" in url] == []
    page = opened("search.html?q=xyzzy")
    page.get_by_text("No section has this word. Try another word, or fewer.").wait_for()


def test_explorations_and_questions_follow_the_theme(opened):
    page = opened("04_e_step.html", **DARK)
    page.wait_for_function("document.querySelectorAll('.gmmx[data-theme]').length > 2")
    themes = page.locator(".gmmx[data-theme]").evaluate_all("(all) => all.map((one) => one.dataset.theme)")
    assert set(themes) == {"dark"}
