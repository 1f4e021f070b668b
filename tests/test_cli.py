"""The command line as a student meets it: what is printed, where, and with which exit status."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from gmmlearn import manifest
from gmmlearn.checks import record
from gmmlearn.contract import CHAPTERS
from gmmlearn.terminal.group import ELSEWHERE, Names

from .conftest import ROOT, spoil


def test_a_right_exercise_passes_with_status_0(run, folder):
    status, out, err = run("check", "assign")
    assert (status, err) == (0, "")
    assert "✓ 4.2 assign: passed all public checks" in out


def test_a_wrong_exercise_has_status_1_and_says_why(run, folder):
    spoil(folder)
    status, out, _ = run("check", "assign", "responsibilities")
    assert status == 1
    assert "✗ 4.2 assign: not right yet" in out
    assert "✓ 4.1 responsibilities" in out


def test_the_project_is_read_off_its_notebook_and_its_data_are_beside_it(run, folder, monkeypatch):
    (folder / "own.csv").write_text("x,y\n" + "".join(f"{k % 7},{k * k % 11}\n" for k in range(60)))
    declared = 'project = Project("own.csv", ["x", "y"], n_components=2, candidates=[1, 2, 3], n_init=2)'
    cells = [{"cell_type": "code", "source": [declared]}]
    (folder / "08_project.ipynb").write_text(json.dumps({"cells": cells}))
    monkeypatch.chdir(folder / "gmmlearn")
    status, out, err = run("check", "project")
    assert (status, err) == (0, "")
    assert out.startswith("8 project: ")
    assert "own.csv: 45 training rows and 15 held-out rows of 2 features" in out
    known = record.load(folder, folder / "gmmlearn")
    assert known.project["claims"] == 0
    assert not known.statuses


def test_a_project_without_a_declaration_is_said(run, folder):
    (folder / "08_project.ipynb").write_text(json.dumps({"cells": []}))
    status, _, err = run("check", "project")
    assert status == 2
    assert "has no cell with project = Project(...)" in err


def test_without_names_all_are_checked_and_the_first_wrong_one_is_explained(run, folder):
    spoil(folder)
    spoil(folder, "m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    status, out, _ = run("check")
    assert status == 1
    assert sum(line.startswith(("✓", "✗")) for line in out.splitlines()) == 25 + 1
    assert out.count("Got ") == 1
    assert "19 of 21 exercises" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chek",), "There is no command 'chek'; did you mean check?"),
        (("check", "asign"), "No exercise is called 'asign'; did you mean assign?"),
        (("hint", "responsibilites"), "No exercise is called 'responsibilites'; did you mean responsibilities?"),
        (("progress", "--in", "nowhere"), "nowhere is not a folder: give the one with your notebooks."),
        (("submit", "--name", "../ada"), "'../ada' cannot be your name in a file"),
        (("hint", "fit", "--level", "9"), "9 is not in the range 1<=x<=4. `gmmlearn hint --help` says more."),
        (("hunt", "fit", "nothing.py"), "File 'nothing.py' does not exist. `gmmlearn hunt --help` says more."),
        (("reset",), "Missing argument 'EXERCISE'. `gmmlearn reset --help` says more."),
        (("recall", "chess"), "'chess' is not one of 'mixtures', 'sampling'"),
        (("check", "--colour"), "No such option"),
        (("compare", "bic"), "The time of bic does not grow with the number of samples"),
    ],
)
def test_a_mistake_of_the_caller_is_one_sentence_on_stderr_and_status_2(words, sentence, run, folder):
    status, out, err = run(*words)
    assert status == 2
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in out + err


def test_compare_shows_times_of_a_right_function_and_the_report_of_another(run, folder):
    status, out, _ = run("compare", "assign")
    assert status == 0
    assert out.split()[:3] == ["n", "yours", "library"]
    assert "Speed is not graded." in out
    spoil(folder)
    assert "There is something to compare as soon as this passes." in run("compare", "assign")[1]


def test_help_names_every_command(run):
    _, out, _ = run("--help")
    for command in ("check", "watch", "hint", "progress", "reset", "submit", "dev", "judge", "class"):
        assert f"\n  {command} " in out


def test_names_are_completed():
    completed = Names().shell_complete(None, None, "update_")
    assert [item.value for item in completed] == ["update_weights", "update_means", "update_covariances"]


def test_hints_go_on_from_call_to_call(run, folder):
    first = [run("hint", "fit")[1].splitlines()[0] for _ in range(2)]
    assert first == ["6.2 fit: hint 1 of 3", "6.2 fit: hint 2 of 3"]
    assert "hint 3 of 3" in run("hint", "fit", "--level", "3")[1]


def test_a_student_who_is_stuck_is_told_what_to_type(run, folder):
    spoil(folder)
    assert "`gmmlearn hint assign` gives a hint" in run("check", "assign")[1]
    assert "`gmmlearn hint assign`" in run("hint", "assign")[1]
    assert "`python -m gmmlearn hint assign` gives a hint" in process("check", "assign", cwd=folder.parent).stdout


def test_progress_shows_what_was_checked(run, folder):
    run("check", "assign")
    assert "1 of 21 exercises, 3 of 100 points" in run("progress")[1]


def process(*words, cwd, kit=False):
    """Run the command line in a process of its own; of a student's copy, with the package in the folder."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"OMP_NUM_THREADS": "1"}
    if not kit:
        environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "gmmlearn", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


