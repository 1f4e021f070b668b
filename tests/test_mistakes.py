"""Every known mistake is refused by the hidden tests and named by them; the solutions pass them all."""

import inspect
import zlib
from dataclasses import dataclass
from importlib import import_module

import numpy as np
import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.desks import load
from gmmlearn.grading.proxy import InProcess, Student, StudentError
from solutions.mistakes import MISTAKES, mistakes_of, write_submission
from tests.hidden import recognise

ROWS_WITHOUT_CODE = {15, 18, 58, 62, 63, 69}  # no legal input tells them from right, or they are misbeliefs


@dataclass(frozen=True)
class Result:
    """What one hidden test made of a function."""

    name: str
    main: bool
    error: Exception | None


def hidden_tests(exercise):
    module = import_module(f"tests.hidden.test_{EXERCISES[exercise].module}")
    for name, function in list(vars(module).items()):
        for mark in getattr(function, "pytestmark", ()):
            if name.startswith("test_") and mark.args == (exercise,):
                yield name, function, mark.kwargs


def examine(exercise, function, seed=0):
    """Run the hidden tests of an exercise on a trusted function, without pytest around each of them."""
    student = Student(InProcess({exercise: function}))
    results = []
    for name, test, options in hidden_tests(exercise):
        rng = np.random.default_rng([seed, zlib.crc32(exercise.encode()), zlib.crc32(name.encode())])
        error = None
        try:
            test(student, rng)
        except (AssertionError, StudentError) as raised:
            error = raised
        results.append(Result(name, options.get("main", False), error))
    return sorted(results, key=lambda result: not result.main)


def solution(exercise):
    return getattr(import_module(f"solutions.{EXERCISES[exercise].module}"), exercise)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_four_mistakes_with_its_signature(exercise):
    mistakes = mistakes_of(exercise)
    assert len(mistakes) >= 4
    for mistake in mistakes:
        assert inspect.signature(mistake.function) == inspect.signature(solution(exercise)), mistake.id


def test_every_row_of_the_table_that_has_code_has_a_mistake():
    assert {mistake.row for mistake in MISTAKES.values()} - {None} == set(range(1, 71)) - ROWS_WITHOUT_CODE


def test_sentences_are_short_and_hold_no_code_of_the_answer():
    for mistake in MISTAKES.values():
        assert mistake.sentence[-1] in ".?", mistake.id
        assert len(mistake.sentence) <= 210, mistake.id
        assert not any(word in mistake.sentence for word in ("np.", "axis=", "keepdims", "lambda")) or (
            "np.random" in mistake.sentence or "np.cov" in mistake.sentence
        ), mistake.id


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_one_main_comparison_and_three_to_nine_tests(exercise):
    options = [options for _, _, options in hidden_tests(exercise)]
    assert sum(option.get("main", False) for option in options) == 1
    assert 3 <= len(options) <= 9


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("exercise", EXERCISES)
def test_solution_passes_every_hidden_test(exercise, seed):
    assert [(result.name, result.error) for result in examine(exercise, solution(exercise), seed) if result.error] == []


@pytest.mark.parametrize("identity", MISTAKES)
def test_mistake_is_refused_and_named(identity):
    mistake = MISTAKES[identity]
    errors = [result.error for result in examine(mistake.exercise, mistake.function) if result.error]
    assert errors, "every hidden test passed"
    assert [error.mistake for error in errors if hasattr(error, "mistake")][:1] == [identity], errors
    assert str(errors[0])


@pytest.mark.parametrize("identity", MISTAKES)
def test_mistake_can_be_handed_in(identity, tmp_path, monkeypatch):
    mistake = MISTAKES[identity]
    monkeypatch.setattr(recognise, "mistakes_of", lambda exercise: (mistake,))
    write_submission(mistake, tmp_path)
    assert {path.name for path in (tmp_path / "gmmlearn").iterdir()} == {
        f"{exercise.module}.py" for exercise in EXERCISES.values()
    }
    handed_in = load(mistake.exercise, tmp_path / "gmmlearn")
    errors = [result.error for result in examine(mistake.exercise, handed_in) if result.error]
    assert [error.mistake for error in errors if hasattr(error, "mistake")][:1] == [identity], errors


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
def test_nonsense_of_the_right_shape_fails_and_never_makes_a_hidden_test_stumble(exercise, how, monkeypatch):
    monkeypatch.setattr(recognise, "mistakes_of", lambda exercise: ())
    right = solution(exercise)

    def nonsense(*positional, **keyword):
        value = right(*positional, **keyword)
        return garbled_model(value, how) if exercise == "fit_sklearn" else garbled(value, how)

    assert examine(exercise, nonsense)[0].error


WRONG_KINDS = [None, "text", True, 7, 2.5, (), (1, 2, 3), ((1,), ("a", None)), {"a": 1}, object(), [[1], [2, 3]]]
WRONG_KINDS += [
    np.empty(0),
    np.zeros((2, 3, 4, 5)),
    np.array(["a"]),
    np.array([1 + 2j]),
    range(4),
    (np.ones(3),) * 5,
]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_value_of_another_kind_fails_every_comparison(exercise, monkeypatch):
    monkeypatch.setattr(recognise, "mistakes_of", lambda exercise: ())
    for value in WRONG_KINDS:
        assert examine(exercise, lambda *positional, value=value, **keyword: value)[0].error, value
