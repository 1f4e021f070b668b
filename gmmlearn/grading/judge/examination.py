"""What the hidden tests of an exercise found: test by test, and together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from ...calls import Status, Stopped
from ...checks.diagnosing.cases import Case
from ...checks.diagnosing.engine import Diagnosis, Trial, recognise
from ...loading import Subject
from .hidden_tests import Expect, sentences_of

_TOLD_BY_TRIALS = (Status.PASSED, Status.WRONG, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one hidden test found about one exercise; the message says it of the inputs of the example."""

    name: str
    weight: float
    main: bool
    status: Status
    message: str | None


@dataclass(frozen=True, slots=True)
class Examination:
    """One exercise of a submission.

    Attributes
    ----------
    findings : tuple of Finding
        What its tests found, the main comparison first.
    diagnosis : Diagnosis
        What they saw together.
    example : Trial or None
        A case that came out wrong, drawn from another seed than all others.
    unfinished : Case or None
        The case at which the process of the exercise ended.
    like_unfinished : Case or None
        The same case, drawn from the seed of examples; it was not run.
    own : bool
        Whether earlier functions were the student's own.
    """

    findings: tuple[Finding, ...]
    diagnosis: Diagnosis
    example: Trial | None = None
    unfinished: Case | None = None
    like_unfinished: Case | None = None
    own: bool = False


@dataclass(slots=True)
class Run:
    """One run of the tests of an exercise: what they were handed, what they found, and how the process ended.

    `failing` are the tests of which is still to be said what is wrong.
    """

    own: bool = False
    expects: list[Expect] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    subject: Subject | None = None
    stopped: Stopped | None = None
    stopped_in: pytest.Function | None = None
    failing: list[pytest.Function] = field(default_factory=list)
    example: Trial | None = None
    like_unfinished: Case | None = None

    def examination(self, exercise: str) -> Examination:
        """What the tests saw together."""
        trials = tuple(trial for expect in self.expects for trial in expect.trials)
        told_by_trials = all(one.status in _TOLD_BY_TRIALS for one in self.findings)
        mistakes = recognise(trials, sentences_of(exercise)) if trials and told_by_trials else ()
        unfinished = next((expect.unfinished for expect in self.expects if expect.unfinished), None)
        return Examination(
            tuple(self.findings), Diagnosis(trials, mistakes), self.example, unfinished, self.like_unfinished, self.own
        )


def best(runs: Sequence[Run]) -> Run:
    """The run that earned most, of equals the first."""
    return max(runs, key=lambda run: share(run.findings))


def share(findings: Iterable[Finding]) -> float:
    """Which part of the points was earned, by weight; none without the main comparison.

    >>> from dataclasses import replace
    >>> passed, wrong = (Finding("x", 1, False, one, None) for one in (Status.PASSED, Status.WRONG))
    >>> share([passed, wrong]), share([passed, replace(wrong, main=True)])
    (0.5, 0.0)
    """
    findings = list(findings)
    passed = [one for one in findings if one.status is Status.PASSED]
    if any(one.main and one not in passed for one in findings):
        return 0.0
    return sum(one.weight for one in passed) / sum(one.weight for one in findings)


def status_of(findings: Iterable[Finding]) -> Status:
    """What the main comparison found, which comes first, else the first test that did not pass."""
    return next((one.status for one in findings if one.status is not Status.PASSED), Status.PASSED)
