"""The student's own functions in a picture: used where they are right, told and replaced where they are not."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.explore import own
from gmmlearn.explore.models import model
from gmmlearn.explore.panels import Panel

SOLUTIONS = Path(__file__).parents[2] / "solutions"
STUBS = Path(__file__).parents[2] / "gmmlearn"


@pytest.fixture
def folder(tmp_path):
    """A student's folder in which nothing is written."""
    for chapter in CHAPTERS:
        shutil.copy(STUBS / f"{chapter}.py", tmp_path)
    return tmp_path


def panel(name, folder):
    module = model(name)
    data = module.data()
    state = module.initial()
    return Panel(name, data, module.started(state, data) if hasattr(module, "started") else state, folder)


def redefine(folder, *lines):
    """The student's responsibilities: right, but for these lines before the right ones are returned."""
    text = (SOLUTIONS / "e_step.py").read_text()
    text += "\n\n_right = responsibilities\n\n\ndef responsibilities(X, weights, means, covariances):\n"
    body = "".join(f"    {line}\n" for line in (*lines, "return _right(X, weights, means, covariances)"))
    (folder / "e_step.py").write_text(text + body)


def responsibilities_given(picture):
    return np.frombuffer(picture.canvas.given["values"]["responsibilities"]).reshape(-1, 3)


def test_stubs_are_named_and_the_browser_computes(folder):
    picture = panel("responsibilities", folder)
    assert picture.source == "browser"
    picture.source = "own"
    assert picture.canvas.note == (
        "From the library: log_joint and responsibilities, because yours are not written yet."
    )


def test_a_right_function_is_used_and_named(folder):
    (folder / "e_step.py").write_text((SOLUTIONS / "e_step.py").read_text())
    picture = panel("responsibilities", folder)
    assert picture.source == "own"
    assert picture.canvas.note.startswith("Your own code: responsibilities.")


def test_a_wrong_function_is_not_used(folder):
    (folder / "e_step.py").write_text("def responsibilities(X, weights, means, covariances):\n    return X * 0\n")
    picture = panel("responsibilities", folder)
    picture.source = "own"
    assert "responsibilities, because yours does not pass its public check" in picture.canvas.note


def test_the_picture_moves_by_the_students_own_function(folder):
    """Right in the public check, and different from the library where this test looks."""
    redefine(folder, "if len(X) == 300: return _right(X, weights, means, covariances)[:, ::-1]")
    picture = panel("responsibilities", folder)
    np.testing.assert_allclose(responsibilities_given(picture)[:, ::-1], picture.values["responsibilities"])


WRONG_VALUES = [
    ("return None", "returned None"),
    ("return _right(X, weights, means, covariances).T", "returned shape (3, 300) instead of (n, K) = (300, 3)"),
    ("return _right(X, weights, means, covariances) * float('nan')", "returned NaN"),
    ("return _right(X, weights, means, covariances) * 2", "returned rows that do not sum to 1"),
    ("return 'r'", "returned str, not numbers"),
    ("raise SystemExit", "tried to end the program (SystemExit)"),
]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        *WRONG_VALUES,
        ("raise KeyError('beyond')", "raised KeyError: 'beyond'"),
        ("\n        while True: pass", "took longer than 1 s"),
    ],
)
def test_failure_in_a_picture_is_told_and_the_library_takes_over(folder, body, said):
    redefine(folder, f"if len(X) == 300: {body}")
    before = time.perf_counter()
    picture = panel("responsibilities", folder)
    picture.point = [1.0, 1.0]
    assert time.perf_counter() - before < 10
    assert f"responsibilities, because yours {said}" in picture.canvas.note
    np.testing.assert_allclose(responsibilities_given(picture), picture.values["responsibilities"])


def test_a_mended_file_is_read_again(folder):
    picture = panel("responsibilities", folder)
    picture.source = "own"
    (folder / "e_step.py").write_text((SOLUTIONS / "e_step.py").read_text())
    picture.point = [0.5, 0.5]
    assert picture.canvas.note.startswith("Your own code: responsibilities.")


def test_a_syntax_error_is_told(folder):
    (folder / "e_step.py").write_text("def responsibilities(:\n")
    picture = panel("responsibilities", folder)
    picture.source = "own"
    assert "responsibilities, because yours cannot be used: SyntaxError" in picture.canvas.note


def test_an_endless_call_is_ended():
    """The thread dies as well: an exception is thrown into it."""

    def endless():
        while True:
            time.sleep(0.001)

    before = threading.active_count()
    with pytest.raises(own.TooSlow):
        own.within(0.1, endless)
    end = time.monotonic() + 20
    while threading.active_count() > before:
        assert time.monotonic() < end, "it still runs"
        time.sleep(0.01)


def test_whole_em_by_the_students_functions(folder):
    for chapter in CHAPTERS:
        shutil.copy(SOLUTIONS / f"{chapter}.py", folder)
    picture = panel("em", folder)
    assert "From the library" not in picture.canvas.note
    picture.step = 6
    given = picture.canvas.given["values"]
    np.testing.assert_allclose(given["means"], picture.values["means"], rtol=1e-8)
    np.testing.assert_allclose(given["trace"], picture.values["trace"], rtol=1e-8)


