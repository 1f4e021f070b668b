"""How long a student waits for an answer: `make bench-checks`, or `python -m benchmarks.checks`.

Three tables: what a check adds to the time of the function itself, by exercise and in the median; the first check of
a process, imports included; and the whole process of `gmmlearn check` for the exercises of chapters 1 to 5.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from threadpoolctl import threadpool_limits

from gmmlearn.checks import check
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.loading import subject

ROOT = Path(__file__).parents[1]
N_REPETITIONS = 7


def added(name: str, where: Path) -> tuple[float, float]:
    """Milliseconds of the function itself, and what a whole `check` of its file takes beyond that."""
    folder = ROOT / "solutions"
    check(name, folder=folder, where=where)
    own, whole = [], []
    diagnose(answers(name).cases, subject(name, folder, own=True))  # loads the libraries whose threads are limited
    for _ in range(N_REPETITIONS):
        with threadpool_limits(1):  # as in `check`
            trials = diagnose(answers(name).cases, subject(name, folder, own=True)).trials
        own.append(sum(outcome.seconds for trial in trials for outcome in trial.outcomes))
        begin = time.perf_counter()
        check(name, folder=folder, where=where)
        whole.append(time.perf_counter() - begin)
    return 1e3 * median(own), 1e3 * (median(whole) - median(own))


def process(code: list[str], where: Path) -> float:
    """Seconds of a whole Python process, the best of three."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        # -P keeps the folder itself off the path: its gmmlearn holds the chapters alone.
        done = subprocess.run([sys.executable, "-P", *code], cwd=where, env=environment, capture_output=True, text=True)
        best = min(best, time.perf_counter() - begin)
        if "passed all public checks" not in done.stdout:
            raise SystemExit(f"{code} did not pass: {done.stdout}{done.stderr}")
    return best


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        where = Path(scratch)
        (where / "gmmlearn").symlink_to(ROOT / "solutions")
        found = {name: added(name, where) for name in EXERCISES}
        print("milliseconds of the function, and added by the check")
        for name, (own, more) in found.items():
            print(f"  {name:26} {own:8.1f} {more:8.1f}")
        print(f"  {'median':26} {'':8} {median(more for _, more in found.values()):8.1f}   (to be below 100)")
        code = (
            "from pathlib import Path; from gmmlearn.checks import check;"
            "print(check('responsibilities', folder=Path('gmmlearn')))"
        )
        print(f"first check of a process, imports included: {process(['-c', code], where):.2f} s   (to be below 1)")
        early = [name for name, exercise in EXERCISES.items() if exercise.chapter <= 5]
        seconds = {name: process(["-m", "gmmlearn", "check", name], where) for name in early}
        slowest = max(seconds, key=seconds.__getitem__)
        print(
            f"gmmlearn check of one exercise, chapters 1 to 5, whole process: median {median(seconds.values()):.2f} s, "
            f"slowest {slowest} {seconds[slowest]:.2f} s   (to be below 1)"
        )


if __name__ == "__main__":
    main()
