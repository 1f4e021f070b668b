"""Builds the answer key of the public checks: the cases of the hidden tests, at inputs that are the same for everybody.

So whatever a hidden test asks for, a public case asks for too, with other numbers, and no public case asks for more.
The key holds what the reference and the known mistakes return there; no code goes into it.
"""

from collections.abc import Sequence
from dataclasses import replace

import scipy.linalg  # noqa: F401 (its BLAS must be there before it can be given one thread)
from threadpoolctl import threadpool_limits

from .. import private
from ..checks.diagnosing import answer_key
from ..checks.diagnosing.answer_key import Answers
from ..checks.diagnosing.cases import Case
from ..contract import EXERCISES
from ..grading.judge.hidden_tests import sentences_of, with_wrong
from ..grading.judge.runner import Runner

PUBLIC_SEED = 20260
"""From which the public inputs are drawn; the seeds of a class are numbers of 63 bits."""


def build(exercises: Sequence[str] = tuple(EXERCISES)) -> dict[str, Answers]:
    """The answers for some exercises, cases in the order of the tests, the main comparison first."""
    runner = Runner(None, exercises, PUBLIC_SEED)
    runner.run()
    cases = {name: [case for one in runner.runs[name][0].expects for case in one.cases] for name in exercises}
    with threadpool_limits(1):
        return {name: _answers(name, cases[name]) for name in exercises}


def _answers(exercise: str, cases: Sequence[Case]) -> Answers:
    known = [mistake.id for mistake in private.mistakes_of(exercise)]
    stored = []
    for case in cases:
        replayed = with_wrong(case).wrong
        found = {mistake: signature for mistake in known if (signature := replayed.get(mistake)) is not None}
        stored.append(replace(case, wrong=found))
    return Answers(tuple(stored), sentences_of(exercise))


def write() -> str:
    """Build the whole key and store it; says what was made."""
    key = build()
    answer_key.write(key)
    n_cases, n_mistakes = (sum(len(part) for part in parts) for parts in _sizes(key))
    size = answer_key.PATH.stat().st_size
    return f"{answer_key.PATH.name}: {n_cases} cases, {n_mistakes} known mistakes, {size / 1024:.0f} kB."


def _sizes(key: dict[str, Answers]) -> tuple[list, list]:
    return [one.cases for one in key.values()], [one.sentences for one in key.values()]
