"""Verdicts do not depend on the machine's state or settings: `python -m benchmarks.surroundings`.

Two submissions, one right and one with a known mistake in each chapter, are judged by the real command, as usual and
then in each of the surroundings. Status, points, message and known mistake of every exercise have to be the same. Other
versions of Python are tried where GMMLEARN_PYTHONS lists interpreters that have the project, separated by colons.
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
SETTINGS = {
    "locale C": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "locale tr_TR": {"LC_ALL": "tr_TR.UTF-8"},
    "time zone": {"TZ": "Asia/Kathmandu"},
    "order of hashes": {"PYTHONHASHSEED": "4711"},
}
Judge = Callable[[Path], str]


def write_submissions(folder: Path) -> list[Path]:
    """A submission of solutions, and one with the last known mistake of each chapter."""
    source_of = importlib.import_module("solutions.mistakes.submission").source_of
    for name in ("right", "mistaken"):
        package = folder / name / "gmmlearn"
        package.mkdir(parents=True)
        for chapter in CHAPTERS:
            text = (private.FOLDERS["solutions"] / f"{chapter}.py").read_text(encoding="utf-8")
            if name == "mistaken":
                text += "\n\n" + source_of(private.mistakes_of(exercises_of(chapter)[-1].name)[-1])
            (package / f"{chapter}.py").write_text(text, encoding="utf-8")
    return [folder / "right", folder / "mistaken"]


def by_command(python: str = sys.executable, **settings: str) -> Judge:
    """The command line in a process of its own."""

    def judge(folder: Path) -> str:
        command = [python, "-P", "-m", "gmmlearn", "judge", str(folder), "--seed", "7", "--json"]
        done = subprocess.run(command, stdout=subprocess.PIPE, env=os.environ | settings, check=True)
        return done.stdout.decode()

    return judge


def as_user(folder: Path) -> str:
    """The command by an account without rights, which root can become."""
    accounts = importlib.import_module("tests.grading.two_accounts")
    return accounts.run_as("daemon", "gmmlearn", "judge", str(folder), "--seed", "7", "--json", cwd=folder)


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


def said(judge: Judge, submissions: list[Path]) -> list[dict[str, Any]]:
    """What matters of the verdicts."""
    kept = ("status", "points", "message", "mistake")
    found = [json.loads(text[text.index("{") :])["exercises"] for text in map(judge, submissions)]
    return [{name: [one[key] for key in kept] for name, one in exercises.items()} for exercises in found]


def compare() -> dict[str, Any]:
    """Judge everywhere; raises at the first difference."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        submissions = write_submissions(folder)
        usual = said(by_command(), submissions)
        passed = [sum(one[0] == "passed" for one in exercises.values()) for exercises in usual]
        assert passed[0] == len(usual[0]) > passed[1], passed
        everywhere: dict[str, Judge] = {what: by_command(**settings) for what, settings in SETTINGS.items()}
        made = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
        if shutil.which("localedef") and subprocess.run(made, capture_output=True).returncode in (0, 1):
            everywhere["locale tr_TR"] = by_command(LOCPATH=name, **SETTINGS["locale tr_TR"])
        else:
            del everywhere["locale tr_TR"]
        if os.geteuid() == 0:
            everywhere["another user"] = as_user
        for python in filter(None, os.environ.get("GMMLEARN_PYTHONS", "").split(":")):
            version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.split()[1]
            everywhere[f"Python {version}"] = by_command(python)
        same = []
        for what, judge in everywhere.items():
            same += [_same(what, said(judge, submissions), usual)]
        for what, number, script in (("eight that compute", 8, COMPUTES), ("four that write to the disk", 4, WRITES)):
            with beside(number, script, folder):
                same += [_same(what, said(by_command(), submissions), usual)]
    return {"by": "Python " + sys.version.split()[0], "exercises": sum(map(len, usual)), "the same with": same}


def _same(what: str, found: list[dict[str, Any]], usual: list[dict[str, Any]]) -> str:
    for one, other in zip(found, usual, strict=True):
        for name in other:
            if one[name] != other[name]:
                raise SystemExit(f"{what}: {name} is {one[name]}, as usual {other[name]}")
    print(f"the same with {what}", file=sys.stderr)
    return what


if __name__ == "__main__":
    print(json.dumps(compare()))
