"""What is tried: calls of a function, how their outcomes are judged, and what each known mistake does there.

Hidden tests write cases with the functions below; the answer key keeps the same ones, at inputs of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ...calls import Call, Outcome, Seed
from ...contract import EXERCISES
from ...performing import fresh
from ..comparing.mismatches import Mismatch
from .signatures import Signature


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is looked at.

    Attributes
    ----------
    exercise : str
        Name of the function.
    key : str
        A name for the case, unique in its exercise.
    about : str
        What is special about the inputs, for the student.
    type : str
        Key of the table in `case_types`: how the outcomes are judged.
    calls : tuple of Call
        Most cases make one; a case about chance makes several.
    settings : mapping
        What the type wants to know, such as a tolerance.
    expected : mapping
        The right values by name, where there are such.
    wrong : mapping of str to Signature
        Known mistake -> what it does in this case; only those that are wrong here.
    """

    exercise: str
    key: str
    about: str
    type: str
    calls: tuple[Call, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, Signature] = field(default_factory=dict)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The arguments of the first call, its options among them."""
        return {**self.calls[0].arguments, **self.calls[0].options}

    @property
    def size(self) -> float:
        """The largest of the numbers that are expected: what rounding errors are to be held against."""
        arrays = [one for one in map(np.asarray, self.expected.values()) if one.dtype.kind in "fiu"]
        return max((float(np.abs(one[np.isfinite(one)]).max(initial=0)) for one in arrays), default=0.0)


class CaseType:
    """One way to judge the outcomes of a case. All calls have returned: failures are dealt with before."""

    by_chance = False
    """Whether a right function gives other results at other seeds, so that signatures have spreads."""

    def expect(self, case: Case, reference: Callable[..., Any]) -> dict[str, Any]:
        """What is expected, by the reference; nothing where a law or an invariant decides."""
        return {}

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        """What is wrong, or nothing."""
        raise NotImplementedError

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        """What the function did, to be recognised among the known mistakes."""
        raise NotImplementedError


def called(case: Case, function: Callable[..., Any], **options: Any) -> Any:
    """What a trusted function returns for the first call of a case."""
    call = case.calls[0]
    arguments = [fresh(value) for value in call.arguments.values()]
    return function(*arguments, **{name: fresh(one) for name, one in {**call.options, **options}.items()})


# How a hidden test writes a case. The arguments come in the contract's order, options by name.


def case(
    type: str, *arguments: Any, about: str = "", settings: Mapping[str, Any] | None = None, **options: Any
) -> Case:
    """A case of one call that belongs to no exercise yet; `bound` makes it one of an exercise.

    Parameters
    ----------
    type : str
        Key of the table in `case_types`.
    *arguments : object
        The required arguments in the contract's order.
    about : str
        What is special about the inputs, for the student.
    settings : mapping, optional
        What the type wants to know.
    **options : object
        Optional arguments of the call.
    """
    call = Call({str(place): value for place, value in enumerate(arguments)}, options)
    return Case("", "", about, type, (call,), settings or {})


def values(*arguments: Any, about: str, expected: Any = None, rtol: float | None = None, **options: Any) -> Case:
    """A call with one right result; `expected` is what the reference returns where it is not given."""
    settings = {} if rtol is None else {"rtol": rtol}
    made = case("values", *arguments, about=about, settings=settings, **options)
    return made if expected is None else replace(made, expected={"": expected})


def untouched(*arguments: Any, **options: Any) -> Case:
    """A call that leaves its arguments as they are, and whose result shares no memory with them."""
    return case("untouched", *arguments, about="whether your function leaves its inputs unchanged", **options)


def refusal(*arguments: Any, names: Sequence[str], about: str, **options: Any) -> Case:
    """A call that has to raise a ValueError whose text holds all of the names, if there are any."""
    settings = {"names": tuple(names)} if names else {}
    return case("refusal", *arguments, about=about, settings=settings, **options)


def repeated(made: Case, seeds: Sequence[int]) -> Case:
    """The same call once for each seed; its argument `rng`, which comes last, is not in it yet."""
    [call] = made.calls
    calls = tuple(replace(call, arguments={**call.arguments, "rng": Seed(int(seed))}) for seed in seeds)
    return replace(made, calls=calls)


def reproducible(*arguments: Any, seeds: Sequence[int], about: str = "", **options: Any) -> Case:
    """Calls with equal generators, which give equal results, and with others, which do not; `rng` is left out."""
    words = about or "twice the same generator, then others"
    return repeated(case("reproducible", *arguments, about=words, **options), [seeds[0], *seeds])


def bound(made: Case, exercise: str, key: str) -> Case:
    """A case as one of an exercise: its arguments get their names."""
    names = list(EXERCISES[exercise].arguments)

    def named(call: Call) -> Call:
        arguments = {names[int(place)] if place.isdigit() else place: one for place, one in call.arguments.items()}
        return Call({name: arguments[name] for name in names if name in arguments}, call.options)

    about = made.about or key.replace("_", " ")
    return replace(made, exercise=exercise, key=key, about=about, calls=tuple(map(named, made.calls)))


def reseeded(made: Case, shift: int) -> Case:
    """The same case with other generators."""

    def moved(value: Any) -> Any:
        return Seed(value.value + shift) if isinstance(value, Seed) else value

    calls = tuple(replace(c, arguments={name: moved(one) for name, one in c.arguments.items()}) for c in made.calls)
    return replace(made, calls=calls)
