"""The benchmark of the estimator measures what it says, and fails where results differ."""

import sys

import pytest

from benchmarks import scale


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """A few small cases."""
    monkeypatch.setattr(sys, "argv", ["scale", "--largest", "1e3", "--budget", "0"])
    monkeypatch.setattr(scale, "SHAPES", ((2, 3), (10, 10)))


def test_a_short_run_prints_a_line_for_each_case(capsys):
    assert scale.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1:5] for line in lines[2:]] == [
        [" 1,000 ", f" {d} ", f" {K} ", f" {dtype} "] for dtype in ("float64", "float32") for d, K in scale.SHAPES
    ]


def test_a_result_that_differs_is_a_failure(capsys, monkeypatch):
    right = scale.our_iteration
    monkeypatch.setattr(scale, "our_iteration", lambda *args: [1.0001 * value for value in right(*args)])
    assert scale.main() == 1
    assert "results differ by 1.0e-04" in capsys.readouterr().out


def test_rows_from_disk_are_fitted(capsys):
    scale.from_disk(200_000)
    assert "200,000 rows of 10 (16 MB) from disk" in capsys.readouterr().out
