"""The answer book: inputs, right values and the values of every known mistake, all numbers and no code.

`answers.npz` holds two arrays for each exercise: `<exercise>.index`, a JSON text as bytes, which says what the
numbers are, and `<exercise>.numbers`, all of them in one row. Neither needs pickle, and one exercise is read
without the others.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ..errors import GmmlearnError
from .observe import Seed

PATH = Path(__file__).with_name("answers.npz")

Fingerprint = Mapping[str, Any]
"""What a function did in a case, by name: arrays and words. Two are compared in `fingerprints.py`."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a case: the required arguments in order, and the options by name."""

    arguments: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that a check looks at.

    Attributes
    ----------
    key : str
        A word for it, the same for ever.
    about : str
        What is special about the inputs, for the student.
    kind : str
        Key of `kinds.KINDS`: how the results are judged.
    calls : tuple of Call
        Most cases make one; a case about chance makes several.
    settings : mapping
        What the kind wants to know: names of the axes, tolerances.
    right : mapping
        The right values by name, where there are such.
    wrong : mapping of str to Fingerprint
        Mistake -> what it does in this case.
    """

    key: str
    about: str
    kind: str
    calls: tuple[Call, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    right: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, Fingerprint] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One exercise in the answer book: its cases, and mistake -> the sentence for the student."""

    exercise: str
    cases: tuple[Case, ...]
    sentences: Mapping[str, str]


class BookUnreadable(GmmlearnError):
    """The answer book is missing or broken: nothing can be checked."""


@cache
def page(exercise: str, path: Path = PATH) -> Page:
    """The page of one exercise."""
    try:
        with np.load(path, allow_pickle=False) as book:
            index, numbers = book[f"{exercise}.index"].tobytes(), book[f"{exercise}.numbers"]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        text = f"The answer book {path.name} cannot be read ({error}); install gmmlearn anew."
        raise BookUnreadable(text) from error
    return decode(exercise, json.loads(index), numbers)


def write(pages: Mapping[str, Page], path: Path = PATH) -> None:
    """Store the pages; the same pages give the same bytes."""
    arrays = {}
    for exercise, content in pages.items():
        index, arrays[f"{exercise}.numbers"] = encode(content)
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        arrays[f"{exercise}.index"] = np.frombuffer(text.encode(), dtype=np.uint8)
    np.savez_compressed(path, **arrays)


def encode(content: Page) -> tuple[dict[str, Any], np.ndarray]:
    """A page as JSON and one row of numbers; equal arrays are stored once."""
    numbers: list[np.ndarray] = []
    places: dict[bytes, int] = {}
    length = 0

    def put(value: Any) -> Any:
        nonlocal length
        if isinstance(value, Seed):
            return {"seed": value.value}
        if isinstance(value, np.ndarray):
            row = np.ascontiguousarray(value, dtype=np.float64).ravel()
            if (at := places.get(row.tobytes())) is None:
                at = places[row.tobytes()] = length
                numbers.append(row)
                length += row.size
            return {"at": at, "shape": list(value.shape), "type": "int" if value.dtype.kind in "iu" else "float"}
        if isinstance(value, Mapping):
            return {"map": {name: put(item) for name, item in value.items()}}
        if isinstance(value, tuple | list):
            return [put(item) for item in value]
        return value.item() if isinstance(value, np.generic) else value

    cases = [
        {
            "key": case.key,
            "about": case.about,
            "kind": case.kind,
            "calls": [[put(call.arguments), put(call.options)] for call in case.calls],
            "settings": put(case.settings),
            "right": put(case.right),
            "wrong": put(case.wrong),
        }
        for case in content.cases
    ]
    index = {"cases": cases, "sentences": dict(content.sentences)}
    return index, np.concatenate(numbers) if numbers else np.empty(0)


def decode(exercise: str, index: Mapping[str, Any], numbers: np.ndarray) -> Page:
    """The page that `encode` took apart."""

    def get(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(get(item) for item in value)
        if not isinstance(value, dict):
            return value
        if "seed" in value:
            return Seed(value["seed"])
        if "map" in value:
            return {name: get(item) for name, item in value["map"].items()}
        shape = tuple(value["shape"])
        array = numbers[value["at"] : value["at"] + int(np.prod(shape))].reshape(shape)
        return array.astype(np.int64) if value["type"] == "int" else array.copy()

    cases = []
    for stored in index["cases"]:
        calls = tuple(Call(get(arguments), get(options)) for arguments, options in stored["calls"])
        parts = (get(stored[part]) for part in ("settings", "right", "wrong"))
        cases.append(Case(stored["key"], stored["about"], stored["kind"], calls, *parts))
    return Page(exercise, tuple(cases), index["sentences"])
