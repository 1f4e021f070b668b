"""A teacher's page on each chapter: it has its parts, knows the notebook that it is about, and is not a student's."""

import json
import re

import pytest

from gmmlearn.checks.questions import named
from gmmlearn.contract import CHAPTERS, exercises_of
from gmmlearn.grading.classroom.teaching import PROJECT, pages, slide, write
from gmmlearn.terminal.student_copy import start

from ..course_folder import ROOT

PARTS = [
    "What goes wrong here most",
    "Three questions before a cell is run",
    "Solutions to the predictions",
    "In 45 minutes",
    "The slide",
]


@pytest.fixture(params=pages(), ids=[*CHAPTERS, PROJECT])
def page(request):
    return request.param


def under(page, heading):
    return page.text.split(f"## {heading}\n")[1].split("\n## ")[0]


def notebook(page):
    return json.loads((ROOT / "course" / page.notebook).read_text(encoding="utf-8"))


def code_of(page):
    return "\n".join("".join(cell["source"]) for cell in notebook(page)["cells"] if cell["cell_type"] == "code")


def test_a_page_has_all_parts(page):
    points = ["Points"] if page.chapter == PROJECT else []
    assert re.findall(r"^## (.*)$", page.text, re.M) == [*PARTS[:-1], *points, PARTS[-1]]
    assert len(re.findall(r"^- ", under(page, PARTS[0]), re.M)) >= 4
    assert page.chapter == PROJECT or {one for one in re.findall(r"\b\d\.\d\b", page.text) if one[0] in "12345679"} & {
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
        for name, question in ({} if page.chapter == PROJECT else named(page.chapter, "predictions")).items()
    }
    assert bool(re.search(r"^predict\(", code_of(page), re.M)) == bool(due)
    assert {name: int(choice) for name, choice in said} == due


def test_the_slide_shows_the_explorations_of_the_chapter_or_its_pictures(page):
    explored = set(re.findall(r"^explore\.(\w+)\(", code_of(page), re.M))
    assert bool(explored & set(page.explorations)) == bool(explored) == bool(page.explorations)
    text = slide(page)
    for name in page.explorations:
        assert f'data-exploration="{name}"' in text
    assert page.explorations or text.count("<figure") == len(page.pictures) > 0
    assert "<header>" not in text
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", text)


def test_pages_and_slides_are_written_and_students_have_neither(tmp_path):
    written = write(tmp_path / "lessons")
    assert sorted(path.name for path in written) == sorted(
        f"{page.notebook.removesuffix('.ipynb')}{suffix}" for page in pages() for suffix in (".md", ".html")
    )
    start(tmp_path / "copy")
    assert not [path for path in (tmp_path / "copy").rglob("*") if "teaching" in path.name]
