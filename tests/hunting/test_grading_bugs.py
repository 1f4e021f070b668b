"""The wrong functions that grade a hunt: not those of practice, refused by the public check, not by a lazy test."""

import numpy as np
import pytest

from gmmlearn import library, loading, private
from gmmlearn.checks import check
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES, TESTS
from gmmlearn.dev.bugs import answers_of_others, behaviour, wrong_ones
from gmmlearn.grading.judge import hunting
from gmmlearn.grading.judge.submission import Submission
from gmmlearn.hunting import trying
from gmmlearn.hunting.bugs import bugs_of
from gmmlearn.manifest import FOR_STUDENTS, PACKAGE
from gmmlearn.performing import perform

from .strong import STRONG, handed_in
from .test_hunt import hunt, lazy_test

IN_SHORT_RUNS = ("sample_gaussian", "assign", "n_parameters")


def graded(exercise):
    return bugs_of(exercise, private.BUGS)


def behaviours(exercise, functions):
    key = answers(exercise)
    found = (diagnose(key.cases, lambda call, one=one: perform(one.function(), call), ()) for one in functions)
    return [behaviour(one) for one in found]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_lazy_test_catches_at_most_half_and_the_public_check_all(exercise, monkeypatch, tmp_path):
    monkeypatch.setattr(trying, "bugs_of", graded)
    monkeypatch.setattr(trying, "SECONDS", 300.0)  # a machine may be busy
    lazy = hunt(exercise, lazy_test(exercise), where=tmp_path)
    assert lazy.problem == ""
    assert len(lazy.caught) <= len(graded(exercise)) / 2
    assert all(bug.question.endswith("?") for bug in lazy.missed)
    for bug in graded(exercise):
        assert not check(exercise, function=bug.function(), seconds=60).passed, bug.sentence


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_strong_test_catches_all(exercise, monkeypatch, tmp_path):
    """So a student who writes one gets all points: no graded function is right in all that a test can see."""
    STRONG[exercise](getattr(library, exercise))  # what it expects is computed once, before the hunt makes its copies
    monkeypatch.setattr(trying, "bugs_of", graded)
    monkeypatch.setattr(trying, "SECONDS", 300.0)  # a machine may be busy
    found = hunt(exercise, STRONG[exercise], where=tmp_path)
    assert (found.problem, [bug.sentence for bug in found.missed]) == ("", [])


def test_handed_in_it_catches_all_as_well(pytestconfig):
    """There a generator travels as a seed, and values come back as copies. In short runs three exercises."""
    missed = {}
    for exercise in EXERCISES if pytestconfig.getoption("--long") else IN_SHORT_RUNS:
        submission = Submission({TESTS: handed_in(EXERCISES[exercise].module)})
        found = hunting.hunts(submission, [exercise], seed=5, sandbox=False)[exercise]
        if found.problem or found.caught < found.of:
            missed[exercise] = found
    assert missed == {}


def test_a_function_that_is_wrong_only_as_its_result_is_a_view_is_none_of_a_hunt():
    """A hunt in a class cannot see it: values travel."""
    view = "import numpy as np\ndef update_weights(responsibilities):\n    return "
    right = "np.mean(responsibilities, axis=0)"
    aliased = f"responsibilities[0] if len(responsibilities) == 1 else {right}"
    biased = f"1.1 * {right}"
    found = wrong_ones("update_weights", [(view + aliased, "A view."), (view + biased, "Too much.")])
    assert [bug.sentence for bug, _ in found] == ["Too much."]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_answers_of_others_can_be_chosen_and_run_by_themselves(exercise):
    found = list(answers_of_others(exercise))
    assert len(found) >= 4
    for source, sentence in found:
        assert sentence
        exec(compile(source, exercise, "exec"), {})


@pytest.mark.parametrize("exercise", ["assign", "update_weights", "gaussian_density", "bic"])
def test_each_does_something_else_than_all_of_practice(exercise):
    """In the cases of the public check; where nothing is drawn, so that this is a matter of the functions alone."""
    practice, grading = behaviours(exercise, bugs_of(exercise)), behaviours(exercise, graded(exercise))
    assert len(set(grading)) == len(grading)
    assert not set(practice) & set(grading)


def test_there_are_seven_of_each_at_least_and_no_source_is_one_of_practice():
    for exercise in EXERCISES:
        assert len(graded(exercise)) >= 7
        assert not {bug.source for bug in graded(exercise)} & {bug.source for bug in bugs_of(exercise)}


def test_they_are_no_part_of_a_students_copy():
    assert not private.BUGS.is_relative_to(PACKAGE)
    assert "solutions" not in FOR_STUDENTS


@pytest.mark.parametrize("exercise", EXERCISES)
def test_in_the_box_each_function_does_what_it_does_here(exercise):
    """Number 0 is the right one."""
    loader = loading.Loader(hunting._functions([exercise]).sources, exercise)
    function, call = loader.function(), answers(exercise).cases[0].calls[0]
    here = [getattr(library, exercise), *(bug.function() for bug in graded(exercise))]
    for place in (0, 1, len(here) // 2, len(here) - 1):
        np.random.seed(0)  # one of them draws from the global state
        with loader.installed():
            boxed = perform(lambda *given, place=place, **options: function(place, *given, **options)[0], call)
        np.random.seed(0)
        expected = perform(here[place], call)
        assert (repr(boxed.value), boxed.changed) == (repr(expected.value), expected.changed)
        assert getattr(boxed.failure, "name", None) == getattr(expected.failure, "name", None)
