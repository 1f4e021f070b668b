"""Tries a student's tests on right functions, then on wrong ones."""

import builtins
import functools
import importlib.util
import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from ..calls import Call, Failure, Outcome, Status, Stopped
from ..checks import limits, record
from ..checks.checking import exercise_named
from ..checks.reporting.drawing import render, wrapped
from ..contract import EXERCISES, TESTS_FILE, Exercise, exercise_of_test
from ..errors import UsageError
from ..manifest import PACKAGE
from ..performing import perform
from .bugs import DEMANDS, Bug, bugs_of, right_functions

SECONDS = 30.0
"""For all functions together; a dozen are tried."""
STOPPED = {
    Status.TIMEOUT: "did not end within {:g} seconds",
    Status.CRASHED: "ended the Python process that they ran in",
    Status.INTERRUPTED: "were interrupted",
}
NOTHING = (
    "All wrong functions passed your test. Does it call the function that it is given, and `assert` what must hold of "
    "the result? A value that is only returned or printed is not tested."
)
Test = Callable[[Callable[..., Any]], Any]


@dataclass(frozen=True)
class Hunt:
    """What the tests caught; shows itself in a notebook and in a terminal.

    Attributes
    ----------
    exercise : Exercise
    caught, missed : tuple of Bug
    problem : str
        Why nothing was tried: the tests refuse a right function, or do not end. Empty otherwise.
    """

    exercise: Exercise
    caught: tuple[Bug, ...] = ()
    missed: tuple[Bug, ...] = ()
    problem: str = ""

    @property
    def title(self) -> str:
        """The exercise, and how many were caught."""
        name = f"{self.exercise.number} {self.exercise.name}"
        if self.problem:
            return f"{name}: your test cannot be used yet"
        return f"{name}: {len(self.caught)} of {len(self.caught) + len(self.missed)} wrong functions caught"

    @property
    def questions(self) -> list[str]:
        """About those that were missed."""
        return survivors(self.missed, len(self.caught))

    def __str__(self) -> str:
        lines = [self.title]
        for text in [self.problem] if self.problem else self.questions:
            lines += [f"  {line}" for line in wrapped(text, 92)]
        for bug in self.caught:
            lines += ["", *(f"  {line}" for line in wrapped(f"Caught: {bug.sentence}", 92))]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return render("hunt", Path(__file__).parent, hunt=self)


def hunt(name: str | Callable[..., Any], *tests: Test, where: Path | None = None) -> Hunt:
    """See how many of a dozen wrong functions your tests catch.

    Parameters
    ----------
    name : str or callable
        Exercise, `"responsibilities"` or `"4.1"`.
    *tests : callable
        Each takes a function to be tested, calls it with inputs of yours, and asserts something of what comes back.
        Right functions have to pass all of them; a wrong one is caught as soon as one of them raises. Without any,
        those in `gmmlearn/hunts.py` are tried whose names begin with `test_` and the name of the exercise.
    where : Path, optional
        Folder of the record; by default the one that holds the folder of your modules.

    Returns
    -------
    Hunt
        What was caught, with its code; questions about what was not.

    Raises
    ------
    UsageError
        If there is no test, or one that does not take a function.

    Examples
    --------
    >>> def test_rows_sum_to_one(update_weights):
    ...     found = update_weights(np.array([[0.5, 0.5], [0.2, 0.8]]))
    ...     assert abs(found.sum() - 1) < 1e-9
    >>> import numpy as np
    >>> print(hunt("update_weights", test_rows_sum_to_one).title)  # doctest: +ELLIPSIS
    5.1 update_weights: ... wrong functions caught
    """
    exercise, where = exercise_named(name), where or PACKAGE.parent
    tests = tests or tuple(one for one in _kept_in(where) if exercise_of_test(one.__name__) == exercise.name)
    _usable(exercise, tests)
    rights, bugs = right_functions(exercise.name), bugs_of(exercise.name)
    functions = [*rights.values(), *(bug.function() for bug in bugs)]
    cases = [[Call({"number": number})] for number in range(len(functions))]

    def subject(call: Call) -> Outcome:
        function = functions[call.arguments["number"]]
        return perform(lambda number: _tried(function, tests), call, _files(tests))

    try:
        with limits.limited(lambda: subject, cases, SECONDS, _folder(tests)) as limited:
            for (demand, _), (call,) in zip(rights.items(), cases):
                if failure := limited(call).failure:
                    return Hunt(exercise, problem=refused(demand, failure))
            failures = [limited(call).failure for (call,) in cases[len(rights) :]]
    except Stopped as stopped:
        how = STOPPED.get(stopped.status, "gave no answer").format(SECONDS)
        return Hunt(exercise, problem=f"Your tests {how}. {stopped.place}".rstrip())
    caught = tuple(bug for bug, failure in zip(bugs, failures) if failure)
    record.save(record.load(where).having_caught(exercise.name, len(caught)), where)
    return Hunt(exercise, caught, tuple(bug for bug, failure in zip(bugs, failures) if not failure))


