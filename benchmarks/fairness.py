"""How fair the feedback is: right answers accepted, wrong ones refused, names never false, no verdict by luck.

`python -m benchmarks.fairness [EXERCISE ...] [--seeds N] [--mutants N]`, or `make fairness`. The subjects are the bank
of right answers, the bank of wrong ones, the known mistakes, and mechanical mutants of the reference; each is examined
with the public cases and with the hidden ones at many seeds, by the engine that checks and grades.
"""

import argparse
import importlib
import inspect
import sys
import tomllib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import mutants
from gmmlearn import loading, private
from gmmlearn.calls import Stopped
from gmmlearn.checks import limits
from gmmlearn.checks.diagnosing import answer_key
from gmmlearn.checks.diagnosing.cases import Case
from gmmlearn.checks.diagnosing.engine import examine, recognise
from gmmlearn.contract import EXERCISES, DType
from gmmlearn.grading.judge.hidden_tests import with_wrong
from gmmlearn.grading.judge.runner import Runner
from gmmlearn.performing import perform

ROOT = Path(__file__).parents[1]
RIGHT, WRONG = ROOT / "tests" / "right_answers", ROOT / "tests" / "wrong_answers"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
SECONDS = 60.0


@dataclass(frozen=True)
class Subject:
    """A function whose verdict is known: `group` says from where, `right` whether it has to be accepted."""

    exercise: str
    id: str
    group: str
    right: bool
    load: Callable[[], loading.Subject]


@dataclass
class Record:
    """What came of one subject: whether the public check passed, its points by seed, the names it was given."""

    subject: Subject
    public: bool
    points: list[float] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class Test:
    """One hidden test at one seed: its weight, whether it is the main comparison, and its cases."""

    weight: float
    main: bool
    cases: tuple[Case, ...]


@cache
def tests_at(exercise: str, seed: int) -> tuple[Test, ...]:
    """The hidden tests of an exercise with the inputs of a seed."""
    runner = Runner(None, [exercise], seed)
    runner.run()
    run = runner.runs[exercise][0]
    pairs = zip(run.findings, run.expects, strict=True)
    return tuple(Test(one.weight, one.main, tuple(map(with_wrong, expect.cases))) for one, expect in pairs)


