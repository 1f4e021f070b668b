"""The banks of answers against the engine, public and hidden: the short form of `make fairness`."""

import pytest

from benchmarks import fairness
from gmmlearn.contract import EXERCISES

N_MUTANTS = 4
SLOW = ("sampling", "em", "with_sklearn")
"""Chapters whose functions are called many times or fit models: one seed here, two hundred by the command."""
SLOWEST = ("sample_gaussian", "sample_mixture", "initialize", "fit", "select_n_components")
"""Of these every fifth answer of a group is tried here, of others every third: odd, as each style is there twice."""


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_pass_wrong_ones_do_not_and_names_are_right(exercise):
    groups: dict[str, list[fairness.Subject]] = {}
    for subject in fairness.subjects_of(exercise, N_MUTANTS):
        groups.setdefault(subject.group, []).append(subject)
    subjects = [one for group in groups.values() for one in group[:: 5 if exercise in SLOWEST else 3]]
    seeds = range(1, 2 if EXERCISES[exercise].module in SLOW else 3)
    records = [fairness.examined(subject, seeds) for subject in subjects]
    fairness.tests_at.cache_clear()
    assert {record.subject.group for record in records} >= {"right", "mistake", "wrong", "mutant"}
    assert [fault for record in records for fault in fairness.faults_of(record)] == []
