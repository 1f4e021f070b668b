"""A student's way through the course in a simulation of Windows: see `tests/windows.py` for what is simulated."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gmmlearn import cli
from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.terminal import student_copy, watch

from . import windows

ROOT = Path(__file__).parents[1]
COMMANDS = """
import sys
sys.path.append({tests!r})
import windows
windows.begin()
from gmmlearn.cli import main
for words in {commands!r}:
    sys.argv = ["gmmlearn", *words]
    try:
        main()
    except SystemExit as end:
        print("status", end.code)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy in a folder with an umlaut and an apostrophe, its texts with the line ends of Windows, all solved."""
    folder = tmp_path_factory.mktemp("windows") / "Kurs von Anna O'Müller"
    student_copy.start(folder)
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder / "gmmlearn")
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".ipynb", ".md", ".json", ".toml", ".j2", ".js", ".css", ".csv", ".txt"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def run(copy, code):
    environment = os.environ | windows.ENVIRONMENT | {"USERNAME": "SCHOOL\\Anna Müller", "OMP_NUM_THREADS": "1"}
    for name in ("PYTHONPATH", "LOGNAME", "USER", "LNAME"):
        environment.pop(name, None)
    done = subprocess.run([sys.executable, "-c", code], cwd=copy, env=environment, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("cp1252").replace("\r\n", "\n")
    assert "Traceback" not in said, said[-3000:]
    return said


def commands(copy, *lines):
    words = [line.split() for line in lines]
    return run(copy, COMMANDS.format(tests=str(ROOT / "tests"), commands=words)).split("status ")


def test_every_command_of_a_student_works(copy):
    checked, hinted, progress, put_back, again, handed_in, _, errors = commands(
        copy, "check", "hint assign", "progress", "reset assign", "check assign", "submit --yes", "judge ."
    )
    assert checked.count("passed all public checks") == len(EXERCISES)
    assert "hint 1 of 3" in hinted
    assert "21 of 21 exercises, 100 of 100 points" in progress
    assert "assign in gmmlearn/e_step.py is a stub again" in put_back
    assert "not written yet" in again
    assert "Anna-Müller.zip is ready" in handed_in
    assert "is for those who grade" in errors
    assert (copy / "Anna-Müller.zip").exists()


def test_explorations_run_on_the_students_functions_and_figures_are_drawn(copy):
    note, n_axes, *_ = run(
        copy,
        f"import sys; sys.path.append({str(ROOT / 'tests')!r}); import windows; windows.begin()\n"
        "from gmmlearn import explore; from gmmlearn.data import old_faithful\n"
        "panel = explore.em(old_faithful(), n_components=2)\n"
        "panel.source = 'own'\n"
        "print(panel.canvas.note)\n"
        "print(len(panel.still().axes))\n",
    ).splitlines()
    assert note.startswith("Your own code: ")
    assert n_axes == "2"


def test_judging_says_that_it_needs_linux_and_where_to_get_it(monkeypatch, capsys):
    importlib.import_module("gmmlearn.grading.commands")  # while NumPy and SciPy still find themselves on Linux
    monkeypatch.setattr(sys, "platform", "win32")
    for words in (["judge", "."], ["class", "grade", "."], ["class", "judge", "."], ["class", "demo"]):
        monkeypatch.setattr(sys, "argv", ["gmmlearn", *words])
        with pytest.raises(SystemExit, match="2"):
            cli.main()
        said = capsys.readouterr().err
        assert "Linux" in said
        assert "WSL 2" in said
        assert len(said.splitlines()) == 1


def test_the_tests_of_students_are_found_by_their_marker():
    command = [sys.executable, "-m", "pytest", "--windows", "--collect-only", "-q", "-m", "student", "-p", "no:xdist"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_watch_reads_keys_by_the_module_of_windows(monkeypatch):
    waiting = list("hq")
    keys = SimpleNamespace(kbhit=lambda: bool(waiting), getwch=lambda: waiting.pop(0))
    monkeypatch.setitem(sys.modules, "msvcrt", keys)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with watch._keys() as pressed:
        assert pressed() == "hq"
        assert pressed() == ""
