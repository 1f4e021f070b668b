"""What a function did in a case, as numbers and words by name, and whether two functions did the same."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...calls import Failure
from ..comparing.mismatches import Mismatch, as_numbers, parts_of, type_in_words

RTOL, ATOL = 1e-8, 1e-10
ROUNDING = 1e-14
SPREADS = 5.0
"""How many of its own standard deviations a statistic may be off: chance alone does so once in a million."""
EITHER = "*"
"""A word that differs from seed to seed."""

Signature = Mapping[str, Any]
"""Arrays and words by name; beside `"mean"` there may be `"mean ±"`, its spread over several seeds."""


def of_value(value: Any, name: str = "value") -> dict[str, Any]:
    """A returned value as arrays and words.

    >>> of_value((np.array([1.0]), "two"))
    {'value.0': array([1.]), 'value.1': 'a str'}
    """
    parts = parts_of(value)
    if parts is not None and isinstance(as_numbers(value), Mismatch):
        return {key: item for i, part in enumerate(parts) for key, item in of_value(part, f"{name}.{i}").items()}
    numbers = as_numbers(value)
    return {name: type_in_words(value) if isinstance(numbers, Mismatch) else numbers}


def without_rounding(value: Any, size: float) -> Any:
    """Numbers that are 0 but for rounding, beside others of that size, as 0: two roundings of 0 need not agree.

    >>> without_rounding(np.array([2e-16, 0.5]), 30.0)
    array([0. , 0.5])
    """
    if isinstance(value, str):
        return value
    return np.where(np.abs(value) <= ROUNDING * size, 0.0, value)


def of_failure(failure: Failure) -> dict[str, Any]:
    """An exception: its class, its words, and the numbers in them, whatever their order."""
    text = re.sub(r"0x[0-9A-Fa-f]+", "", failure.text)
    numbers = sorted(float(number) for number in re.findall(r"\d+", text))
    return {"raises": failure.name, "text": re.sub(r"\d+", "#", text)[:80], "numbers": np.array(numbers)}


def distance(stored: Signature, seen: Signature, size: float = 0.0) -> float | None:
    """How far apart two signatures are; None when they are not of one and the same function.

    A statistic that is stored with its spread may be a few spreads off, and narrow ones count for more; every other
    number has to agree, but for rounding in the last digits of numbers of the given size.

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
        expected, got = stored[name], seen[name]
        if isinstance(expected, str) or isinstance(got, str):
            if isinstance(expected, str) and expected == EITHER:
                total += 1.0
            elif not (isinstance(expected, str) and isinstance(got, str) and expected == got):
                return None
            continue
        expected, got = np.asarray(expected, dtype=np.float64), np.asarray(got, dtype=np.float64)
        if expected.shape != got.shape:
            return None
        if f"{name} ±" in stored:
            spread = stored[f"{name} ±"]
            with np.errstate(invalid="ignore"):
                off = np.abs(got - expected) / spread
            if not (off <= SPREADS).all():
                return None
            total += float((off**2 / 2 + np.log(spread)).sum())
        elif not agree(expected, got, size=size):
            return None
    return total


def agree(expected: np.ndarray, got: np.ndarray, size: float = 0.0) -> bool:
    """Whether two arrays of one shape hold the same numbers; here NaN agrees with NaN.

    >>> agree(np.array([np.inf, 1.0]), np.array([np.inf, 1.0 + 1e-12]))
    True
    >>> agree(np.array(5.4297512e-10), np.array(5.4297522e-10)), agree(np.array(5e-10), np.array(5.1e-10), size=10.0)
    (False, False)
    >>> agree(np.array(5.4297512e-10), np.array(5.4297522e-10), size=10.0)
    True
    """
    finite = np.abs(np.where(np.isfinite(expected), expected, 0.0))
    scale = finite.max(initial=0.0) or 1.0
    with np.errstate(invalid="ignore"):
        near = (expected == got) | (np.abs(expected - got) <= RTOL * finite + ATOL * scale + ROUNDING * size)
    near &= np.isfinite(expected) | (expected == got)
    return bool((near | (np.isnan(expected) & np.isnan(got))).all())


def pooled(signatures: Sequence[Signature]) -> dict[str, Any]:
    """One signature with spreads from those of several seeds; what does not vary has no spread.

    Empty when the seeds give different statistics: then there is no one thing to recognise.
    """
    first = signatures[0]
    forms = {tuple((name, np.shape(value)) for name, value in one.items()) for one in signatures}
    if len(forms) > 1:
        return {}
    result: dict[str, Any] = {}
    for name, value in first.items():
        values = [other.get(name) for other in signatures]
        if isinstance(value, str):
            result[name] = value if all(other == value for other in values) else EITHER
            continue
        table = np.array(values, dtype=np.float64)
        spread = table.std(axis=0, ddof=1)
        result[name] = table.mean(axis=0)
        if (spread > 0).any():
            # A few seeds know their own spread badly, and one that looks tiny would refuse its twin.
            result[f"{name} ±"] = np.maximum(1.5 * spread, 1e-3 * (1 + np.abs(result[name])))
    return result


def is_telling(signature: Signature) -> bool:
    """Whether a signature is more than one constant or one small integer, which many functions return.

    >>> is_telling({"value": np.array([0.25, 0.75])}), is_telling({"value": np.array([np.nan, np.nan])})
    (True, False)
    >>> is_telling({"value": np.array(3)}), is_telling({"value": np.array(-12.75)})
    (False, True)
    """
    numbers = [np.ravel(value) for value in signature.values() if not isinstance(value, str)]
    if not numbers:
        return True  # words: a type, an exception
    values = np.concatenate(numbers)
    if values.size == 1:
        return bool(np.isfinite(values[0]) and values[0] != np.rint(values[0]))
    return len(np.unique(values[~np.isnan(values)])) > 1
