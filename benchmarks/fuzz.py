"""What reads strangers' bytes on the trusted side, led by coverage: `python -m benchmarks.fuzz [SECONDS]`.

Each reader gets inputs from Atheris for so many seconds; Atheris is the extra `fuzz`, as it has wheels for Linux and
some versions of Python only. An exception that is not the reader's own word, an input that takes more than
five seconds, or more than 1 GB ends it with the input that did it. The tests draw other inputs for the same readers.
"""

import argparse
import importlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
READ = ("gmmlearn.calls", "gmmlearn.grading.judge.worker", "gmmlearn.grading.collecting")
SECONDS = 60


def run_here(reader: str, options: list[str]) -> None:
    """Fuzz one reader in this process, which Atheris then ends."""
    import atheris

    with atheris.instrument_imports(include=list(READ)):
        from tests.hostile import test_fuzz
    atheris.Setup([sys.argv[0], *options], test_fuzz.READERS[reader])
    atheris.Fuzz()


def fuzzed(reader: str, seconds: int) -> int:
    """How many inputs a reader was given; raises what it said when one was too much for it."""
    from tests.hostile import test_fuzz

    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(test_fuzz.SEEDS[reader]):
            Path(folder, str(number)).write_bytes(data)
        options = [f"-max_total_time={seconds}", "-timeout=5", "-rss_limit_mb=1024", "-max_len=4096", folder]
        command = [sys.executable, "-m", "benchmarks.fuzz", "--reader", reader, *options]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    counted = re.search(r"Done (\d+) runs", done.stdout)
    if done.returncode or counted is None:
        raise SystemExit(done.stdout[-4000:])
    return int(counted[1])


def fuzz(seconds: int = SECONDS) -> dict[str, Any]:
    """All readers, one after the other."""
    if importlib.util.find_spec("atheris") is None:
        raise ImportError("Atheris is not installed: it is the extra `fuzz`, where there is a wheel for this Python")
    from tests.hostile import test_fuzz

    return {"seconds each": seconds, "inputs": {reader: fuzzed(reader, seconds) for reader in test_fuzz.READERS}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seconds", type=int, nargs="?", default=SECONDS)
    parser.add_argument("--reader", help=argparse.SUPPRESS)
    known, options = parser.parse_known_args() if "--reader" not in sys.argv else (None, sys.argv[3:])
    if known is None:
        run_here(sys.argv[2], options)
    else:
        print(json.dumps(fuzz(known.seconds)))


if __name__ == "__main__":
    main()
