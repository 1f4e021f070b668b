"""Proves that the course is whole: every exercise has all that it needs, in every folder, and it agrees."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .. import glossary, library, loading, private
from ..calls import Call
from ..checks import hints
from ..checks.diagnosing import answer_key
from ..checks.diagnosing.answer_key import Answers
from ..checks.diagnosing.engine import diagnose
from ..contract import CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, REQUIRED, Exercise, exercises_of, notebook_of
from ..errors import GmmlearnError
from ..manifest import OURS, PACKAGE
from ..performing import perform
from . import answers

ROOT = private.ROOT
LEAST_MISTAKES = 4
MODULES = {
    "solutions": {*CHAPTERS, "__init__"},
    "solutions/mistakes": {*EXERCISES, "__init__", "registry", "submission"},
    "tests/hidden": {*(f"test_{chapter}" for chapter in CHAPTERS), "__init__", "conftest", "inputs"},
}
"""Folder -> the modules in it."""


def proof() -> Iterator[tuple[str, list[str]]]:
    """Every claim with what speaks against it."""
    for title, find in CLAIMS:
        found: list[str] = []
        try:
            found.extend(find())
        except (GmmlearnError, ImportError) as error:  # a hidden test that stumbles, a module that is not there yet
            found.append(str(error))
        yield title, found


def solved_stubs() -> Iterator[str]:
    """Stubs that do not say that they are to be written."""
    for exercise in EXERCISES.values():
        cases = _key_of(exercise.name).cases
        call = cases[0].calls[0] if cases else Call(dict.fromkeys(exercise.arguments))
        failure = loading.subject(exercise.name, PACKAGE)(call).failure
        if failure is None or not failure.not_started:
            yield f"{exercise.file}: {exercise.name} is solved"
        elif failure.text != loading.stub_message(exercise):
            yield f"{exercise.file}: {exercise.name} says {failure.text!r}, not {loading.stub_message(exercise)!r}"


def failing_solutions() -> Iterator[str]:
    """Solutions and library functions that a public check refuses."""
    for name in EXERCISES:
        if not _key_of(name).cases:
            yield f"{name} has no cases in the answer key; run gmmlearn dev answers"
        for where, function in (("solutions", private.reference(name)), ("library", getattr(library, name))):
            for trial in diagnose(_key_of(name).cases, _subject(function)).failed:
                yield f"{name} of {where}, {trial.case.key}: {trial.effect}"


def mistaken() -> Iterator[str]:
    """Mistakes that a public check lets pass or calls by another name, and exercises with too few."""
    for name in EXERCISES:
        known, key = private.mistakes_of(name), _key_of(name)
        if len(known) < LEAST_MISTAKES:
            yield f"{name}: {len(known)} known mistakes, of at least {LEAST_MISTAKES}"
        for mistake in known:
            found = diagnose(key.cases, _subject(mistake.function), key.sentences)
            if not found.failed:
                yield f"{mistake.id} passes"
            elif found.mistake != mistake.id:
                yield f"{mistake.id} is called {' or '.join(found.mistakes) or 'nothing'}"


def _subject(function: Callable[..., Any]) -> loading.Subject:
    return lambda call: perform(function, call)


def _key_of(name: str) -> Answers:
    try:
        return answer_key.answers(name)
    except answer_key.AnswerKeyUnreadable:
        return Answers((), {})


def stale() -> Iterator[str]:
    """Exercises whose answers are not what the sources give now."""
    for name, made in answers.build().items():
        yield from (f"{name}: {one}; run gmmlearn dev answers" for one in differences(_key_of(name), made))


def differences(stored: Answers, made: Answers) -> Iterator[str]:
    """How two answers differ, but for rounding and for the wording of other people's exceptions."""
    if dict(stored.sentences) != dict(made.sentences):
        yield "other mistakes, or other sentences"
    if [case.key for case in stored.cases] != [case.key for case in made.cases]:
        yield "other cases"
        return
    for one, other in zip(stored.cases, made.cases):
        for part in ("about", "type", "calls", "settings", "expected", "wrong"):
            if not _alike(getattr(one, part), getattr(other, part)):
                yield f"{one.key}: {part}"


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Call):
        return _alike((one.arguments, one.options), (other.arguments, other.options))
    if isinstance(one, dict):
        keys = [key for key in one if key not in ("text", "numbers")]
        return {*one} == {*other} and all(_alike(one[key], other[key]) for key in keys)
    one, other = (tuple(getattr(each, "items", each)) if _is_sequence(each) else each for each in (one, other))
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, np.ndarray | float) or isinstance(other, np.ndarray | float):  # `np.float64` is a float too
        one, other = np.asarray(one), np.asarray(other)
        return one.shape == other.shape and np.allclose(one, other, rtol=1e-6, atol=1e-9, equal_nan=True)
    return one == other


def _is_sequence(value: Any) -> bool:
    return isinstance(value, tuple | list) or type(value).__name__ == "Items"


