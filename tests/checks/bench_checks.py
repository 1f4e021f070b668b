"""How long a student waits for an answer: `python tests/checks/bench_checks.py`.

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

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from gmmlearn.checks import check  # noqa: E402
from gmmlearn.checks.book import page  # noqa: E402
from gmmlearn.checks.diagnose import diagnose  # noqa: E402
from gmmlearn.contract import EXERCISES  # noqa: E402
from gmmlearn.desks import load  # noqa: E402

N_REPETITIONS = 7


def added(name: str, where: Path) -> tuple[float, float]:
    """Milliseconds of the function itself, and what a whole `check` of its file takes beyond that."""
    folder = ROOT / "solutions"
    check(name, folder=folder, where=where)
    own, whole = [], []
    for _ in range(N_REPETITIONS):
        own.append(diagnose(page(name), load(name, folder, own=True)).seconds)
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
        # -P keeps the folder itself off the path: its gmmlearn is the student's desks alone.
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
