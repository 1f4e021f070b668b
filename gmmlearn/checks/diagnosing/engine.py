"""The engine: tries the cases of an exercise on a subject, and finds out what is wrong and which known mistake it is.

The public check hands it the cases of the answer key; the hidden tests hand it their own. The rules are the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...calls import Call, Outcome, Status
from ...contract import EXERCISES, DType
from ...loading import Subject
from .. import wording
from ..comparing.mismatches import Mismatch, Problem, with_arrays
from .case_types import case_type
from .cases import Case
from .exceptions import exception_in_words
from .relations import other_axis, relation_of
from .signatures import Signature, distance, is_telling, of_failure, pooled

EVIDENCE = 1.0
"""How much has to speak for a known mistake before its name is given: one case with telling numbers, or two that show
one constant only, or three that show one small integer only."""
CLEARLY = 8.0
"""By how much one known mistake has to be more likely than another that has the same statistics: e**8 is 3000."""

BY_LUCK = {"verdict": "by luck"}
"""Stands for what a known mistake does in a case where some of its draws are refused and others are not."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that was tried.

    Attributes
    ----------
    case : Case
    outcomes : tuple of Outcome
        One for each call of the case, up to the first that failed.
    mismatch : Mismatch or None
        What is wrong.
    """

    case: Case
    outcomes: tuple[Outcome, ...]
    mismatch: Mismatch | None

    @property
    def shown(self) -> Outcome:
        """The outcome to show: the first that failed, else the first."""
        return next((one for one in self.outcomes if one.failure or one.changed), self.outcomes[0])

    @property
    def shown_call(self) -> Call:
        """What was called there."""
        return self.case.calls[self.outcomes.index(self.shown)]

    @property
    def signature(self) -> Signature:
        """What the subject did in this case."""
        return signature_of(self.case, self.outcomes)

    @property
    def effect(self) -> str:
        """What is wrong, in words that are true whatever the cause is."""
        if self.mismatch is None:
            return ""
        if self.mismatch.problem is Problem.RAISES:
            return exception_in_words(self.shown.failure)
        sentence = self.mismatch.sentence
        if self.mismatch.problem is Problem.VALUES and (relation := relation_of(self.mismatch)):
            return f"{sentence} {relation}"
        if self.mismatch.problem is Problem.SHAPE and (axis := other_axis(self.mismatch, self.shown_call.arguments)):
            return f"{sentence} {axis}"
        if self.mismatch.problem is Problem.NAN and self.shown.warnings:
            return f"{sentence} {wording.WARNED.format(warning=self.shown.warnings[0])}"
        return sentence


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out about a function.

    Attributes
    ----------
    trials : tuple of Trial
        All that were tried, in the order of the cases.
    mistakes : tuple of str
        The known mistakes that do exactly the same; one, or two that nothing tried tells apart, or none.
    """

    trials: tuple[Trial, ...]
    mistakes: tuple[str, ...] = ()

    @property
    def mistake(self) -> str | None:
        """The one known mistake that it is."""
        return self.mistakes[0] if len(self.mistakes) == 1 else None

    @property
    def status(self) -> Status:
        """How the exercise ended."""
        if not self.failed:
            return Status.PASSED
        if self.not_started:
            return Status.NOT_STARTED
        return Status.ERROR if self.failed[0].mismatch.problem is Problem.RAISES else Status.WRONG

    @property
    def failed(self) -> tuple[Trial, ...]:
        """What is wrong, the most basic thing first; of a known mistake, the case that comes first."""
        failed = [trial for trial in self.trials if trial.mismatch]
        if self.mistakes:
            return tuple(failed)
        ranks = {problem: rank for rank, problem in enumerate(Problem) if problem.is_basic}
        return tuple(sorted(failed, key=lambda trial: ranks.get(trial.mismatch.problem, len(ranks))))

    @property
    def not_started(self) -> bool:
        """Whether the exercise's own function says that it is not written yet."""
        failures = [one.failure for trial in self.trials for one in trial.outcomes if one.failure]
        return any(failure.not_started for failure in failures)

    @property
    def printed(self) -> str:
        """All that was printed, by the student's file while it was read in as well."""
        return "".join(one.printed for trial in self.trials for one in trial.outcomes)

    @property
    def seconds(self) -> float:
        """Time of the student's function, all calls together."""
        return sum(one.seconds for trial in self.trials for one in trial.outcomes)

    def why(self, sentences: Any) -> str:
        """What to tell the student: the sentence of the known mistake, or else the effect that was seen.

        `sentences` maps a known mistake to its sentence.
        """
        if len(self.mistakes) == 2:
            one, other = (sentences[mistake] for mistake in self.mistakes)
            return wording.EITHER.format(one=one, other=other)
        return sentences[self.mistake] if self.mistake else self.failed[0].effect


