"""`compare`: own time beside the library's on growing inputs."""

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks import compare, timing
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError


@pytest.mark.parametrize("name", timing.HAS_SAMPLES)
def test_every_exercise_with_samples_can_be_timed(name):
    found = timing.measure(name, getattr(library, name), sizes=(20, 40))
    assert found.n_samples == (20, 40)
    assert all(seconds > 0 for seconds in (*found.own_seconds, *found.library_seconds))
    assert found.twin in (getattr(library, name).__doc__ + "sklearn.mixture.GaussianMixture")


def test_the_others_say_why_not():
    assert {*EXERCISES} - {*timing.HAS_SAMPLES} == {"n_parameters", "bic"}
    with pytest.raises(UsageError, match="only counts"):
        compare("bic")


def test_it_shows_the_check_as_long_as_the_function_is_not_right(student):
    student.change("e_step", "np.argmax", "np.argmin")
    report = compare("assign", folder=student.desks)
    assert "as soon as this passes" in str(report)


def test_after_a_pass_there_is_a_picture_with_words(student):
    found = compare("assign", folder=student.desks)
    markup = found._repr_html_()
    assert found.n_samples[-1] == 100_000
    assert 'alt="Two lines on logarithmic axes' in markup
    assert "<table" in markup
    assert "assign takes" in str(found)


def test_a_function_that_needs_n_squared_memory_is_not_driven_on(monkeypatch):
    monkeypatch.setattr(timing, "MOST_BYTES", 1_000_000)

    def hungry(responsibilities):
        return np.zeros((len(responsibilities), len(responsibilities)))[:, 0]

    assert timing.measure("assign", hungry, sizes=(10, 100, 1000, 10_000)).n_samples == (10, 100)
