"""What is true of the judge as a program: nothing outlives it, and its verdicts depend on nothing around it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from gmmlearn import private

COMMAND = [str(Path(sys.executable).with_name("gmmlearn")), "judge", ".", "--seed", "7", "--exercise"]


@pytest.fixture
def submission(tmp_path):
    """A function that makes a submission of chapter 4, with these lines in place of the right `assign`."""

    def make(assign: str) -> Path:
        package = tmp_path / "submission" / "gmmlearn"
        package.mkdir(parents=True)
        right = (private.FOLDERS["solutions"] / "e_step.py").read_text()
        (package / "e_step.py").write_text(f"{right}\n\n{assign}")
        return package.parent

    return make


FORKS = "import os, time\ndef assign(r):\n    for i in range(4): os.fork()\n    while True: time.sleep(0.01)\n"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_judge_that_is_killed(submission, number):
    with subprocess.Popen([*COMMAND, "assign"], cwd=submission(FORKS), stdout=subprocess.DEVNULL) as judge:
        of_judge = psutil.Process(judge.pid)
        until = time.monotonic() + 60
        while len(below := of_judge.children(recursive=True)) < 17 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(below) >= 17  # bubblewrap, the worker, and sixteen of the submission's
        judge.send_signal(number)
        judge.wait()
        _, alive = psutil.wait_procs(below, timeout=10)
        assert alive == []


JUDGE = """
import sys
from pathlib import Path
from pytest import MonkeyPatch
from gmmlearn.grading.judge.judging import judge
from tests.hostile.protections import without_the_end_of_the_judge

without_the_end_of_the_judge(MonkeyPatch(), Path(sys.argv[1]), *sys.argv[2:])
judge(Path("."), ["assign"], seed=7)
"""


@pytest.mark.parametrize("taken_away", [("bubblewrap",), ("worker",), ("bubblewrap", "worker")])
def test_either_of_two_ends_the_box_with_the_judge_and_one_of_them_has_to(
    submission, tmp_path, pytestconfig, taken_away
):
    """`--die-with-parent` alone is not missed; that is said in SECURITY.md."""
    if len(taken_away) == 1 and not pytestconfig.getoption("--long"):
        pytest.skip("with --long only")
    if taken_away == ("worker",) and os.geteuid() == 0:
        pytest.skip("root's bubblewrap has no right to end another user's process")
    command = [sys.executable, "-c", JUDGE, str(tmp_path), *taken_away]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, cwd=submission(FORKS), env=env, stdout=subprocess.DEVNULL) as judge:
        of_judge = psutil.Process(judge.pid)
        until = time.monotonic() + 60
        while len(below := of_judge.children(recursive=True)) < 17 and time.monotonic() < until:
            time.sleep(0.05)
        judge.kill()
        judge.wait()
        _, alive = psutil.wait_procs(below, timeout=10 if len(taken_away) == 1 else 3)
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):  # it ends with another of them
                process.kill()
    assert len(below) >= 17
    assert bool(alive) is (len(taken_away) == 2)


ELSEWHERE = {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "4711"}


def test_verdicts_are_the_same_elsewhere(submission, pytestconfig):
    """With another locale, time zone and order of hashes; with `--long` also beside eight processes that compute."""
    folder = submission("def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n")
    n_busy = 8 if pytestconfig.getoption("--long") else 0
    usual = subprocess.run([*COMMAND, "assign", "--json"], cwd=folder, stdout=subprocess.PIPE).stdout
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(n_busy)]
    try:
        env = os.environ | ELSEWHERE
        other = subprocess.run([*COMMAND, "assign", "--json"], cwd=folder, env=env, stdout=subprocess.PIPE).stdout
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert json.loads(usual)["exercises"]["assign"]["status"] == "wrong"
    assert other == usual


def test_the_command_never_imports_the_package_of_the_folder_in_which_it_is_called(submission):
    """`python -m` does: Python puts the working folder first, before a line of ours runs."""
    folder = submission("")
    for name in ("__init__.py", "__main__.py", "cli.py", "grading.py", "sitecustomize.py", "click.py", "numpy.py"):
        for place in (folder, folder / "gmmlearn"):
            (place / name).write_text("import pathlib; pathlib.Path('/tmp/gmmlearn-hostile').touch()\n")
    trace = Path("/tmp/gmmlearn-hostile")
    trace.unlink(missing_ok=True)
    done = subprocess.run([*COMMAND, "assign"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "3 / 3" in done.stdout
    assert not trace.exists()
    subprocess.run([sys.executable, "-P", "-m", "gmmlearn", "--version"], cwd=folder, check=True, capture_output=True)
    assert not trace.exists()


def test_a_judge_has_no_folder_left(submission, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    subprocess.run([*COMMAND, "assign"], cwd=submission(""), check=True, capture_output=True)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("gmmlearn-")]
    shutil.rmtree(tmp_path / "submission")
