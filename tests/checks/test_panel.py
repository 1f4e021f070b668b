"""The panel: all that comes from a student is escaped, nothing is loaded, and it can be read without colours."""

from html.parser import HTMLParser

import pytest

from gmmlearn.checks import check, hint, progress
from gmmlearn.checks.panel import COLOURS, SIGNS, WIDTH
from solutions.mistakes import mistakes_of


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


def test_what_a_student_wrote_is_text():
    def assign(responsibilities):
        raise ValueError("<script>alert(1)</script> & `code`")

    parsed = Parsed(check("assign", function=assign)._repr_html_())
    assert "script" not in [tag for tag, _ in parsed.tags]
    assert "<script>alert(1)</script> &" in parsed.text


@pytest.fixture
def shown(tmp_path):
    mistake = mistakes_of("responsibilities")[0]
    return {
        "wrong": check("responsibilities", function=mistake.function),
        "not begun": check("responsibilities", where=tmp_path),
        "passed": check("assign", function=lambda responsibilities: responsibilities.argmax(axis=1)),
        "hint": hint("fit", level=3, where=tmp_path),
        "progress": progress(where=tmp_path),
    }


def test_a_panel_is_announced_and_loads_nothing(shown):
    for name, one in shown.items():
        markup = one._repr_html_()
        parsed = Parsed(markup)
        assert parsed.tags[0][0] == "section", name
        assert parsed.tags[0][1]["role"] == "status"
        assert parsed.tags[0][1]["aria-label"]
        assert not [word for word in ("src=", "href=", "url(", "<script", "<style", "http") if word in markup]


def test_panel_and_text_say_the_same(shown):
    report = shown["wrong"]
    panel = " ".join(Parsed(report._repr_html_()).text.split())
    for word, content in report.rows:
        assert word in panel
        if isinstance(content, str):
            assert " ".join(content.replace("`", "").split()) in panel


def test_outcomes_differ_in_words_and_signs_not_in_colour_alone():
    assert {*SIGNS} == {*COLOURS}
    assert "not right yet" in str(check("assign", function=lambda responsibilities: None))


def test_wrong_values_carry_a_mark_besides_their_colour(shown):
    assert "*" in str(shown["wrong"])
    assert "</strong>*" in shown["wrong"]._repr_html_()


def test_lines_fit_a_terminal(shown):
    assert max(len(line) for one in shown.values() for line in str(one).splitlines()) <= WIDTH + 20
