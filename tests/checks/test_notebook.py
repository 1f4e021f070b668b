"""What a notebook begins with: files are read again when they are saved, and one that cannot be run says one line."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from gmmlearn.terminal.lab import STARTUP

from .conftest import ROOT

SESSION = """
import os, sys, time
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
shell.system = os.system
path = Path({path!r})

def cell(text):
    print("--", flush=True)
    shell.run_cell(text, store_history=False)
    sys.stderr.flush()

def save(old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    os.utime(path, (time.time() + save.ahead, time.time() + save.ahead))
    save.ahead += 5
save.ahead = 5

START = "%reload_ext gmmlearn.checks.notebook\\nimport numpy as np\\nfrom gmmlearn.checks import check\\n"
START += "from gmmlearn.e_step import assign\\nrow = np.array([[0.2, 0.5, 0.3]])"
cell(START)
cell(START)
cell("print(assign(row))")
save("np.argmax", "np.argmin")
cell("print(assign(row))")
save("def assign(responsibilities):", "def assign(responsibilities:")
cell("print(check('assign').headline)")
cell("print(assign(row))")
save("def assign(responsibilities:", "def assign(responsibilities):")
cell("print(assign(row))")
cell("import threadpoolctl; print(max(one['num_threads'] for one in threadpoolctl.threadpool_info()))")
cell("from gmmlearn.m_step import update_weights\\nupdate_weights(row)")
cell("raise NotImplementedError('mine')")
save("import numpy as np", "import numpy as np\\nLOG_2PI = np.log(2 * np.pi)")
cell("print(assign(row))")
save("np.argmin", "np.argmax")
cell("print(assign(row))")
"""


def plain(text):
    """Without the codes for colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """What each cell printed, on either stream."""
    folder = tmp_path_factory.mktemp("session")
    shutil.copytree(
        ROOT / "gmmlearn",
        folder / "gmmlearn",
        ignore=shutil.ignore_patterns("grading", "dev", "explore", "__pycache__"),
    )
    shutil.copy(ROOT / "solutions" / "e_step.py", folder / "gmmlearn")
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(threads, "2")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", SESSION.format(path=str(folder / "gmmlearn" / "e_step.py"))],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder), "IPYTHONDIR": str(folder / "ipython")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return [part.strip() for part in done.stdout.split("--\n")[1:]]


def test_the_set_up_cell_says_nothing_at_its_first_run_and_at_its_second(cells):
    assert cells[:2] == ["", ""]


def test_a_saved_function_is_used_from_the_next_cell_on(cells):
    assert cells[2:4] == ["[1]", "[0]"]


def test_a_syntax_error_leaves_the_panel_of_check_alone(cells):
    assert cells[4] == "the file cannot be run"


def test_another_cell_is_told_in_one_line_that_it_uses_the_function_of_before(cells):
    line, result = cells[5].splitlines()
    assert line.startswith(
        "gmmlearn/e_step.py has a SyntaxError in line 15: until you fix it, the old functions stay in use"
    )
    assert result == "[0]"
    assert cells[6] == "[0]"  # mended, and nothing is said


def test_a_saved_function_is_used_also_after_a_constant_was_added_to_its_file(cells):
    assert cells[10:] == ["[0]", "[1]"]


def test_libraries_compute_in_one_thread(cells):
    assert cells[7] == "1"


def test_a_cell_that_calls_a_stub_says_in_one_line_what_to_write(cells):
    assert plain(cells[8]) == "NotImplementedError: Exercise 5.1: write update_weights in gmmlearn/m_step.py"


def test_another_exception_of_the_same_class_keeps_its_traceback(cells):
    assert "Traceback" in cells[9]
    assert plain(cells[9]).endswith("NotImplementedError: mine")


@pytest.mark.parametrize("begin", ["%reload_ext gmmlearn.checks.notebook", "%run {startup}"])
def test_a_call_that_is_not_imported_gets_a_sentence_and_not_a_command_of_ipython(begin, tmp_path):
    """`%recall` and `%reset` are IPython's; the second deletes all variables."""
    cells = [begin.format(startup=STARTUP), "x = 1", "recall", 'recall("em")', 'reset("fit")', "print(x)"]
    cells += ["%reset -f", "print('x' in globals())"]
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\nshell = InteractiveShell.instance()\n"
        f"for cell in {cells!r}: shell.run_cell(cell)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "IPYTHONDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    said = "{1} is not imported in this notebook: run `from {0} import {1}`, and then this again."
    recall, reset = said.format("gmmlearn.figures.quiz", "recall"), said.format("gmmlearn.checks", "reset")
    assert done.stdout.splitlines() == [recall, recall, reset, "1", "False"]
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["numpy.py", "scipy", "random.py"])
def test_a_file_of_ones_own_that_hides_a_library_is_named(name, tmp_path):
    for place, text in ((tmp_path / "test.py", ""), (tmp_path / "my_plots.py", ""), (tmp_path / name, "x = 1\n")):
        if "." in place.name:
            place.write_text(text)
        else:
            place.mkdir()
            (place / "__init__.py").write_text(text)
    code = (
        "from pathlib import Path; from gmmlearn.checks.notebook import hiding; print(*hiding(Path.cwd()), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{name} in {tmp_path} hides the library {name.removesuffix('.py')}: rename it")


def test_the_command_line_says_so_too_instead_of_a_traceback(tmp_path):
    (tmp_path / "numpy.py").write_text("x = 1\n")
    done = subprocess.run(
        [sys.executable, "-m", "gmmlearn", "check", "fit"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"numpy.py in {tmp_path} hides the library numpy")
    assert len(done.stderr.splitlines()) == 1


def test_a_new_kernel_says_which_file_has_a_syntax_error(monkeypatch, tmp_path):
    from gmmlearn.checks import notebook

    (tmp_path / "em.py").write_text("def fit(:\n")
    (tmp_path / "e_step.py").write_text("def assign():\n    return 1\n")
    monkeypatch.setattr(notebook, "PACKAGE", tmp_path)
    monkeypatch.delitem(sys.modules, "gmmlearn.em", raising=False)
    assert notebook.broken() == [
        "gmmlearn/em.py has a SyntaxError in line 1: fix it, save the file, and run this cell again."
    ]
