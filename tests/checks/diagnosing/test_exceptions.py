"""What is said of an exception fits the text that Python, NumPy, SciPy and scikit-learn really raise it with."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest

from gmmlearn.checks.diagnosing import exceptions
from gmmlearn.checks.diagnosing.exceptions import exception_in_words
from gmmlearn.grading.judge.hidden_tests import unexpected_failure
from gmmlearn.performing import failure_of

RAISED = {
    "np.zeros(3) + np.zeros(4)": r"the shapes \(3,\) and \(4,\)",
    "np.zeros((2, 3)) @ np.zeros((2, 3))": "last axis of the left factor",
    "np.dot(np.zeros((2, 3)), np.zeros((2, 3)))": "last axis of the left factor",
    "np.linalg.solve(np.eye(3), np.zeros((2, 2)))": "one column for each sample",
    "np.linalg.cholesky(-np.eye(2))": "not positive definite",
    "import math; math.log(0)": "a number above 0",
    "np.arange(3, dtype=np.int64).astype(np.int32, casting='safe')": "32 bits",
    "np.linalg.inv(np.zeros((2, 2)))": "is singular",
    "if np.zeros(2): pass": "a single yes or no",
    "import math; math.exp(np.zeros(2))": "a single number is needed",
    "[1, 2][np.array([0, 1])]": "a single number is needed",
    "weights = np.ones(2); weights(2)": "is not a function",
    "None.shape": "lack a `return`",
    "from sklearn.cluster import KMeans; KMeans(2).fit(np.zeros(3))": "it got a 1D array",
    "from sklearn.mixture import GaussianMixture; GaussianMixture(2, 'full', 1)": "must be named",
    "np.zeros(3).sum(axis=1)": "of 1 axes has no axis 1",
    "np.float64(1.0)[:, None]": "a single number, without axes",
    "np.array(1.0)[0]": "a single number, without axes",
    "f = lambda: f()\nf()": "calls itself without end",
    "def f():\n    fit = fit(1)\nf()": "`fit` is assigned",
    "np.linalg.slogdet(np.eye(2)) / 2": "take the second",
    "2.0 ^ np.zeros(2)": r"`\*\*` is",
    "from sklearn.cluster import KMeans; KMeans(2, random_state=np.random.default_rng()).fit(np.eye(3))": "rng",
    "pd.DataFrame()": "^NameError.*`pd` has to be imported or defined in the file",
    "from mixtures import mixture_density": r"`from gmmlearn\.mixtures import",
    "import a_package_that_nobody_has.part": "`a_package_that_nobody_has` is not installed here",
    "np.zeros(2).astype(np.float)": "Python's own `float`",
    "input('n? ')": "nobody does",
    "exit_ = SystemExit(); raise exit_": "end Python",
    "name = “x”": "straight",
    "x =\u00a01": "type it again",
    "x = 1\0": "save it as UTF-8",
    "%matplotlib inline": "in a notebook only",
    "!pip install gmm": "in a notebook only",
    "x = 1\n<<<<<<< HEAD\nx = 2": "keep one",
    "x = 1\n=======\nx = 2": "keep one",
    "x = 1\n>>>>>>> other\nx = 2": "keep one",
    "def f(X, means): pass\nf(1)": r"^TypeError: f\(\) missing 1 required positional argument: 'means'\.$",
}
CALLED = {
    "def f(X, means): pass": "in their order there",
    "def f(): pass": "in their order there",
}


def failure(text, call=lambda names: None):
    names = {"np": np}
    try:
        exec(compile(text, "student.py", "exec"), names)
        call(names)
    except (Exception, SystemExit) as error:
        return failure_of(error, {"student.py"})
    raise AssertionError(f"{text!r} raised nothing")


@pytest.fixture(autouse=True)
def nobody_types(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.mark.parametrize("text", RAISED)
def test_an_exception_is_put_in_plain_words(text):
    assert re.search(RAISED[text], exception_in_words(failure(text)))


@pytest.mark.parametrize("text", CALLED)
def test_a_call_that_does_not_fit_is_told_from_one_inside(text):
    assert re.search(CALLED[text], exception_in_words(failure(text, lambda names: names["f"](1))))
    assert re.search("by their names there", exception_in_words(failure(text, lambda names: names["f"](tol=1))))


@pytest.mark.parametrize("text", ["np.zeros(3) + np.zeros(4)", "def f(X, means): pass\nf(1)", "raise ValueError"])
@pytest.mark.parametrize("source", ["", "return X @ means"])
def test_the_judge_says_what_was_raised_and_what_that_means_in_sentences(text, source):
    """The line of the student's is code, so that what follows it is not taken for a part of it."""
    raised = replace(failure(text), line=1, source=source)
    where = " at student.py, line 1: `return X @ means`." if source else " at student.py, line 1."
    words = exception_in_words(raised, with_text=False)
    assert str(unexpected_failure("assign", raised)) == f"assign raised {raised.name}{where} {words}".strip()
    no_line = replace(raised, line=0, source="")
    assert str(unexpected_failure("assign", no_line)).startswith(f"assign raised {raised.name}.")


@pytest.mark.parametrize("known", [exceptions.EXCEPTIONS, exceptions.OF_THE_LINE], ids=["exceptions", "lines"])
def test_each_sentence_is_for_something_that_is_raised(known):
    seen = {exception_in_words(failure(text), with_text=False) for text in RAISED}
    for words in known.values():
        pattern = re.sub(r"\\\{\d\\\}", ".*", re.escape(words))
        assert any(re.fullmatch(pattern, one) for one in seen), words
