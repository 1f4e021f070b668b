"""The answer key of the public checks: cases with right values and with what every known mistake does, no code.

`answers.npz` holds two arrays for each exercise: `<exercise>.index`, a JSON text as bytes, which says what the
numbers are, and `<exercise>.numbers`, all of them in one row. Neither needs pickle, and one exercise is read without
the others. The sentences are in `sentences.toml`, so that a changed word shows in a comparison of two versions.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ...calls import Call
from ...encoding import decode, encode
from ...errors import GmmlearnError
from .cases import Case

PATH = Path(__file__).with_name("answers.npz")
SENTENCES = Path(__file__).with_name("sentences.toml")


@dataclass(frozen=True, slots=True)
class Answers:
    """One exercise in the answer key: its cases, and known mistake -> the sentence for the student."""

    cases: tuple[Case, ...]
    sentences: Mapping[str, str]


class AnswerKeyUnreadable(GmmlearnError):
    """The answer key is missing or broken: nothing can be checked."""


@cache
def answers(exercise: str, path: Path = PATH) -> Answers:
    """What the key holds for one exercise."""
    try:
        with np.load(path, allow_pickle=False) as file:
            index, numbers = file[f"{exercise}.index"].tobytes(), file[f"{exercise}.numbers"]
        texts = sentences(path.with_name(SENTENCES.name))[exercise]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        text = f"The answer key {path.name} cannot be read ({error}); install gmmlearn anew."
        raise AnswerKeyUnreadable(text) from error
    return from_plain(exercise, json.loads(index), numbers, texts)


@cache
def sentences(path: Path = SENTENCES) -> dict[str, dict[str, Any]]:
    """For each exercise its known mistakes with their sentences, and under `cases` what is special about each case."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def write(key: Mapping[str, Answers], path: Path = PATH) -> None:
    """Store the key; the same answers give the same bytes."""
    arrays, lines = {}, ["# What a student is told. Made from `solutions/mistakes/` by `gmmlearn dev answers`."]
    for exercise, content in key.items():
        index, arrays[f"{exercise}.numbers"] = to_plain(content)
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        arrays[f"{exercise}.index"] = np.frombuffer(text.encode(), dtype=np.uint8)
        lines += ["", f"[{exercise}]", *(_as_toml(name, one) for name, one in content.sentences.items())]
        lines += ["", f"[{exercise}.cases]", *(_as_toml(case.key, case.about) for case in content.cases)]
    np.savez_compressed(path, **arrays)
    path.with_name(SENTENCES.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _as_toml(name: str, text: str) -> str:
    return f"{json.dumps(name)} = {json.dumps(text, ensure_ascii=False)}"


def to_plain(content: Answers) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Cases as JSON and one row of numbers; equal arrays are stored once."""
    numbers: list[np.ndarray] = []
    places: dict[bytes, int] = {}

    def put(array: np.ndarray) -> list[Any]:
        row = np.ascontiguousarray(array, dtype=np.float64).ravel()
        if (at := places.get(row.tobytes())) is None:
            at = places[row.tobytes()] = sum(one.size for one in numbers)
            numbers.append(row)
        return [at, list(array.shape), "int" if array.dtype.kind in "iu" else "float"]

    index = [
        {
            "key": case.key,
            "type": case.type,
            "calls": [[encode(call.arguments, put), encode(call.options, put)] for call in case.calls],
            "settings": encode(case.settings, put),
            "expected": encode(case.expected, put),
            "wrong": encode(case.wrong, put),
        }
        for case in content.cases
    ]
    return index, np.concatenate(numbers) if numbers else np.empty(0)


def from_plain(exercise: str, index: Any, numbers: np.ndarray, texts: Mapping[str, Any]) -> Answers:
    """The answers that `to_plain` took apart."""

    def get(body: Any) -> np.ndarray:
        at, shape, dtype = body
        array = numbers[at : at + int(np.prod(shape))].reshape(shape)
        return array.astype(np.int64) if dtype == "int" else array.copy()

    cases = []
    for stored in index:
        calls = tuple(Call(decode(arguments, get), decode(options, get)) for arguments, options in stored["calls"])
        parts = (decode(stored[part], get) for part in ("settings", "expected", "wrong"))
        cases.append(Case(exercise, stored["key"], texts["cases"][stored["key"]], stored["type"], calls, *parts))
    return Answers(tuple(cases), {name: text for name, text in texts.items() if name != "cases"})
