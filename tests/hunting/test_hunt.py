"""The bug hunt: a lazy test catches at most half, and one that demands too much is told what; see `test_strong.py`."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks import check, progress
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError
from gmmlearn.hunting import hunt as hunt_and_record
from gmmlearn.hunting import hunt_all
from gmmlearn.hunting.bugs import bugs_of, right_functions
from gmmlearn.performing import perform

ROOT = Path(__file__).parents[2]


def hunt(*given, where=None):
    """As a student calls it, but with the record elsewhere than in this clone."""
    return hunt_and_record(*given, where=where or Path(tempfile.gettempdir()))


def lazy_test(exercise):
    """Shape, kind and finiteness of one result: what a test asks that was written to have one."""
    call = answers(exercise).cases[0].calls[0]
    expected = perform(getattr(library, exercise), call).value

    def shapes(value):
        if hasattr(value, "items") and not isinstance(value, dict):
            *others, trace, converged = value.items if exercise == "fit" else (*value.items, [], True)
            # How many iterations `fit` makes is no shape that anybody knows beforehand.
            return [*map(shapes, others), np.ndim(trace), shapes(converged)]
        return np.shape(value) if not hasattr(value, "class_name") else value.class_name

    def test(function):
        found = perform(function, call)
        assert found.failure is None
        assert shapes(found.value) == shapes(expected)
        if isinstance(found.value, np.ndarray | float):
            assert not np.isnan(found.value).any()

    return test


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_lazy_test_catches_at_most_half_and_the_public_check_all(exercise):
    lazy = hunt(exercise, lazy_test(exercise))
    assert lazy.problem == ""
    assert len(lazy.caught) <= len(bugs_of(exercise)) / 2
    assert all(bug.question.endswith("?") for bug in lazy.missed)
    for bug in bugs_of(exercise):
        assert not check(exercise, function=bug.function()).passed, bug.sentence


def test_a_function_that_changes_its_inputs_leaves_those_of_the_next_as_they_were():
    """Tests of a notebook take their inputs from cells above, and all functions meet the same arrays."""
    shared = answers("sample_mixture").cases[0].calls[0].arguments
    weights = shared["weights"].copy()
    read_only = [np.broadcast_to(shared[name], shared[name].shape) for name in ("means", "covariances")]

    def test(sample_mixture):
        assert sample_mixture(weights, *read_only, 50, np.random.default_rng(0))

    assert any("changes its inputs" in bug.question for bug in bugs_of("sample_mixture"))
    assert hunt("sample_mixture", test).caught == ()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_functions_that_have_to_pass_are_right(exercise):
    for demand, function in right_functions(exercise).items():
        assert check(exercise, function=function).passed, demand


def test_a_test_that_demands_too_much_is_told_what():
    exact = library.update_means(np.arange(6.0).reshape(3, 2), np.array([[0.3, 0.7], [0.1, 0.9], [0.6, 0.4]]))

    def exactly(update_means):
        found = update_means(np.arange(6.0).reshape(3, 2), np.array([[0.3, 0.7], [0.1, 0.9], [0.6, 0.4]]))
        assert (found == exact).all()

    assert "the last digits" in hunt("update_means", exactly).problem

    def same_draws(sample_categorical):
        found = sample_categorical(np.array([0.2, 0.8]), 20, np.random.default_rng(0))
        assert (found == library.sample_categorical(np.array([0.2, 0.8]), 20, np.random.default_rng(0))).all()

    assert "one way to use `rng`" in hunt("sample_categorical", same_draws).problem

    def false(assign):
        assert assign(np.array([[0.2, 0.8]]))[0] == 0

    problem = hunt("assign", false).problem
    assert "assert assign(np.array([[0.2, 0.8]]))[0] == 0" in problem
    assert "AssertionError" in problem


def test_a_test_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr("gmmlearn.hunting.trying.SECONDS", 1.0)

    def forever(assign):
        while True:
            pass

    assert "did not end within 1 seconds" in hunt("assign", forever).problem


def test_a_test_that_ends_its_process_is_said_to_do_so():
    assert "ended the Python process" in hunt("assign", lambda assign: os._exit(0)).problem


def swallows(update_weights):
    with contextlib.suppress(AssertionError):
        assert update_weights(np.eye(2)).sum() == 0


@pytest.mark.parametrize(
    "test",
    [lambda f: None, lambda f: bool(f(np.eye(2)).sum() == 0), swallows, lambda f: library.update_weights(np.eye(2))],
)
def test_a_test_that_refuses_nothing_is_asked_whether_it_can_fail(test):
    assert hunt("update_weights", test).questions[0].startswith("All wrong functions passed your test.")


def test_a_test_of_a_function_that_is_not_written_is_told_to_use_the_one_it_is_given():
    def calls_a_stub(assign):
        raise NotImplementedError("Exercise 4.2: write assign in gmmlearn/e_step.py")

    assert hunt("assign", calls_a_stub).problem == (
        'Your test needs what is not written yet in `raise NotImplementedError("Exercise 4.2: write assign in '
        'gmmlearn/e_step.py")`: Exercise 4.2: write assign in gmmlearn/e_step.py. '
        "Does it call the function that it is given?"
    )


def test_what_is_missed_is_asked_about_and_not_shown():
    found = hunt("update_weights", lambda update_weights: None)
    assert found.caught == ()
    assert len(found.missed) == len(bugs_of("update_weights"))
    assert 2 <= len(found.questions) <= 3
    for text in (str(found), found._repr_html_()):
        assert not any(bug.sentence in text or bug.source in text for bug in found.missed)
        assert f"0 of {len(found.missed)}" in text


def test_what_is_caught_is_shown_with_its_sentence():
    def sums(update_weights):
        assert abs(update_weights(np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])).sum() - 1) < 1e-9

    found = hunt("5.1", sums)
    assert found.caught
    assert "def update_weights(responsibilities):" in found._repr_html_()
    assert found.caught[0].sentence.split("`")[0] in " ".join(str(found).split())


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ((), "needs a test"),
        ((3,), "got int"),
        ((lambda: None,), "one argument"),
        ((lambda assign: (yield),), "never runs"),
    ],
)
def test_what_is_no_test_gets_a_sentence(tests, said):
    with pytest.raises(UsageError, match=said):
        hunt("assign", *tests)


def test_in_a_terminal(tmp_path):
    def run(text, name="mine.py"):
        (tmp_path / name).write_text(text)
        command = [sys.executable, "-m", "gmmlearn", "hunt", "assign", str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        return done.returncode, done.stdout + done.stderr

    test = "def test_first(assign):\n    assert assign(np.array([[0.9, 0.1], [0.2, 0.8]])).tolist() == [0, 1]\n"
    status, text = run(f"import numpy as np\n{test}")
    assert status == 1
    assert "4.2 assign: " in text
    assert run("import nothing_like_it")[0] == 2
    assert "cannot be run: ModuleNotFoundError" in run("import nothing_like_it")[1]
    assert "should end in .py" in run("", "mine.txt")[1]
    assert "hunt needs a test" in run("")[1]


def test_progress_counts_the_best_hunt(tmp_path):
    """In the record of the folder asked for, the most that were caught."""

    def sums(update_weights):
        assert abs(update_weights(np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])).sum() - 1) < 1e-9

    best = len(hunt("update_weights", sums, where=tmp_path).caught)
    hunt("update_weights", lambda update_weights: None, where=tmp_path)
    assert f"{best} bugs caught" in str(progress(where=tmp_path))


def test_tests_that_are_kept_are_tried_exercise_by_exercise(tmp_path):
    """In the order of the course; one named after no exercise is said to be left out."""
    (tmp_path / "gmmlearn").mkdir()
    kept = tmp_path / "gmmlearn" / "hunts.py"
    with pytest.raises(UsageError, match=r"^Make gmmlearn/hunts.py, with a test whose name begins with `test_`"):
        hunt_all(tmp_path)
    kept.write_text("def test_asign(assign):\n    raise AssertionError\n")
    with pytest.raises(UsageError, match=r"^gmmlearn/hunts.py has no test of an exercise: write one whose name"):
        hunt_all(tmp_path)
    kept.write_text(
        kept.read_text()
        + "def test_update_weights_sum_to_one(f):\n    assert abs(sum(f([[0.5, 0.5], [0.2, 0.8]])) - 1) < 1e-9\n"
        + "def test_assign(assign):\n    assert list(assign([[0.2, 0.8]])) == [1]\n"
    )
    found = hunt_all(tmp_path)
    assert [one.exercise.name for one in found.found] == ["assign", "update_weights"]
    assert all(one.caught and not one.problem for one in found.found)
    assert str(found).endswith("Not tried, as no exercise has that name: test_asign.")
    assert "<p>Not tried, as no exercise has that name: test_asign.</p>" in found._repr_html_()
