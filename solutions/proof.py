"""What `gmmlearn dev` does: makes the answer book, and proves that the course is whole."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gmmlearn import desks, library
from gmmlearn.checks import book, hints
from gmmlearn.checks.diagnose import diagnose
from gmmlearn.checks.feedback import notebook_of
from gmmlearn.contract import CHAPTERS, EXERCISES, Exercise
from gmmlearn.terminal import kit

from . import answer_book
from .mistakes import mistakes_of

ROOT = Path(__file__).parents[1]
LEAST_MISTAKES = 4
BESIDE_THE_CHAPTERS = {
    "solutions": {"__init__", "answer_book", "proof"},
    "solutions/mistakes": {"__init__", "registry", "submission"},
    "solutions/answer_inputs": {"__init__", "standard"},
    "tests/hidden": {"__init__", "conftest", "fingerprint", "inputs", "recognise"},
}
"""Room -> modules in it that belong to no chapter; `test_` in front of a chapter is not part of its name."""


def write_book() -> str:
    """Make the answer book and the stubs anew; says what was made."""
    pages = answer_book.pages()
    book.write(pages)
    kit.STUBS.write_text(kit.stubs_as_toml(), encoding="utf-8")
    n_cases = sum(len(page.cases) for page in pages.values())
    n_mistakes = sum(len(page.sentences) for page in pages.values())
    size = book.PATH.stat().st_size
    return f"{book.PATH.name}: {n_cases} cases, {n_mistakes} mistakes, {size / 1024:.0f} kB. {kit.STUBS.name}: 7 desks."


def proof() -> Iterator[tuple[str, list[str]]]:
    """Every claim with what speaks against it."""
    for title, find in CLAIMS:
        yield title, list(find())


def solved_stubs() -> Iterator[str]:
    """Stubs that do not say that they are to be written."""
    for exercise in EXERCISES.values():
        case = book.page(exercise.name).cases[0]
        function = desks.load(exercise.name, kit.PACKAGE)
        try:
            function(*case.calls[0].arguments.values(), **case.calls[0].options)
        except NotImplementedError as error:
            if str(error) != desks.stub_message(exercise):
                yield f"{exercise.file}: {exercise.name} says {str(error)!r}, not {desks.stub_message(exercise)!r}"
        else:
            yield f"{exercise.file}: {exercise.name} is solved"


def failing_solutions() -> Iterator[str]:
    """Solutions and library twins that a public check refuses."""
    for name in EXERCISES:
        page = book.page(name)
        for where, function in (
            ("solutions", desks.load(name, ROOT / "solutions", own=True)),
            ("library", getattr(library, name)),
        ):
            for trial in diagnose(page, function).failed:
                yield f"{name} of {where}, {trial.case.key}: {trial.mismatch.text}"


def mistaken() -> Iterator[str]:
    """Mistakes that a public check lets pass or calls by another name, and exercises with too few."""
    for name in EXERCISES:
        known = mistakes_of(name)
        if len(known) < LEAST_MISTAKES:
            yield f"{name}: {len(known)} known mistakes, at least {LEAST_MISTAKES} are due"
        for mistake in known:
            found = diagnose(book.page(name), mistake.function)
            if found.passed:
                yield f"{mistake.id} passes"
            elif found.mistake != mistake.id:
                yield f"{mistake.id} is called {found.mistake}"


def stale() -> Iterator[str]:
    """Pages of the answer book, and stubs of `reset`, that are not what the sources give now."""
    for name, made in answer_book.pages().items():
        yield from (f"{name}: {one}; run gmmlearn dev answers" for one in differences(book.page(name), made))
    if kit.STUBS.read_text(encoding="utf-8") != kit.stubs_as_toml():
        yield f"{kit.STUBS.name} is not what the desks are; run gmmlearn dev answers"


def differences(stored: book.Page, made: book.Page) -> Iterator[str]:
    """How two pages differ, but for rounding and for the wording of other people's exceptions."""
    if dict(stored.sentences) != dict(made.sentences):
        yield "other mistakes, or other sentences"
    if [case.key for case in stored.cases] != [case.key for case in made.cases]:
        yield "other cases"
        return
    for one, other in zip(stored.cases, made.cases):
        for part in ("about", "kind", "calls", "settings", "right", "wrong"):
            if not _alike(getattr(one, part), getattr(other, part)):
                yield f"{one.key}: {part}"


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, book.Call):
        return _alike((one.arguments, one.options), (other.arguments, other.options))
    if isinstance(one, dict):
        keys = [key for key in one if key != "text"]
        return {*one} == {*other} and all(_alike(one[key], other[key]) for key in keys)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.shape == other.shape and np.allclose(one, other, rtol=1e-6, atol=1e-9, equal_nan=True)
    return one == other


