"""The points of functions at many seeds: a verdict that hangs on luck is found, and told."""

import json

import numpy as np
import pytest

from benchmarks import points
from gmmlearn import private
from gmmlearn.performing import perform


@pytest.fixture(scope="module")
def items():
    return points.hidden_tests_of(("assign",))


def failed(function, items, seed):
    return points.failed(lambda call: perform(function, call), points.tests_at(items, seed))


def test_the_main_comparison_comes_first_and_ends_what_gets_no_points(items):
    tests = points.tests_at(items, 1)
    assert [test.main for test in tests] == sorted((test.main for test in tests), reverse=True)
    assert failed(lambda responsibilities: None, items, 1) == (tests[0].name,)
    assert failed(private.reference("assign"), items, 1) == ()


def test_a_function_that_is_wrong_by_luck_differs_between_seeds(items, monkeypatch):
    def lucky(responsibilities):
        return responsibilities.argmax(axis=1) + int(responsibilities.sum() * 1e9) % 2

    subject = points.fairness.Subject("assign", "lucky", "mistake", False, points.fairness._of(lucky))
    monkeypatch.setattr(points.fairness, "subjects_of", lambda exercise, n_mutants: [subject])
    row = points.lucky("assign", 30, np.inf)
    assert list(row["differ"]) == ["mistake: lucky"]
    assert row["differ"]["mistake: lucky"].startswith("seed ")


def test_the_readme_quotes_what_was_found():
    table = json.loads(points.TABLE.read_text(encoding="utf-8"))
    assert points.summary(table) in (points.TABLE.parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_summary_counts_what_differs_and_says_where_seeds_are_fewer():
    row = {"functions": 10, "seeds": 200, "differ": {"mistake: x": "seed 3: passes; seed 1: fails values"}}
    table = {"assign": row, "fit": {"functions": 5, "seeds": 20, "differ": {}}}
    assert points.summary(table) == "14 of 15 functions of 2 exercises, at 200 seeds each (fit at 20)"
