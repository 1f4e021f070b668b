"""An entry of the record belongs to a state of the function: what changes it, and what does not."""

import os
import shutil
import subprocess
import sys

import pytest

from gmmlearn.calls import Status
from gmmlearn.checks import check, progress, reset
from gmmlearn.checks.dependencies import state
from gmmlearn.checks.record import FILE, load

from .conftest import ROOT


def line_of(name, folder):
    return next(line for line in str(progress(folder=folder)).splitlines() if f" {name} " in line)


def test_an_edit_makes_an_entry_changed_and_its_points_are_gone(student):
    check("assign", folder=student.package)
    assert line_of("assign", student.package).endswith("✓ done")
    student.change("e_step", "np.argmax", "np.argmin")
    assert line_of("assign", student.package).endswith("○ changed since")
    assert "0 of 21 exercises, 0 of 100 points" in str(progress(folder=student.package))


def test_a_mended_function_loses_its_cross(student):
    student.change("e_step", "np.argmax", "np.argmin")
    check("assign", folder=student.package)
    assert line_of("assign", student.package).endswith("✗ wrong")
    student.change("e_step", "np.argmin", "np.argmax")
    assert line_of("assign", student.package).endswith("○ changed since")


def test_after_a_reset_nothing_is_done(student):
    check("assign", folder=student.package)
    said = reset("assign", folder=student.package)
    assert said.headline == "is a stub again, in gmmlearn/e_step.py"
    assert "e_step-" in str(said)
    assert line_of("assign", student.package).endswith("○ changed since")
    assert check("assign", folder=student.package).status is Status.NOT_STARTED
    assert line_of("assign", student.package).endswith("○ not started")


def test_progress_checks_again_what_has_changed_and_no_more(student):
    for name in ("assign", "responsibilities", "update_weights"):
        check(name, folder=student.package)
    student.change("e_step", "np.argmax(responsibilities", "np.argmax(1.0 * responsibilities")
    student.change("m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    assert "2 functions have changed since the last check: `progress(again=True)`" in str(
        progress(folder=student.package)
    )
    text = str(progress(again=True, folder=student.package))
    assert "changed" not in text
    assert "2 of 21 exercises, 9 of 100 points" in text
    assert line_of("update_weights", student.package).endswith("✗ wrong")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("    return np.argmax", "    # the largest\n    return np.argmax", False),
        ('    """', '    """More. ', False),
        ("joint.max(axis=1, keepdims=True)", "joint.max()", False),  # of the other exercise in the file
        ("import numpy as np", "import numpy as np\n\nLIMIT = 3", True),
        ("axis=1)\n", "axis=0)\n", True),
        ("def assign(responsibilities):", "def assign(responsibilities:", True),
    ],
    ids=["comment", "docstring", "another exercise", "constant", "code", "syntax error"],
)
def test_what_counts_as_a_change(old, new, changes, student):
    before = state("assign", student.package)
    student.change("e_step", old, new)
    assert (state("assign", student.package) != before) == changes


def test_a_module_of_the_students_own_counts_and_a_missing_file_does(student):
    (student.package / "tools.py").write_text("def best(table):\n    return table.argmax(axis=1)\n")
    student.change("e_step", "import numpy as np", "import numpy as np\n\nfrom .tools import best")
    before = state("assign", student.package)
    (student.package / "tools.py").write_text("def best(table):\n    return table.argmin(axis=1)\n")
    assert state("assign", student.package) != before
    (student.package / "e_step.py").unlink()
    assert state("assign", student.package) == ""


def test_an_entry_of_an_earlier_version_has_no_state_and_counts_as_changed(student):
    (student.root / FILE).parent.mkdir()
    (student.root / FILE).write_text('{"exercises": {"assign": "passed"}, "hints": {}}')
    assert load(student.root, student.package).changed == {"assign"}


def test_notebook_terminal_and_a_copied_notebook_see_one_record(tmp_path):
    """A copy of the course; checked from its folder, from one within it, and from a notebook far from it."""
    copy, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    shutil.copytree(
        ROOT / "gmmlearn", copy / "gmmlearn", ignore=shutil.ignore_patterns("grading", "dev", "__pycache__", "explore")
    )
    for folder in (copy / "course", elsewhere):
        folder.mkdir()
    for chapter in ("e_step", "m_step"):
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", copy / "gmmlearn")
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(folder, *command):
        done = subprocess.run(
            [sys.executable, "-P", *command], cwd=folder, env=environment, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    notebook = "from gmmlearn.checks import check, progress; "
    run(elsewhere, "-c", notebook + "check('assign')")
    assert "2 of 21 exercises" in run(copy / "course", "-m", "gmmlearn", "check", "update_weights")
    for folder, command in (
        (copy, ["-m", "gmmlearn", "progress"]),
        (elsewhere, ["-c", notebook + "print(progress())"]),
    ):
        assert "2 of 21 exercises, 6 of 100 points" in run(folder, *command)
    assert not (elsewhere / ".gmmlearn").exists()
    assert not (copy / "course" / ".gmmlearn").exists()