def hunt_all(where: Path | None = None) -> "Hunts":
    """Hunt with all tests in `gmmlearn/hunts.py`, exercise by exercise.

    Parameters
    ----------
    where : Path, optional
        As for `hunt`.

    Raises
    ------
    UsageError
        If the file cannot be run, or has no test of an exercise.
    """
    where = where or PACKAGE.parent
    kept = [one.__name__ for one in _kept_in(where)]
    named = [name for name in EXERCISES if name in map(exercise_of_test, kept)]
    if not named:
        there = (where / TESTS_FILE).is_file()
        begin = f"{TESTS_FILE} has no test of an exercise: write one" if there else f"Make {TESTS_FILE}, with a test"
        raise UsageError(
            f"{begin} whose name begins with `test_` and the name of an exercise, like `def test_assign(assign): ...`."
        )
    return Hunts(
        tuple(hunt(name, where=where) for name in named), tuple(one for one in kept if not exercise_of_test(one))
    )


@dataclass(frozen=True)
class Hunts:
    """Several hunts; they show themselves one below the other.

    Attributes
    ----------
    found : tuple of Hunt
    others : tuple of str
        Tests that are named after no exercise.
    """

    found: tuple[Hunt, ...]
    others: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """On the tests that were not tried."""
        return f"Not tried, as no exercise has that name: {', '.join(self.others)}." if self.others else ""

    def __str__(self) -> str:
        return "\n\n".join(filter(None, [*map(str, self.found), self.note]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return "".join(one._repr_html_() for one in self.found) + note


def _kept_in(where: Path) -> list[Test]:
    path = where / TESTS_FILE
    return tests_in(path) if path.is_file() else []


def tests_in(path: Path) -> list[Test]:
    """The functions of a file whose names begin with `test`, in their order.

    Raises
    ------
    UsageError
        If the file cannot be run.
    """
    spec = importlib.util.spec_from_file_location(f"gmmlearn.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} is not a Python file: its name should end in .py.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise UsageError(f"{path} cannot be run: {type(error).__name__}: {error}") from None
    return [one for name, one in vars(module).items() if name.startswith("test") and inspect.isfunction(one)]


def _usable(exercise: Exercise, tests: Sequence[Test]) -> None:
    example = f"def test({exercise.name}): ... assert ..."
    if not tests:
        raise UsageError(
            f"hunt needs a test: write `def test_{exercise.name}({exercise.name}): ... assert ...` in {TESTS_FILE}, or "
            f"in a notebook `{example}`, and then hunt({exercise.name!r}, test)."
        )
    for test in tests:
        if not callable(test):
            raise UsageError(f"A test is a function, `{example}`; got {type(test).__name__}.")
        named = getattr(test, "__name__", "it")
        if inspect.iscoroutinefunction(test) or inspect.isgeneratorfunction(test):
            raise UsageError(
                f"A test is a plain function, `{example}`; {named} has `async` or `yield`, and never runs."
            )
        try:
            inspect.signature(test).bind(None)
        except TypeError:
            raise UsageError(
                f"A test takes one argument, the function to be tested: `{example}`; {named} does not."
            ) from None


def _tried(function: Callable[..., Any], tests: Sequence[Test]) -> int:
    arrays = []

    @functools.wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        inputs = (one for one in (*given, *named.values()) if isinstance(one, np.ndarray) and one.flags.writeable)
        arrays.extend((one, one.copy()) for one in inputs)
        return function(*given, **named)

    try:
        for test in tests:
            test(called)
    finally:
        # A wrong function may change its inputs, and the next one would meet the same arrays of the notebook.
        for array, before in reversed(arrays):
            array[...] = before
    return 0


def _files(tests: Sequence[Test]) -> list[str]:
    return list({test.__code__.co_filename for test in tests if hasattr(test, "__code__")})


def _folder(tests: Sequence[Test]) -> str:
    """The folder of their file, in whose lines a test that does not end is found; empty for those of a notebook."""
    return next((os.path.dirname(file) for file in _files(tests) if os.path.isfile(file)), "")


def survivors(missed: Iterable[Bug], n_caught: int) -> list[str]:
    """At most three questions, about the wrong functions that were missed, the most frequent first."""
    asked = [bug.question for bug in missed]
    begin = [] if n_caught else [NOTHING]
    return [*begin, *sorted(dict.fromkeys(asked), key=lambda question: -asked.count(question))][:3]


def refused(demand: str, failure: Failure) -> str:
    """Why a test is too strict, or has a mistake of its own; `demand` is one of `DEMANDS`, or empty."""
    where = f" in `{failure.source.strip()}`" if failure.source else ""
    what = failure.name if failure.name in vars(builtins) else "an exception"
    text = " ".join(failure.text.split())
    if failure.not_started:
        return f"Your test needs what is not written yet{where}: {text}. Does it call the function that it is given?"
    said = f": {text if len(text) <= 120 else text[:117] + '...'}" if text else ""
    left_open = DEMANDS.get(demand)
    demanded = f"It demands {left_open}." if left_open else "What does it demand that the exercise does not?"
    return f"Your test refuses a function that is right ({what}{where}{said}). {demanded}"
