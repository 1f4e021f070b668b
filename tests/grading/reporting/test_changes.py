"""What the log of verdicts says about attempts and about the last date."""

import json
from datetime import date

import pytest

from gmmlearn.grading.reporting import changes

WORTH = {"responsibilities": 60.0, "assign": 40.0}
"""In the verdicts they are worth 6 and 3."""


def line(time: str, student: str, old: tuple | None, new: tuple, tests: str = "a", submission: str = "1") -> str:
    def points(pair: tuple) -> dict:
        return dict(zip(WORTH, pair))

    entry = {"time": time, "student": student, "submission": submission, "tests": {"assign": tests}}
    entry["new"] = points(new)
    return json.dumps({**entry, "old": None if old is None else points(old)}) + "\n"


@pytest.fixture
def log(tmp_path):
    (tmp_path / "changes.jsonl").write_text(
        line("2026-11-19T09:00:00+00:00", "ada", None, (0, 3))
        + line("2026-11-19T09:00:00+00:00", "bob", None, (6, 3))
        + line("2026-11-19T23:30:00-02:00", "ada", (0, 3), (3, 0), submission="2")  # the 20th in UTC
        + line("2026-11-20T08:00:00+00:00", "eve", None, (0, 0))
        + "\n"
        + line("2026-11-20T10:00:00+00:00", "bob", (6, 3), (0, 3), tests="b")
        + line("2026-11-20T11:00:00+00:00", "bob", (0, 3), (6, 3), tests="b", submission="2")
        + line("2026-11-20T12:00:00+00:00", "ada", (3, 0), (6, 0), tests="b")
        + '{"time": "2026-11-20T12:00:01+00:00", "stud'
    )
    return changes.read(tmp_path, WORTH)


def test_attempts_are_hand_ins_and_no_regrades(log):
    assert log.attempts == {"ada": 2, "bob": 2, "eve": 1}


def test_the_last_date_is_compared_with_what_was_before_it(log):
    assert (log.last, log.previous, log.new_tests) == (date(2026, 11, 20), date(2026, 11, 19), True)
    found = {change.student: change for change in log.changes}
    assert set(found) == {"ada", "eve"}  # bob ends where he was
    assert (found["ada"].before, found["ada"].after) == (40, 60)
    assert (found["ada"].up, found["ada"].down) == (("responsibilities",), ("assign",))
    assert (found["eve"].before, found["eve"].after) == (None, 0)


def test_half_a_line_of_a_run_that_was_killed_is_counted(log):
    assert log.unreadable == 1


def test_without_a_log_there_is_no_earlier_run(tmp_path):
    assert changes.read(tmp_path, WORTH) == changes.History()
