"""Every notebook runs: with the solutions all of it, with the stubs all but the cells that call them."""

import re
from html.parser import HTMLParser

import pytest

from gmmlearn.contract import EXERCISES

BUDGET_SECONDS = 20.0
WITH_STUBS = ("01_mixtures.ipynb", "08_project.ipynb")
"""Notebooks that are run without a solution in the short form of the tests as well."""


@pytest.fixture(scope="session")
def solved(any_notebook, run):
    return run(any_notebook.path, "solutions")


@pytest.fixture(scope="session")
def unsolved(any_notebook, run, pytestconfig):
    if any_notebook.path.name not in WITH_STUBS and not pytestconfig.getoption("--long"):
        pytest.skip("with --long")
    return run(any_notebook.path, "stubs")


def test_with_the_solutions_nothing_is_raised(solved):
    """Not even in the cells that may raise while an exercise is not written yet."""
    assert solved.errors() == []


def test_with_the_solutions_nothing_is_complained_about(solved):
    """Warnings go to the error stream."""
    complaints = [(cell.id, output.text) for cell, output in solved.outputs() if output.get("name") == "stderr"]
    assert complaints == []


def test_with_the_solutions_every_check_passes(solved, any_notebook):
    """What `check` shows under the graded cells."""
    for cell in solved.notebook.cells:
        if "nbgrader" in cell.metadata:
            assert cell.outputs, f"{cell.id} says nothing"
            said = " ".join(str(output.get("text") or output.get("data")) for output in cell.outputs).lower()
            assert "not passed" not in said, cell.id
            assert "passed" in said, f"{cell.id}: {said[:300]}"


def test_with_the_stubs_only_cells_with_leave_raise(unsolved, any_notebook):
    """A reader who has written nothing yet can still run all cells from top to bottom."""
    assert unsolved.failed_cell is None, unsolved.errors()[-1]


def test_with_the_stubs_every_exercise_is_tried_once_at_least(unsolved, any_notebook):
    """The cell that tries a function ends in the stub's own sentence."""
    raised = " ".join(message for _, message in unsolved.errors())
    expected = [exercise for exercise in EXERCISES.values() if exercise.module == any_notebook.chapter]
    missing = [exercise.name for exercise in expected if f"Exercise {exercise.number}: write" not in raised]
    assert missing == []


def test_no_network_was_there(solved):
    """The runs above prove that nothing is fetched, as long as there was nothing to fetch it with."""
    if solved.interfaces != ["lo"]:
        pytest.skip("this machine lets us make no network namespace; the notebooks ran with a network")
    assert solved.interfaces == ["lo"]


def test_seconds_are_reported(solved, any_notebook, record_property, capsys):
    """Reported only: a busy machine is no fault of the notebook."""
    record_property("seconds", solved.seconds)
    remark = "" if solved.seconds <= BUDGET_SECONDS else f"; the budget is {BUDGET_SECONDS:g} s"
    with capsys.disabled():
        print(
            f"\n  {any_notebook.path.name}: {solved.seconds:.1f} s, {solved.cpu_seconds:.1f} s of CPU{remark}", end=" "
        )


def test_no_cell_takes_long_and_no_chapter_costs_much(solved, any_notebook):
    """Three times what they take on two idle cores, 5 s a cell and 25 s of CPU a chapter: a busy machine may be slow."""
    assert solved.slow_cells(15) == {}
    if any_notebook.chapter:
        assert solved.cpu_seconds < 75


class Page(HTMLParser):
    """Collects what an output would load, and the images that have no description."""

    def __init__(self):
        super().__init__()
        self.loads, self.images_without_alt, self.images = [], [], 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "img":
            self.images += 1
            if not (attributes.get("alt") or "").strip():
                self.images_without_alt.append(str(attributes)[:80])
        sources = [attributes.get(name) or "" for name in ("src", "srcset", "poster", "data")]
        if tag == "link":
            sources.append(attributes.get("href") or "")
        self.loads += [source for source in sources if re.match(r"(https?:)?//", source)]
        self.loads += re.findall(r"url\(['\"]?(?:https?:)?//[^)]*", attributes.get("style") or "")

    def handle_data(self, data):
        if self.cdata_elem == "style":
            self.loads += re.findall(r"@import[^;]*|url\(['\"]?(?:https?:)?//[^)]*", data)


@pytest.mark.parametrize(
    ("markup", "loads", "undescribed"),
    [
        ('<img src="data:image/png;base64,AA" alt="A rising line">', [], 0),
        ('<img src="data:image/png;base64,AA">', [], 1),
        ('<img alt=" " src="data:image/png;base64,AA">', [], 1),
        ('<script src="https://cdn.example/mathjax.js"></script>', ["https://cdn.example/mathjax.js"], 0),
        ('<link rel="stylesheet" href="//fonts.example/a.css">', ["//fonts.example/a.css"], 0),
        ("<style>@import 'b.css';</style>", ["@import 'b.css'"], 0),
        ('<p style="background:url(https://a.example/c.png)">', ["url(https://a.example/c.png"], 0),
        ('<a href="https://scikit-learn.org">read on</a>', [], 0),
    ],
)
def test_page_sees_what_would_be_loaded_and_what_has_no_description(markup, loads, undescribed):
    """A link is no load; an empty description is none."""
    page = Page()
    page.feed(markup)
    assert page.loads == loads
    assert len(page.images_without_alt) == undescribed


def test_every_picture_has_a_description(solved):
    """Through `show` and `play`; matplotlib's own output has none, so there must be none of it.

    The still of an exploration, for where no widget can be, has it in the metadata.
    """
    for cell, text in solved.html():
        page = Page()
        page.feed(text)
        assert page.images_without_alt == [], cell.id
    bare = [
        cell.id
        for cell, output in solved.outputs()
        if "image/png" in output.get("data", {})
        and "text/html" not in output.data
        and not output.metadata.get("image/png", {}).get("alt")
    ]
    assert bare == []


def test_chapters_have_pictures(solved, any_notebook):
    """Six of them at least, the first before the first section."""
    if any_notebook.chapter is None:
        pytest.skip("not a chapter")
    with_pictures = [cell.id for cell, text in solved.html() if "<img" in text]
    assert len(with_pictures) >= 6
    section_seen = False
    for cell in solved.notebook.cells:
        section_seen = section_seen or " minutes in" in cell.source
        if cell.id == with_pictures[0]:
            break
    assert not section_seen, "the opening picture comes before the first section"


def test_nothing_is_loaded_from_elsewhere(solved):
    """No script, style, font or image of an output comes from a network address."""
    for cell, text in solved.html():
        page = Page()
        page.feed(text)
        assert page.loads == [], cell.id


def test_a_prediction_is_asked_before_every_film(solved):
    """Between one player and the next there is a `predict`."""
    asked = False
    for cell in solved.notebook.cells:
        if cell.cell_type != "code":
            continue
        shown = " ".join(
            "".join(output.data["text/html"]) for output in cell.outputs if "text/html" in output.get("data", {})
        )
        if "predict(" in cell.source:
            asked = True
        if 'id="player-' in shown:
            assert asked, f"no prediction before {cell.id}"
            asked = False
