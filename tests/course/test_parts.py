"""What every chapter has, whoever wrote it: objectives, times, exercises, a bug to spot, a quiz, a recap."""

import ast
import json
import re

import nbformat
import pytest

from gmmlearn.contract import BONUS, CHAPTERS, EXERCISES, number_of
from gmmlearn.figures.quiz import FOLDER

from .conftest import COURSE

PROGRESS = re.compile(
    r"^\*(?:Section (?P<section>\d+) of (?P<sections>\d+) · about|About) "
    r"(?P<minutes>\d+) of (?P<total>\d+) minutes in\*$",
    re.MULTILINE,
)
TIME = re.compile(
    r"^\*\*Time:\*\* about (?P<total>\d+) minutes, (?P<reading>\d+) to read and play and (?P<exercises>\d+) for "
    r"(?P<how_many>\w+) exercises worth (?P<points>\d+) points\.",
    re.MULTILINE,
)
COUNTS = {"two": 2, "three": 3, "four": 4}
EXERCISE = re.compile(
    r"^#+ Exercise (?P<number>\d\.\d)\b.*?`(?P<name>\w+)`.*?\((?P<points>\d+) points?, about (?P<lines>.+?)\)",
    re.MULTILINE,
)
RELOADING = "%reload_ext gmmlearn.checks.notebook\n"
STUDENTS_CALLS = "from gmmlearn.checks import check, compare, hint, progress, reference, reset"
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")


def exercises_of(notebook):
    return [exercise for exercise in EXERCISES.values() if exercise.module == notebook.chapter]


def items(text):
    """Points of the first list in a text."""
    block = re.search(r"(?:^(?:[-*]|\d\.) .+\n?(?:^(?: +|(?![-*#<|\d]))\S.*\n?)*)+", text, flags=re.MULTILINE)
    return re.findall(r"^(?:[-*]|\d\.) ", block.group(), flags=re.MULTILINE) if block else []


# ---------------------------------------------------------------- opening


def test_title_has_the_number_and_the_name(notebook):
    """As the table of chapters has them."""
    number = number_of(notebook.chapter)
    level, words = notebook.headings[0]
    assert level == 1
    assert words.startswith(str(number))
    assert CHAPTERS[notebook.chapter].lower() in words.lower()


def test_three_to_five_objectives(notebook):
    """In a section of their own."""
    assert 3 <= len(items(notebook.under("what you will be able to do"))) <= 5


def test_prerequisites_say_where_to_learn_them(notebook):
    """With a link to go to, or a book."""
    assert LINK.search(notebook.under("what you need"))


def test_times_add_up_and_so_do_the_points(notebook):
    """Reading and exercises, in minutes; the points are those of the contract."""
    time = TIME.search(notebook.under("what you need"))
    assert time, "no line that says how long the chapter takes"
    assert int(time["reading"]) + int(time["exercises"]) == int(time["total"])
    assert COUNTS[time["how_many"]] == len(exercises_of(notebook))
    assert int(time["points"]) == sum(exercise.points for exercise in exercises_of(notebook))


def test_opens_with_a_picture(notebook):
    """The first code after the set-up, before the first section."""
    first = next(i for i, cell in enumerate(notebook.cells) if PROGRESS.search(cell.source))
    before = [cell for cell in notebook.cells[:first] if cell.cell_type == "code"]
    assert len(before) >= 2


def test_a_line_in_each_section_says_how_far_in_one_is(notebook):
    """Sections and lines are numbered alike; the minutes grow and stay below the time announced."""
    sections = notebook.sections()
    total = TIME.search(notebook.prose)["total"]
    lines = [PROGRESS.search(text) for _, text in sections]
    assert [heading for (heading, _), line in zip(sections, lines) if not line] == []
    assert len(sections) >= 4
    for number, ((heading, _), line) in enumerate(zip(sections, lines), start=1):
        assert heading.startswith(f"{number}. ")
        assert (line["section"], line["sections"]) == (str(number), str(len(sections)))
    minutes = [int(line["minutes"]) for line in PROGRESS.finditer(notebook.prose)]
    assert minutes == sorted(set(minutes))
    assert minutes[-1] < int(total)
    assert {line["total"] for line in PROGRESS.finditer(notebook.prose)} == {total}


