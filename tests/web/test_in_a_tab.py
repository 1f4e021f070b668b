"""A student's way through the course in a simulation of Python in a browser, see `in_a_tab.py`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES, notebook_of
from gmmlearn.grading.collecting.downloads import hand_ins
from gmmlearn.grading.collecting.finding import find
from gmmlearn.grading.collecting.names import Origin
from gmmlearn.terminal import student_copy

ROOT = Path(__file__).parents[2]
BEGIN = f"import sys; sys.path.append({str(Path(__file__).parent)!r}); import in_a_tab; in_a_tab.begin()\n"
COMPILED = (
    "sys.platform = 'linux'; import sklearn.cluster, sklearn.mixture, scipy.special, scipy.stats, scipy.linalg\n"
    "sys.platform = 'emscripten'\n"
)
"""Compiled packages are loaded as those of this system, which they are."""
ENDLESS = """

def assign(responsibilities):
    n = 0
    while True:
        n += 1
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the course, all solved."""
    folder = tmp_path / "copy"
    student_copy.start(folder)
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder / "gmmlearn")
    return folder


def run(copy, code):
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        cwd=copy,
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert not done.returncode, done.stderr[-3000:]
    return done.stdout


def test_checks_hints_timing_and_hand_in_work(copy, tmp_path):
    checked, hinted, timed, put_back, handed_in = run(
        copy,
        "from gmmlearn.checks import check, compare, hint, limits, progress\n"
        "assert limits.SECONDS == 30.0\n"
        "from gmmlearn.notebook import reset, submit\n"
        "print(check('fit'), progress(), '§', hint('assign'), '§', sep='\\n')\n"
        "print(compare('assign'), '§'); reset('assign'); print(check('assign'), '§'); submit('ada')",
    ).split("§")
    assert "6.2 fit: passed all public checks" in checked
    assert "1 of 21 exercises" in checked
    assert "hint 1 of 3" in hinted
    assert "With 100,000 samples your assign takes" in timed
    assert "assign in gmmlearn/e_step.py is a stub again" in put_back
    assert "not written yet" in put_back
    assert handed_in.count("○") + handed_in.count("✗") <= 3  # the one that was put back, and what calls it
    assert "ada.zip is ready to be handed in" in handed_in

    downloads = tmp_path / "downloads"
    downloads.mkdir()
    shutil.move(copy / "ada.zip", downloads)
    (hand_in,), remarks = hand_ins([downloads], Origin.AUTO, None)
    collected = find(hand_in, EXERCISES.values()).files
    assert not remarks
    assert hand_in.who.id == "ada"
    assert {f"gmmlearn/{chapter}.py" for chapter in CHAPTERS} <= set(collected)
    assert {notebook_of(chapter) for chapter in CHAPTERS} <= set(collected)


def test_every_exercise_passes_its_check(copy):
    said = run(
        copy,
        COMPILED + "from gmmlearn.checks import check; from gmmlearn.contract import EXERCISES\n"
        "for name in EXERCISES: print(str(check(name, seconds=60)).splitlines()[0])",
    )
    assert [line.split(": ")[1] for line in said.splitlines()] == ["passed all public checks"] * len(EXERCISES)


def test_draws_that_are_wrong_get_a_reason(copy):
    path = copy / "gmmlearn" / "sampling.py"
    wrong = (
        "\n\ndef sample_categorical(weights, n_samples, rng):\n    return rng.integers(len(weights), size=n_samples)\n"
    )
    path.write_text(path.read_text("utf-8") + wrong, "utf-8")
    said = run(copy, COMPILED + "from gmmlearn.checks import check\nprint(check('sample_categorical'))")
    assert said.startswith("✗ 2.1 sample_categorical")
    assert "TypeError" not in said


def test_the_project_is_checked_with_the_students_own_functions_at_hand(copy):
    said = run(
        copy,
        COMPILED + "from gmmlearn.checks import check\n"
        "from gmmlearn.project import Project\n"
        "from gmmlearn.project.functions import own_functions\n"
        "project = Project('penguins', ['bill_length_mm', 'body_mass_g'], 4, range(1, 5))\n"
        "print(check('project'), own_functions('bic')[0](-100.0, 5, 50))",
    )
    assert "8 project: 5 questions" in said
    assert "Your own code: bic." in said
    assert "219.56" in said


def test_an_endless_loop_ends_in_a_check_and_in_an_exploration(copy):
    with (copy / "gmmlearn" / "e_step.py").open("a") as file:
        file.write(ENDLESS)
    checked, chosen = run(
        copy,
        "from gmmlearn.checks import check\n"
        "from gmmlearn.explore import own\n"
        "print(check('assign', seconds=0.5), '§')\n"
        "own.CHECK_SECONDS = 0.5\n"
        "print(own.sentence(own.choose(['assign'], own.PACKAGE)))",
    ).split("§")
    assert "took too long" in checked
    assert "in assign" in checked
    assert "From the library: assign, because yours took longer than 0.5 s." in chosen


def keep_test(copy, body):
    """Write a test of `assign` into the file of the hunt."""
    text = f"import numpy as np\n\n\ndef test_assign(assign):\n    {body}\n"
    (copy / "gmmlearn" / "hunts.py").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("while True:\n        pass", "bugs.bugs_of(name)"),
        ("assign(np.eye(2))", "(bugs.Bug('assign', 'def assign(r):\\n while True:\\n  pass', '', ''),)"),
    ],
    ids=["test", "wrong function"],
)
def test_a_hunt_ends_where_a_test_or_a_wrong_function_does_not(copy, body, wrong):
    keep_test(copy, body)
    said = run(
        copy,
        "from gmmlearn.hunting import bugs, hunt, trying\n"
        f"trying.SECONDS, trying.bugs_of = 0.5, lambda name: {wrong}\n"
        "print(hunt('assign'))",
    )
    assert "Your tests did not end within 0.5 seconds. " in said
    assert "gmmlearn/hunts.py, line " in " ".join(said.split())


def test_a_hunt_counts_what_the_tests_of_the_file_catch(copy):
    keep_test(copy, "assert (assign(np.array([[0.2, 0.8], [0.6, 0.4]])) == [1, 0]).all()")
    said = run(
        copy,
        "from gmmlearn.hunting import hunt_all; from gmmlearn.checks import progress\nprint(hunt_all(), progress())",
    )
    assert "4.2 assign: " in said
    assert " bugs caught)" in said


def test_explorations_run_on_the_students_functions(copy):
    note = run(
        copy,
        "from gmmlearn import explore; from gmmlearn.data import old_faithful\n"
        "panel = explore.em(old_faithful(), n_components=2)\n"
        "panel.source = 'own'; print(panel.canvas.note)",
    )
    assert note.startswith("Your own code: log_joint, ")
    assert "From the library" not in note


CELLS = """
import json
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
cells = [cell for cell in json.load(open("NOTEBOOK", encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
ran = [shell.run_cell("".join(cell["source"])) for cell in cells]
print("§", len(ran), [(cell["id"], one.error_in_exec) for cell, one in zip(cells, ran) if not one.success])
"""


def test_every_cell_of_the_chapter_that_reads_files_runs(copy):
    said = run(copy, COMPILED + CELLS.replace("NOTEBOOK", "09_at_scale.ipynb"))
    n_cells, failed = said.rpartition("§")[2].split(maxsplit=1)
    assert int(n_cells) > 30
    assert failed.strip() == "[]"


def test_what_a_chapter_measures_ends(copy):
    said = run(
        copy,
        COMPILED + "from gmmlearn.at_scale import expected_statistics\n"
        "from gmmlearn.explore.blocks import blocks\n"
        "measured = blocks(expected_statistics)\n"
        "print(measured.whose, len(measured.samples_per_second), max(measured.samples_per_second.values()) < 1e8)",
    )
    assert said == "your expected_statistics 10 True\n"


def test_sentences_name_calls_where_there_is_no_terminal(copy):
    said = run(
        copy,
        "from pathlib import Path; from gmmlearn.checks import check; from gmmlearn.errors import UsageError\n"
        "from gmmlearn.notebook import submit; from gmmlearn.terminal import kit, watch\n"
        "Path('gmmlearn/em.py').unlink(); print(check('fit'))\n"
        "watching = watch.Watch.of(kit.find(Path()))\n"
        "for call in (submit, lambda: submit('Anna Müller'), lambda: watch.run(watching, print)):\n"
        "    try: call()\n"
        "    except UsageError as error: print(error)",
    )
    assert '`reset("fit")` brings gmmlearn/em.py back' in " ".join(said.split())
    assert 'give your name as `submit("NAME")`' in said
    assert 'give `submit("Anna-Müller")`' in said
    assert "Nothing can watch files in a browser" in said
    assert "--name" not in said
