"""Right answers that look unlike the reference pass through the sandbox and earn every point."""

import shutil
from pathlib import Path

import pytest

from gmmlearn.grading.judge.judging import judge

RIGHT = Path(__file__).parents[2] / "right_answers"


@pytest.mark.parametrize("style", ["loops", "calls"])
def test_a_right_answer_of_another_kind_earns_every_point(tmp_path, style):
    """At one seed; `make fairness` takes many."""
    shutil.copytree(RIGHT / style, tmp_path / "gmmlearn")
    verdict = judge(tmp_path, seed=1)
    wrong = {name: one.message for name, one in verdict.exercises.items() if one.status.value != "passed"}
    assert wrong == {}
    assert verdict.points == 100
