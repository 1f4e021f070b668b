"""Fixtures of the hidden tests, and the way to run them by hand on any implementation.

`pytest tests/hidden --subject solutions` (the default), `--subject mistake:ID`, `--subject DIR` (in the sandbox).
When the judge runs them, it brings its own subject.
"""

from pathlib import Path

import numpy as np
import pytest

from gmmlearn import private
from gmmlearn.grading.judge import hidden_tests
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission
from gmmlearn.performing import perform


def pytest_addoption(parser):
    parser.addoption("--subject", default="solutions", help="solutions, mistake:ID or the folder of a submission")


@pytest.fixture(scope="session")
def subject_of(request):
    """What is under test when no judge runs: the name of an exercise -> its subject."""
    wanted = request.config.getoption("--subject", "solutions")
    if wanted.startswith(("solutions", "mistake:")):
        mistakes = {one.id: one for name in hidden_tests.EXERCISES for one in private.mistakes_of(name)}
        mistake = mistakes.get(wanted.partition(":")[2])

        def function_of(exercise):
            return mistake.function if mistake and mistake.exercise == exercise else private.reference(exercise)

        yield lambda exercise: lambda call: perform(function_of(exercise), call)
        return
    with Session(read_submission(Path(wanted))) as session:

        def begun(exercise):
            session.finish()
            session.begin(exercise, own=False)
            return session.call

        yield begun


@pytest.fixture
def expect(request):
    """Tries cases on the function under test, and fails the test at the first that comes out wrong."""
    runner = request.config.stash.get(hidden_tests.RUNNER, None)
    if runner:
        return runner.expect(request.node)
    exercise = hidden_tests.exercise_of(request.node)
    return hidden_tests.Expect(exercise, request.node.name, request.getfixturevalue("subject_of")(exercise))


@pytest.fixture
def rng(request):
    """Randomness of this test: the same for the same seed, exercise and test, whatever else runs."""
    runner = request.config.stash.get(hidden_tests.RUNNER, None)
    return runner.rng(request.node) if runner else np.random.default_rng(0)
