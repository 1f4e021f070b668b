"""The panel: all that comes from a student is escaped, nothing is loaded, and it can be read without colours."""

import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

from gmmlearn.calls import Status
from gmmlearn.checks import hints
from gmmlearn.checks.record import Record
from gmmlearn.checks.reporting import build
from gmmlearn.checks.reporting.overview import Progress
from gmmlearn.checks.reporting.report import WIDTH, Report
from gmmlearn.contract import EXERCISES


class Parsed(HTMLParser):
    """Tags with attributes, and the text; fails where a tag is not closed."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


EVIL = "<script>alert(1)</script> & `code` \x1b[31m\u202e"


@pytest.fixture
def shown(report):
    return {
        "wrong": report("responsibilities", lambda X, weights, means, covariances: np.full((len(X), 3), 0.2)),
        "not started": build.not_started(EXERCISES["select_n_components"]),
        "timeout": build.stopped(EXERCISES["fit"], Status.TIMEOUT, "It was stopped.", "gmmlearn/em.py, line 3, in fit"),
        "passed": Report("4.2", "assign", Status.PASSED, "passed", standing="2 of 21 exercises", points=9),
        "hint 1": hints.read(EXERCISES["fit"], 1),
        "hint 3": hints.read(EXERCISES["fit"], 3),
        "progress": Progress(Record({"assign": Status.PASSED, "fit": Status.TIMEOUT})),
    }


def test_what_a_student_wrote_is_text_in_every_place():
    rows = tuple((word, EVIL) for word in ("Called", "Line", "Why", "Printed"))
    report = Report("4.2", EVIL, Status.ERROR, EVIL, rows, (EVIL,), EVIL, 3)
    parsed = Parsed(report._repr_html_())
    assert "script" not in [tag for tag, _ in parsed.tags]
    assert parsed.text.count("<script>alert(1)</script> &") == 8
    for text in (parsed.text, str(report)):
        assert not {"\x1b", "\u202e"} & {*text}
        assert r"\x1b[31m\u202e" in text


def test_a_panel_is_announced_and_loads_nothing(shown):
    for name, one in shown.items():
        markup = one._repr_html_()
        parsed = Parsed(markup)
        assert parsed.tags[0][0] == "section", name
        assert parsed.tags[0][1]["role"] == "status"
        assert parsed.tags[0][1]["aria-label"]
        assert not [word for word in ("src=", "href=", "url(", "<script", "<style", "http") if word in markup]


def test_every_colour_is_one_of_the_theme_or_of_our_own(shown):
    for one in shown.values():
        for tag, attributes in Parsed(one._repr_html_()).tags:
            style = attributes.get("style") or ""
            for declaration in style.split(";"):
                key, _, value = declaration.partition(":")
                if key.strip() in ("color", "background"):
                    assert value.startswith("var(--jp-") or value in ("none", "#0072B2"), (tag, declaration)


def test_panel_and_text_say_the_same(shown):
    for name in ("wrong", "not started", "timeout"):
        panel = " ".join(Parsed(shown[name]._repr_html_()).text.split())
        for word, content in shown[name].rows:
            assert word in panel
            lines = [content.replace("`", "")] if isinstance(content, str) else [*content.below]
            assert all(" ".join(line.split()) in panel for line in lines)


def test_wrong_values_carry_a_mark_besides_their_colour(shown):
    assert "*" in str(shown["wrong"])
    assert "</strong>*</td>" in shown["wrong"]._repr_html_()
    assert "* differs" in str(shown["wrong"])


def test_progress_so_far_is_an_element_that_screen_readers_know(shown):
    tags = dict(Parsed(shown["passed"]._repr_html_()).tags)
    assert tags["progress"].items() >= {"value": "9", "max": "100", "aria-label": "points so far"}.items()


def test_the_third_hint_keeps_its_lines(shown):
    assert f">{shown['hint 3'].text.splitlines()[0]}\n" in shown["hint 3"]._repr_html_()


def test_code_breaks_between_words(shown):
    """JupyterLab's own style for what a cell prints breaks a line at any letter."""
    for panel in shown.values():
        for tag, attributes in Parsed(panel._repr_html_()).tags:
            assert tag != "pre" or "word-break:normal" in attributes["style"]


def test_words_of_a_panel_have_its_whole_width(shown):
    """JupyterLab's own style for what a cell prints gives a definition four fifths of its column."""
    for panel in shown.values():
        for tag, attributes in Parsed(panel._repr_html_()).tags:
            assert tag not in ("dt", "dd") or "width:auto" in attributes["style"]


def test_no_backtick_is_left_of_code(shown):
    with_project = Progress(Record(), notebooks=frozenset(["08_project.ipynb"]))
    for panel in (*shown.values(), with_project):
        assert "`" not in Parsed(panel._repr_html_()).text


def test_lines_fit_a_terminal(shown):
    assert max(len(line) for one in shown.values() for line in str(one).splitlines()) <= WIDTH + 20


def test_a_terminal_never_waits_for_what_only_html_needs():
    program = (
        "import sys; from gmmlearn.checks import hints, record; from gmmlearn.checks.reporting import build, overview; "
        "from gmmlearn.contract import EXERCISES as e; str(build.not_started(e['fit'])); str(hints.read(e['fit'], 1)); "
        "str(overview.Progress(record.Record())); print({'jinja2', 'matplotlib', 'sklearn'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
