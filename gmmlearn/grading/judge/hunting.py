"""Tries the tests that a student wrote for the bug hunt: they run in a box, and what they are tried on in another one.

A test is not told which function it has. It calls one that asks the judge; the judge has the call made in the box of
the functions, and sends back what came of it. Every function meets a new process; but a process can learn something of
those before it, such as how many numbers of processes they used. So some of the functions that were caught are met
once more by a worker that has met none. A test that wants to tell wrong functions from right ones has nothing to go by
but what they return.
"""

import ast
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ... import private
from ...calls import Call, Failure, Items, Outcome, Seed, Status, Stopped
from ...contract import EXERCISES, TESTS, earlier_than, exercise_of_test, exercises_of
from ...hunting.bugs import bugs_of, demands, nudged
from ...hunting.trying import refused, survivors
from .box import library_of
from .sandbox import Limits
from .session import Session
from .submission import Submission
from .verdict import HuntVerdict

LIMITS = Limits(all_cpu_seconds=225, all_wall_seconds=680.0)
"""Of all tests of a student together; each function has what an exercise has."""
N_RIGHT = 5
"""How many right functions are hidden among the wrong ones. A process can see how many were before it; a test that goes
by that, or draws lots, refuses one of these as likely as it catches another."""
N_AGAIN = 2
"""How many of the caught functions are met once more; all of them, where a test passes one that it refused before."""
_LIBRARY = re.compile(r"^from gmmlearn\.library import (\w+)$", re.M)
_DISPATCH = """
import numpy as np

# A wrong function may draw lots: the same ones at every regrade, as each meets a process of its own.
_new, _lots = np.random.default_rng, np.random.default_rng(0)
np.random.default_rng = lambda seed=None: _new(_lots.integers(2**63) if seed is None else seed)
np.random.seed(0)

def _tried(exercise, place, *given, **options):
    names = {"__name__": "function", "__package__": "gmmlearn"}
    exec(compile(SOURCES[exercise][place], "function", "exec"), names)
    found = names[exercise](*given, **options)
    return (found, *(one if hasattr(one, "tolist") or isinstance(one, list) else None
                     for one in (*given, *options.values())))
"""
_FUNCTION = """
def {name}(place, *given, **options):
    return _tried({name!r}, place, *given, **options)
"""


def hunted(submission: Submission) -> list[str]:
    """The exercises for which tests were handed in, in the order of the course."""
    try:
        tree = ast.parse(submission.sources.get(TESTS, b""))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    named = {exercise_of_test(node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
    return [name for name in EXERCISES if name in named]


def hunts(
    submission: Submission, exercises: Sequence[str], *, seed: int, sandbox: bool = True, limits: Limits = LIMITS
) -> dict[str, HuntVerdict]:
    """Try the tests that were handed in.

    Parameters
    ----------
    submission : Submission
    exercises : sequence of str
        Those that count.
    seed : int
        Of the student, from which the order of the functions is drawn.
    sandbox : bool
        Whether to run the tests in a sandbox; the functions are.
    limits : Limits
        Of the tests.

    Returns
    -------
    dict of str to HuntVerdict
        Of the exercises for which there are tests.

    Raises
    ------
    GmmlearnError
        For a fault that is ours.
    """
    wanted = [name for name in hunted(submission) if name in set(exercises) and bugs_of(name, private.BUGS)]
    if not wanted:
        return {}
    with (
        Session(submission, boxed=sandbox, limits=limits) as tests,
        Session(_functions(wanted), boxed=sandbox, limits=limits) as functions,
    ):
        return {name: _hunt(name, tests, functions, _rng(seed, name, submission)) for name in wanted}


def _rng(seed: int, exercise: str, submission: Submission) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(f"{exercise} {submission.digest}".encode())])


def _hunt(exercise: str, tests: Session, functions: Session, rng: np.random.Generator) -> HuntVerdict:
    """A right function first, then the wrong ones with other right ones among them."""
    bugs = bugs_of(exercise, private.BUGS)
    # A right function by what a test demands that refuses it, a wrong one by its place among them.
    others = [*demands(exercise)[1:], *[""] * N_RIGHT][:N_RIGHT]
    candidates: list[str | int] = [*others, *range(len(bugs))]
    order = [candidates[place] for place in rng.permutation(len(candidates))]
    caught: set[int] = set()
    for candidate in ["", *order]:
        is_right = isinstance(candidate, str)
        function = _right(functions, candidate) if is_right else _numbered(functions, 1 + candidate)
        try:
            failure = _failure(exercise, function, tests, functions)
        except Stopped as stopped:
            if is_right:
                return HuntVerdict(0, len(bugs), f"Your tests did not end. {stopped}")
            continue  # a test that ends its process has asserted nothing
        if failure is None:
            continue
        if is_right:
            return HuntVerdict(0, len(bugs), refused(candidate, failure))
        caught.add(candidate)
    caught = set(_caught_alone(exercise, rng.permutation(sorted(caught)).tolist(), tests, functions))
    missed = [bug for number, bug in enumerate(bugs) if number not in caught]
    return HuntVerdict(len(caught), len(bugs), questions=tuple(survivors(missed, len(caught))))


