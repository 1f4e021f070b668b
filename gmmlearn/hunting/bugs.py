"""The wrong functions to be caught, and right ones that a test has to let pass."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .. import library
from ..calls import Items
from ..checks.in_process import WRONG_FUNCTION
from ..contract import EXERCISES, DType

PATH = Path(__file__).with_name("bugs.gzip")
"""Compressed, so that nobody reads a wrong function before it is caught; `gmmlearn dev bugs` writes it.

Its name ends so since servers of files may unpack what is called `.gz`, and JupyterLite reads a `.json.gz` as JSON."""
NOISE = 1e-13
"""Relative difference of two right answers that were computed in another order; the checks allow 1e-9."""


@dataclass(frozen=True, slots=True)
class Bug:
    """A wrong function.

    Attributes
    ----------
    exercise : str
    source : str
        Code that runs by itself and defines a function with the exercise's name.
    sentence : str
        What is wrong with it, once it is caught.
    question : str
        What a test that does not catch it may be lacking.
    """

    exercise: str
    source: str
    sentence: str
    question: str

    def function(self) -> Callable[..., Any]:
        """The function itself."""
        namespace: dict[str, Any] = {"__name__": "bug"}
        exec(compile(self.source, WRONG_FUNCTION, "exec"), namespace)
        return namespace[self.exercise]


@cache
def bugs_of(exercise: str, path: Path = PATH) -> tuple[Bug, ...]:
    """The wrong functions of an exercise, by default those of practice."""
    return tuple(Bug(**bug) for bug in json.loads(gzip.decompress(path.read_bytes())).get(exercise, ()))


DEMANDS = {
    "digits": "the last digits: right functions round differently. Use `np.allclose` or a tolerance",
    "rng": "one way to use `rng`: a right function may draw in another order. Ask for what holds of any draws",
}
"""What the contract leaves open -> what a test demands too much that refuses a function for it."""


def demands(exercise: str) -> list[str]:
    """Those that an exercise leaves open, after an empty one for the function of `gmmlearn.library` itself.

    >>> demands("sample_gaussian"), demands("assign")
    (['', 'digits', 'rng'], [''])
    """
    entry = EXERCISES[exercise]
    has_digits = all(part.dtype is DType.FLOAT for part in entry.returns) or exercise == "fit"
    return ["", *(["digits"] if has_digits else []), *(["rng"] if "rng" in entry.arguments else [])]


def right_functions(exercise: str) -> Mapping[str, Callable[..., Any]]:
    """Functions that are right, each with the demand of a test that refuses that one only.

    The first is that of `gmmlearn.library`; the others differ from it in what the contract leaves open.
    """
    function = getattr(library, exercise)
    others = {"": function, "digits": _rounded(function), "rng": _draws_otherwise(function)}
    return {demand: others[demand] for demand in demands(exercise)}


def _rounded(function: Callable[..., Any]) -> Callable[..., Any]:
    def rounded(*arguments: Any, **options: Any) -> Any:
        return nudged(function(*arguments, **options))

    return rounded


def nudged(value: Any) -> Any:
    """The value with other last digits, where it has some."""
    if isinstance(value, Items):
        return Items(value.type_name, tuple(map(nudged, value.items)))
    if isinstance(value, tuple):
        parts = [nudged(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        signs = np.where(np.arange(value.size) % 2, -1.0, 1.0).reshape(value.shape)
        return np.where(value == np.round(value), value, value * (1 + NOISE * signs))  # a 1 of a one-hot row is exact
    return value * (1 + NOISE) if isinstance(value, float) else value


def _draws_otherwise(function: Callable[..., Any]) -> Callable[..., Any]:
    def otherwise(*arguments: Any, **options: Any) -> Any:
        for argument in [*arguments, *options.values()]:
            if isinstance(argument, np.random.Generator):
                argument.random()
        return function(*arguments, **options)

    return otherwise
