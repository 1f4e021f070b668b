"""What is too much for nbgrader, which reads a notebook whole, or cannot be written again, is set aside before."""

import json
import shutil
import tracemalloc
import warnings
from pathlib import Path

import pytest

from gmmlearn.grading.classroom import making
from gmmlearn.grading.collecting import notebooks
from gmmlearn.grading.nbgrader import handed_in, settings

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


def killed_at(monkeypatch, method, words):
    """Make the next call of a method of a path with these words in it the end of the run."""
    original = getattr(Path, method)

    def ends(self, *arguments, **options):
        if words in str(self):
            raise KeyboardInterrupt
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, method, ends)


def test_a_notebook_is_said_to_be_set_aside_also_after_a_kill(small_class, monkeypatch):
    """Else its page says that none was handed in."""
    folder = small_class / "submitted" / "ada" / "gmm"
    (folder / "04_e_step.ipynb").write_text("{")
    with monkeypatch.context() as patch:
        killed_at(patch, "write_text", "set-aside")
        with pytest.raises(KeyboardInterrupt):
            handed_in.made_ready(folder)
    handed_in.made_ready(folder)
    assert "not a notebook that can be read" in (folder / "04_e_step.ipynb").read_text()
    assert (small_class / "set_aside" / "ada" / "gmm" / "04_e_step.ipynb").read_text() == "{"


def test_a_notebook_that_was_put_in_is_whole_or_not_there(small_class, monkeypatch):
    """Half of one would be taken for a bad one of the student's."""
    folder = small_class / "submitted" / "ada" / "gmm"

    def half(path, content):
        path.write_text(content[: len(content) // 2].decode())
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(KeyboardInterrupt):
            handed_in.made_ready(folder)
    handed_in.made_ready(folder)
    assert "None was handed in." in (folder / "04_e_step.ipynb").read_text()
    assert not list(folder.glob(".*.draft"))


def test_of_many_notebooks_that_were_not_handed_in_one_sentence_is_said(tmp_path):
    course = making.create(tmp_path / "class", chapters=range(1, 8))
    for student in ("ada", "bob"):
        (course / "submitted" / student / "gmm").mkdir(parents=True)
    assert handed_in.made_ready(course / "submitted" / "ada" / "gmm") == [
        "The course's own notebooks are used instead, so that the functions can be graded."
    ]
    for name in ("01_mixtures", "03_likelihood", "05_m_step", "06_em", "07_with_sklearn"):
        shutil.copy(course / "source" / "gmm" / f"{name}.ipynb", course / "submitted" / "bob" / "gmm")
    assert handed_in.made_ready(course / "submitted" / "bob" / "gmm") == [
        "The course's own 02_sampling.ipynb and 04_e_step.ipynb are used instead, so that the functions can be graded."
    ]
    assert handed_in.made_ready(course / "submitted" / "ada" / "gmm") == []


@pytest.mark.parametrize("ids", [["a", "a"], ["a", None]])
def test_ids_of_cells_that_a_student_has_broken_are_no_warning(small_class, ids):
    """nbformat repairs them, and would say so on the terminal for each notebook of the class."""
    cell = json.loads(CELL % '"x"')
    cells = [{**cell, "id": one} if one else {key: text for key, text in cell.items() if key != "id"} for one in ids]
    folder = small_class / "submitted" / "ada" / "gmm"
    (folder / "04_e_step.ipynb").write_text(json.dumps({**json.loads(NOTEBOOK % ("", "")), "cells": cells}))
    with warnings.catch_warnings(record=True) as said:
        settings.load(small_class)
        assert handed_in.made_ready(folder) == []
    assert [str(one.message) for one in said] == []
