"""Whoever is stuck is told how to ask for a hint: by a call in a notebook, by a command in a terminal."""

import pytest

from gmmlearn.checks import check, hint
from gmmlearn.checks.ways import in_terminal, way


def spoilt(student, how):
    if how == "not begun":
        student.unwrite("e_step")
    elif how == "broken":
        student.change("e_step", "def assign(responsibilities):", "def assign(responsibilities:")
    elif how == "raises":
        student.change("e_step", "    return np.argmax", "    raise KeyError\n    return np.argmax")
    else:
        student.change("e_step", "np.argmax", "np.argmin")
    return check("assign", folder=student.desks)


HOWS = ["not begun", "broken", "raises", "wrong"]


@pytest.mark.parametrize("how", HOWS)
def test_a_check_that_does_not_pass_names_the_hint_in_its_last_rows(how, student):
    report = spoilt(student, how)
    assert 'hint("assign")' in dict(report.rows[-2:])["Stuck?"]
    assert "<code>hint(&quot;assign&quot;)</code>" in report._repr_html_()


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("program", ["gmmlearn", "python -m gmmlearn"])
def test_in_a_terminal_it_is_a_command(how, program, student):
    with in_terminal(program):
        text = str(spoilt(student, how))
    assert f"{program} hint assign" in text
    assert 'hint("' not in text


def test_a_check_that_passes_names_none(student):
    assert "hint" not in str(check("assign", folder=student.desks))


def test_a_hint_says_how_to_get_the_next(tmp_path):
    given = hint("log_joint", where=tmp_path)
    assert '`hint("log_joint")` gives the next' in str(given)
    with in_terminal("gmmlearn"):
        assert "`gmmlearn hint log_joint` gives the next" in str(given)
    assert "gives the next" not in str(hint("log_joint", level=3, where=tmp_path))


def test_an_earlier_function_that_is_wrong_is_named_with_its_command(student):
    student.change("likelihood", "log_weights[k] + gaussian", "gaussian")
    with in_terminal("gmmlearn"):
        assert "See `gmmlearn check log_joint`." in dict(check("responsibilities", folder=student.desks).rows)["Look"]


def test_a_terminal_is_left_again():
    with in_terminal("gmmlearn"):
        pass
    assert way("hint", "fit") == 'hint("fit")'