def hintless() -> Iterator[str]:
    """Exercises without three hints, and hints for nothing."""
    known = hints.all_hints()
    for name in {*EXERCISES, *known}:
        if name not in EXERCISES:
            yield f"{hints.PATH.name} has hints for {name}, which is no exercise"
        elif len(known.get(name, ())) != hints.N_LEVELS:
            yield f"{name} has {len(known.get(name, ()))} hints, {hints.N_LEVELS} are due"
        elif "..." not in known[name][-1]:
            yield f"{name}: the last hint leaves nothing open"


def textless() -> Iterator[str]:
    """Exercises without a heading or without their graded cell in the notebook."""
    for exercise in EXERCISES.values():
        path = ROOT / "course" / notebook_of(exercise)
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
    """Rooms that lack a chapter, or hold functions by other names."""
    for chapter in CHAPTERS:
        due = [name for name, exercise in EXERCISES.items() if exercise.module == chapter]
        for room in ("gmmlearn", "solutions", "solutions/mistakes", "solutions/answer_inputs"):
            path = ROOT / room / f"{chapter}.py"
            if not path.exists():
                yield f"{room}/{chapter}.py is missing"
            elif room != "solutions/mistakes" and public_functions(path) != due:
                yield f"{room}/{chapter}.py defines {public_functions(path)}, due are {due}"
        hidden = ROOT / "tests" / "hidden" / f"test_{chapter}.py"
        text = hidden.read_text(encoding="utf-8") if hidden.exists() else ""
        yield from (f"{hidden.name} has no test of {name}" for name in due if f'exercise("{name}"' not in text)
    in_library = [name for name in public_functions(ROOT / "gmmlearn" / "library.py") if name in EXERCISES]
    if in_library != list(EXERCISES):
        yield "gmmlearn/library.py has other exercises, or another order"


def public_functions(path: Path) -> list[str]:
    """Names of the functions of a module, in order, without those that begin with an underscore."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def stray() -> Iterator[str]:
    """Files in a room of chapters that belong to none."""
    for room, others in BESIDE_THE_CHAPTERS.items():
        for path in sorted((ROOT / room).iterdir()):
            stem = path.stem.removeprefix("test_") if room == "tests/hidden" else path.stem
            if path.is_file() and (path.suffix != ".py" or stem not in {*CHAPTERS, *others}):
                yield f"{room}/{path.name} belongs to no chapter"
    notebooks = {notebook_of(exercise) for exercise in EXERCISES.values()} | {"explorations.ipynb"}
    for path in sorted((ROOT / "course").iterdir()):
        if path.is_file() and path.name not in notebooks:
            yield f"course/{path.name} belongs to no chapter"


CLAIMS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("every stub is unsolved and says what to write", solved_stubs),
    ("every solution and every library function passes the public checks", failing_solutions),
    ("every mistake is refused and called by its name", mistaken),
    ("the answer book and the stubs are up to date", stale),
    ("every exercise has three hints", hintless),
    ("every exercise has its heading and its graded cell", textless),
    ("a chapter has one name in every room, and an exercise too", misnamed),
    ("no stray file", stray),
)
