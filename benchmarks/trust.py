"""Whether strangers can trust the judge: `python -m benchmarks.trust [ROW ...]`, or `make trust` for all rows.

Each row is measured anew, and written to `trust.json` and into the README's table and that of `SECURITY.md`:

- *attacks*, *attacks as an ordinary user*: `tests/hostile` with `--long`, which has to pass.
- *fuzzing*: how many inputs each reader of strangers' bytes was given.
- *guided fuzzing*: the same by Atheris, where it is installed, see `fuzz.py`.
- *elsewhere*: verdicts under load, another locale, another Python, see `surroundings.py`.
- *false alarms*: how often a law refuses the reference. By the law on paper, a comparator that makes m tests, each of
  which refuses a right sampler with probability at most r/m, refuses it with probability at most r, whatever the
  dependence between the tests (Boole's inequality). Each single test is exact: a binomial tail, a chi-square tail of a
  known variance, or the bound of Dvoretzky, Kiefer and Wolfowitz with Massart's constant,
  P(sup |F_n - F| > e) <= 2 exp(-2 n e^2). At r = 1e-9 no number of seeds shows more than that there is no alarm; so
  the same comparators are run at r = 0.01 too, where an error in a formula would show.
- *power*: how many known mistakes of the samplers are refused, at each seed, by the hidden tests.
- *errors*, *hard errors*: the largest error of right answers, as a part of the tolerance, see `tolerances.py`.
"""

import argparse
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import fuzz, surroundings
from benchmarks.tolerances import errors_on_hard_inputs, hidden_tests_of, largest_errors
from gmmlearn import private
from gmmlearn.checks.comparing import draws
from gmmlearn.grading.judge import runner
from gmmlearn.grading.judge.hidden_tests import Expect, Unexpected
from gmmlearn.performing import perform

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("trust.json")
SAMPLERS = ("sample_categorical", "sample_gaussian", "sample_mixture")
WEIGHTS = np.array([0.14, 0.53, 0.05, 0.28])
MEANS = np.array([[2.0, 4.5, 3.2], [-3.0, 1.0, 0.4], [5.0, -2.0, 1.5], [0.0, 0.0, 8.0]])
COVARIANCES = np.array([[[2.0, 1.1, -0.3], [1.1, 1.5, 0.2], [-0.3, 0.2, 0.7]]]) * np.arange(1, 5)[:, None, None]


def laws(false_alarm: float) -> dict[str, tuple[Callable[[np.random.Generator], Any], Callable[[Any], Any]]]:
    """Exercise -> a draw by the reference, and the comparator at that rate."""
    categorical, gaussian, mixture = (private.reference(name) for name in SAMPLERS)
    return {
        "sample_categorical": (
            lambda rng: np.array([categorical(WEIGHTS, 146, rng) for _ in range(8)]),
            draws.SameCategorical(WEIGHTS, false_alarm),
        ),
        "sample_gaussian": (
            lambda rng: gaussian(MEANS[0], COVARIANCES[0], 500, rng),
            draws.SameGaussian(MEANS[0], COVARIANCES[0], false_alarm),
        ),
        "sample_mixture": (
            lambda rng: mixture(WEIGHTS, MEANS, COVARIANCES, 500, rng),
            draws.SameMixture(WEIGHTS, MEANS, COVARIANCES, false_alarm),
        ),
    }


def alarms(seeds: range, rates: tuple[float, ...]) -> list[dict[str, int]]:
    """For each rate, how often each law refuses the reference."""
    compared = [laws(rate) for rate in rates]
    found = [dict.fromkeys(SAMPLERS, 0) for _ in rates]
    for name in SAMPLERS:
        for seed in seeds:
            drawn = compared[0][name][0](np.random.default_rng([seed, 11]))
            for counts, one in zip(found, compared):
                counts[name] += one[name][1](drawn) is not None
    return found


