"""Calls, values and outcomes cross a process and a file unchanged; what was not made by us is refused."""

import json

import msgspec
import numpy as np
import pytest

from gmmlearn import Fit
from gmmlearn.calls import Call, Failure, FittedModel, Items, Outcome, Seed, Unusable
from gmmlearn.encoding import MAX_TEXT, NotAValue, decode, decode_outcome, encode, encode_outcome
from gmmlearn.performing import perform

VALUES = [
    *(None, True, 3, -2.5, float("inf"), "text", Seed(7), Unusable("dict")),
    *(np.arange(6.0).reshape(2, 3), np.array([1, 2]), np.array([True, False]), np.float32([0.1, 0.2]), np.array(2.5)),
    Items("tuple", (np.ones(2), 3)),
    FittedModel("sklearn.Model", {"n": 2, "kind": "full"}, {"weights_": np.ones(2)}),
]


def same(one, other):
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, Items):
        return one.type_name == other.type_name and all(map(same, one.items, other.items))
    if isinstance(one, FittedModel):
        return one.class_name == other.class_name and all(
            same(one.attributes[k], other.attributes[k]) for k in one.attributes
        )
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_from_the_wire(value):
    assert same(value, decode(msgspec.msgpack.decode(msgspec.msgpack.encode(encode(value)))))


@pytest.mark.parametrize("value", [one for one in VALUES if not isinstance(one, FittedModel)], ids=repr)
def test_with_a_place_for_its_arrays_a_value_comes_back_from_json(value):
    kept = []

    def put(array):
        kept.append(array)
        return len(kept) - 1

    assert same(value, decode(json.loads(json.dumps(encode(value, put))), kept.__getitem__))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([np.zeros(2), np.eye(2)], Items),
        ((np.zeros(2), np.eye(2)), Items),
        (Fit(np.ones(1), np.ones((1, 1)), np.ones((1, 1, 1)), [0.5], True), Items),
        ([0.25, 0.75], np.ndarray),
        (range(3), np.ndarray),
        ({"a": 1}, Unusable),
        (lambda: 0, Unusable),
        (np.array([1j]), Unusable),
        (["a", "b"], Items),
        (np.array([np.ones(2), np.ones(3)], dtype=object), Items),
        (np.array(None), Unusable),
    ],
)
def test_what_a_function_may_return_is_told_by_its_kind(value, told):
    assert isinstance(decode(encode(value)), told)


@pytest.mark.parametrize(
    "forged",
    [
        b"bytes",
        [1, 2],
        {"array": ["<f8", [2**62, 0], b""]},
        {"array": ["<f8", [0, 2**62], b""]},
        {"array": ["<f8", [-1], b""]},
        {"array": ["|O", [1], b"12345678"]},
        {"array": ["<f8", [2], b"short"]},
        {"array": 7},
        {"items": ["tuple", [0] * 99]},
        {"items": [7, []]},
        {"model": ["a"]},
        {"seed": "x"},
        {"map": {"a": 1}},
        {"array": 1, "items": 2},
        {"other": 1},
    ],
    ids=repr,
)
def test_what_was_not_made_by_us_is_refused(forged):
    with pytest.raises(NotAValue):
        decode(forged)


def test_values_nested_too_deeply_are_refused():
    forged = 1
    for _ in range(50):
        forged = {"items": ["tuple", [forged]]}
    with pytest.raises(NotAValue):
        decode(forged)


def test_an_outcome_comes_back():
    failure = Failure(("KeyError", "LookupError"), "x", "gmmlearn/em.py", 3, "fit", "d[0]")
    one = Outcome(np.ones(2), failure, ("X",), (), 0.5, ("careful",), "printed\n")
    back = decode_outcome(msgspec.msgpack.decode(msgspec.msgpack.encode(encode_outcome(one))))
    assert back.failure == failure
    assert (back.changed, back.warnings, back.printed) == (one.changed, one.warnings, one.printed)


@pytest.mark.parametrize("broken", [{}, {"value": 1}, 3, None, "x"])
def test_an_outcome_that_is_none_is_refused(broken):
    with pytest.raises(NotAValue):
        decode_outcome(broken)


def test_texts_of_a_forged_outcome_are_cut():
    plain = encode_outcome(Outcome(failure=Failure(("E",), "x")))
    plain["failure"] = dict(plain["failure"]) | {
        "text": "x" * 10**6,
        "source": "y" * 10**6,
        "classes": ["z" * 10**6] * 50,
    }
    failure = decode_outcome(plain).failure
    assert max(map(len, (failure.text, failure.source, *failure.classes))) == MAX_TEXT
    assert len(failure.classes) < 20


def test_perform_sees_changes_views_warnings_and_the_line():
    def changes(X, scale=1.0):
        X *= 2
        np.log(np.zeros(1))
        return X[0]

    found = perform(changes, Call({"X": np.ones((1, 2))}, {"scale": 3.0}))
    assert found.changed == ("X",)
    assert found.aliased == ("X",)
    assert any("divide by zero" in words for words in found.warnings)
    failed = perform(lambda X: X.missing, Call({"X": np.ones(1)})).failure
    assert failed.name == "AttributeError"
    assert "X.missing" in failed.source


def test_arguments_are_fresh_at_every_call():
    call = Call({"X": np.ones(2), "rng": Seed(3)})
    draws = [perform(lambda X, rng: X.fill(0) or rng.random(), call).value for _ in range(2)]
    assert draws[0] == draws[1] == np.random.default_rng(3).random()
    assert call.arguments["X"].tolist() == [1.0, 1.0]


def test_an_exception_whose_text_raises_is_told_all_the_same():
    class Nasty(Exception):
        def __str__(self):
            raise SystemExit

    def raises(x):
        raise Nasty

    assert "cannot be shown" in perform(raises, Call({"x": 1})).failure.text
