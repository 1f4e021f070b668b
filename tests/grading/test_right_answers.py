"""Right answers of other kinds than the reference earn every point: plain loops, lists, calls, hungry matrices."""

import shutil
from pathlib import Path

import pytest

from gmmlearn.grading.judge import judge

RIGHT = Path(__file__).parent / "right_answers"


@pytest.mark.parametrize("own_words", ["loops", "calls"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_right_answer_of_another_kind_earns_every_point(tmp_path, own_words, seed):
    shutil.copytree(RIGHT / own_words, tmp_path / "gmmlearn")
    verdict = judge(tmp_path, seed=seed)
    wrong = {
        name: exercise.message for name, exercise in verdict.exercises.items() if exercise.status.value != "passed"
    }
    assert wrong == {}
    assert verdict.points == 100
