"""A student's modules are loaded from their text: refused imports, right functions before the exercise, no trace."""

import re
import sys
import traceback

import pytest

from gmmlearn import library
from gmmlearn.file_kinds import not_python
from gmmlearn.loading import Loader, NotWritten, RefusedImport, load

from .grading.archives import NOT_PYTHON


def loaded(exercise, *, own=False, **sources):
    """The function of an exercise and its loader, from the text of a few modules."""
    loader = Loader({stem: text.encode() for stem, text in sources.items()}, exercise, own=own)
    return loader.function(), loader


@pytest.mark.parametrize(
    ("chapter", "exercise", "statement", "named"),
    [
        ("e_step", "assign", "import sklearn", "sklearn"),
        ("e_step", "assign", "import sklearn.mixture as mixture", "sklearn.mixture"),
        ("e_step", "assign", "from sklearn import mixture", "sklearn.mixture"),
        ("em", "fit", "from sklearn import cluster, mixture", "sklearn.mixture"),
        ("em", "fit", "from sklearn.mixture import GaussianMixture", "sklearn.mixture"),
        ("e_step", "assign", "import gmmlearn.library", "gmmlearn.library"),
        ("e_step", "assign", "from gmmlearn import library", "gmmlearn.library"),
        ("e_step", "assign", "from . import library", "gmmlearn.library"),
        ("e_step", "assign", "from .library import assign", "gmmlearn.library"),
        ("e_step", "assign", "from .checks.diagnosing import answer_key", "gmmlearn.checks"),
    ],
)
def test_what_would_do_the_exercise_is_refused_by_its_name(chapter, exercise, statement, named):
    with pytest.raises(RefusedImport, match=rf"^gmmlearn/{chapter}\.py imports {named}\b.* by hand"):
        loaded(exercise, **{chapter: f"{statement}\ndef {exercise}(*given): pass\n"})


@pytest.mark.parametrize(
    ("chapter", "exercise", "statement"),
    [
        ("em", "fit", "from sklearn.cluster import KMeans"),
        ("em", "fit", "from sklearn import cluster"),
        ("with_sklearn", "bic", "import sklearn.mixture"),
        ("e_step", "assign", "from gmmlearn import Fit"),
        ("e_step", "assign", "import scipy.special, numpy.linalg"),
    ],
)
def test_what_the_exercise_may_use_is_imported(chapter, exercise, statement):
    function, _ = loaded(exercise, **{chapter: f"{statement}\ndef {exercise}(): return 7\n"})
    assert function() == 7


WRONG = "def log_joint(*given): return 'wrong'\n"
USES = "from .likelihood import log_joint\ndef responsibilities(*given): return log_joint\n"


def test_an_earlier_function_is_a_right_one_unless_all_are_to_be_the_students_own():
    function, _ = loaded("responsibilities", likelihood=WRONG, e_step=USES)
    assert function() is library.log_joint
    function, _ = loaded("responsibilities", own=True, likelihood=WRONG, e_step=USES)
    assert function()() == "wrong"


def test_an_earlier_function_of_the_same_file_is_a_right_one_also_under_another_name():
    text = "def responsibilities(*given): return 1\nmine = responsibilities\n"
    function, _ = loaded("assign", e_step=f"{text}def assign(r): return responsibilities, mine\n")
    assert function(0) == (library.responsibilities, library.responsibilities)


def test_a_helper_of_an_earlier_chapter_comes_from_the_students_text():
    likelihood = f"{WRONG}HALF = 0.5\n"
    function, _ = loaded(
        "assign", likelihood=likelihood, e_step="from .likelihood import HALF\ndef assign(r): return HALF"
    )
    assert function(0) == 0.5


def test_what_is_not_there_is_not_written():
    with pytest.raises(NotWritten, match=r"write assign in gmmlearn/e_step\.py"):
        loaded("assign", likelihood=WRONG)
    with pytest.raises(NotWritten, match="no function assign, but one named asign"):
        loaded("assign", e_step="def asign(r): pass\n")


@pytest.mark.parametrize("kind", NOT_PYTHON)
def test_a_file_of_another_kind_is_called_what_it_is(kind):
    with pytest.raises(SyntaxError, match=rf"^gmmlearn/m_step\.py is {re.escape(kind)}, not Python: "):
        Loader({"m_step": NOT_PYTHON[kind]}, "update_weights").function()


@pytest.mark.parametrize(
    "text", [b"", b'{"cells": []}\nx = 1\n', b'{"cells": 1, x: 2}', b"x < html", b"<<<<<<< HEAD\n", b"\xff"]
)
def test_what_may_be_python_is_left_to_python(text):
    assert not_python(text) == ""


def test_an_empty_file_is_called_empty():
    with pytest.raises(NotWritten, match=r"^gmmlearn/m_step\.py is empty$"):
        loaded("update_weights", m_step=" \n")


def test_modules_and_package_are_afterwards_as_they_were():
    import gmmlearn.e_step

    before, fit = gmmlearn.e_step, gmmlearn.Fit
    text = "from . import likelihood, mine\ndef assign(r): return r\n"
    _, loader = loaded("assign", e_step=text, mine="x = 1\n", Fit="named as something of the package")
    with loader.installed():
        assert sys.modules["gmmlearn.mine"].x == 1
        assert sys.modules["gmmlearn.e_step"] is not before
    assert sys.modules["gmmlearn.e_step"] is gmmlearn.e_step is before
    assert "gmmlearn.mine" not in sys.modules
    assert not hasattr(gmmlearn, "mine")
    assert gmmlearn.Fit is fit
    assert loader not in sys.meta_path


def test_a_file_that_was_loaded_and_then_changed_is_shown_as_it_is_in_a_traceback(tmp_path):
    path = tmp_path / "e_step.py"
    path.write_text("def assign(responsibilities):\n    return 'before'\n")
    load("assign", tmp_path)
    path.write_text("def assign(responsibilities):\n    raise KeyError('now')\n")
    names = {}
    exec(compile(path.read_text(), str(path), "exec"), names)  # as a notebook loads it again
    with pytest.raises(KeyError) as caught:
        names["assign"](None)
    assert "raise KeyError('now')" in "".join(traceback.format_tb(caught.value.__traceback__))
