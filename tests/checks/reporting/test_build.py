"""What a report says: what was called, got and expected, why, and what to do; whatever a function returns."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn import library
from gmmlearn.calls import Failure, Items, Seed, Status
from gmmlearn.checks.diagnosing.cases import case, refusal, untouched, values
from gmmlearn.checks.reporting import build
from gmmlearn.checks.reporting.build import call_in_words, not_started, stopped, unreadable
from gmmlearn.contract import EXERCISES
from gmmlearn.performing import perform

ASSIGN = EXERCISES["assign"]
SHARES = np.array([[0.2, 0.5, 0.3], [0.7, 0.2, 0.1], [0.25, 0.25, 0.5], [0.1, 0.8, 0.1]])


def changed(name, change):
    """The library's function with something done to its result."""
    return lambda *args, **kwargs: change(getattr(library, name)(*args, **kwargs))


def why(report):
    return dict(report.rows)["Why"]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("mixture_density", np.log, "Your values are the logarithms of the expected ones."),
        ("log_joint", np.exp, "Your values are the exponentials of the expected ones"),
        ("update_means", lambda a: -a, "Your values have the opposite sign."),
        ("update_means", lambda a: a * 3.3, "Your values are 3.3 times the expected ones."),
        ("gaussian_density", lambda a: a + 0.25, "All values are off by the same amount, +0.25."),
        ("responsibilities", lambda a: a / 2, "30 of 30 rows do not sum to 1"),
        ("update_weights", lambda a: None, "Your function returned None. Is `return` missing?"),
        ("update_weights", lambda a: a[:, np.newaxis], "an axis of length 1 is left over"),
        ("log_joint", lambda a: a[..., np.newaxis], "expected (n, K) = (30, 3)"),
        ("assign", lambda a: a.astype(float), "Got values of type float; expected integers."),
        ("update_means", lambda a: np.where(a > a.min(), a, np.nan), "1 of 6 values is NaN"),
        ("fit_gaussian", lambda a: a[1], "expected the tuple (mean, covariance)"),
        ("fit_gaussian", lambda a: (*a, 1), "Got a tuple of 3; expected the tuple (mean, covariance)"),
        ("update_means", lambda a: a.astype(np.float32), "single precision (float32)"),
        ("log_likelihood", lambda a: [a], "expected a single number"),
        ("fit", lambda a: a._replace(log_likelihoods=a.log_likelihoods[::-1]), "`log_likelihoods`: "),
        ("fit", lambda a: a._replace(weights=a.weights[::-1]), "`weights`: "),
        ("fit_sklearn", lambda a: a.means_, "expected a fitted GaussianMixture"),
        ("sample_gaussian", lambda a: a.T, "the axes are exchanged"),
        ("sample_mixture", lambda a: a[0], "expected the tuple (X, labels)"),
    ],
)
def test_an_effect_is_told_where_no_known_mistake_fits(name, change, words, report):
    found = report(name, changed(name, change))
    assert words in why(found)
    assert found.status is Status.WRONG
    assert found.mistake is None


def test_a_passing_function_gets_its_cases_its_time_and_inputs_to_try(report):
    found = report("assign", lambda responsibilities: responsibilities.argmax(axis=1), values(SHARES, about=""))
    assert found.passed
    assert dict(found.rows)["Ran"].startswith("1 case, 1 call; your function took ")
    assert list(library.assign(**found.inputs)) == [1, 0, 2, 1]
    assert "hint" not in str(found)


def test_the_sentence_of_a_known_mistake_is_the_reason(report):
    def update_weights(responsibilities):
        return responsibilities.sum(axis=0)

    case = replace(values(SHARES, about="four samples"), wrong={"sums": {"value": SHARES.sum(axis=0)}})
    found = report("update_weights", update_weights, case, sentences={"sums": "The sums are not divided."})
    assert (found.mistake, why(found)) == ("sums", "The sums are not divided.")
    assert dict(found.rows)["Got"].lines() == ["1.250* 1.750* 1.000*"]
    assert dict(found.rows)["Expected"].lines() == ["0.312* 0.438* 0.250*", "* differs"]


