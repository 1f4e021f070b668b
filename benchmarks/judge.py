"""CPU seconds for judging one complete, right submission, with all that is imported for it.

`make bench-judge`, or `python -m benchmarks.judge`. Each run is a process of its own, as `gmmlearn judge` is; the
median is printed. The worker counts as well: it is the first process of its box, whose end bubblewrap waits for.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from gmmlearn.contract import CHAPTERS

ROOT = Path(__file__).parents[1]
RUNS = 5


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "gmmlearn"
        package.mkdir()
        for chapter in CHAPTERS:
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", package)
        seconds = []
        for _ in range(RUNS):
            before = children_seconds()
            subprocess.run(
                [sys.executable, "-m", "gmmlearn", "judge", folder, "--json"], check=True, stdout=subprocess.PIPE
            )
            seconds.append(children_seconds() - before)
    print(
        f"CPU seconds to judge one complete submission, {RUNS} runs: median {statistics.median(seconds):.2f}, "
        f"least {min(seconds):.2f}, most {max(seconds):.2f} (the aim is at most 3)"
    )


if __name__ == "__main__":
    main()
