"""The banks of answers against the engine, public and hidden: the short form of `make fairness`."""

import pytest

from benchmarks import fairness
from gmmlearn.contract import EXERCISES

N_MUTANTS = 6


def seeds_of(exercise):
    """Fits take long: their exercises are tried at one seed here, at two hundred by the command."""
    return range(1, 2 if EXERCISES[exercise].chapter >= 6 else 3)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_pass_wrong_ones_do_not_and_names_are_right(exercise):
    subjects = list(fairness.subjects_of(exercise, N_MUTANTS))
    records = [fairness.examined(subject, seeds_of(exercise)) for subject in subjects]
    fairness.tests_at.cache_clear()
    assert {record.subject.group for record in records} >= {"right", "mistake", "wrong", "mutant"}
    assert [fault for record in records for fault in fairness.faults_of(record)] == []