def refused(function: Callable[..., Any], items: list[Any], seed: int) -> bool:
    """Whether some hidden test of its exercise refuses a function, with the inputs of a seed.

    The test that does comes first in `items` from then on: at the next seed it will mostly be the same one.
    """
    for place, item in enumerate(items):
        expect = Expect(runner.exercise_of(item), item.name, lambda call: perform(function, call))
        try:
            item.function(expect=expect, rng=runner.drawn_from(seed, item))
        except Unexpected:
            items.insert(0, items.pop(place))
            return True
    return False


def accepted_by_seed(seeds: range) -> tuple[int, dict[str, int]]:
    """How many known mistakes of the samplers there are, and at how many seeds each that was accepted was."""
    items = hidden_tests_of(SAMPLERS)
    mistakes = [one for name in SAMPLERS for one in private.mistakes_of(name)]
    accepted: dict[str, int] = {}
    for mistake in mistakes:
        own = [item for item in items if runner.exercise_of(item) == mistake.exercise]
        n_accepted = sum(not refused(mistake.function, own, seed) for seed in seeds)
        if n_accepted:
            accepted[mistake.id] = n_accepted
    return len(mistakes), accepted


def suite(*files: str, as_user: bool = False) -> str:
    """Pytest's last line for hostile tests in their long form; raises when one fails."""
    options = ["pytest", "-q", "-rs", "--long", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    options += ["-c", str(ROOT / "pyproject.toml"), *(str(ROOT / "tests" / "hostile" / file) for file in files)]
    if as_user:
        accounts = importlib.import_module("tests.grading.two_accounts")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o777)
            said = accounts.run_as("daemon", *options, "--basetemp", f"{folder}/base", cwd=Path(folder))
    else:
        done = subprocess.run([sys.executable, "-m", *options], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        said = done.stdout
        if done.returncode:
            raise SystemExit(said)
    return said.strip().splitlines()[-1]


def n_passed(line: str) -> int:
    return int(re.search(r"(\d+) passed", line)[1])


ATTACKS = ("test_points.py", "test_box.py", "test_left.py", "test_answers.py", "test_told.py", "test_judge.py")
OF_THE_BOX = ("test_box.py", "test_left.py")
N_ALARMS, N_POWER, N_ERRORS, N_HARD = 20_000, 1000, 10, 100


def attacks() -> dict[str, Any]:
    who = "root" if os.geteuid() == 0 else "an ordinary user"
    return {"by": who, "tests": n_passed(suite(*ATTACKS))}


def attacks_as_user() -> dict[str, Any]:
    return {"files": list(OF_THE_BOX), "tests": n_passed(suite(*OF_THE_BOX, as_user=os.geteuid() == 0))}


def fuzzing() -> dict[str, Any]:
    from tests.hostile.test_fuzz import N_LONG

    return {"readers": n_passed(suite("test_fuzz.py")), "inputs each": N_LONG}


def guided_fuzzing() -> dict[str, Any]:
    return fuzz.fuzz()


def false_alarms() -> dict[str, Any]:
    strict, loose = alarms(range(N_ALARMS), (1e-9, 0.01))
    return {"seeds": N_ALARMS, "at 1e-9": strict, "at 0.01": loose}


def power() -> dict[str, Any]:
    n_mistakes, accepted = accepted_by_seed(range(N_POWER))
    return {"seeds": N_POWER, "mistakes": n_mistakes, "accepted": accepted}


def errors() -> dict[str, Any]:
    found = largest_errors(range(N_ERRORS))
    return {"seeds": N_ERRORS, "part of the tolerance": {name: float(f"{one:.1e}") for name, one in found.items()}}


def hard_errors() -> dict[str, Any]:
    found = errors_on_hard_inputs(range(N_HARD))
    worst = {kind: max(parts.items(), key=lambda part: part[1]) for kind, parts in found.items()}
    return {
        "seeds": N_HARD,
        "part of the tolerance": {kind: float(f"{one:.1e}") for kind, (_, one) in worst.items()},
        "largest in": {kind: name for kind, (name, _) in worst.items()},
    }


def in_words(table: dict[str, Any]) -> str:
    """The rows as a table in Markdown, as `SECURITY.md` has it."""
    lines = ["| claim | figure |", "|---|---|"]
    for name, row in table.items():
        lines.append(f"| {CLAIMS[name]} | {FIGURES[name](row)} |")
    return "\n".join(lines)


PAGES = (ROOT / "README.md", ROOT / "SECURITY.md")
_QUOTED = re.compile(r"\| claim \| figure \|\n(\|.*\n)+")


def quote(table: dict[str, Any]) -> None:
    """Put the table into the pages that have it."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(_QUOTED.sub(lambda _: in_words(table) + "\n", text), encoding="utf-8")


CLAIMS = {
    "attacks": "hostile submissions; each protection taken away alone; the judge killed, elsewhere, under load",
    "attacks as an ordinary user": "what harms or stays, made again by an account without rights",
    "fuzzing": "readers of strangers' bytes: frames, outcomes, values, archives, headers, notebooks",
    "guided fuzzing": "the same readers with inputs led by coverage (Atheris)",
    "elsewhere": "verdicts are the same in other surroundings",
    "false alarms": "how often the reference is refused by the samplers' tests",
    "power": "known mistakes of the samplers, refused at each seed",
    "errors": "largest error of a right answer, as a part of the tolerance",
    "hard errors": "the same on inputs that no hidden test has, where 1 would be refused",
}
FIGURES: dict[str, Callable[[dict[str, Any]], str]] = {
    "attacks": lambda row: f"{row['tests']} tests passed, by {row['by']}",
    "attacks as an ordinary user": lambda row: f"{row['tests']} tests passed",
    "fuzzing": lambda row: f"{row['readers']} properties, {row['inputs each']:,} inputs each: none failed",
    "guided fuzzing": lambda row: (
        f"{row['seconds each']} s each: "
        + ", ".join(f"{count:,} ({reader})" for reader, count in row["inputs"].items())
        + ": none failed"
    ),
    "elsewhere": lambda row: f"{row['exercises']} exercises, {row['by']}; with {', '.join(row['the same with'])}",
    "false alarms": lambda row: (
        f"{sum(row['at 1e-9'].values())} of {3 * row['seeds']:,} at 1e-9; at 0.01 "
        + ", ".join(f"{count / row['seeds']:.4f} ({name})" for name, count in row["at 0.01"].items())
    ),
    "power": lambda row: f"{row['mistakes'] - len(row['accepted'])} of {row['mistakes']} at {row['seeds']} seeds",
    "errors": lambda row: (
        ", ".join(f"{part:.1e} ({chapter})" for chapter, part in row["part of the tolerance"].items())
        + f"; {row['seeds']} seeds"
    ),
    "hard errors": lambda row: (
        ", ".join(
            f"{part:.1e} ({kind}, {row['largest in'][kind]})" for kind, part in row["part of the tolerance"].items()
        )
        + f"; {row['seeds']} seeds"
    ),
}

ROWS = {
    "attacks": attacks,
    "attacks as an ordinary user": attacks_as_user,
    "fuzzing": fuzzing,
    "guided fuzzing": guided_fuzzing,
    "elsewhere": surroundings.compare,
    "false alarms": false_alarms,
    "power": power,
    "errors": errors,
    "hard errors": hard_errors,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", nargs="*", choices=[[], *ROWS])
    for name in parser.parse_args().rows or ROWS:
        try:
            row = ROWS[name]()
        except ImportError as error:
            print(f"{name}: not measured, {error}")
            continue
        table = json.loads(TABLE.read_text()) if TABLE.exists() else {}
        table[name] = row
        table = {key: table[key] for key in ROWS if key in table}
        TABLE.write_text(json.dumps(table, indent=2) + "\n")
        quote(table)
        print(name, json.dumps(row))


if __name__ == "__main__":
    main()
