"""The comparison with other libraries runs those that are here, names the others, and fails where results differ."""

import sys

import pytest

from benchmarks import peers


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """One small case, once."""
    monkeypatch.setattr(sys, "argv", ["peers", "--repetitions", "1"])
    monkeypatch.setattr(peers, "CASES", ((500, 2, 3),))


def test_what_is_installed_agrees_and_the_rest_is_named(capsys):
    assert peers.main() == 0
    said = capsys.readouterr().out
    for name, found in [("pomegranate", peers.version("pomegranate")), ("mclust", peers.version_of_mclust())]:
        assert f"{name} {found}" in said if found else f"{name} is not installed here" in said
    assert "| 500 | 2 | 3 |" in said


def test_another_answer_is_a_failure(capsys, monkeypatch):
    monkeypatch.setattr(peers, "version_of_mclust", lambda: None)
    right = peers.scikit_learn
    monkeypatch.setattr(peers, "scikit_learn", lambda *args: (1.0, 1.001 * right(*args)[1]))
    assert peers.main() == 1
    assert "another log-likelihood: scikit-learn" in capsys.readouterr().out
