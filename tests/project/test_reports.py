"""The finished reports for instructors: they run, the check asks nothing, and their numbers are reproduced."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest

from gmmlearn.private import FOLDERS

from ..course.conftest import RUNNER

REPORTS = sorted((FOLDERS["solutions"] / "projects").glob("*.ipynb"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_runs_and_its_check_reproduces_all_numbers_and_asks_nothing(path, request, tmp_path):
    if path.stem != "penguins" and not request.config.getoption("--long"):
        pytest.skip("with --long")
    shutil.copy(path, tmp_path / "report.ipynb")
    command = [sys.executable, RUNNER, tmp_path / "report.ipynb", tmp_path / "run.json"]
    subprocess.run(command, cwd=tmp_path, check=True)
    run = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert run["failed_cell"] is None
    cells = nbformat.reads(run["notebook"], as_version=4).cells
    said = cells[-1].outputs[0].data["text/plain"]
    n_claims = said.count("declared")
    assert n_claims >= 4
    assert said.startswith(f"8 project: nothing to ask, {n_claims} of {n_claims} numbers reproduced")
    assert sum("<img" in str(cell.get("outputs")) for cell in cells) >= 4


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_has_the_headings_of_the_course_and_no_outputs(path):
    course = nbformat.read(FOLDERS["solutions"].parent / "course" / "08_project.ipynb", as_version=4)
    headings = {cell.source.partition("\n")[0] for cell in course.cells if cell.id.startswith("report-")}
    report = nbformat.read(path, as_version=4)
    assert headings <= {cell.source.partition("\n")[0] for cell in report.cells}
    assert [cell.id for cell in report.cells if cell.get("outputs")] == []


def test_there_is_a_report_on_each_data_set():
    assert [path.stem for path in REPORTS] == ["digits", "penguins", "photo"]
