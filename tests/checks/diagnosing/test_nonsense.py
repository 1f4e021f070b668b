"""Nonsense of every kind is refused in a sentence, by every case, and never makes the engine stumble."""

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.performing import perform

ANYTHING = [None, "text", True, 7, 2.5, (), (1, 2, 3), ((1,), ("a", None)), {"a": 1}, object(), [[1], [2, 3]]]
ANYTHING += [np.empty(0), np.zeros((2, 3, 4, 5)), np.array(["a"]), np.array([1 + 2j]), range(4), (np.ones(3),) * 5]
ANYTHING += [np.datetime64("2020"), b"bytes", {1, 2}, lambda: 0, float("nan"), [np.ones(2), "x"], np.array([None, 1])]


def diagnosed(exercise, function):
    return diagnose(answers(exercise).cases, lambda call: perform(function, call), answers(exercise).sentences)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_value_of_any_kind_is_refused_in_a_sentence(exercise):
    for value in ANYTHING:
        found = diagnosed(exercise, lambda *positional, value=value, **keyword: value)
        assert found.failed, value
        assert all(trial.effect.rstrip().endswith((".", "?")) for trial in found.failed), value


def garbled(value, how):
    """A value of the same kind and shape with nonsense in it."""
    if isinstance(value, tuple):
        parts = [garbled(part, how) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, bool) or not isinstance(value, int | float | np.ndarray):
        return value
    array = np.array(value)
    if array.dtype.kind == "i":
        array[...] = {"nan": -1, "inf": 2**40, "zero": 0, "huge": -(2**40), "negative": -2}[how]
    else:
        array[...] = {"nan": np.nan, "inf": np.inf, "zero": 0.0, "huge": 1e300, "negative": -array}[how]
    return array if isinstance(value, np.ndarray) else array.item()


def garbled_model(model, how):
    for name in ("weights_", "means_", "covariances_", "lower_bound_"):
        setattr(model, name, garbled(getattr(model, name), how))
    return model


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("how", ["nan", "inf", "zero", "huge", "negative"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_nonsense_of_the_right_shape_is_refused(exercise, how):
    right = getattr(library, exercise)

    def nonsense(*positional, **keyword):
        value = right(*positional, **keyword)
        return garbled_model(value, how) if exercise == "fit_sklearn" else garbled(value, how)

    assert diagnosed(exercise, nonsense).failed
