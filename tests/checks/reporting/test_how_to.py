"""If you are stuck you are told how to ask for a hint: by a call in a notebook, by a command in a terminal."""

import re
from pathlib import Path

import pytest

import gmmlearn
from gmmlearn import checks, cli
from gmmlearn.calls import Failure, Status
from gmmlearn.checks import hints
from gmmlearn.checks.reporting.build import not_started, stopped, unreadable
from gmmlearn.checks.wording import command, how_to, in_terminal
from gmmlearn.contract import EXERCISES
from gmmlearn.figures import quiz

ASSIGN = EXERCISES["assign"]


def broken():
    raise KeyError


@pytest.fixture(params=["not started", "cannot be run", "stopped", "raises", "wrong"])
def spoilt(request, report):
    def wrong(responsibilities):
        return responsibilities.argmin(axis=1)

    return {
        "not started": lambda: not_started(ASSIGN),
        "cannot be run": lambda: unreadable(ASSIGN, Failure(("NameError",), "name 'x' is not defined")),
        "stopped": lambda: stopped(ASSIGN, Status.CRASHED, "Your function ended Python."),
        "raises": lambda: report("assign", lambda responsibilities: broken()),
        "wrong": lambda: report("assign", wrong),
    }[request.param]


def test_a_report_names_the_hint_in_its_last_rows(spoilt):
    assert 'hint("assign")' in dict(spoilt().rows[-2:])["Stuck?"]
    assert "<code>hint(&#34;assign&#34;)</code>" in spoilt()._repr_html_()


@pytest.mark.parametrize("program", ["gmmlearn", "python -m gmmlearn"])
def test_in_a_terminal_it_is_a_command(program, spoilt):
    with in_terminal(program):
        made = spoilt()
    assert f"{program} hint assign" in " ".join(str(made).split())
    assert 'hint("' not in str(made)


def test_a_hint_says_how_to_get_the_next_and_the_last_how_to_begin_again():
    fit = EXERCISES["fit"]
    assert '`hint("fit")` gives a stronger one.' in str(hints.read(fit, 1))
    with in_terminal("gmmlearn"):
        assert "`gmmlearn hint fit` gives a stronger one." in str(hints.read(fit, 2))
        assert "`gmmlearn hint fit --level 1`" in str(hints.read(fit, 3))
    last = str(hints.read(fit, 3))
    assert "stronger" not in last
    assert "06_em.ipynb" in last


def test_a_terminal_is_left_again():
    with in_terminal("gmmlearn"):
        assert command("reset", "fit") == "gmmlearn reset fit"
    assert how_to("hint", "fit") == 'hint("fit")'
    assert command("reset", "fit") == "python -m gmmlearn reset fit"


def test_what_panels_tell_a_student_to_type_is_there_in_notebooks_and_terminal():
    folder = Path(gmmlearn.__file__).parent
    told = {
        verb
        for path in [*(folder / "checks").rglob("*.py"), *(folder / "explore").rglob("*.py")]
        for verb in re.findall(r"how_to\(['\"](\w+)", path.read_text(encoding="utf-8"))
    }
    assert told >= {"check", "hint", "progress", "reference", "reset"}
    assert told <= {*checks.__all__, *quiz.__all__}
    assert told <= set(cli.cli.commands)
