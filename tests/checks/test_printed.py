"""What a student's function prints: shown once, in its place, and none of it lost."""

import contextlib
import io
import os
import re
import subprocess
import sys
import threading
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.checks import check, compare
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.printed import kept

ROOT = Path(__file__).parents[2]
WRONG = "    print('table', responsibilities.shape)\n    return np.argmin"
N_CALLS = sum(len(case.calls) for case in answers("assign").cases)
RIGHT = "    print('table', responsibilities.shape)\n    return np.argmax"


def checked(student, name="assign"):
    with contextlib.redirect_stdout(io.StringIO()) as outside:
        report = check(name, folder=student.package)
    assert outside.getvalue() == ""
    return report


def printed(report):
    return dict(report.rows)["Printed"].splitlines()


@pytest.mark.parametrize("body", [WRONG, RIGHT])
def test_the_call_that_matters_is_shown_and_the_rest_is_kept(body, student):
    student.change("e_step", "    return np.argmax", body)
    report = checked(student)
    assert printed(report)[0] == "table (12, 4)"
    assert len(printed(report)) == 2
    assert printed(report)[1].startswith(f"... {N_CALLS - 1} more lines, with those of the other calls")
    assert len(report.printed.splitlines()) == N_CALLS
    assert str(report).count("table") == 1


def test_a_function_that_calls_others_is_shown_once_too(student):
    student.change("e_step", "    ratios =", "    print('joint', joint.shape)\n    ratios = 2 *")
    student.change("e_step", "return ratios / ", "return ratios * ")
    assert checked(student, "responsibilities").printed.splitlines().count("joint (7, 4)") == 2


def test_what_another_of_the_students_functions_prints_is_not_lost(student):
    student.change("likelihood", "log_weights[k] + gaussian", "gaussian")
    student.change("likelihood", "    joint = np.empty", "    print('earlier')\n    joint = np.empty")
    report = checked(student, "responsibilities")
    assert "Look" in dict(report.rows)
    assert printed(report)[0] == "earlier"


@pytest.mark.parametrize("raising", ["raise KeyError(1)", "raise NotImplementedError", "raise SystemExit"])
def test_the_output_before_an_exception_is_shown(raising, student):
    student.change("e_step", "    return np.argmax", f"    print('so far')\n    {raising}\n    return np.argmax")
    assert printed(checked(student))[0] == "so far"


@pytest.mark.parametrize("more", ["", "\n1 / 0", "\ndel assign"])
def test_what_the_file_prints_is_shown_once(more, student):
    path = student.package / "e_step.py"
    path.write_text(f"print('begun')\n{path.read_text()}{more}\n")
    report = checked(student)
    assert printed(report) == ["begun"]
    assert report.printed == "begun\n"


def test_long_output_is_cut_in_the_panel_only(student):
    student.change("e_step", "    return np.argmax", "    print(*range(1000), sep='\\n')\n    return np.argmax")
    report = checked(student)
    assert len(printed(report)) < 30
    assert len(report.printed.splitlines()) == 1000 * N_CALLS


def test_nothing_printed_is_nothing_shown(student):
    assert "Printed" not in dict(checked(student).rows)


def test_printed_arrays_keep_their_lines_and_are_text_in_a_panel():
    def assign(responsibilities):
        print(np.eye(2), "<b>")
        return None

    markup = check("assign", function=assign)._repr_html_()
    text = []
    parser = HTMLParser()
    parser.handle_data = text.append
    parser.feed(markup)
    assert "[[1. 0.]\n [0. 1.]] <b>" in "".join(text)
    assert "white-space:pre-wrap" in markup


def test_a_debugger_can_be_talked_to(student):
    student.change("e_step", "    return np.argmax", "    print('before')\n    breakpoint()\n    return np.argmax")
    code = "from pathlib import Path; from gmmlearn.checks import check; check('assign', folder=Path('gmmlearn'))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        # -P keeps the folder itself off the path: its gmmlearn is the student's chapters alone.
        [sys.executable, "-P", "-c", code],
        input="p 6 * 7\n" + "c\n" * 4,
        cwd=student.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("before\n> ")
    assert re.search(r"-> (breakpoint\(\)|return np.argmax)", done.stdout), "since Python 3.13 it stops at its own line"
    assert "(Pdb) 42\n" in done.stdout


def test_another_thread_leaves_stdout_alone():
    seen = []

    def work():
        with kept():
            seen.append(sys.stdout is before)

    before = sys.stdout
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [True]


def test_timing_prints_nothing(student):
    student.change("e_step", "    return np.argmax", RIGHT)
    with contextlib.redirect_stdout(io.StringIO()) as outside:
        compare("assign", folder=student.package)
    assert outside.getvalue() == ""