# ---------------------------------------------------------------- exercises


def test_exercises_are_those_of_the_contract_in_order(notebook):
    """Number, name and points stand in the heading, with how many lines to expect."""
    found = [(m["number"], m["name"], int(m["points"])) for m in EXERCISE.finditer(notebook.prose)]
    assert found == [(e.number, e.name, e.points) for e in exercises_of(notebook)]
    assert all("line" in m["lines"] for m in EXERCISE.finditer(notebook.prose))


def test_exercise_names_the_file(notebook):
    """At the first exercise at least one is told where to write."""
    assert f"gmmlearn/{notebook.chapter}.py" in notebook.prose


def test_graded_cells_are_those_of_the_contract_in_order(notebook):
    """Locked, with the points of the contract, and nothing in them but the call."""
    graded = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    due = [
        {
            "grade": True,
            "grade_id": exercise.name,
            "locked": True,
            "points": exercise.points,
            "schema_version": 3,
            "solution": False,
            "task": False,
            "cell_type": "code",
        }
        for exercise in exercises_of(notebook)
    ]
    assert [dict(cell.metadata["nbgrader"]) for cell in graded] == due
    assert [cell.source for cell in graded] == [f'check("{e.name}")' for e in exercises_of(notebook)]
    assert {cell.cell_type for cell in graded} == {"code"}


def test_every_exercise_is_text_then_a_try_then_the_check(notebook):
    """The try calls the student's own function, which may not be written yet."""
    for exercise in exercises_of(notebook):
        order = [cell.id for cell in notebook.cells]
        text = next(cell.id for cell in notebook.cells if f"Exercise {exercise.number}" in cell.source)
        tries = [
            cell.id
            for cell in notebook.code
            if "raises-exception" in cell.metadata.get("tags", [])
            and re.search(rf"(?<!library\.)\b{exercise.name}\(", cell.source)
        ]
        check = next(cell.id for cell in notebook.code if cell.source == f'check("{exercise.name}")')
        between = [name for name in tries if order.index(text) < order.index(name) < order.index(check)]
        assert between, f"no cell between text and check tries {exercise.name}"


def test_exercise_works_an_example(notebook):
    """Its text holds numbers to compare with: at least one decimal fraction or list of numbers."""
    for cell in notebook.cells:
        found = EXERCISE.search(cell.source)
        if cell.cell_type == "markdown" and found:
            body = cell.source[found.end() :]
            assert len(re.findall(r"\d", body)) >= 6, f"{found['number']} has no worked example"


def test_first_cell_of_code_imports_the_functions_of_the_chapter(notebook):
    """Reloaded when the file is saved, and with every function of the chapter."""
    source = notebook.code[0].source
    assert source.startswith(RELOADING)
    assert re.findall(r"^from gmmlearn\.checks import .*$", source, re.M) == [STUDENTS_CALLS]
    assert f"from gmmlearn.{notebook.chapter} import" in source
    for exercise in exercises_of(notebook):
        assert re.search(rf"\b{exercise.name}\b", source), exercise.name


