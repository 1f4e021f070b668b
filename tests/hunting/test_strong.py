"""A strong test of each exercise catches all wrong functions, and lets pass what other people wrote."""

from pathlib import Path

import pytest

from gmmlearn import library, loading
from gmmlearn.contract import EXERCISES
from gmmlearn.hunting import hunt, trying

from .strong import STRONG

BANK = Path(__file__).parents[1] / "right_answers"
SLOW = ("em", "with_sklearn")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_strong_test_catches_all_and_no_right_function_of_the_bank(exercise, pytestconfig, monkeypatch, tmp_path):
    """The hunt refuses a test that one of its right functions fails; here each style of the bank is one of them.

    In short runs two styles, others for each exercise, and one where each costs a second.
    """
    STRONG[exercise](getattr(library, exercise))  # what it expects is computed once, before the hunt makes its copies
    own = trying.right_functions(exercise)
    module = f"{EXERCISES[exercise].module}.py"
    folders = [path for path in sorted(BANK.iterdir()) if (path / module).is_file()]
    assert len(folders) >= 3
    if not pytestconfig.getoption("--long"):
        n = 1 if EXERCISES[exercise].module in SLOW else 2
        first = 2 * list(EXERCISES).index(exercise) % len(folders)
        folders = [*folders[first:], *folders[:first]][:n]
    bank = {path.name: loading.load(exercise, path) for path in folders}
    monkeypatch.setattr(trying, "right_functions", lambda name: own | bank)
    monkeypatch.setattr(trying, "SECONDS", 300.0)  # a machine may be busy, and in long runs there are sixteen styles
    found = hunt(exercise, STRONG[exercise], where=tmp_path)
    assert (found.problem, [bug.sentence for bug in found.missed]) == ("", [])


def test_a_test_that_one_style_fails_is_refused(monkeypatch, tmp_path):
    """So that the test above means something: one that asks for lists refuses arrays, in whatever style."""
    bank = {"loops": loading.load("update_weights", BANK / "loops")}
    monkeypatch.setattr(trying, "right_functions", lambda name: bank)

    def lists(update_weights):
        assert isinstance(update_weights([[0.5, 0.5]]), list)

    assert "refuses a function that is right" in hunt("update_weights", lists, where=tmp_path).problem