def hintless() -> Iterator[str]:
    """Exercises without three hints, and hints for nothing."""
    known = hints.all_hints()
    for name in {*EXERCISES, *known}:
        if name not in EXERCISES:
            yield f"{hints.PATH.name} has hints for {name}, which is not an exercise"
        elif len(known.get(name, ())) != hints.N_LEVELS or not all(text.strip() for text in known[name]):
            yield f"{name} has {len(known.get(name, ()))} hints of {hints.N_LEVELS}, or an empty one"
        elif "..." not in known[name][-1]:
            yield f"{name}: the last hint leaves nothing open"


def textless() -> Iterator[str]:
    """Exercises without a heading or without their graded cell in the notebook."""
    for exercise in EXERCISES.values():
        path = ROOT / "course" / exercise.notebook
        if not path.exists():
            yield f"{path.name} is missing"
            continue
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield from (f"{path.name}: {problem}" for problem in _problems_of(exercise, cells))


def _problems_of(exercise: Exercise, cells: list[dict[str, Any]]) -> Iterator[str]:
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    heading = re.compile(rf"^#+ .*\b{re.escape(exercise.number)}\b.*`{exercise.name}`", re.M)
    if not any(heading.search(text) for text in texts):
        yield f"no heading with {exercise.number} and `{exercise.name}`"
    graded = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == exercise.name]
    if len(graded) != 1:
        yield f"{len(graded)} graded cells for {exercise.name}"
        return
    settings = graded[0]["metadata"]["nbgrader"]
    if "".join(graded[0]["source"]) != f'check("{exercise.name}")':
        yield f'the graded cell of {exercise.name} is not check("{exercise.name}")'
    if settings["points"] != exercise.points or not settings["locked"]:
        yield f"the graded cell of {exercise.name} has other points, or is not locked"


def misnamed() -> Iterator[str]:
    """Folders that lack a chapter, or hold functions by other names."""
    for chapter in CHAPTERS:
        expected = [exercise.name for exercise in exercises_of(chapter)]
        for folder in ("gmmlearn", "solutions"):
            path = ROOT / folder / f"{chapter}.py"
            if not path.exists():
                yield f"{folder}/{chapter}.py is missing"
            elif public_functions(path) != expected:
                yield f"{folder}/{chapter}.py defines {public_functions(path)}; expected {expected}"
        hidden = ROOT / "tests" / "hidden" / f"test_{chapter}.py"
        text = hidden.read_text(encoding="utf-8") if hidden.exists() else ""
        yield from (f"{hidden.name} has no test of {name}" for name in expected if f'exercise("{name}"' not in text)
    in_library = [name for name in public_functions(PACKAGE / "library.py") if name in EXERCISES]
    if in_library != list(EXERCISES):
        yield "gmmlearn/library.py has other exercises, or another order"


def public_functions(path: Path) -> list[str]:
    """Names of the functions of a module, in order, without those that begin with an underscore."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def unbalanced() -> Iterator[str]:
    """Points of the required exercises that do not sum to 100, and an exercise without points."""
    total = sum(exercise.points for exercise in REQUIRED.values())
    if total != 100:
        yield f"the points sum to {total}, not to 100"
    yield from (f"{name} has no points" for name, exercise in EXERCISES.items() if exercise.points <= 0)


def stray() -> Iterator[str]:
    """Files in a folder of chapters that belong to none, and files of the package that the manifest does not know."""
    for folder, modules in MODULES.items():
        for path in sorted((ROOT / folder).iterdir()):
            if path.is_file() and (path.suffix != ".py" or path.stem not in modules):
                yield f"{folder}/{path.name} belongs to no chapter and no exercise"
    others = {"explorations.ipynb", glossary.NOTEBOOK, PROJECT_NOTEBOOK}
    notebooks = {notebook_of(chapter) for chapter in CHAPTERS} | others
    for path in sorted((ROOT / "course").iterdir()):
        if path.is_file() and path.name not in notebooks:
            yield f"course/{path.name} belongs to no chapter"
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    yield from (f"gmmlearn/{name} is not in the manifest" for name in sorted(there | folders) if _unknown(name))


def _unknown(name: str) -> bool:
    return name not in OURS and name not in CHAPTERS


def glossary_behind() -> Iterator[str]:
    """A glossary notebook that is not the one that its entries make."""
    if (ROOT / "course" / glossary.NOTEBOOK).read_text("utf-8") != glossary.notebook():
        yield f"course/{glossary.NOTEBOOK} is older than gmmlearn/glossary.toml; run `gmmlearn dev glossary`"


CLAIMS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("a chapter has one name in every folder, and an exercise too", misnamed),
    ("every stub is unsolved and says what to write", solved_stubs),
    ("every solution and every library function passes the public checks", failing_solutions),
    ("every mistake is refused and called by its name", mistaken),
    ("the answer key is up to date", stale),
    ("every exercise has three hints", hintless),
    ("every exercise has its heading and its graded cell", textless),
    ("the points sum to 100", unbalanced),
    ("the notebook of the glossary is up to date", glossary_behind),
    ("no stray file", stray),
)
