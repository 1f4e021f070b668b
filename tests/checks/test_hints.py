"""Hints: three for every exercise, which help more each time and never are the solution."""

import pytest

from gmmlearn.checks.hints import all_hints
from gmmlearn.contract import EXERCISES


def test_every_exercise_has_hints_and_nothing_else_does():
    assert [*all_hints()] == [*EXERCISES]


@pytest.mark.parametrize("name", EXERCISES)
def test_hints_ask_first_and_never_give_the_solution(name):
    question, idea, shape = all_hints()[name]
    assert "?" in question
    assert len(idea) > len(question) / 2
    assert shape.count("...") >= 1
