"""What each part of a state may be: one table for arguments, traits, sliders and the hand in the browser.

A model names its parts in `PARTS`; `taken` gives a value as plain numbers and lists, or says in one sentence what it
got and what it needs.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np


class Misfit(Exception):
    """A value that a part cannot take; the sentence is made where the name of the part is known."""


def _array(value: Any, dtype: type = float) -> np.ndarray:
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise Misfit
    try:
        array = np.asarray(value)
        if np.iscomplexobj(array) or array.dtype.kind not in "biufOUS":
            raise Misfit
        array = array.astype(dtype)
    except (TypeError, ValueError, OverflowError):
        raise Misfit from None
    if not np.isfinite(array).all():
        raise Misfit
    return array


def _words(low: float, high: float) -> str:
    if math.isinf(high):
        return "" if math.isinf(low) else f" of at least {low:g}"
    return f" from {low:g} to {high:g}"


@dataclass(frozen=True)
class Number:
    """A number within limits; `whole` where it counts something."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    @property
    def words(self) -> str:
        return f"a {'whole ' if self.whole else ''}number{_words(self.low, self.high)}"

    @property
    def limits(self) -> list:
        return [self.low, self.high]

    @property
    def form(self) -> dict:
        return {"shape": [], "whole": self.whole}

    def taken(self, value: Any) -> float | int:
        number = _array(value)
        if number.ndim or isinstance(value, str) or not self.low <= number <= self.high:
            raise Misfit
        if self.whole and number != round(float(number)):
            raise Misfit
        return int(number) if self.whole else float(number)


