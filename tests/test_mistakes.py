"""The known mistakes as a collection: enough of them, with the right signatures, and sentences that fit a panel."""

import inspect

import pytest

from gmmlearn import loading, private
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.performing import perform
from solutions.mistakes import MISTAKES, mistakes_of, write_submission


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_four_mistakes_with_its_signature(exercise):
    mistakes = mistakes_of(exercise)
    assert len(mistakes) >= 4
    for mistake in mistakes:
        assert inspect.signature(mistake.function) == inspect.signature(private.reference(exercise)), mistake.id


def test_sentences_are_short_and_hold_no_code_of_the_answer():
    for mistake in MISTAKES.values():
        assert mistake.sentence.endswith((".", "?")), mistake.id
        assert len(mistake.sentence) <= 330, mistake.id
        assert not any(word in mistake.sentence for word in ("axis=", "keepdims", "lambda")), mistake.id


@pytest.mark.parametrize("identity", ["assign-axis", "bic-aic", "sample_mixture-same-noise", "update_means-global"])
def test_a_mistake_can_be_handed_in(identity, tmp_path):
    mistake = MISTAKES[identity]
    write_submission(mistake, tmp_path)
    subject = loading.subject(mistake.exercise, tmp_path / "gmmlearn")
    key = answers(mistake.exercise)
    assert diagnose(key.cases, subject, key.sentences).mistake == identity


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_makes_no_mistake(exercise):
    found = diagnose(answers(exercise).cases, lambda call: perform(private.reference(exercise), call))
    assert [trial.effect for trial in found.failed] == []
