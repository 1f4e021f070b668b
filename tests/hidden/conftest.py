"""Fixtures of the hidden tests, and the door for running them by hand on any implementation.

`pytest tests/hidden --subject solutions` (the default), `--subject mistake:ID`, `--subject DIR` (in the sandbox).
When the judge runs them, it brings its own subject.
"""

import importlib
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.grading import hidden
from gmmlearn.grading.proxy import InProcess, Student


def pytest_addoption(parser):
    parser.addoption("--subject", default="solutions", help="solutions, mistake:ID or the folder of a submission")


@pytest.fixture(scope="session")
def subject(request):
    """What is under test when no judge runs: a function of the exercise's name that gives a channel."""
    wanted = request.config.getoption("--subject", "solutions")
    if not wanted.startswith(("solutions", "mistake:")):
        with hidden.submission_subject(Path(wanted)) as channel_of:
            yield channel_of
        return
    functions = {
        name: getattr(importlib.import_module(f"solutions.{exercise.module}"), name)
        for name, exercise in EXERCISES.items()
    }
    if wanted.startswith("mistake:"):
        mistake = importlib.import_module("solutions.mistakes").MISTAKES[wanted.partition(":")[2]]
        functions[mistake.exercise] = mistake.function
    channel = InProcess(functions)
    yield lambda exercise: channel


@pytest.fixture
def student(request):
    """The functions under test, as a proxy that returns plain values."""
    exercise = hidden.exercise_of(request.node)
    judge = request.config.stash.get(hidden.JUDGE, None)
    return judge.student(exercise) if judge else Student(request.getfixturevalue("subject")(exercise))


@pytest.fixture
def rng(request):
    """Randomness of this test: the same for the same seed, exercise and test, whatever else runs."""
    judge = request.config.stash.get(hidden.JUDGE, None)
    return np.random.default_rng(hidden.entropy(judge.seed if judge else 0, request.node))