NOT_FOR_STUDENTS = shutil.ignore_patterns("grading", "dev", "private.py", "__pycache__")


def test_the_manifest_names_all_that_is_beside_the_chapters():
    beside = {path.stem for path in (ROOT / "gmmlearn").iterdir() if path.name not in ("__pycache__", ".gmmlearn")}
    assert beside - {*CHAPTERS} == manifest.OURS - {"course"}  # beside the package, and only in a wheel within it


def test_a_students_own_module_counts_in_a_kit_as_well(tmp_path):
    shutil.copytree(ROOT / "gmmlearn", tmp_path / "gmmlearn", ignore=NOT_FOR_STUDENTS)
    package = tmp_path / "gmmlearn"
    (package / "my_tools.py").write_text(
        "import numpy as np\n\n\ndef best(table):\n    return np.argmax(table, axis=1)\n"
    )
    stub = (package / "e_step.py").read_text()
    line = 'raise NotImplementedError("Exercise 4.2: write assign in gmmlearn/e_step.py")'
    own = "from .my_tools import best\n\n    return best(responsibilities)"
    (package / "e_step.py").write_text(stub.replace(line, own))
    assert "passed all public checks" in process("check", "assign", cwd=tmp_path, kit=True).stdout
    process("submit", "--name", "ada", "--yes", cwd=tmp_path, kit=True)
    with zipfile.ZipFile(tmp_path / "ada.zip") as archive:
        assert "gmmlearn/my_tools.py" in archive.namelist()


def test_a_copy_without_what_grades_works_and_says_what_it_lacks(tmp_path):
    """As a student has it: the package beside the notebooks, without grading, and nothing installed."""
    shutil.copytree(ROOT / "gmmlearn", tmp_path / "gmmlearn", ignore=NOT_FOR_STUDENTS)
    for words, status, said in (
        (("check", "assign"), 1, "4.2 assign: not written yet"),
        (("judge", "."), 2, "for those who grade"),
        (("class", "create", "x"), 2, "for those who grade"),
        (("dev", "check"), 2, "clone of the repository"),
        (("--help",), 0, "hand in"),
    ):
        done = process(*words, cwd=tmp_path, kit=True)
        assert done.returncode == status, (words, done.stderr)
        assert said in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_checking_imports_neither_scipy_stats_nor_sklearn_nor_matplotlib(folder):
    code = (
        "import sys; from gmmlearn.checks import check; check('responsibilities');"
        "print([m for m in ('scipy.stats', 'sklearn', 'matplotlib', 'rich', 'nbgrader') if m in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_output_can_be_cut_off(folder):
    command = f"{sys.executable} -m gmmlearn check assign responsibilities | head -1"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("words", "left"), [(["start", "copy"], "copy"), (["submit", "--name", "ada"], "ada.zip")])
def test_a_full_disk_is_one_sentence_and_the_next_try_goes_on(words, left, folder):
    """No file may have more than so many bytes, which fails as a full disk does."""
    resource = pytest.importorskip("resource", reason="no limits of a process here")

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    command, environment = [sys.executable, "-m", "gmmlearn", *words], os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, preexec_fn=full, capture_output=True, text=True)
    assert done.returncode == 3
    assert "File too large" in done.stderr
    assert "and run the command again" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (folder / "ada.zip").exists()  # half of it could be handed in
    again = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (0, "")
    assert (folder / left).exists()


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colours_unless_it_wants_none(no_colour, coloured, folder):
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "NO_COLOR": no_colour}
    command = [sys.executable, "-m", "gmmlearn", "check", "assign"]
    subprocess.run(command, cwd=folder, env=environment, stdout=theirs)
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert seen.startswith("\x1b[32m\x1b[1m✓ 4.2 assign: passed" if coloured else "✓ 4.2 assign: passed")
    assert ("\x1b" in seen) == coloured


@pytest.mark.parametrize("words", ["--help", "progress", "glossary ELBO", "check assing", "reset assign", "hunt fit"])
def test_lines_fit_a_narrow_terminal(words, run, folder, monkeypatch):
    """A terminal would break them in the middle of words; what is said of a command in the list is said whole."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("gmmlearn.checks.wording.sys.stdout.isatty", lambda: True, raising=False)
    record.save(record.Record(project={"traps": ["one start"] * 9, "claims": 0}), folder)
    _, out, err = run(*words.split())
    assert [line for line in (out + err).splitlines() if len(line) > 60] == []
    cut = [line.split()[0] for line in out.splitlines() if line.endswith("...")]
    assert set(cut) <= {"Usage:", *ELSEWHERE}