def _caught_alone(exercise: str, caught: Sequence[int], tests: Session, functions: Session) -> Iterator[int]:
    """Those that are refused by a worker that has met no other function; the last ones are believed."""
    doubted = False
    for place, candidate in enumerate(caught):
        if place < N_AGAIN or doubted:
            tests.renew()
            if not _refuses(exercise, _numbered(functions, 1 + candidate), tests, functions):
                doubted = True
                continue
        yield candidate


def _refuses(exercise: str, function: Callable[[Call], Outcome], tests: Session, functions: Session) -> bool:
    """Whether a test does; one that ends its process has asserted nothing."""
    try:
        return _failure(exercise, function, tests, functions) is not None
    except Stopped:
        return False


def _failure(exercise: str, function: Callable[[Call], Outcome], tests: Session, functions: Session) -> Failure | None:
    """The exception of a test that a function does not pass; raises `Stopped`."""
    try:
        functions.begin(exercise, own=False)
        tests.begin(exercise, own=True, tests=True)
        return tests.run_tests(function).failure
    finally:
        tests.finish()
        functions.finish()


def _numbered(functions: Session, place: int) -> Callable[[Call], Outcome]:
    """A function of the box by its place in `_functions`, where the right one is first."""

    def function(call: Call) -> Outcome:
        try:
            given = {str(number): one for number, one in enumerate(call.arguments.values())}
            if not all(name.isidentifier() for name in call.options):  # so that none stands for a number
                raise Stopped(Status.MALFORMED, "Its arguments have names that Python does not know.")
            outcome = functions.call(Call({"place ": place, **given}, call.options))
        except Stopped as stopped:
            return Outcome(failure=Failure(("RuntimeError",), f"The function gave nothing back. {stopped}"))
        failure = outcome.failure  # without the lines of the function
        return replace(outcome, failure=failure and Failure(failure.classes, failure.text))

    return function


def _right(functions: Session, demand: str) -> Callable[[Call], Outcome]:
    """The right function, or one that differs from it in what the contract leaves open."""
    function = _numbered(functions, 0)

    def otherwise(call: Call) -> Outcome:
        parts = ({name: _next(one) for name, one in part.items()} for part in (call.arguments, call.options))
        return function(Call(*parts))

    def rounded(call: Call) -> Outcome:
        outcome = function(call)
        if outcome.failure:
            return outcome
        value, *after = outcome.value.items
        return replace(outcome, value=Items("tuple", (nudged(value), *after)))

    return {"": function, "rng": otherwise, "digits": rounded}[demand]


def _next(value: Any) -> Any:
    return Seed(value.value + 1) if isinstance(value, Seed) else value


def _functions(exercises: Sequence[str]) -> Submission:
    """The right function of each exercise, which is number 0, and the wrong ones, as modules of the box."""
    modules: dict[str, dict[str, list[str]]] = {}
    for name in exercises:
        wrong = [_LIBRARY.sub(_of_chapter, bug.source) for bug in bugs_of(name, private.BUGS)]
        right = library_of(frozenset([*earlier_than(name), name]))
        modules.setdefault(EXERCISES[name].module, {})[name] = [right, *wrong]
    return Submission({module: "".join(_text(module, sources)).encode() for module, sources in modules.items()})


def _text(module: str, sources: dict[str, list[str]]) -> Iterator[str]:
    yield f"{_DISPATCH}\nSOURCES = {sources!r}\n"
    # All of the chapter: the loader puts the library's functions in the place of those before the exercise.
    yield from (_FUNCTION.format(name=exercise.name) for exercise in exercises_of(module))


def _of_chapter(found: re.Match[str]) -> str:
    """The import of an earlier function from its chapter, where the box has the library's."""
    module = f".{EXERCISES[found[1]].module}" if found[1] in EXERCISES else ""
    return f"from gmmlearn{module} import {found[1]}"