def test_an_import_is_never_broken_off_by_a_limit(folder):
    """On a slow machine an import takes longer than a call may, and half a module would fail ever after."""
    shutil.copy(SOLUTIONS / "mixtures.py", folder)
    program = (
        "import pathlib, sys\n"
        "from gmmlearn.explore import own\n"
        "def within(seconds, call):\n"
        "    print('scipy.stats' in sys.modules)\n"
        "    return call()\n"
        "own.within = within\n"
        "own.choose(['gaussian_density'], pathlib.Path(sys.argv[1]))\n"
    )
    run = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=False)
    assert set(run.stdout.split()) == {"True"}, run.stderr


def test_a_value_that_is_not_a_number_is_never_called_a_collapse(folder):
    """NaN of the student's after the check: EM goes on with the library's function, from where it was."""
    for chapter in CHAPTERS:
        shutil.copy(SOLUTIONS / f"{chapter}.py", folder)
    redefine(folder, "if len(X) == 500: return _right(X, weights, means, covariances) * float('nan')")
    picture = panel("em", folder)
    picture.step = 4
    assert "responsibilities, because yours returned NaN" in picture.canvas.note
    assert picture.canvas.given["values"]["collapsed"] == -1
    np.testing.assert_allclose(picture.canvas.given["values"]["means"], picture.values["means"], rtol=1e-8)


@pytest.mark.parametrize(
    ("line", "said"),
    [("while True: pass", "took longer than"), ("import sys; sys.exit()", "tried to end the program (SystemExit)")],
)
def test_a_module_that_never_ends_or_ends_the_program_is_survived(folder, monkeypatch, line, said):
    monkeypatch.setattr(own, "CHECK_SECONDS", 1.0)
    (folder / "e_step.py").write_text(f"{line}\n\n\ndef responsibilities(X, weights, means, covariances): pass\n")
    picture = panel("responsibilities", folder)
    picture.source = "own"
    assert f"responsibilities, because yours {said}" in picture.canvas.note


def test_a_picture_has_a_limit_of_its_own(folder):
    """A twentieth of a second for each of 80 calls would be four seconds for every move."""
    for chapter in CHAPTERS:
        shutil.copy(SOLUTIONS / f"{chapter}.py", folder)
    redefine(folder, "import time", "time.sleep(0.05 * (len(X) == 60))")
    picture = panel("landscape", folder)
    assert "responsibilities, because yours took longer than 1 s for one picture" in picture.canvas.note
    before = time.perf_counter()
    picture.point = [2.0, 2.0]
    assert time.perf_counter() - before < 1


def test_em_goes_on_from_its_last_state(folder):
    """A step more costs a step more, not a run from the start."""
    for chapter in CHAPTERS:
        shutil.copy(SOLUTIONS / f"{chapter}.py", folder)
    with (folder / "m_step.py").open("a") as file:
        file.write(
            "\n\ncalls = []\n_right = update_means\n\n\ndef update_means(X, responsibilities):\n"
            "    if len(X) == 500:\n        calls.append(1)\n        update_means.calls = len(calls)\n"
            "    return _right(X, responsibilities)\n"
        )
    picture = panel("em", folder)
    counted = next(choice.function for choice in picture._choices if choice.name == "update_means").__wrapped__
    for step in range(1, 13):
        picture.step = step
    assert counted.calls == 6
    np.testing.assert_allclose(picture.canvas.given["values"]["means"], picture.values["means"], rtol=1e-8)


def innermost():
    """Where each thread is; `threading` itself forgets a thread whose `join` was interrupted."""
    return list(sys._current_frames().values())


@contextmanager
def interrupted_when(called):
    """An interrupt as by the button of a notebook, once a file is there."""

    def interrupt():
        while not called.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("where", ["len(X) == 300", "True"], ids=["in the picture", "in the public check"])
def test_an_interrupt_ends_the_students_call_too_and_the_picture_is_answered(folder, monkeypatch, where):
    """A call that nobody ends takes its share of the processor from every later picture."""
    called = folder / "called"
    redefine(
        folder,
        "import pathlib, time",
        f"if {where}:",
        f"    pathlib.Path({str(called)!r}).touch()",
        "    while True: time.sleep(0.001)",
    )
    monkeypatch.setattr(own, "CHECK_SECONDS", 0.5 if where == "True" else own.CHECK_SECONDS)
    picture = panel("responsibilities", folder)
    picture.source = "browser"
    called.unlink()
    os.utime(folder / "e_step.py", ns=(1, 1))  # so that it is read again
    for limit in ("CHECK_SECONDS", "CALL_SECONDS", "PICTURE_SECONDS"):
        monkeypatch.setattr(own, limit, 60.0)
    with interrupted_when(called), pytest.raises(KeyboardInterrupt):
        picture.source = "own"
    assert "responsibilities, because yours was interrupted" in picture.canvas.note
    np.testing.assert_allclose(responsibilities_given(picture), picture.values["responsibilities"])
    end = time.monotonic() + 20
    while any(frame.f_code.co_name == "responsibilities" for frame in innermost()):
        assert time.monotonic() < end, "it still runs"
        time.sleep(0.01)
    picture.point = [1.0, 1.0]
    assert picture.canvas.given["request"] == picture.canvas.request
