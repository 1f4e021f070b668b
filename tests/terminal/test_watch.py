"""`gmmlearn watch`: what is on the screen, what the keys do, and that a saved file is checked again."""

import os
import select
import subprocess
import sys
import time

import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.terminal import kit as kits
from gmmlearn.terminal import watch as watching

from ..conftest import ROOT, spoil


def watch_of(folder, name="assign"):
    state = watching.Watch.of(kits.find(folder), EXERCISES[name])
    state.check_again()
    return state


def shown(state):
    return "\n".join(line for _, line in state.screen())


def test_watch_shows_the_report_and_the_keys(folder):
    state = watch_of(folder)
    assert "✓ 4.2 assign" in shown(state)
    assert "n next   h hint   l list   q quit" in shown(state)


def test_watch_goes_to_the_next_exercise_that_does_not_pass(folder):
    spoil(folder, "m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    for name in list(EXERCISES)[:12]:
        cli_check = watching.check(name, folder=folder / "gmmlearn", where=folder)
        assert cli_check.passed == (name != "update_weights")
    state = watch_of(folder)
    state.press("n")
    assert state.exercise.name == "update_weights"
    assert "✗ 5.1 update_weights" in shown(state)


def test_watch_notices_that_another_function_broke(folder):
    state = watch_of(folder, "update_means")
    for name in ("assign", "update_weights"):
        watching.check(name, folder=folder / "gmmlearn")
    spoil(folder, "m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    state.check_again()
    assert "✓ 5.2 update_means" in shown(state)
    assert "✗ 5.1 update_weights: not right yet. It passed before" in shown(state)
    assert "assign" not in shown(state)
    spoil(folder, "m_step", "responsibilities.sum(axis=0)", "responsibilities.mean(axis=0)")
    state.check_again()
    assert "update_weights" not in shown(state)


def test_watch_gives_hints_shows_the_list_and_quits(folder):
    state = watch_of(folder)
    state.press("h")
    assert "hint 1 of 3" in shown(state)
    state.press("h")
    assert "hint 2 of 3" in shown(state)
    state.press("l")
    assert "7 scikit-learn" in shown(state)
    state.press("l")
    state.press("x")
    assert "4.2 assign" in shown(state)
    state.press("q")
    assert state.quitting


def test_watch_shows_what_the_function_printed_and_survives_an_interrupt(folder):
    spoil(folder, old="    return np.argmax", new="    print('row', len(responsibilities))\n    return np.argmax")
    assert "Printed  row 12" in shown(watch_of(folder))
    spoil(folder, old="    print(", new="    raise KeyboardInterrupt\n    print(")
    assert "KeyboardInterrupt" in shown(watch_of(folder))


def test_watch_in_a_terminal_checks_again_when_a_file_is_saved(folder):
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "gmmlearn", "watch", "assign"]
    running = subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)

    def until(words, seconds=30.0):
        seen, end = "", time.monotonic() + seconds
        while words not in seen and time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                seen += os.read(ours, 65536).decode(errors="replace")
        assert words in seen, seen

    try:
        until("4.2 assign: passed all public checks")
        time.sleep(1.0)  # the watcher starts after the first screen
        spoil(folder)
        until("4.2 assign: not right yet")
        os.write(ours, b"h")
        until("hint 1 of 3")
        os.write(ours, b"q")
        assert running.wait(timeout=20) == 0
    finally:
        running.kill()
        running.wait()
        os.close(ours)
