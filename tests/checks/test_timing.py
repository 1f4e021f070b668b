"""`compare`: own time beside the library's on growing inputs."""

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks import check, compare, timing
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError

TIMED = [name for name, exercise in EXERCISES.items() if exercise.timed]


@pytest.mark.parametrize("name", TIMED)
def test_every_timed_exercise_can_be_timed(name):
    found = timing.measure(name, getattr(library, name), sizes=(20, 40))
    assert found.n_samples == (20, 40)
    assert all(seconds > 0 for seconds in (*found.own_seconds, *found.library_seconds))
    assert found.twin in (getattr(library, name).__doc__ + "sklearn.mixture.GaussianMixture")


@pytest.mark.parametrize("name", TIMED)
def test_a_workload_has_the_axes_that_the_contract_says(name):
    sizes = {"n": 17, "K": 3, "d": 2, "m": 6}
    arguments, _ = timing.workload(name, sizes["n"])
    for argument, axes in EXERCISES[name].arguments.items():
        if axes.startswith("="):
            assert arguments[argument] == sizes[axes[1]]
        elif axes:
            assert np.shape(arguments[argument]) == tuple(sizes[axis] for axis in axes.split(", "))


def test_the_others_only_count():
    assert {*EXERCISES} - {*TIMED} == {"n_parameters", "bic", "natural_parameters", "parameters"}


def test_no_times_are_promised_where_none_grows(student):
    assert "how their times grow" in str(check("update_means", folder=student.package))
    for name in EXERCISES.keys() - {*TIMED}:
        assert "how their times grow" not in str(check(name, folder=student.package))
        with pytest.raises(UsageError, match=f"The time of {name} does not grow with the number of samples"):
            compare(name, folder=student.package)


def test_a_timing_is_a_picture_with_words():
    found = timing.Timing("assign", "numpy.argmax", (10, 100), (1e-5, 4e-5), (1e-5, 2e-5))
    markup = found._repr_html_()
    assert 'alt="Two lines on logarithmic axes' in markup
    assert "<table" in markup
    assert "With 100 samples your assign takes 0.04 ms, 2 times as long as numpy.argmax." in str(found)


def test_a_function_that_needs_n_squared_memory_is_not_driven_on(monkeypatch):
    monkeypatch.setattr(timing, "MOST_BYTES", 1_000_000)

    def hungry(responsibilities):
        return np.zeros((len(responsibilities), len(responsibilities)))[:, 0]

    assert timing.measure("assign", hungry, sizes=(10, 100, 1000, 10_000)).n_samples == (10, 100)
