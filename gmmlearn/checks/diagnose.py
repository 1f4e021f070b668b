"""Runs a function through the cases of its page and finds out what is wrong, the most basic thing first."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .book import Call, Case, Fingerprint, Page
from .fingerprints import distance
from .kinds import KINDS
from .kinds import Kind as Kind
from .observe import Failure, Observation, observe
from .values import Mismatch

Run = Callable[[Mapping[str, Any], Mapping[str, Any]], Observation]
"""Calls the function under test with required arguments and options; a function elsewhere may be behind it."""

_MOST_BASIC_FIRST = ("raises", "kind", "length", "shape", "changed")
"""Wrong numbers come after these, in the order of the page: its first case is the plainest."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that was tried.

    Attributes
    ----------
    case : Case
    observations : tuple of Observation
        One for each call of the case.
    mismatch : Mismatch or None
        What is wrong; its kind is `"raises"` for an exception and `"changed"` for an argument that was changed.
    """

    case: Case
    observations: tuple[Observation, ...]
    mismatch: Mismatch | None

    @property
    def shown(self) -> Observation:
        """The call to show: the first that failed, else the first."""
        return next((one for one in self.observations if one.failure or one.changed), self.observations[0])

    @property
    def shown_call(self) -> Call:
        """What was called there."""
        return self.case.calls[self.observations.index(self.shown)]

    def fingerprint(self) -> Fingerprint:
        """What the function did in this case."""
        return fingerprint(self.case, self.observations)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out about a function.

    Attributes
    ----------
    trials : tuple of Trial
        All that were tried, in the order of the page.
    mistake : str or None
        The known mistake that does exactly the same in all cases, or else in the case that is shown.
    at_import : str
        What the student's file printed while it was read in.
    """

    trials: tuple[Trial, ...]
    mistake: str | None = None
    at_import: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return all(trial.mismatch is None for trial in self.trials)

    @property
    def failed(self) -> tuple[Trial, ...]:
        """What was found, the most basic thing first; of a known mistake, the case that comes first."""
        failed = [trial for trial in self.trials if trial.mismatch]
        if self.mistake:
            return tuple(failed)
        ranks = {kind: rank for rank, kind in enumerate(_MOST_BASIC_FIRST)}
        return tuple(sorted(failed, key=lambda trial: ranks.get(trial.mismatch.kind, len(ranks))))

    @property
    def not_started(self) -> bool:
        """Whether the exercise's own function says that it is not written yet."""
        return any(
            one.failure and one.failure.kind in ("NotImplementedError", "NotWritten")
            for trial in self.trials
            for one in trial.observations
        )

    @property
    def printed(self) -> str:
        """All that was printed."""
        return self.at_import + "".join(one.printed for trial in self.trials for one in trial.observations)

    @property
    def seconds(self) -> float:
        """Time of the student's function, all calls together."""
        return sum(one.seconds for trial in self.trials for one in trial.observations)


def diagnose(page: Page, function: Callable[..., Any] | None = None, *, run: Run | None = None) -> Diagnosis:
    """Try every case of the page on a function, or on what `run` calls.

    Returns
    -------
    Diagnosis
        It ends with the first call of a function that is not written yet.
    """
    if run is None:

        def run(arguments: Mapping[str, Any], options: Mapping[str, Any]) -> Observation:
            return observe(function, arguments, options)

    trials: list[Trial] = []
    for case in page.cases:
        trials.append(trial_of(case, run))
        if Diagnosis(tuple(trials[-1:])).not_started:
            return Diagnosis(tuple(trials[-1:]))
    found = Diagnosis(tuple(trials))
    return found if found.passed else Diagnosis(found.trials, recognise(page, found))


def trial_of(case: Case, run: Run) -> Trial:
    """Make the calls of one case and judge them."""
    observations = []
    for call in case.calls:
        observations.append(run(call.arguments, call.options))
        if observations[-1].failure:
            break
    return Trial(case, tuple(observations), mismatch_of(case, tuple(observations)))


def mismatch_of(case: Case, observations: tuple[Observation, ...]) -> Mismatch | None:
    """What is wrong with the calls of a case, the most basic thing first."""
    last = observations[-1]
    if last.failure and case.kind != "refusal":
        return Mismatch("raises", None, None, f"{last.failure.kind}: {last.failure.text}")
    mismatch = kind_of(case).judge(case, observations)
    if mismatch and mismatch.kind in ("kind", "length", "shape", "nan"):
        return mismatch
    for one in observations:
        if one.changed:
            names = " and ".join(f"`{name}`" for name in one.changed)
            return Mismatch("changed", None, None, f"the call changed its input {names}")
    return mismatch


def kind_of(case: Case) -> Kind:
    """How the case is judged; kinds about chance and fits are read in when they are needed."""
    if case.kind not in KINDS:
        from .kinds_chance import CategoricalDraws, GaussianDraws, MixtureDraws, Reproducible, UniformStart
        from .kinds_fit import FittedModel, KnownFit, OneHotStart, RandomFit

        KINDS.update(
            {
                "reproducible": Reproducible(),
                "categorical": CategoricalDraws(),
                "gaussian": GaussianDraws(),
                "mixture": MixtureDraws(),
                "uniform start": UniformStart(),
                "one-hot start": OneHotStart(),
                "fit": KnownFit(),
                "random fit": RandomFit(),
                "model": FittedModel(),
            }
        )
    return KINDS[case.kind]


def fingerprint(case: Case, observations: tuple[Observation, ...]) -> Fingerprint:
    """What a function did in a case, its exception or its change of an input included."""
    last = observations[-1]
    if last.failure and case.kind != "refusal":
        return {"raises": last.failure.kind, "text": _without_numbers(last.failure)}
    changed = sorted({name for one in observations for name in one.changed})
    return dict(kind_of(case).fingerprint(case, observations)) | ({"changed": " ".join(changed)} if changed else {})


def _without_numbers(failure: Failure) -> str:
    """The text of an exception without what changes from call to call: numbers and addresses."""
    return re.sub(r"0x[0-9A-Fa-f]+|\d+", "#", failure.text)[:80]


def recognise(page: Page, diagnosis: Diagnosis) -> str | None:
    """The known mistake that fits every case best, or else the only one that fits the first wrong case."""
    shown = diagnosis.failed[0]
    fitting: dict[str, float] = {}
    seen = {trial.case.key: trial.fingerprint() for trial in diagnosis.trials}
    for mistake in page.sentences:
        distances = [distance(case.wrong[mistake], seen[case.key]) for case in page.cases]
        if None not in distances:
            fitting[mistake] = sum(distances)
    if fitting:
        return min(fitting, key=fitting.__getitem__)
    if shown.mismatch.kind not in ("values", "law"):
        return None
    right_there = [
        mistake for mistake in page.sentences if distance(shown.case.wrong[mistake], seen[shown.case.key]) is not None
    ]
    return right_there[0] if len(right_there) == 1 else None