def diagnose(cases: Iterable[Case], subject: Subject, mistakes: Collection[str] = ()) -> Diagnosis:
    """Try every case on a subject.

    Parameters
    ----------
    cases : iterable of Case
    subject : callable
        Makes a call and returns its `Outcome`.
    mistakes : collection of str
        The known mistakes to look for.

    Returns
    -------
    Diagnosis
        It ends with the first call of a function that is not written yet, or whose file cannot be loaded.
    """
    trials: list[Trial] = []
    for case in cases:
        trials.append(examine(case, subject))
        failure = trials[-1].outcomes[-1].failure
        if failure and (failure.not_started or failure.loading):
            return Diagnosis(tuple(trials[-1:]))
    return Diagnosis(tuple(trials), recognise(trials, mistakes))


def examine(case: Case, subject: Subject) -> Trial:
    """Make the calls of one case and judge what came of them."""
    outcomes: list[Outcome] = []
    n_parts = len(EXERCISES[case.exercise].returns)
    for call in case.calls:
        outcome = subject(call)
        outcomes.append(replace(outcome, value=with_arrays(outcome.value, n_parts)))
        if outcomes[-1].failure:
            break
    return Trial(case, tuple(outcomes), mismatch_of(case, outcomes))


def mismatch_of(case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
    """What is wrong with the outcomes of a case."""
    failure = outcomes[-1].failure
    if failure and case.type != "refusal":
        return Mismatch(Problem.RAISES, f"{failure.name}: {failure.text}")
    return case_type(case.type).judge(case, outcomes)


def signature_of(case: Case, outcomes: Sequence[Outcome]) -> Signature:
    """What a function did in a case, its exception included."""
    failure = outcomes[-1].failure
    if failure and case.type != "refusal":
        return of_failure(failure)
    return case_type(case.type).signature(case, outcomes)


def recognise(trials: Sequence[Trial], mistakes: Collection[str]) -> tuple[str, ...]:
    """The known mistakes that fit everything that was seen: one, two that cannot be told apart, or none.

    A mistake fits when the subject did the same in every case in which the mistake is wrong, and was right in all
    others. What speaks for it must be more than one constant or one small integer, which many functions return.
    """
    if all(trial.mismatch is None for trial in trials):
        return ()
    seen = {trial.case.key: trial.signature for trial in trials}
    fitting: dict[str, float] = {}
    for mistake in mistakes:
        off = _distance(mistake, trials, seen)
        if off is not None and _evidence(mistake, trials) >= EVIDENCE:
            fitting[mistake] = off
    nearest = min(fitting.values(), default=0.0)
    close = tuple(mistake for mistake, off in fitting.items() if off <= nearest + CLEARLY)
    return close if len(close) <= 2 else ()


def _distance(mistake: str, trials: Sequence[Trial], seen: dict[str, Signature]) -> float | None:
    total = 0.0
    for trial in trials:
        stored = trial.case.wrong.get(mistake)
        if stored is None:  # the mistake is right here
            if trial.mismatch:
                return None
            continue
        if stored == BY_LUCK:
            continue
        off = distance(stored, seen[trial.case.key], trial.case.size)
        if trial.mismatch is None or off is None:
            return None
        total += off
    return total


def _evidence(mistake: str, trials: Sequence[Trial]) -> float:
    total = 0.0
    for trial in trials:
        if (signature := trial.case.wrong.get(mistake)) is not None and signature != BY_LUCK:
            parts = EXERCISES[trial.case.exercise].returns
            counts = len(parts) == 1 and parts[0].dtype is DType.INTEGER and not parts[0].axes
            total += 1 / 3 if counts else 1.0 if is_telling(signature) else 1 / 2
    return total + 1e-9  # three thirds are one


def wrong_there(case: Case, outcomes_at: Sequence[Sequence[Outcome]]) -> Signature | None:
    """What a known mistake does in a case, from its outcomes at one or more seeds; None where it is right.

    Where it is refused at some seeds only, or in one way here and in another there, the case says nothing about it.
    """
    mismatches = [mismatch_of(case, outcomes) for outcomes in outcomes_at]
    if not all(mismatches):
        return BY_LUCK if any(mismatches) else None
    found = [dict(signature_of(case, outcomes)) for outcomes in outcomes_at]
    if len(found) == 1:
        return found[0]
    with np.errstate(all="ignore"):
        return pooled(found) or BY_LUCK