def test_shapes_are_not_said_twice(report):
    found = report("update_weights", changed("update_weights", lambda a: a[:2]))
    assert "Got shape (2,); expected (K,) = (3,)." in why(found)
    assert not {"Got", "Expected"} & {*dict(found.rows)}


def test_the_part_that_is_shown_has_a_name(report):
    found = report("fit_gaussian", lambda X: (X.mean(axis=0), np.cov(X.T)))
    assert dict(found.rows)["Part"] == "covariance"


def test_a_clustering_with_other_numbers_is_not_marked(report):
    found = report("initialize", lambda X, n_components, rng: np.eye(3)[np.arange(len(X)) % 3])
    assert "*" not in "".join(dict(found.rows)["Got"].lines())
    assert dict(found.rows)["Expected"].below[-1] == build.ANY_ORDER


def test_an_input_that_was_changed_is_named_although_the_values_are_right(report):
    def update_weights(responsibilities):
        result = responsibilities.mean(axis=0)
        responsibilities *= 0
        return result

    found = report("update_weights", update_weights, values(SHARES, about="four samples"), untouched(SHARES))
    assert "changed its input `responsibilities`" in why(found)


def test_the_text_of_another_error_is_shown_as_it_is(report):
    def initialize(X, n_components, rng, init_params="kmeans"):
        raise ValueError("bad name")

    wanted = refusal(SHARES, 2, Seed(0), names=("kmeans", "random"), about="an unknown name", init_params="k-means")
    found = report("initialize", initialize, wanted)
    assert dict(found.rows)["Got"] == "bad name"
    assert "does not name 'kmeans' and 'random'" in why(found)


def test_nan_comes_with_the_warning_that_numpy_gave(report):
    found = report("update_means", lambda X, responsibilities: np.log(-np.ones((3, 2))))
    assert "invalid value encountered in log" in why(found)


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        ({"max_iter": 1}, "The model has max_iter = 1; leave that at its default."),
        (
            {"reg_covar": 0.5, "tol": 1e-9},
            "tol = 1e-09; leave that at its default. The model has reg_covar",
        ),
    ],
)
def test_settings_that_nobody_asked_for_are_named_where_they_change_the_model(report, beyond, said):
    def fit_sklearn(X, n_components, *, random_state=None):
        with warnings.catch_warnings(action="ignore"):
            return GaussianMixture(n_components, random_state=random_state, **beyond).fit(X)

    X = np.random.default_rng(0).normal(size=(60, 2))
    assert said in why(report("fit_sklearn", fit_sklearn, case("model", X, 3, random_state=3, about="noise")))


def test_the_most_basic_thing_is_said_first_and_the_rest_is_counted(report):
    def update_weights(responsibilities):
        weights = responsibilities.sum(axis=0)
        return weights[0] if len(responsibilities) <= 2 else weights

    cases = [values(SHARES[:n], about=f"{n} samples") for n in (4, 3, 2, 1)]
    found = report("update_weights", update_weights, *cases)
    assert dict(found.rows)["With"].startswith("2 samples")
    assert found.notes == (
        "1 more case differs, perhaps for the same reason.",
        "2 more cases differ in another way.",
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("operands could not be broadcast together with shapes (7,) (3,) "), "shapes (7,) and (3,)"),
        (np.linalg.LinAlgError("Matrix is not positive definite"), "Is it a covariance?"),
        (RecursionError("maximum recursion depth exceeded"), "calls itself without end"),
        (KeyError("tied"), "KeyError: 'tied'."),
        (
            TypeError("Cannot cast array data from dtype('int64') to dtype('int32') according to the rule 'safe'"),
            "intp",
        ),
    ],
)
def test_an_exception_has_its_line_and_plain_words(error, words, report):
    def function(*args, **kwargs):
        raise error

    found = report("assign", function)
    assert words in why(found)
    assert dict(found.rows)["Line"].endswith(":  raise error")
    assert found.status is Status.ERROR


def test_a_message_that_holds_a_whole_array_is_cut_short(report):
    def fit_sklearn(X, n_components, *, random_state=None, **settings):
        return library.fit_sklearn(X.ravel(), n_components)

    said = why(report("fit_sklearn", fit_sklearn))
    assert "samples in rows" in said
    assert len(said) < 400


