"""Every status has its words and its sign."""

from gmmlearn.calls import Status
from gmmlearn.checks.reporting.report import STATUS_WORDS, Report


def test_every_status_has_words_of_its_own():
    assert [*STATUS_WORDS] == [*Status]
    assert len({words.state for words in STATUS_WORDS.values()}) == len(Status)
    assert len({words.headline for words in STATUS_WORDS.values()}) == len(Status)


def test_a_colour_is_never_the_only_difference():
    signs = {words.tone: {one.sign for one in STATUS_WORDS.values() if one.tone == words.tone} for words in
             STATUS_WORDS.values()}  # fmt: skip
    assert not signs["good"] & signs["bad"] | signs["good"] & signs["neutral"] | signs["bad"] & signs["neutral"]


def test_every_status_can_be_drawn():
    for status in Status:
        report = Report("4.2", "assign", status, "a headline")
        assert str(report) == f"{STATUS_WORDS[status].sign} 4.2 assign: a headline"
        assert f">{STATUS_WORDS[status].sign}</span> 4.2 assign: a headline" in report._repr_html_()
