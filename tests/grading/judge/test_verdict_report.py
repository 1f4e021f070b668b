"""What people read of a verdict holds no markup and no control characters of a student's."""

from io import StringIO

import pytest
from rich.console import Console

from gmmlearn.calls import Status
from gmmlearn.grading.judge.verdict import ExerciseVerdict, TestVerdict, Verdict
from gmmlearn.grading.judge.verdict_report import panel, table

HOSTILE = "<script>alert(1)</script> \x1b]0;title\x07 \u202e [bold]"
TESTS = (TestVerdict("first", True), TestVerdict("second", False, HOSTILE), TestVerdict("third", False, "other words"))


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_panel_and_a_row(status):
    exercise = ExerciseVerdict(status, 1.0, 3.0, HOSTILE, tests=TESTS)
    html = panel("assign", exercise, 1.0, 3.0)
    said = StringIO()
    Console(file=said, width=200).print(table(Verdict({"assign": exercise}, True, 0, "")))
    for text in (html, said.getvalue()):
        assert "assign" in text
        assert "\x1b]" not in text
        assert "\u202e" not in text
    assert "<script" not in html
    assert ("[bold]" in said.getvalue()) is (status is not Status.PASSED)


def test_the_panel_says_what_passed_and_what_else_is_wrong():
    html = panel("assign", ExerciseVerdict(Status.WRONG, 1.0, 3.0, "the main thing", tests=TESTS), 1.0, 3.0)
    assert html.index("1 of 3") < html.index("the main thing") < html.index("first") < html.index("other words")
