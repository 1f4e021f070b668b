"""Reports made by hand: cases written in the test, what is expected from `gmmlearn.library`, no answer key."""

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.calls import Seed
from gmmlearn.checks import timing
from gmmlearn.checks.diagnosing.answer_key import Answers
from gmmlearn.checks.diagnosing.case_types import with_expected
from gmmlearn.checks.diagnosing.cases import bound, case, values
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.checks.reporting.build import report_of
from gmmlearn.contract import EXERCISES
from gmmlearn.performing import perform

TYPES = {
    "sample_categorical": "categorical",
    "sample_gaussian": "gaussian",
    "sample_mixture": "mixture",
    "initialize": "one-hot start",
    "fit": "fit",
    "fit_sklearn": "model",
}
COUNTS = {
    "n_parameters": (3, 2),
    "bic": (-12.5, 5, 30),
    "parameters": (np.array([[4.0, 8.0, 32.0], [1.0, 5.0, 26.0]]),),
}


def an_example(name, n_samples=30):
    """A case of an exercise with ordinary inputs."""
    if name in COUNTS:
        return values(*COUNTS[name], about="an example")
    arguments, options = timing.workload(name, n_samples)
    given = [Seed(1) if argument == "rng" else value for argument, value in arguments.items()]
    return case(TYPES.get(name, "values"), *given, about="an example", **options)


@pytest.fixture
def report():
    """The report on a function: `report("assign", function, case, ...)`; without cases there is one example."""

    def made(name, function, *cases, run=perform, sentences=None):
        exercise = EXERCISES[name]
        bound_cases = [bound(one, name, f"case {place}") for place, one in enumerate(cases or [an_example(name)])]
        expected = tuple(with_expected(one, getattr(library, name)) for one in bound_cases)
        answers = Answers(expected, sentences or {})
        return report_of(exercise, answers, diagnose(expected, lambda call: run(function, call), answers.sentences))

    return made
