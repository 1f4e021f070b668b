"""nbgrader's own `validate` says of a student's notebook what `check` says of the functions."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from .conftest import ROOT

pytest.importorskip("nbgrader", reason="nbgrader is for those who grade")


def graded(name):
    cell = nbformat.v4.new_code_cell(f'check("{name}")')
    cell.metadata.nbgrader = {"grade": True, "grade_id": name, "locked": True, "points": 3, "schema_version": 3,
                              "solution": False, "task": False, "cell_type": "code"}  # fmt: skip
    return cell


def validated(folder):
    """What nbgrader's command prints about a notebook with two graded cells."""
    cells = [nbformat.v4.new_code_cell("from gmmlearn.checks import check"), graded("assign"), graded("update_weights")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebook.ipynb")
    own = {f"JUPYTER_{kind}_DIR": str(folder / "jupyter") for kind in ("CONFIG", "DATA", "RUNTIME")}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", "notebook.ipynb"],
        cwd=folder,
        env=os.environ | own | {"PYTHONPATH": str(folder), "IPYTHONDIR": str(folder / "ipython")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(
        ROOT / "gmmlearn", tmp_path / "gmmlearn", ignore=shutil.ignore_patterns("grading", "dev", "__pycache__")
    )
    shutil.copy(ROOT / "solutions" / "m_step.py", tmp_path / "gmmlearn")
    return tmp_path


def test_a_stub_fails_and_a_right_function_passes(copy):
    said = validated(copy)
    assert "VALIDATION FAILED ON 1 CELL(S)" in said
    assert 'check("assign")' in said
    assert "4.2 assign: not written yet" in said
    assert "update_weights" not in said
    assert "checking.py" not in said
