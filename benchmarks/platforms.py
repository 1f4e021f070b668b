"""How the lock files resolve on every system, and what the set-up takes.

`make platforms`, or `python -m benchmarks.platforms`. Each resolution is dry and from wheels only; nothing runs on the
other systems. Then each lock file is installed in a new folder by uv, whose cache is empty the first time.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
LOCKS = ("requirements-learner.lock", "requirements.lock")
SYSTEMS = {
    "Windows x64": "x86_64-pc-windows-msvc",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86-64": "x86_64-apple-darwin",
    "Linux x64": "x86_64-unknown-linux-gnu",
    "Linux arm64": "aarch64-unknown-linux-gnu",
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def resolved(lock: str, system: str, python: str) -> str:
    """How many packages there are, or uv's sentence."""
    command = [UV, "pip", "compile", "--quiet", "--only-binary", ":all:", "--no-header", "--no-annotate"]
    command += ["--python-platform", SYSTEMS[system], "--python-version", python, ROOT / lock]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = len(re.findall(r"^[\w.-]+==", done.stdout, flags=re.M))
    return f"{found} packages" if done.returncode == 0 else done.stderr.strip()


def set_up(lock: str, cache: str) -> tuple[float, int]:
    """Seconds and bytes of a new environment with a lock file."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"UV_CACHE_DIR": cache}
        began = time.monotonic()
        subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, folder], check=True, env=environment)
        python = next(path for name in ("bin/python", "Scripts/python.exe") if (path := Path(folder, name)).exists())
        command = [
            UV,
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "--requirement",
            ROOT / lock,
        ]
        subprocess.run(command, check=True, env=environment)
        seconds = time.monotonic() - began
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
        return seconds, size


def main() -> None:
    combinations = list(product(LOCKS, SYSTEMS, PYTHONS))
    with ThreadPoolExecutor(4) as pool:
        for (lock, system, python), said in zip(combinations, pool.map(lambda one: resolved(*one), combinations)):
            print(f"{lock:26} {system:13} Python {python}: {said}", flush=True)
    for lock in LOCKS:
        with tempfile.TemporaryDirectory() as cache:
            for state in ("empty", "full"):
                seconds, size = set_up(lock, cache)
                print(f"{lock:26} {state:5} cache of uv: {seconds:5.1f} s, {size / 1e6:4.0f} MB", flush=True)


if __name__ == "__main__":
    main()
