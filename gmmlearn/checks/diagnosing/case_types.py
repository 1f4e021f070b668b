"""The types of cases by name: here those with one right result; those of draws and of fits are in modules beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from ...calls import Outcome, Unusable
from ...contract import EXERCISES, DType, Part
from .. import wording
from ..comparing.mismatches import Mismatch, Problem, as_integers, as_numbers, parts_of, type_in_words
from ..comparing.values import Close, Labels, Parts, Truth
from .cases import Case, CaseType, called
from .signatures import Signature, of_value, without_rounding


@cache
def case_type(name: str) -> CaseType:
    """The type of a name; the other modules are imported when they are needed."""
    early = {"values": Values, "refusal": Refusal, "untouched": Untouched, "reproducible": Reproducible}
    if name in early:
        return early[name]()
    from .draw_types import CategoricalDraws, GaussianDraws, MixtureCounts, MixtureDraws, UniformStart
    from .fit_types import KnownFit, Model, OneHotStart, RandomFit

    return {
        "categorical": CategoricalDraws,
        "gaussian": GaussianDraws,
        "mixture": MixtureDraws,
        "mixture counts": MixtureCounts,
        "uniform start": UniformStart,
        "one-hot start": OneHotStart,
        "fit": KnownFit,
        "random fit": RandomFit,
        "model": Model,
    }[name]()


def with_expected(made: Case, reference: Callable[..., Any]) -> Case:
    """The case with what is expected: given by its writer, or found with the reference."""
    if "" in made.expected:
        return replace(made, expected=_by_part(made, made.expected[""]))
    return replace(made, expected=case_type(made.type).expect(made, reference))


def _by_part(case: Case, returned: Any) -> dict[str, Any]:
    """What a function returns, by the names of its parts."""
    parts = EXERCISES[case.exercise].returns
    return {part.name: np.asarray(one) for part, one in zip(parts, returned if len(parts) > 1 else (returned,))}


class Values(CaseType):
    """One call with one right result: an array, a number, or several of them. Setting: `rtol`."""

    def expect(self, case: Case, reference: Callable[..., Any]) -> dict[str, Any]:
        return _by_part(case, called(case, reference))

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        parts = EXERCISES[case.exercise].returns
        comparators = []
        for part in parts:
            expected = case.expected[part.name]
            if part.dtype is DType.FLOAT:
                comparators.append(Close(expected, axes=part.axes, **case.settings))
            else:
                comparators.append(
                    Labels(expected, part.axes) if part.dtype is DType.INTEGER else Truth(bool(expected))
                )
        if len(parts) == 1:
            return comparators[0](outcomes[0].value)
        return Parts(tuple(part.name for part in parts), tuple(comparators))(outcomes[0].value)

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        value = outcomes[0].value
        found = {name: without_rounding(one, case.size) for name, one in of_value(value).items()}
        if EXERCISES[case.exercise].returns[0].dtype is DType.INTEGER:
            found |= {"type": "others" if isinstance(as_integers(value), Mismatch) else "integers"}
        return found


class Untouched(CaseType):
    """One call after which all arguments are what they were, and whose result shares no memory with them."""

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        for names, words in ((outcomes[0].changed, wording.CHANGED), (outcomes[0].aliased, wording.ALIASED)):
            if names:
                text = words.format(names=wording.listed([f"`{name}`" for name in names]))
                return Mismatch(Problem.CHANGED, text)
        return None

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        return {"changed": " ".join(sorted(outcomes[0].changed)), "aliased": " ".join(sorted(outcomes[0].aliased))}


class Refusal(CaseType):
    """One call that has to raise a ValueError whose text holds every one of the `names` in the settings."""

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        failure = outcomes[0].failure
        if failure is None:
            value = outcomes[0].value
            returned = isinstance(value, Unusable) and value.type_name.endswith("Error")
            text = wording.ERROR_RETURNED.format(got=value.type_name) if returned else wording.NO_ERROR
            return Mismatch(Problem.INVARIANT, text, value)
        if "ValueError" not in failure.classes:
            return Mismatch(Problem.INVARIANT, wording.OTHER_ERROR.format(got=f"{failure.name}: {failure.text}"))
        missing = [repr(name) for name in self._names(case) if name not in failure.text]
        if missing:
            return Mismatch(Problem.INVARIANT, wording.UNNAMED.format(missing=wording.listed(missing)), failure.text)
        return None

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        failure = outcomes[0].failure
        if failure is None:
            return {"raises": "nothing", "value": type_in_words(outcomes[0].value)}
        named = [name for name in self._names(case) if name in failure.text]
        return {"raises": failure.name, "names": " ".join(named)}

    @staticmethod
    def _names(case: Case) -> tuple[str, ...]:
        return parts_of(case.settings.get("names")) or ()


class Reproducible(CaseType):
    """Calls of which the first two have equal generators: equal results there, and others from other generators.

    A part of the result that never changes, whatever the generator, is refused as well.
    """

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        found = self.signature(case, outcomes)
        if found["repeats"] != "yes":
            return Mismatch(Problem.LAW, wording.OWN_SOURCE)
        if not found["fixed"]:
            return None
        names = found["fixed"].split()
        if len(names) == len(self._telling(case)):
            return Mismatch(Problem.LAW, wording.IGNORES_RNG)
        words = wording.listed([f"`{name}`" for name in names])
        return Mismatch(Problem.LAW, wording.PART_IGNORES_RNG.format(part=words))

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        parts = EXERCISES[case.exercise].returns
        tables = [self._bytes(outcome.value, len(parts)) for outcome in outcomes]
        repeats = "yes" if tables[0] == tables[1] else "no"
        fixed = [part.name for i, part in enumerate(self._telling(case)) if len({table[i] for table in tables}) == 1]
        return {"repeats": repeats, "fixed": " ".join(fixed)}

    @staticmethod
    def _telling(case: Case) -> tuple[Part, ...]:
        """The parts of a fit change together, and one of them, `converged`, may well be the same for all seeds."""
        parts = EXERCISES[case.exercise].returns
        return parts if len(parts) < 3 else parts[:1]

    @staticmethod
    def _bytes(value: Any, n_parts: int) -> list[bytes]:
        """The numbers of each part, to see whether two are the same; nothing for what is no number."""
        parts = (parts_of(value) or ()) if n_parts > 1 else (value,)
        arrays = [as_numbers(part) for part in (*parts, *(None,) * n_parts)[:n_parts]]
        return [b"" if isinstance(array, Mismatch) else array.tobytes() for array in arrays]
