"""A teacher's page on each chapter: it has its parts, knows the notebook that it is about, and is not a student's."""

import json
import re

import pytest

from gmmlearn.checks.questions import named
from gmmlearn.contract import CHAPTERS, exercises_of, notebook_of
from gmmlearn.grading.classroom.teaching import pages, write
from gmmlearn.terminal.student_copy import start

from ..course_folder import ROOT

PARTS = [
    "What goes wrong here most",
    "Three questions before a cell is run",
    "Solutions to the predictions",
    "In 45 minutes",
    "The slide",
]


@pytest.fixture(params=pages(), ids=list(CHAPTERS))
def page(request):
    return request.param


def under(page, heading):
    return page.text.split(f"## {heading}\n")[1].split("\n## ")[0]


def notebook(page):
    return json.loads((ROOT / "course" / notebook_of(page.chapter)).read_text(encoding="utf-8"))


def test_a_page_has_all_parts(page):
    assert re.findall(r"^## (.*)$", page.text, re.M) == PARTS
    assert len(re.findall(r"^- ", under(page, PARTS[0]), re.M)) >= 4
    assert {one for one in re.findall(r"\b\d\.\d\b", page.text) if one[0] in "12345679"} & {
        exercise.number for exercise in exercises_of(page.chapter)
    }


def test_three_questions_are_each_about_a_cell_of_the_notebook(page):
    asked = re.findall(r"^\d\. `([\w-]+)`: \"", under(page, PARTS[1]), re.M)
    assert len(asked) == 3
    assert set(asked) <= {cell["id"] for cell in notebook(page)["cells"] if cell["cell_type"] == "code"}


def test_the_predictions_are_solved_as_the_notebook_solves_them(page):
    said = re.findall(r"^- \*\*([\w-]+)\*\*: choice (\d)", under(page, PARTS[2]), re.M)
    due = {
        name.partition("/")[2]: [one["correct"] for one in question["answers"]].index(True) + 1
        for name, question in named(page.chapter, "predictions").items()
    }
    assert {name: int(choice) for name, choice in said} == due


def test_the_slide_opens_without_a_kernel_and_students_have_neither(tmp_path, page):
    write(tmp_path / "lessons")
    slide = (tmp_path / "lessons" / notebook_of(page.chapter)).with_suffix(".html")
    assert slide.exists() == bool(page.explorations)
    for name in page.explorations:
        assert f'data-exploration="{name}"' in slide.read_text()
        assert "<header>" not in slide.read_text()
    start(tmp_path / "copy")
    assert not [path for path in (tmp_path / "copy").rglob("*") if "teaching" in path.name]
