"""How far right answers are from what is expected, beside what is tolerated, on the inputs of hidden tests and beyond.

The right answers are the bank of `tests/right_answers`; `python -m benchmarks.trust errors` keeps what is measured.
Hidden tests' inputs are conditioned well enough for SciPy's own functions, as the contract has it. `HARD` goes beyond:
there it shows how far the tolerance carries, and no verdict depends on it.
"""

import itertools
from contextlib import suppress
from typing import Any

import numpy as np

from benchmarks import fairness
from gmmlearn import private
from gmmlearn.checks.comparing import values
from gmmlearn.checks.diagnosing.case_types import with_expected
from gmmlearn.checks.diagnosing.cases import bound
from gmmlearn.checks.diagnosing.cases import values as values_of
from gmmlearn.checks.diagnosing.engine import examine
from gmmlearn.contract import DType, exercises_of
from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.judge import runner
from gmmlearn.grading.judge.hidden_tests import Expect

CHAPTERS_OF_VALUES = ("mixtures", "likelihood", "e_step", "m_step")
HARD: dict[str, dict[str, float]] = {
    "condition 1e4": {"condition": 1e4, "offset": 0.0},
    "condition 1e8": {"condition": 1e8, "offset": 0.0},
    "offset 1e3": {"condition": 10.0, "offset": 1e3},
    "offset 1e6": {"condition": 10.0, "offset": 1e6},
}


def hidden_tests_of(exercises: tuple[str, ...]) -> list[Any]:
    """The hidden tests as pytest collects them, not run."""

    class Collector(runner.Runner):
        def pytest_runtestloop(self, session: Any) -> bool:
            self.items = list(session.items)
            return True

    collector = Collector(None, exercises, 0)
    with suppress(GmmlearnError):  # that no test was run, which is so
        collector.run()
    return collector.items


class Errors:
    """While it is entered, the largest error of whatever is compared, as a part of what is tolerated."""

    def __enter__(self) -> "Errors":
        self.worst, self._near = 0.0, values.Close.near
        values.Close.near = lambda close, numbers: self._recorded(close, numbers)
        return self

    def __exit__(self, *error: object) -> None:
        values.Close.near = self._near

    def _recorded(self, close: values.Close, numbers: np.ndarray) -> np.ndarray:
        expected = np.asarray(close.expected, dtype=np.float64)
        if close.rtol <= values.RTOL:
            finite = np.abs(np.where(np.isfinite(expected), expected, 0.0))
            tolerance = close.rtol * finite + close.atol * (finite.max(initial=0.0) or 1.0)
            with np.errstate(invalid="ignore"):  # inf - inf
                off = np.where(numbers == expected, 0.0, np.abs(numbers - expected))
            self.worst = max(self.worst, float((off / tolerance).max(initial=0.0)))
        return self._near(close, numbers)


def right_answers(exercise: str) -> list[fairness.Subject]:
    """The bank of right answers to an exercise, each with right functions before it."""
    return [one for one in fairness.subjects_of(exercise, 0) if one.right and "own" not in one.id]


def largest_errors(seeds: range) -> dict[str, float]:
    """Chapter -> the largest error of a right answer in a hidden test, as a part of what is tolerated."""
    errors = {}
    for chapter in CHAPTERS_OF_VALUES:
        names = tuple(exercise.name for exercise in exercises_of(chapter))
        items = hidden_tests_of(names)
        with Errors() as found:
            for name in names:
                right = {subject.id: subject.load() for subject in right_answers(name)}
                own = [item for item in items if runner.exercise_of(item) == name]
                for item, seed in itertools.product(own, seeds):
                    expect = Expect(name, item.name, None)  # which collects the cases
                    item.function(expect=expect, rng=runner.drawn_from(seed, item))
                    for (style, subject), case in itertools.product(right.items(), expect.cases):
                        if examine(case, subject).mismatch:
                            raise AssertionError(f"{name} {style} is refused by {item.name} at seed {seed}")
        errors[chapter] = found.worst
    return errors


def hard_input(rng: np.random.Generator, condition: float, offset: float) -> dict[str, Any]:
    """Arguments by name: a mixture of three components of three features, ill-conditioned or far from 0."""
    root = np.linalg.qr(rng.normal(size=(3, 3)))[0] * np.geomspace(1, condition**-0.5, 3)
    covariances = np.array([1.0, 2.0, 3.0])[:, np.newaxis, np.newaxis] * (root @ root.T)
    covariances = (covariances + covariances.transpose(0, 2, 1)) / 2
    means = offset + 1.5 * rng.normal(size=(3, 3)) @ root.T  # so that the components overlap
    X, weights = means[[0, 1, 2] * 4] + rng.normal(size=(12, 3)) @ root.T, np.array([0.2, 0.5, 0.3])
    return {
        **{"X": X, "weights": weights, "means": means, "covariances": covariances},
        **{"mean": means[0], "covariance": covariances[0], "responsibilities": rng.dirichlet(np.ones(3), 12)},
    }


def errors_on_hard_inputs(seeds: range) -> dict[str, dict[str, float]]:
    """Kind of input -> exercise -> the same for inputs harder than those of any hidden test."""
    found: dict[str, dict[str, float]] = {}
    for name, settings in HARD.items():
        found[name] = {}
        for chapter in CHAPTERS_OF_VALUES:
            for exercise in exercises_of(chapter):
                given = [hard_input(np.random.default_rng([seed, 5]), **settings) for seed in seeds]
                if not set(exercise.arguments) <= set(given[0]) or exercise.returns[0].dtype is not DType.FLOAT:
                    continue
                made = (values_of(*(one[argument] for argument in exercise.arguments), about="") for one in given)
                cases = [
                    with_expected(bound(one, exercise.name, "x"), private.reference(exercise.name)) for one in made
                ]
                with Errors() as recorded:
                    for subject in right_answers(exercise.name):
                        loaded = subject.load()
                        for case in cases:
                            examine(case, loaded)
                found[name][exercise.name] = recorded.worst
    return found
