"""What is too much for nbgrader, which reads a notebook whole, or cannot be written again, is set aside before."""

import tracemalloc

import pytest

from gmmlearn.grading.collecting import notebooks
from gmmlearn.grading.nbgrader import handed_in

NOTEBOOK = '{"cells": [%s], "metadata": {"a": [%s]}, "nbformat": 4, "nbformat_minor": 5}'
CELL = '{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [], "source": %s}'


def why(tmp_path, text):
    path = tmp_path / "04_e_step.ipynb"
    path.write_text(text)
    tracemalloc.start()
    try:
        return handed_in._why_unreadable(path)
    finally:
        assert tracemalloc.get_traced_memory()[1] < 200 * 2**20
        tracemalloc.stop()


@pytest.mark.parametrize("part", ["{}", "[]", "[[[[[]]]]]", "0", '{"a": 1}'])
@pytest.mark.parametrize("place", ["cells", "metadata"])
def test_a_small_file_that_swells_is_set_aside_before_it_is_parsed(tmp_path, part, place):
    many = ",".join([part] * (6 * 2**20 // (len(part) + 1)))
    text = NOTEBOOK % ((many, "") if place == "cells" else (CELL % '"x"', many))
    assert "more than 300,000 values" in why(tmp_path, text)
    assert notebooks._cells(text.encode()) == []


def test_what_swells_only_in_a_text_is_no_reason(tmp_path):
    printed = '"' + '[[0,1],{}] \\" ' * 400_000 + '"'
    assert why(tmp_path, NOTEBOOK % (CELL % printed, "")) is None
    assert len(notebooks._cells((NOTEBOOK % (CELL % printed, "")).encode())) == 1


@pytest.mark.parametrize("source", ['"x = 1 # \\ud800"', '["\\udfff", "y"]'])
def test_half_a_character_which_cannot_be_written_again_is_said(tmp_path, source):
    assert "half a character" in why(tmp_path, NOTEBOOK % (CELL % source, ""))


def test_a_whole_character_in_two_halves_is_none_of_that(tmp_path):
    assert why(tmp_path, NOTEBOOK % (CELL % '"\\ud83d\\ude00"', "")) is None


@pytest.mark.parametrize("name", ["timestamp.txt", "submission_secret.txt"])
def test_what_is_read_whole_is_small_or_set_aside(tmp_path, name):
    path = tmp_path / name
    path.write_text("2026-11-02 13:05:10 UTC")
    assert handed_in._why_unreadable(path) is None
    with path.open("r+") as file:
        file.truncate(2**40)
    assert "more than 1000 characters" in handed_in._why_unreadable(path)
