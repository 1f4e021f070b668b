"""How each kind of case is judged: values, labels, tuples, refusals. Cases about chance and fits: `kinds_*.py`."""

from collections.abc import Sequence
from typing import Any, Protocol

from .book import Case, Fingerprint
from .fingerprints import flatten
from .laws import Parts
from .observe import Observation
from .values import Close, Labels, Mismatch, as_integers


class Kind(Protocol):
    """One way to judge the calls of a case. All of them have returned: failures are dealt with before."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        """What is wrong, or nothing."""

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        """What the function did, to be found again among the known mistakes."""


class Values:
    """One call whose value is known: an array, a number, or a tuple of them.

    Settings: `axes`, the names of the axes by part; `rtol` and `atol`.
    """

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        return self.comparator(case)(observations[0].value)

    def comparator(self, case: Case) -> Any:
        """What the value is held against."""
        axes = case.settings.get("axes", {})
        tolerance = {name: case.settings[name] for name in ("rtol", "atol") if name in case.settings}
        parts = {name: Close(due, axes=axes.get(name, ""), **tolerance) for name, due in case.right.items()}
        return parts["value"] if "value" in parts else Parts(tuple(parts), tuple(parts.values()))

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        return flatten(observations[0].value)


class Whole(Values):
    """One call whose value is known and made of integers."""

    def comparator(self, case: Case) -> Any:
        """What the value is held against."""
        return Labels(case.right["value"], axes=case.settings.get("axes", {}).get("value", ""))

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        value = observations[0].value
        return flatten(value) | {"type": "others" if isinstance(as_integers(value), Mismatch) else "integers"}


class Refusal:
    """One call that has to raise a ValueError whose text holds every one of the `names` in the settings."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        failure = observations[0].failure
        if failure is None:
            return Mismatch("law", observations[0].value, None, "a value came where a ValueError is due")
        if failure.kind != "ValueError":
            return Mismatch("law", None, None, f"{failure.kind} was raised where a ValueError is due")
        missing = [name for name in case.settings["names"] if name not in failure.text]
        if missing:
            text = f"the text of the ValueError does not name {' and '.join(map(repr, missing))}"
            return Mismatch("law", failure.text, None, text)
        return None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        failure = observations[0].failure
        if failure is None:
            return {"raises": "nothing"}
        named = [name for name in case.settings["names"] if name in failure.text]
        return {"raises": failure.kind, "names": " ".join(named)}


KINDS: dict[str, Kind] = {"values": Values(), "whole": Whole(), "refusal": Refusal()}
