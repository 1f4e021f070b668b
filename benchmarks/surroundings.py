"""Verdicts do not depend on the machine's state or settings: `python -m benchmarks.surroundings`.

A submission, right in the first exercise of each chapter and with a known mistake in the last, is judged by the real
command, as usual and then in each of the surroundings. Status, points, message and known mistake have to be the same.
Other versions of Python are tried where GMMLEARN_PYTHONS lists interpreters that have the project, separated by colons.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gmmlearn import private
from gmmlearn.contract import CHAPTERS, exercises_of

ROOT = Path(__file__).parents[1]
COMPUTES = "while True: pass"
WRITES = """
import os, sys
with open(sys.argv[1], "wb") as file:
    while True:
        file.seek(0)
        file.write(os.urandom(2**20))
        file.flush()
        os.fsync(file.fileno())
"""
TURKISH = "locale tr_TR"
SETTINGS = {
    "locale C": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    TURKISH: {"LC_ALL": "tr_TR.UTF-8"},
    "time zone": {"TZ": "Asia/Kathmandu"},
    "order of hashes": {"PYTHONHASHSEED": "4711"},
}
Judge = Callable[[Path, list[str]], str]


def write_submission(folder: Path) -> list[str]:
    """A submission of solutions, with a known mistake in the last exercise of each chapter; the exercises to judge."""
    source_of = importlib.import_module("solutions.mistakes.submission").source_of
    package = folder / "gmmlearn"
    package.mkdir(parents=True)
    asked = []
    for chapter in CHAPTERS:
        first, *_, last = exercises_of(chapter)
        asked += [first.name, last.name]
        text = (private.FOLDERS["solutions"] / f"{chapter}.py").read_text(encoding="utf-8")
        mistake = source_of(private.mistakes_of(last.name)[-1])
        (package / f"{chapter}.py").write_text(f"{text}\n\n{mistake}", encoding="utf-8")
    return asked


def arguments(folder: Path, exercises: list[str]) -> list[str]:
    """Of the command line."""
    asked = [word for name in exercises for word in ("--exercise", name)]
    return ["judge", str(folder), "--seed", "7", "--json", *asked]


def by_command(python: str = sys.executable, **settings: str) -> Judge:
    """The command line in a process of its own."""

    def judge(folder: Path, exercises: list[str]) -> str:
        command = [python, "-P", "-m", "gmmlearn", *arguments(folder, exercises)]
        done = subprocess.run(command, stdout=subprocess.PIPE, env=os.environ | settings, check=True)
        return done.stdout.decode()

    return judge


def as_user(folder: Path, exercises: list[str]) -> str:
    """The command by an account without rights, which root can become."""
    accounts = importlib.import_module("tests.grading.two_accounts")
    return accounts.run_as("daemon", "gmmlearn", *arguments(folder, exercises), cwd=folder)


@contextmanager
def beside(number: int, script: str, folder: Path) -> Iterator[None]:
    """While so many processes run a script."""
    command = [sys.executable, "-c", script]
    running = [subprocess.Popen(["nice", "-n", "19", *command, str(folder / f"{i}")]) for i in range(number)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def said(text: str) -> dict[str, list[Any]]:
    """What matters of a verdict."""
    exercises = json.loads(text[text.index("{") :])["exercises"]
    return {name: [one[key] for key in ("status", "points", "message", "mistake")] for name, one in exercises.items()}


def compare() -> dict[str, Any]:
    """Judge everywhere; raises at the first difference."""
    with tempfile.TemporaryDirectory() as name:
        folder, same = Path(name), []
        folder.chmod(0o755)
        asked = write_submission(folder / "submission")
        usual = said(by_command()(folder / "submission", asked))
        passed = [one for one in asked if usual[one][0] == "passed"]
        assert passed == asked[::2], usual

        def hold_equal(what: str, judge: Judge) -> None:
            found = said(judge(folder / "submission", asked))
            if found != usual:
                other = next(one for one in asked if found[one] != usual[one])
                raise SystemExit(f"{what}: {other} is {found[other]}, as usual {usual[other]}")
            same.append(what)
            print(f"the same with {what}", file=sys.stderr, flush=True)

        for python in filter(None, os.environ.get("GMMLEARN_PYTHONS", "").split(":")):
            version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.split()[1]
            hold_equal(f"Python {version}", by_command(python))
        if os.geteuid() == 0:
            hold_equal("another user", as_user)
        for what, number, script in (("eight that compute", 8, COMPUTES), ("four that write to the disk", 4, WRITES)):
            with beside(number, script, folder):
                hold_equal(what, by_command())
        for what, settings in SETTINGS.items():
            if what != TURKISH:
                hold_equal(what, by_command(**settings))
            elif shutil.which("localedef"):
                made = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
                subprocess.run(made, capture_output=True)  # which warns about a locale that is there in part
                hold_equal(what, by_command(LOCPATH=name, **settings))
    return {"by": "Python " + sys.version.split()[0], "exercises": len(asked), "the same with": same}


if __name__ == "__main__":
    print(json.dumps(compare()))
