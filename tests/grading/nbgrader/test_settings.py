"""What the settings of a class say, and what in them cannot be."""

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import making
from gmmlearn.grading.nbgrader import settings


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return making.create(tmp_path_factory.mktemp("settings") / "class", chapters=range(4, 5))


@pytest.mark.parametrize(
    ("line", "expected"),
    [("", (60, 120.0)), ("c.Judge.all_cpu_seconds = 5", (5, 120.0)), ("c.Judge.all_wall_seconds = 600", (60, 600))],
)
def test_what_a_submission_may_use_is_a_setting(course, line, expected):
    text = (course / settings.FILE).read_text()
    (course / settings.FILE).write_text(f"{text}\n{line}\n")
    limits = settings.limits(settings.load(course))
    (course / settings.FILE).write_text(text)
    assert (limits.all_cpu_seconds, limits.all_wall_seconds) == expected


@pytest.mark.parametrize("value", ["0", "-1", "True", "'60'", "None"])
def test_a_limit_that_cannot_be_is_named(course, value):
    text = (course / settings.FILE).read_text()
    (course / settings.FILE).write_text(f"{text}\nc.Judge.all_cpu_seconds = {value}\n")
    with pytest.raises(UsageError, match=r"c\.Judge\.all_cpu_seconds in nbgrader_config\.py is .*: write a number"):
        settings.limits(settings.load(course))
    (course / settings.FILE).write_text(text)


def test_a_settings_file_that_cannot_be_run_is_named_with_its_line(course):
    text = (course / settings.FILE).read_text()
    (course / settings.FILE).write_text(f"{text}\nc.Judge.all_cpu_seconds = = 1\n")
    with pytest.raises(UsageError, match=rf"nbgrader_config\.py, line {text.count(chr(10)) + 2} cannot be used"):
        settings.load(course)
    (course / settings.FILE).write_text(text)
