"""What a hidden test has at hand: the fixture `expect`, which tries cases on a subject and fails in words.

The tests are plain pytest; `runner.py` runs them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.linalg  # noqa: F401 (its BLAS must be there before it can be given one thread)

from ... import private
from ...calls import Failure, Status
from ...checks.comparing.mismatches import Problem
from ...checks.diagnosing.case_types import case_type, with_expected
from ...checks.diagnosing.cases import Case, bound, reseeded
from ...checks.diagnosing.engine import Trial, examine, wrong_there
from ...checks.diagnosing.exceptions import exception_in_words
from ...checks.diagnosing.signatures import Signature
from ...contract import EXERCISES
from ...errors import GmmlearnError
from ...loading import Subject, stub_message
from ...performing import perform

RUNNER = pytest.StashKey["Runner"]()
"""Where the fixtures of the hidden tests find what runs them, in pytest's own config."""
N_REPETITIONS = 8
"""Seeds at which a known mistake is run to see how far its statistics stray."""


class HiddenTestFault(GmmlearnError):
    """A hidden test failed for a reason that is ours: it could not be run, or it stumbled itself."""


class Unexpected(AssertionError):
    """A case came out wrong; `status` says how the exercise ended in it."""

    def __init__(self, status: Status, text: str) -> None:
        super().__init__(text)
        self.status = status


def sentences_of(exercise: str) -> dict[str, str]:
    """The sentences of the known mistakes of an exercise."""
    return {mistake.id: mistake.sentence for mistake in private.mistakes_of(exercise)}


class Replayed(Mapping[str, Signature]):
    """What the known mistakes do in a case, each run when it is asked for; only those that are wrong there."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._functions = {mistake.id: mistake.function for mistake in private.mistakes_of(case.exercise)}
        self._found: dict[str, Signature | None] = {}

    def __getitem__(self, mistake: str) -> Signature:
        if mistake not in self._found:
            self._found[mistake] = self._run(self._functions[mistake])
        found = self._found[mistake]
        if found is None:
            raise KeyError(mistake)
        return found

    def _run(self, function: Callable[..., Any]) -> Signature | None:
        by_chance = case_type(self._case.type).by_chance
        found = []
        for repetition in range(N_REPETITIONS if by_chance else 1):
            np.random.seed(repetition)  # for mistakes that draw from NumPy's global state
            case = reseeded(self._case, 1000 * repetition) if by_chance else self._case
            outcomes = []
            for call in case.calls:
                outcomes.append(perform(function, call))
                if outcomes[-1].failure:
                    break
            found.append(outcomes)
        return wrong_there(self._case, found)

    def __iter__(self) -> Iterator[str]:
        return (mistake for mistake in self._functions if self.get(mistake) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Expect:
    """The fixture `expect`: tries cases on the subject and fails the test at the first that comes out wrong.

    Parameters
    ----------
    exercise : str
    test : str
        Name of the hidden test, from which its cases get their keys.
    subject : callable or None
        What is examined; None only collects the cases, to make the answer key of them.
    """

    def __init__(self, exercise: str, test: str, subject: Subject | None) -> None:
        self.exercise, self.test, self.subject = exercise, test, subject
        self.cases: list[Case] = []
        self.trials: list[Trial] = []
        self.unfinished: Case | None = None

    def __call__(self, *cases: Case) -> None:
        """Try all of the cases."""
        for made in cases:
            case = bound(made, self.exercise, f"{self.test}-{len(self.cases) + 1}")
            case = with_expected(case, private.reference(self.exercise))
            self.cases.append(case)
            if self.subject is not None:
                self.unfinished = case
                self.trials.append(examine(with_wrong(case), self.subject))
                self.unfinished = None
        wrong = next((trial for trial in self.trials if trial.mismatch), None)
        if wrong is not None:
            raise _unexpected(self.exercise, wrong)


def with_wrong(case: Case) -> Case:
    """The case with what the known mistakes do in it, found when it is asked for."""
    return replace(case, wrong=Replayed(case))


def exercise_of(item: pytest.Item) -> str:
    """The exercise that a hidden test belongs to, from its marker."""
    marker = item.get_closest_marker("exercise")
    if marker is None or marker.args[0] not in EXERCISES:
        raise HiddenTestFault(f"{item.nodeid} carries no marker `exercise` with a name of the contract")
    return marker.args[0]


def _unexpected(exercise: str, trial: Trial) -> Unexpected:
    """What to say of a case that came out wrong, with no hidden input and no right value."""
    if trial.mismatch.problem is Problem.RAISES:
        return unexpected_failure(exercise, trial.shown.failure)
    return Unexpected(Status.WRONG, f"{EXERCISES[exercise].call}, {trial.case.about}: {trial.effect}")


def not_written(exercise: str) -> str:
    """What to say of a stub."""
    return f"Not written yet. {stub_message(EXERCISES[exercise])}."


def unexpected_failure(exercise: str, failure: Failure) -> Unexpected:
    """What to say of an exception of the student's, with the line that raised it."""
    entry = EXERCISES[exercise]
    if "NotWritten" in failure.classes and failure.loading:
        return Unexpected(Status.NOT_STARTED, f"Not written yet: {failure.text}.")
    if failure.not_started:
        return Unexpected(Status.NOT_STARTED, not_written(exercise))
    if "MemoryError" in failure.classes:
        return Unexpected(Status.OUT_OF_MEMORY, f"{exercise} asked for more memory than there is.")
    words = exception_in_words(failure, with_text=False)
    where = f" at {failure.file}, line {failure.line}" if failure.line else ""
    source = f": `{failure.source}`" if failure.source else ""
    if failure.loading:
        has_own_text = {"SyntaxError", "ImportError"} & set(failure.classes) and failure.text
        text = f" {failure.text.removesuffix('.')}." if has_own_text else ""
        sentence = f"{entry.file} cannot be imported: {failure.name}{where}{source}.{text} {words}"
    elif "SystemExit" in failure.classes:
        sentence = f"{exercise} ended the program (SystemExit){where}; return a value instead."
    else:
        sentence = f"{exercise} raised {failure.name}{where}{source}. {words}"
    return Unexpected(Status.ERROR, sentence.strip())
