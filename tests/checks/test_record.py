"""Progress and hints: kept between runs, and not lost to a broken file or a read-only folder."""

import json
import os

import pytest

from gmmlearn.checks import check, hint, progress
from gmmlearn.checks.hints import all_hints
from gmmlearn.checks.outcome import Outcome
from gmmlearn.checks.record import FILE, Record, load, save
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError


def test_progress_counts_points_and_says_what_is_next(student):
    student.change("e_step", "np.argmax", "np.argmin")
    student.unwrite("m_step")
    for name in ("gaussian_density", "responsibilities", "assign", "update_weights"):
        check(name, folder=student.desks)
    text = str(progress())
    assert "2 of 21 exercises, 9 of 100 points on the public checks; next: 1.2 mixture_density" in text
    assert "✗ wrong" in next(line for line in text.splitlines() if "4.2" in line)
    assert "○ not started" in next(line for line in text.splitlines() if "5.1" in line)
    assert "4 The E-step: 6 of 9 points" in text


def test_a_later_failure_takes_the_points_back(student):
    check("assign", folder=student.desks)
    student.change("e_step", "np.argmax", "np.argmin")
    check("assign", folder=student.desks)
    assert load(student.root).points == 0


def test_everything_done_is_said(tmp_path):
    save(Record(dict.fromkeys(EXERCISES, Outcome.PASSED)), tmp_path)
    assert "21 of 21 exercises, 100 of 100 points on the public checks; that is all of them" in str(
        progress(where=tmp_path)
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"exercises": []}',
        b'{"exercises": {"assign": 1}, "hints": {"fit": "x"}}',
    ],
)
def test_a_broken_record_counts_as_empty_and_is_replaced(content, student):
    (student.root / FILE).parent.mkdir()
    (student.root / FILE).write_bytes(content)
    assert load(student.root).points == 0
    check("assign", folder=student.desks)
    assert json.loads((student.root / FILE).read_text())["exercises"] == {"assign": "passed"}


def test_a_folder_in_the_place_of_the_record_is_survived(student):
    (student.root / FILE).mkdir(parents=True)
    report = check("assign", folder=student.desks)
    assert report.passed
    assert "cannot be written to" in str(report)


def test_nothing_is_left_behind_by_writing(student):
    for _ in range(3):
        check("assign", folder=student.desks)
    assert os.listdir(student.root / ".gmmlearn") == ["progress.json"]


def test_hints_go_one_further_at_each_call_and_stay_at_the_last(tmp_path):
    levels = [hint("responsibilities", where=tmp_path).level for _ in range(4)]
    assert levels == [1, 2, 3, 3]
    assert hint("responsibilities", level=1, where=tmp_path).level == 1
    assert hint("assign", where=tmp_path).level == 1


def test_there_is_no_fourth_hint(tmp_path):
    with pytest.raises(UsageError, match="no hint 4"):
        hint("fit", level=4, where=tmp_path)


@pytest.mark.parametrize("name", EXERCISES)
def test_hints_ask_first_and_never_give_the_solution(name):
    question, idea, shape = all_hints()[name]
    assert "?" in question
    assert len(idea) > len(question) / 2
    assert shape.count("...") >= 1
    source = shape if "def " in shape else "def attempt():\n" + "\n".join(f"    {line}" for line in shape.splitlines())
    assert "..." in source
