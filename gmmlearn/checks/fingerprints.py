"""What a function did in a case, as numbers by name, and whether two functions did the same."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from .values import Mismatch, as_numbers

RTOL, ATOL = 1e-7, 1e-10
SPREADS = 6.0
"""How many of its own standard deviations a statistic may lie off: chance alone does so once in 10**8."""
EITHER = "*"
"""A word that differs from seed to seed."""


def flatten(value: Any, name: str = "value") -> dict[str, Any]:
    """A returned value as arrays and words.

    >>> flatten((np.array([1.0]), "two"))
    {'value.0': array([1.]), 'value.1': 'str'}
    >>> flatten(None)
    {'value': 'NoneType'}
    """
    if isinstance(value, tuple):
        return {key: item for i, part in enumerate(value) for key, item in flatten(part, f"{name}.{i}").items()}
    numbers = as_numbers(value)
    return {name: type(value).__name__ if isinstance(numbers, Mismatch) else numbers}


def distance(stored: Mapping[str, Any], seen: Mapping[str, Any]) -> float | None:
    """How far apart two fingerprints are; None when they are not of one and the same function.

    A statistic that is stored with its spread, `"mean"` beside `"mean ±"`, may lie a few spreads off, and
    narrow ones count for more; every other number has to agree.

    >>> distance({"value": np.array([1.0, np.nan])}, {"value": np.array([1.0, np.nan])})
    0.0
    >>> distance({"value": np.array([1.0])}, {"value": np.array([1.1])}) is None
    True
    >>> distance({"mean": np.array(0.0), "mean ±": np.array(1.0)}, {"mean": np.array(2.0)})
    2.0
    """
    names = {name for name in stored if not name.endswith(" ±")}
    if names != set(seen):
        return None
    total = 0.0
    for name in names:
        due, came = stored[name], seen[name]
        if isinstance(due, str) or isinstance(came, str):
            if isinstance(due, str) and due == EITHER:
                total += 1.0
            elif not (isinstance(due, str) and isinstance(came, str) and due == came):
                return None
            continue
        due, came = np.asarray(due, dtype=np.float64), np.asarray(came, dtype=np.float64)
        if due.shape != came.shape:
            return None
        if f"{name} ±" in stored:
            spread = stored[f"{name} ±"]
            with np.errstate(invalid="ignore"):
                off = np.abs(came - due) / spread
            if not (off <= SPREADS).all():
                return None
            total += float((off**2 / 2 + np.log(spread)).sum())
        elif not agree(due, came):
            return None
    return total


def agree(due: np.ndarray, came: np.ndarray, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two arrays of one shape hold the same numbers; here NaN agrees with NaN.

    >>> agree(np.array([np.inf, 1.0]), np.array([np.inf, 1.0 + 1e-12]))
    True
    """
    finite = np.abs(np.where(np.isfinite(due), due, 0.0))
    scale = finite.max(initial=0.0) or 1.0
    with np.errstate(invalid="ignore"):
        near = (due == came) | (np.abs(due - came) <= rtol * finite + atol * scale)
    near &= np.isfinite(due) | (due == came)
    return bool((near | (np.isnan(due) & np.isnan(came))).all())


def pooled(fingerprints: list[Mapping[str, Any]], always: bool = False) -> dict[str, Any]:
    """One fingerprint with spreads from those of several seeds. What does not vary has a spread only if `always`.

    Raises
    ------
    ValueError
        When the seeds give different statistics: then there is no one thing to recognise.
    """
    first = fingerprints[0]
    forms = {tuple((name, np.shape(value)) for name, value in one.items()) for one in fingerprints}
    if len(forms) > 1:
        raise ValueError(f"statistics that differ from seed to seed: {sorted(map(str, forms))}")
    result: dict[str, Any] = {}
    for name, value in first.items():
        values = [other.get(name) for other in fingerprints]
        if isinstance(value, str):
            result[name] = value if all(other == value for other in values) else EITHER
            continue
        table = np.array(values, dtype=np.float64)
        spread = table.std(axis=0, ddof=1)
        result[name] = table.mean(axis=0)
        if always or (spread > 0).any():
            # A few seeds know their own spread badly, and one that looks tiny would refuse its twin.
            result[f"{name} ±"] = np.maximum(1.5 * spread, 1e-3 * (1 + np.abs(result[name])))
    return result