def subjects_of(exercise: str, n_mutants: int) -> Iterator[Subject]:
    """All subjects of one exercise."""
    module = EXERCISES[exercise].module
    for style in sorted(path for path in RIGHT.iterdir() if path.is_dir()):
        if (style / f"{module}.py").exists():
            for own in (False, True):
                words = f"{style.name}{', own functions' if own else ''}"
                yield Subject(exercise, words, "right", True, _of_file(exercise, style, own))
    for mistake in private.mistakes_of(exercise):
        yield Subject(exercise, mistake.id, "mistake", False, _of(mistake.function))
    for path in sorted(WRONG.glob(f"{exercise}*.py")):
        for name, function in inspect.getmembers(importlib.import_module(f"tests.wrong_answers.{path.stem}")):
            if name.startswith(f"{exercise}__"):
                yield Subject(exercise, name.partition("__")[2], "wrong", False, _of(function))
    if EXERCISES[exercise].returns[0].dtype is DType.FLOAT:
        yield Subject(exercise, "single precision inside", "wrong", False, _of(_single(private.reference(exercise))))
    equivalent = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    made = mutants.mutants_of(exercise)
    for mutant in made[:: max(1, -(-len(made) // n_mutants))] if n_mutants else ():
        same = mutant.id in equivalent
        yield Subject(exercise, mutant.id, "equivalent" if same else "mutant", same, lambda m=mutant: _of_mutant(m))


def _of(function: Callable[..., Any]) -> Callable[[], loading.Subject]:
    return lambda: lambda call: perform(function, call)


def _of_file(exercise: str, folder: Path, own: bool) -> Callable[[], loading.Subject]:
    return lambda: loading.subject(exercise, folder, own=own)


def _of_mutant(mutant: mutants.Mutant) -> loading.Subject:
    return _of(mutants.load(mutant))()


def _single(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function on single-precision inputs, its results turned into float64 again."""

    def small(value: Any) -> Any:
        return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype == np.float64 else value

    def large(value: Any) -> Any:
        if isinstance(value, tuple):
            parts = [large(np.asarray(part, np.float32) if np.size(part) > 1 else part) for part in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        is_float = np.asarray(value).dtype.kind == "f"
        return np.asarray(value).astype(np.float32).astype(np.float64) if is_float else value

    return lambda *args, **options: large(function(*map(small, args), **options))


def examined(subject: Subject, seeds: range) -> Record:
    """Try one subject publicly and at all seeds; one that does not end is not tried further."""
    key = answer_key.answers(subject.exercise)
    every = [(Test(1, True, key.cases),), *(tests_at(subject.exercise, seed) for seed in seeds)]
    calls = [case.calls for tests in every for test in tests for case in test.cases]
    record = Record(subject, public=False)
    try:
        with limits.limited(subject.load, calls, SECONDS + len(every)) as run:
            for place, tests in enumerate(every):
                _examine(record, tests, run, key.sentences, public=place == 0)
    except Stopped as stopped:
        record.why = record.why or str(stopped)
        record.points += [0.0] * (len(seeds) - len(record.points))
    return record


def _examine(
    record: Record, tests: tuple[Test, ...], run: loading.Subject, known: Collection[str], *, public: bool
) -> None:
    trials = [[examine(case, run) for case in test.cases] for test in tests]
    seen = [trial for found in trials for trial in found]
    record.names.append(recognise(seen, known))
    record.why = record.why or next((f"{t.case.key}: {t.effect}" for t in seen if t.mismatch), "")
    passed = [all(trial.mismatch is None for trial in found) for found in trials]
    if public:
        record.public = all(passed)
        return
    whole, earned = sum(t.weight for t in tests), sum(t.weight for t, ok in zip(tests, passed) if ok)
    record.points.append(earned / whole if all(ok for t, ok in zip(tests, passed) if t.main) else 0.0)


def faults_of(record: Record) -> Iterator[tuple[str, str]]:
    """What is unfair about a record: kind of fault and words."""
    subject, full = record.subject, all(share == 1 for share in record.points)
    told = f"{subject.exercise}, {subject.group}: {subject.id}"
    if subject.right and not (record.public and full):
        yield "right answer refused", f"{told}: {record.why}"
    if not subject.right and record.public and full:
        yield "wrong answer accepted", told
    if len(set(record.points)) > 1:
        yield "points hang on the seed", f"{told}: {sorted(set(record.points))}"
    if (record.public and not full) or (full and record.points and not record.public):
        yield "public and hidden disagree", f"{told}: {record.why}"
    given = {name for names in record.names for name in names}
    if subject.group == "mistake" and any(names != (subject.id,) for names in record.names):
        yield "known mistake not called by its name", f"{told}: {sorted(set(record.names))}"
    elif given and len(set(record.names)) > 1:
        # The same function as a known mistake has its name at every seed; another one was called so by luck.
        yield "name given at some seeds only", f"{told}: {sorted(set(record.names))}"


def main() -> None:
    """Examine and print; the exit status says whether anything was unfair."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*", default=list(EXERCISES))
    parser.add_argument("--seeds", type=int, default=20, help="hidden seeds for every subject")
    parser.add_argument("--mutants", type=int, default=10_000, help="at most so many mutants of each exercise")
    parser.add_argument("--names", action="store_true", help="list which mutants and strangers' answers get which name")
    options = parser.parse_args()
    records = []
    print(
        "exercise                    right  mistakes named  wrong refused  mutants killed  equivalent  seconds of CPU"
    )
    for exercise in options.exercises:
        begin = sum(_cpu())
        found = [examined(one, range(1, options.seeds + 1)) for one in subjects_of(exercise, options.mutants)]
        tests_at.cache_clear()
        records += found
        print(f"{exercise:26} {_row(found)} {sum(_cpu()) - begin:10.0f}", flush=True)
    print(f"{'all':26} {_row(records)}")
    faults = [fault for record in records for fault in faults_of(record)]
    for kind in dict.fromkeys(kind for kind, _ in faults):
        words = [words for other, words in faults if other == kind]
        print(f"\n{kind} ({len(words)}):", *words, sep="\n  ")
    if options.names:
        print("\nnames:")
        for record in records:
            if record.subject.group in ("mutant", "wrong") and any(record.names):
                print(f"  {record.subject.exercise}: {record.subject.id} -> {record.names[0]}")
    if not faults:
        print(f"\nNothing unfair among {len(records)} subjects, public and at {options.seeds} seeds each.")
    sys.exit(bool(faults))


def _cpu() -> tuple[float, float]:
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return used[0].ru_utime + used[0].ru_stime, used[1].ru_utime + used[1].ru_stime


def _row(records: list[Record]) -> str:
    def share(group: str, good: Callable[[Record], bool]) -> str:
        of_group = [record for record in records if record.subject.group == group]
        return f"{sum(map(good, of_group))}/{len(of_group)}"

    def full(record: Record) -> bool:
        return record.public and all(one == 1 for one in record.points)

    def refused(record: Record) -> bool:
        return not record.public and not any(one == 1 for one in record.points)

    named = share("mistake", lambda record: all(names == (record.subject.id,) for names in record.names))
    cells = [share("right", full), named, share("wrong", refused), share("mutant", refused), share("equivalent", full)]
    return " ".join(f"{cell:>13}" for cell in cells)


if __name__ == "__main__":
    main()