def bound_by(source):
    """Names that a cell defines or imports, by its syntax tree; magics count for nothing."""
    python = re.sub(r"^( *)%.*$", r"\1pass", source, flags=re.MULTILINE)
    names = set()
    for node in ast.walk(ast.parse(python)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def called_in_words(text):
    """First names of all calls between backticks: `hint("fit")` calls hint, `np.eye(K)` calls on np.

    A signature that is to be written, `f(x, mean)`, counts as well; a fence of code does not.
    """
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {
        name
        for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
        for name in re.findall(r"(?<![\w.)\]])([A-Za-z_]\w*)(?:\.\w+)*\(", code)
    }


ELSEWHERE = {
    "of Python": {"int", "len"},
    "an argument or a variable, whose method the words explain": {"rng", "model", "a"},
    "made up, to show what a call looks like": {"Thing"},
    "imported in the stub, where the words say to use it": {"Fit", "KMeans"},
    "of SciPy, in the next cell or in the cause of a bug": {"entr", "norm"},
}
"""Calls in words that are not a student's to run right after the set-up cell, and why."""


def test_calls_named_in_words_exist_after_the_setup(notebook):
    """A student who types `hint(...)`, `compare(...)` or a function of the chapter into a cell of her own has it."""
    known = bound_by(notebook.code[0].source) | {name for names in ELSEWHERE.values() for name in names}
    named = {cell.id: called_in_words(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"}
    assert {place: names - known for place, names in named.items() if names - known} == {}
    assert {"check", "compare", "hint", "progress", "reference", "reset"} <= bound_by(notebook.code[0].source)


@pytest.mark.parametrize("name", sorted(path.name for path in COURSE.glob("0*.ipynb")))
def test_what_panels_name_is_there_after_the_setup(name):
    """Also in the project; IPython has commands of its own called `recall` and `reset`, which it would run instead."""
    code = [cell.source for cell in nbformat.read(COURSE / name, as_version=4).cells if cell.cell_type == "code"]
    assert {"check", "compare", "hint", "progress", "recall", "reference", "reset"} <= bound_by(code[0])


def test_names_and_calls_are_found():
    """In a cell with magics, and between backticks."""
    cell = RELOADING + "import numpy as np\nx, y = 1, 2\ndef f(): pass\n"
    assert bound_by(cell) == {"np", "x", "y", "f"}
    assert called_in_words('run `hint("fit")`, then `np.eye(K) @ g(1)`; `h` is a name') == {"hint", "np", "g"}


# ---------------------------------------------------------------- bug, quiz, recap


def test_there_is_a_bug_to_spot(notebook):
    """A heading, code or numbers, and the cause behind a fold."""
    cells = notebook.cells
    heads = [i for i, cell in enumerate(cells) if re.search(r"^#+ (?:\d+\. )?spot the bug", cell.source, re.I | re.M)]
    assert heads
    for at in heads:
        rest = "\n".join(cell.source for cell in cells[at : at + 6])
        fold = rest.find("<details>")
        assert fold > 0, f"no fold after {cells[at].id}"
        assert "<summary>" in rest
        shown = rest[:fold]
        assert "```" in shown or any(c.cell_type == "code" for c in cells[at : at + 5]), cells[at].id


def test_folds_are_closed(notebook):
    """Else the rest of the cell hides with them."""
    for cell in notebook.cells:
        assert cell.source.count("<details>") == cell.source.count("</details>"), cell.id


def test_quiz_is_asked_once(notebook):
    """In a cell of its own."""
    assert [c.source for c in notebook.code if re.match(r"quiz\(", c.source)] == [f'quiz("{notebook.chapter}")']
    assert re.search(r"^## Quiz", notebook.prose, flags=re.MULTILINE)


def test_predictions_asked_are_those_written(notebook):
    """None is missing and none is left over."""
    asked = [found for cell in notebook.code for found in re.findall(r'predict\("(\w+)", "([\w-]+)"\)', cell.source)]
    predictions = json.loads((FOLDER / f"{notebook.chapter}.predictions.json").read_text(encoding="utf-8"))
    assert sorted(asked) == sorted((notebook.chapter, name) for name in predictions)


def test_recap_has_five_lines(notebook):
    """No more, no less."""
    assert len(items(notebook.under("recap"))) == 5


def test_go_further_names_real_works(notebook):
    """Two at least with a year."""
    further = notebook.under("go further")
    assert len(items(further)) >= 2
    assert len(re.findall(r"\b(?:19|20)\d\d\b", further)) >= 2


def test_real_data_are_used(notebook):
    """Old Faithful, in every chapter, as data or as the mixture that EM finds in them."""
    assert "faithful" in "\n".join(cell.source for cell in notebook.code).lower()


def test_chapters_lead_from_one_to_the_next(notebook):
    """The last cell of text links the next chapter; from the seventh the way goes on to the project; a bonus is the end."""
    last = [cell for cell in notebook.cells if cell.cell_type == "markdown"][-1].source
    if notebook.chapter == "with_sklearn":
        assert "08_project.ipynb" in last
        return
    names = [chapter for chapter in CHAPTERS if chapter not in BONUS]
    place = names.index(notebook.chapter) if notebook.chapter in names else len(names)
    if place + 1 < len(names):
        assert f"{place + 2:02d}_{names[place + 1]}.ipynb" in last
    else:
        assert "end of the course" in last
