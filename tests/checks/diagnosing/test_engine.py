"""When a known mistake may be named: the rules of the engine, on cases made for them."""

import numpy as np
import pytest

from gmmlearn.calls import Status
from gmmlearn.checks.comparing.mismatches import Problem
from gmmlearn.checks.diagnosing.case_types import with_expected
from gmmlearn.checks.diagnosing.cases import Case, bound, untouched, values
from gmmlearn.checks.diagnosing.engine import diagnose, examine, wrong_there
from gmmlearn.performing import perform

KNOWN = {
    "sums": lambda responsibilities: responsibilities.sum(axis=0),
    "rows": lambda responsibilities: responsibilities.mean(axis=1),
    "first is lost": lambda responsibilities: responsibilities[1:].mean(axis=0),
    "zeros": lambda responsibilities: np.zeros(responsibilities.shape[1]),
}


def right(responsibilities):
    return responsibilities.mean(axis=0)


def case(table, key="general", known=KNOWN):
    """A case of `update_weights` with what the known mistakes do in it."""
    made = with_expected(bound(values(np.array(table), about=key), "update_weights", key), right)
    wrong = {}
    for name, function in known.items():
        found = wrong_there(made, [[perform(function, made.calls[0])]])
        wrong |= {name: found} if found is not None else {}
    return Case(*(getattr(made, name) for name in Case.__slots__[:-1]), wrong)


GENERAL = case([[0.7, 0.2, 0.1], [0.05, 0.15, 0.8]])
SPECIAL = case([[0.7, 0.3]], "one sample")


def diagnosed(function, *cases, known=KNOWN):
    return diagnose(cases, lambda call: perform(function, call), known)


@pytest.mark.parametrize("name", ["sums", "rows", "first is lost"])
def test_a_known_mistake_is_named(name):
    found = diagnosed(KNOWN[name], GENERAL, SPECIAL)
    assert found.mistake == name
    assert found.why({name: "a sentence"}) == "a sentence"


def test_a_mistake_that_gives_0_but_for_rounding_is_named_however_it_rounds():
    known = {"gains": lambda responsibilities: responsibilities.mean(axis=0) * 1e-17}
    cases = [case(np.tile([[0.7, 0.2, 0.1]], (n, 1)), f"{n} samples", known) for n in (2, 5)]
    assert diagnosed(lambda r: r.mean(axis=0) * -3e-17, *cases, known=known).mistake == "gains"


def test_a_mistake_that_nearly_cancels_is_named_however_it_rounds():
    """log(1 + 5e-10) and log1p(5e-10) differ in the eighth digit, and by a rounding error of 1."""
    known = {"gains": lambda responsibilities: np.log(1 + responsibilities.mean(axis=0) * 1e-9)}
    cases = [case(np.tile([[0.7, 0.2, 0.1]], (n, 1)), f"{n} samples", known) for n in (2, 5)]
    assert diagnosed(lambda r: np.log1p(r.mean(axis=0) * 1e-9), *cases, known=known).mistake == "gains"


def test_a_function_that_does_the_same_in_one_case_only_is_not_named():
    def sums_of_few(responsibilities):
        return responsibilities.sum(axis=0) / (1 if len(responsibilities) < 3 else 2)

    larger = case(np.tile([[0.7, 0.2, 0.1]], (5, 1)), "larger")
    assert diagnosed(sums_of_few, GENERAL).mistake == "sums"
    assert diagnosed(sums_of_few, GENERAL, larger).mistakes == ()


def test_a_function_that_is_also_wrong_where_the_mistake_is_right_is_not_named():
    def also(responsibilities):
        return responsibilities.sum(axis=0) + (len(responsibilities) == 1)

    assert SPECIAL.wrong.get("sums") is None
    assert diagnosed(also, GENERAL, SPECIAL).mistakes == ()


