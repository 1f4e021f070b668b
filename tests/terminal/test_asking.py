"""`gmmlearn recall`: asks by the keyboard, shows the questions where nobody can type, and says what comes next."""

import os
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
    assert pool()[KEY]["question"] in said
    assert "Right. At the end the means no longer move" in said
    assert said.endswith("The next question comes back in 3 sessions.")
    assert "Today's questions are answered." in asked(folder, lambda n_choices: pytest.fail("asked again"))


def test_a_skipped_question_stays_due(folder):
    assert asked(folder, lambda n_choices: None).endswith("1 question is due to come back.")
    assert load(folder).answers == {}


def test_where_nobody_can_type_the_questions_are_shown(folder):
    said = asked(folder, None)
    assert pool()[KEY]["question"] in said
    assert "in a terminal in which you can type" in said


def test_nothing_is_asked_where_nothing_was_missed(tmp_path):
    assert asked(tmp_path, None) == "There is nothing to recall today."


def test_in_a_terminal_of_its_own(folder):
    """With a keyboard: a choice that does not exist is asked for again, then the first is taken."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    (folder / "gmmlearn").mkdir()
    for chapter in ("mixtures", "sampling", "likelihood", "e_step", "m_step", "em", "with_sklearn"):
        (folder / "gmmlearn" / f"{chapter}.py").write_text("")
    ours, theirs = pty.openpty()
    os.write(ours, b"7\n1\n")
    command = [sys.executable, "-m", "gmmlearn", "recall", "--in", str(folder)]
    done = subprocess.run(command, stdin=theirs, capture_output=True, encoding="utf-8", check=True)
    os.close(theirs)
    os.close(ours)
    assert "7 is not in the range" in done.stdout + done.stderr
    assert load(folder).answers == {KEY: (0,)}
    piped = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=True)
    assert "Today's questions are answered." in piped.stdout
