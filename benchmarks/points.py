"""Whether a verdict hangs on luck: the points of one function at many seeds.

`python -m benchmarks.points [EXERCISE ...] [--seeds N]`, or `make points`.

Every known mistake, every right answer of another kind and the reference with single precision inside is given the
hidden tests of its exercise at many seeds, in this process; a function is done with at the first seed at which its
points differ from those of the first. `points.json` keeps what was found, exercise by exercise, and the last lines
that are printed say it for all of them together.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks import fairness
from benchmarks.trust import hidden_tests_of
from gmmlearn.checks.diagnosing.cases import Case
from gmmlearn.checks.diagnosing.engine import examine
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.judge import runner
from gmmlearn.grading.judge.hidden_tests import Expect
from gmmlearn.loading import Subject

TABLE = Path(__file__).with_name("points.json")


@dataclass(frozen=True, slots=True)
class Test:
    """A hidden test with the inputs of one seed."""

    name: str
    weight: float
    main: bool
    cases: tuple[Case, ...]


def tests_at(items: Iterable[Any], seed: int) -> list[Test]:
    """The hidden tests of an exercise with the inputs of a seed, the main comparison first."""
    tests = []
    for item in items:
        mark = item.get_closest_marker("exercise").kwargs
        expect = Expect(runner.exercise_of(item), item.name, None)
        item.function(expect=expect, rng=runner.drawn_from(seed, item))
        tests.append(Test(item.name, mark.get("weight", 1), mark.get("main", False), tuple(expect.cases)))
    return sorted(tests, key=lambda test: not test.main)


def failed(subject: Subject, tests: Iterable[Test]) -> tuple[str, ...]:
    """The tests that a function does not pass; none after a main comparison, without which there are no points."""
    names = []
    for test in tests:
        if any(examine(case, subject).mismatch for case in test.cases):
            names.append(test.name)
            if test.main:
                break
    return tuple(names)


def lucky(exercise: str, n_seeds: int, seconds: float) -> dict[str, Any]:
    """What the seeds decide in one exercise: how many functions were tried, at how many seeds, and which differ."""
    items = hidden_tests_of((exercise,))
    chosen = [one for one in fairness.subjects_of(exercise, 0) if one.group != "wrong" or one.id.startswith("single")]
    with redirect_stdout(StringIO()):
        loaded = {f"{one.group}: {one.id}": one.load() for one in chosen}
    first: dict[str, tuple[str, ...]] = {}
    differ: dict[str, str] = {}
    begin, done = time.process_time(), 0
    for seed in range(1, n_seeds + 1):
        tests = tests_at(items, seed)
        for name, subject in loaded.items():
            if name not in differ:
                with redirect_stdout(StringIO()):
                    found = failed(subject, tests)
                if found != first.setdefault(name, found):
                    differ[name] = f"seed {seed}: {_in_words(found)}; seed 1: {_in_words(first[name])}"
        done = seed
        if time.process_time() - begin > seconds:
            break
    return {"functions": len(loaded), "seeds": done, "differ": differ}


def _in_words(names: Sequence[str]) -> str:
    return "fails " + ", ".join(name.removeprefix("test_") for name in names) if names else "passes"


def summary(table: dict[str, Any]) -> str:
    """The figure that the README quotes."""
    n_functions = sum(row["functions"] for row in table.values())
    n_differ = sum(len(row["differ"]) for row in table.values())
    seeds = sorted({row["seeds"] for row in table.values()})
    few = [f"{name} at {row['seeds']}" for name, row in table.items() if row["seeds"] < seeds[-1]]
    words = f"{n_functions - n_differ} of {n_functions} functions of {len(table)} exercises, at {seeds[-1]} seeds each"
    return f"{words} ({', '.join(few)})" if few else words


def main() -> None:
    """Measure, store and print; the exit status says whether luck decided anything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*", default=list(EXERCISES))
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="of CPU for an exercise, then no more seeds"
    )
    options = parser.parse_args()
    for exercise in options.exercises:
        row = lucky(exercise, options.seeds, options.seconds)
        table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
        table[exercise] = row
        ordered = {name: table[name] for name in EXERCISES if name in table}
        TABLE.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(exercise, json.dumps(row), flush=True)
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    print(f"The same verdict at every seed: {summary(table)}.")
    sys.exit(any(row["differ"] for row in table.values()))


if __name__ == "__main__":
    main()
