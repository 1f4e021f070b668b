"""`gmmlearn recall`: asks by the keyboard, shows the questions where nobody can type, and says what comes next."""

import contextlib
import os
import struct
import subprocess
import sys

import pytest

from gmmlearn.checks.questions import is_right
from gmmlearn.checks.recall import missed, pool
from gmmlearn.checks.record import Record, load, save
from gmmlearn.terminal.asking import run

KEY = "em/stale-means"


@pytest.fixture
def folder(tmp_path):
    """With one question that is due since long ago."""
    save(missed(Record(), "fit-old-means", "2020-01-01"), tmp_path)
    return tmp_path


def asked(folder, choose):
    said = []
    run(folder, None, said.append, choose)
    return "\n".join(said)


def test_a_right_answer_is_told_why_and_comes_back_later(folder):
    right = next(place for place in range(3) if is_right(pool()[KEY], place))
    said = asked(folder, lambda n_choices: right)
    assert pool()[KEY]["question"] in " ".join(said.split())
    assert "Right. At the end the means no longer move" in said
    assert said.endswith("The next question comes back in 3 days, counting only those on which you work here.")
    assert "Today's questions are answered." in asked(folder, lambda n_choices: pytest.fail("asked again"))


def test_a_skipped_question_stays_due(folder):
    assert asked(folder, lambda n_choices: None).endswith("1 question is due to come back.")
    assert load(folder).answers == {}


def test_where_nobody_can_type_the_questions_are_shown(folder):
    said = asked(folder, None)
    assert pool()[KEY]["question"] in " ".join(said.split())
    assert "in a terminal in which you can type" in said


def test_nothing_is_asked_where_nothing_was_missed(tmp_path):
    assert asked(tmp_path, None) == "There is nothing to recall today."


def test_in_a_terminal_of_its_own(folder):
    """With a keyboard, and 40 columns: what is not a choice is asked for again, then the first is taken."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    import fcntl
    import termios

    (folder / "gmmlearn").mkdir()
    for chapter in ("mixtures", "sampling", "likelihood", "e_step", "m_step", "em", "with_sklearn"):
        (folder / "gmmlearn" / f"{chapter}.py").write_text("")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    os.write(ours, b"7\n\x1b[A\n1\n")
    command = [sys.executable, "-m", "gmmlearn", "recall", "--in", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    subprocess.run(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, check=True)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end of what was written
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    shown = shown.decode().splitlines()
    for typed in ("'7'", r"'\x1b[A'"):
        assert f"Error: {typed} is not a choice; type a number from 1 to 3, or only Enter." in " ".join(shown)
    by_the_course = [line for line in shown if not line.startswith(("Error", "1 to 3"))]
    assert max(map(len, by_the_course)) <= 40
    assert pool()[KEY]["question"] in " ".join(" ".join(shown).split())
    assert load(folder).answers == {KEY: (0,)}
    piped = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=True)
    assert "Today's questions are answered." in piped.stdout