@dataclass(frozen=True)
class Flag:
    """True or False."""

    words = "True or False"
    limits = None

    def taken(self, value: Any) -> bool:
        if not isinstance(value, bool | np.bool_) and value not in (0, 1):
            raise Misfit
        return bool(value)


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]
    limits = None

    @property
    def words(self) -> str:
        return "one of " + ", ".join(repr(option) for option in self.options)

    def taken(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.options:
            raise Misfit
        return str(value)


@dataclass(frozen=True)
class Numbers:
    """Several numbers within limits, `least` to `most` of them; `share` where they are weights, which then sum to 1."""

    least: int
    most: int
    low: float = -math.inf
    high: float = math.inf
    share: bool = False

    @property
    def words(self) -> str:
        count = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        if self.share:
            return f"{count} positive numbers, the smallest at least a millionth of the largest"
        return f"{count} numbers{_words(self.low, self.high)}"

    @property
    def limits(self) -> list:
        return [self.low, self.high]

    @property
    def form(self) -> dict:
        return {"shape": [[self.least, self.most]], "share": self.share}

    def taken(self, value: Any) -> list:
        array = _array(value)
        if array.ndim != 1 or not self.least <= len(array) <= self.most:
            raise Misfit
        if self.share:
            if not (array > 0).all() or array.min() < 1e-6 * array.max():
                raise Misfit
            return (array / array.sum()).tolist() if abs(array.sum() - 1) > 1e-12 else array.tolist()
        if not ((self.low <= array) & (array <= self.high)).all():
            raise Misfit
        return array.tolist()


@dataclass(frozen=True)
class Points:
    """Points of the plane within a box, `count` of them; a single one where `count` is 0, any number where it is -1."""

    count: int
    x: tuple[float, float] = (-math.inf, math.inf)
    y: tuple[float, float] = (-math.inf, math.inf)

    @property
    def words(self) -> str:
        what = {0: "2 numbers", -1: "a list of pairs of numbers"}.get(self.count, f"{self.count} pairs of numbers")
        if math.isinf(self.x[1]):
            return what
        return f"{what}, the first{_words(*self.x)}, the second{_words(*self.y)}"

    @property
    def limits(self) -> list:
        return [list(self.x), list(self.y)]

    @property
    def form(self) -> dict:
        many = [] if self.count == 0 else [[0, None]] if self.count < 0 else [[self.count] * 2]
        return {"shape": [*many, [2, 2]]}

    def taken(self, value: Any) -> list:
        array = _array(value)
        if self.count < 0 and not array.size:
            return []
        shape = (2,) if self.count == 0 else (len(array) if self.count < 0 and array.ndim else self.count, 2)
        low, high = np.transpose([self.x, self.y])
        if array.shape != shape or not ((low <= array) & (array <= high)).all():
            raise Misfit
        return array.tolist()


@dataclass(frozen=True)
class Covariances:
    """Covariance matrices of the plane, `count` of them."""

    count: int
    limits = None

    @property
    def words(self) -> str:
        return f"{self.count} symmetric positive definite matrices of shape (2, 2)"

    @property
    def form(self) -> dict:
        return {"shape": [[self.count] * 2, [2, 2], [2, 2]], "covariance": True}

    def taken(self, value: Any) -> list:
        array = _array(value)
        if array.shape != (self.count, 2, 2) or not np.allclose(array, array.transpose(0, 2, 1)):
            raise Misfit
        if not (np.linalg.eigvalsh(array)[:, 0] > 0).all():
            raise Misfit
        return array.tolist()


@dataclass(frozen=True)
class Covariance:
    """One covariance matrix of the plane."""

    words = "a symmetric positive definite matrix of shape (2, 2)"
    limits = None
    form: ClassVar = {"shape": [[2, 2], [2, 2]], "covariance": True}

    def taken(self, value: Any) -> list:
        return Covariances(1).taken(_array(value)[None])[0]


def taken(parts: Mapping[str, Any], name: str, value: Any) -> Any:
    """The value of a part as the state holds it.

    Raises
    ------
    ValueError
        In one sentence, where the part cannot be that.

    Examples
    --------
    >>> taken({"weight": Number(0.1, 0.9)}, "weight", np.float32(0.5))
    0.5
    >>> taken({"weight": Number(0.1, 0.9)}, "weight", 2)
    Traceback (most recent call last):
    ValueError: weight has to be a number from 0.1 to 0.9, not 2
    """
    try:
        return parts[name].taken(value)
    except Misfit:
        raise ValueError(f"{name} has to be {parts[name].words}, not {short(value)}") from None


def short(value: Any) -> str:
    """What was given, on one line of at most 60 characters.

    >>> short([1, "a"])
    "[1, 'a']"
    """
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


class _FixedList(list):
    """A list that is read only, since a change in place would not be seen."""

    def _refuse(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("a part of a picture cannot be changed in place: make a new list, and assign it to the part")

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = extend = insert = pop = remove = clear = sort = reverse = _refuse

    def __reduce__(self) -> tuple:
        return list, (list(self),)  # a copy is a list like any other


class _FixedDict(dict):
    """The same for a dict."""

    __setitem__ = __delitem__ = __ior__ = _FixedList._refuse
    update = pop = popitem = setdefault = clear = _FixedList._refuse

    def __reduce__(self) -> tuple:
        return dict, (dict(self),)


def fixed(value: Any) -> Any:
    """The same value, with lists and dicts that cannot be changed in place.

    Examples
    --------
    >>> fixed([1.0, [2.0]])
    [1.0, [2.0]]
    >>> fixed([1.0, [2.0]])[1][0] = 3.0
    Traceback (most recent call last):
    TypeError: a part of a picture cannot be changed in place: make a new list, and assign it to the part
    """
    if isinstance(value, list):
        return _FixedList([fixed(item) for item in value])
    if isinstance(value, dict):
        return _FixedDict({name: fixed(item) for name, item in value.items()})
    return value


def limits(parts: Mapping[str, Any]) -> dict:
    """Least and greatest value of every part that has them, as the browser reads them; None where there is no limit."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(item) for item in value]
        return None if math.isinf(value) else value

    return {name: plain(part.limits) for name, part in parts.items() if part.limits}


def forms(parts: Mapping[str, Any]) -> dict:
    """What the browser holds a link against besides kinds and limits.

    `shape` holds the shortest and the longest that each axis may be, None for any length; `whole` numbers, `share`
    for weights that sum to 1, `covariance` for matrices, `distinct` for rows that begin with different indices.
    """
    return {name: form for name, part in parts.items() if (form := getattr(part, "form", None))}