def test_a_setting_of_a_model_that_is_a_word_is_told_as_it_is(report):
    def fit_sklearn(X, n_components, *, random_state=None, **settings):
        return library.fit_sklearn(X, n_components, random_state=random_state, covariance_type="diag")

    found = report("fit_sklearn", fit_sklearn)
    assert "covariance_type = diag; expected full" in why(found)
    assert (dict(found.rows)["Got"], dict(found.rows)["Expected"]) == ("diag", "full")


def test_what_was_printed_has_its_row_and_all_of_it_is_kept(report):
    def run(function, call):
        return replace(perform(function, call), printed="".join(f"line {i}\n" for i in range(30)))

    found = report("assign", changed("assign", lambda a: a + 1), run=run)
    shown = dict(found.rows)["Printed"].splitlines()
    assert shown[:2] == ["line 0", "line 1"]
    assert shown[-1].startswith("... 10 more lines")
    assert len(found.printed.splitlines()) == 30


def test_a_stub_is_told_what_to_do_and_not_counted_as_an_error(report):
    def stub(responsibilities):
        raise NotImplementedError("Exercise 4.2: write assign in gmmlearn/e_step.py")

    found = report("assign", stub, values(SHARES, about="a"), values(SHARES[:1], about="b"))
    assert found.status is Status.NOT_STARTED
    assert found.rows == not_started(ASSIGN).rows


def test_a_missing_file_is_said_first():
    assert not_started(ASSIGN, "The file is missing.").rows[0] == ("Why", "The file is missing.")


def test_a_file_that_cannot_be_run_shows_its_line():
    failure = Failure(("SyntaxError",), "'(' was never closed", "x/gmmlearn/e_step.py", 7, "", "return max(a", True)
    rows = dict(unreadable(ASSIGN, failure).rows)
    assert rows["Line"] == "gmmlearn/e_step.py, line 7:  return max(a"
    assert rows["Next"].startswith("Fix gmmlearn/e_step.py and save it")


def test_a_refused_import_is_not_called_an_exception():
    text = "gmmlearn/e_step.py imports sklearn, but this exercise is to be written by hand."
    found = unreadable(ASSIGN, Failure(("RefusedImport", "ImportError"), text, loading=True))
    assert found.headline == "imports what this exercise has to do without"
    assert why(found) == text


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.INTERRUPTED, Status.CRASHED])
def test_a_check_that_was_stopped_says_where(status):
    found = stopped(ASSIGN, status, "It was stopped.", "gmmlearn/e_step.py, line 9, in assign")
    assert found.status is status
    assert dict(found.rows)["Line"] == "gmmlearn/e_step.py, line 9, in assign"
    assert ("seconds=60" in str(found)) == (status is Status.TIMEOUT)


def test_a_place_that_the_sentence_names_is_not_said_again():
    found = stopped(ASSIGN, Status.TIMEOUT, "Stopped while it was running e_step.py, line 9.", "e_step.py, line 9")
    assert "Line" not in dict(found.rows)


VALUES = [
    *(None, "x", [1, [2, 3]], (), (1, 2), {}, object(), np.zeros(0), np.full(7, np.nan), np.array([1j]), lambda: 0),
    *(np.ma.masked_array([1.0, 2.0], [0, 1]), np.zeros((2,) * 12), float("inf"), True, "<b>", range(3), 10**400),
    *(np.zeros((3, 0)), np.array("x"), np.float32(0.5), {1, 2}, b"x", [[]], np.full((30, 3), 1e300)),
]


@pytest.mark.parametrize("name", EXERCISES)
def test_whatever_a_function_returns_there_is_a_report(name, report):
    for value in VALUES:
        found = report(name, lambda *args, _value=value, **kwargs: _value)
        assert not found.passed
        assert str(found)
        assert found._repr_html_().startswith("<section")


def test_a_tuple_in_a_call_is_written_as_one():
    assert call_in_words("f", {"candidates": Items("tuple", (1, 2))}, {"tol": 0.5}) == "f(candidates=(1, 2), tol=0.5)"