def test_one_constant_is_not_evidence_two_cases_of_it_are():
    assert diagnosed(KNOWN["zeros"], GENERAL).mistakes == ()
    assert diagnosed(KNOWN["zeros"], GENERAL, SPECIAL).mistake == "zeros"


def test_two_that_nothing_tells_apart_are_both_told():
    known = {"sums": KNOWN["sums"], "sums of another kind": lambda responsibilities: np.ones(2) @ responsibilities}
    two = case([[0.7, 0.2, 0.1], [0.05, 0.15, 0.8]], known=known)
    found = diagnosed(KNOWN["sums"], two, known=known)
    assert found.mistake is None
    assert set(found.mistakes) == set(known)
    assert "Either: one. Or: two." in found.why({"sums": "one.", "sums of another kind": "two."})


def test_one_small_integer_is_not_evidence_three_are():
    calls = [(2, 3), (4, 2), (5, 3)]
    known = {"no weights": lambda k, d, covariance_type="full": k * d + k * d * (d + 1) // 2}

    def count(k, d, covariance_type="full"):
        return k - 1 + known["no weights"](k, d)

    cases = []
    for place, call in enumerate(calls):
        made = with_expected(bound(values(*call, about="a count"), "n_parameters", f"case {place}"), count)
        found = wrong_there(made, [[perform(known["no weights"], made.calls[0])]])
        cases.append(Case(*(getattr(made, name) for name in Case.__slots__[:-1]), {"no weights": found}))
    assert diagnosed(known["no weights"], *cases[:2], known=known).mistakes == ()
    assert diagnosed(known["no weights"], *cases, known=known).mistake == "no weights"


def test_without_a_name_the_effect_is_told():
    found = diagnosed(lambda responsibilities: 0.25 * responsibilities.mean(axis=0), GENERAL)
    assert found.why({}) == "All 3 values differ. Your values sum to 0.25; expected are values that sum to 1."
    assert found.status is Status.WRONG


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (
            lambda responsibilities: responsibilities.max(axis=1),
            "Got shape (2,); expected (K,) = (3,). That is a value for each row of `responsibilities`, not for each "
            "column.",
        ),
        (lambda responsibilities: responsibilities.ravel(), "Got shape (6,); expected (K,) = (3,)."),
    ],
)
def test_a_result_along_the_other_axis_is_said_to_be_so(function, words):
    assert diagnosed(function, GENERAL, known={}).why({}) == words


def test_the_most_basic_problem_comes_first():
    def late(responsibilities):
        if len(responsibilities) == 1:
            raise KeyError("late")
        return responsibilities.sum(axis=0) + 1

    assert diagnosed(late, GENERAL, SPECIAL).failed[0].mismatch.problem is Problem.RAISES


def test_a_stub_ends_the_examination():
    def stub(responsibilities):
        raise NotImplementedError

    found = diagnosed(stub, GENERAL, SPECIAL)
    assert found.status is Status.NOT_STARTED
    assert len(found.trials) == 1


def test_a_changed_input_and_a_view_of_it_are_seen():
    def changes(responsibilities):
        responsibilities /= len(responsibilities)
        return responsibilities.sum(axis=0)

    made = bound(untouched(np.array([[0.25, 0.75]] * 2)), "update_weights", "untouched")
    assert "changed its input `responsibilities`" in examine(made, lambda call: perform(changes, call)).effect
    one = bound(untouched(np.array([[0.25, 0.75]])), "update_weights", "untouched")
    assert "view of the input" in examine(one, lambda call: perform(lambda table: table[0], call)).effect
    assert examine(one, lambda call: perform(right, call)).mismatch is None


@pytest.mark.parametrize("value", [None, "text", (), {"a": 1}, object(), [[1], [2, 3]], np.zeros((2, 3)), 1j, np.nan])
def test_a_value_of_any_kind_is_refused_in_a_sentence(value):
    effect = examine(GENERAL, lambda call: perform(lambda table: value, call)).effect
    assert effect.endswith((".", "?"))
