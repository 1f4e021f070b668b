"""What every chapter has, whoever wrote it: objectives, times, exercises, a bug to spot, a quiz, a recap."""

import json
import re

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.figures.quiz import FOLDER

PROGRESS = re.compile(r"\*[^*\n]*?(?:\b(?P<minutes>\d+) of|at the start of about) (?P<total>\d+) minutes\b[^*\n]*\*")
EXERCISE = re.compile(
    r"^#+ Exercise (?P<number>\d\.\d)\b.*?`(?P<name>\w+)`.*?\((?P<points>\d+) points?, about (?P<lines>.+?)\)",
    re.MULTILINE,
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")


def exercises_of(notebook):
    return [exercise for exercise in EXERCISES.values() if exercise.module == notebook.chapter]


def items(text):
    """Points of the first list in a text."""
    block = re.search(r"(?:^(?:[-*]|\d\.) .+\n?(?:^(?: +|(?![-*#<|\d]))\S.*\n?)*)+", text, flags=re.MULTILINE)
    return re.findall(r"^(?:[-*]|\d\.) ", block.group(), flags=re.MULTILINE) if block else []


def opening(notebook):
    """The prose before the first section."""
    first = PROGRESS.search(notebook.prose)
    return notebook.prose[: first.start()] if first else notebook.prose


# ---------------------------------------------------------------- opening


def test_title_has_the_number_and_the_name(notebook):
    """As the table of chapters has them."""
    number = list(CHAPTERS).index(notebook.chapter) + 1
    level, words = notebook.headings[0]
    assert level == 1
    assert words.startswith(str(number))
    assert CHAPTERS[notebook.chapter].lower() in words.lower()


def test_three_to_five_objectives(notebook):
    """After a line that promises what the reader will be able to do."""
    promise = re.search(r"\byou (will be able to do|can|will be able to)\b.*\n", opening(notebook), re.IGNORECASE)
    assert promise, "no line that says what one will be able to do"
    assert 3 <= len(items(opening(notebook)[promise.end() :])) <= 5


def test_prerequisites_say_where_to_learn_them(notebook):
    """With a link to go to, or a book."""
    need = re.search(r"\byou need(.+)", opening(notebook), re.IGNORECASE | re.DOTALL)
    assert need, "no word on what one needs to know"
    assert LINK.search(need.group(1))


def test_times_of_reading_and_exercises(notebook):
    """Both in minutes."""
    minutes = re.findall(r"(\d+)(?: minutes|\.)", opening(notebook))
    assert re.search(r"\bread", opening(notebook), re.IGNORECASE)
    assert re.search(r"\bexercises?\b", opening(notebook), re.IGNORECASE)
    assert len(minutes) >= 2, "a time for reading and a time for the exercises"


def test_a_line_in_each_section_says_how_far_in_one_is(notebook):
    """The minutes grow from section to section and stay below a total that is the same in all lines."""
    sections = notebook.sections()
    assert len(sections) >= 4
    without = [heading for heading, text in sections if not PROGRESS.search(text)]
    assert without == []
    lines = [PROGRESS.search(text) for _, text in sections]
    minutes = [int(line["minutes"] or 0) for line in lines]
    totals = {int(line["total"]) for line in PROGRESS.finditer(notebook.prose)}
    assert minutes == sorted(set(minutes))
    assert len(totals) == 1
    assert minutes[-1] < totals.pop()


def test_total_is_the_time_announced(notebook):
    """Of reading, or of reading and exercises together."""
    total = int(PROGRESS.search(notebook.prose)["total"])
    announced = [int(number) for number in re.findall(r"\b(\d+)(?= minutes|[ .])", opening(notebook))]
    sums = {first + second for first in announced for second in announced}
    assert total in sums | set(announced)


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


def test_first_cell_of_code_brings_the_desk(notebook):
    """Reloaded when the file is saved, and with every function of the chapter."""
    source = notebook.code[0].source
    assert source.startswith("%load_ext autoreload\n%autoreload 2\n")
    assert f"from gmmlearn.{notebook.chapter} import" in source
    for exercise in exercises_of(notebook):
        assert re.search(rf"\b{exercise.name}\b", source), exercise.name


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
    assert re.search(r"^#+ .*(quiz|check yourself)", notebook.prose, flags=re.IGNORECASE | re.MULTILINE)


def questions_of(chapter):
    predictions = json.loads((FOLDER / f"{chapter}.predictions.json").read_text(encoding="utf-8"))
    return json.loads((FOLDER / f"{chapter}.json").read_text(encoding="utf-8")), predictions


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_quiz_has_three_to_five_questions(chapter):
    """All different."""
    questions, _ = questions_of(chapter)
    assert 3 <= len(questions) <= 5
    assert len({question["question"] for question in questions}) == len(questions)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_choice_is_answered(chapter):
    """One is right, and each of the others is told why it is not."""
    questions, predictions = questions_of(chapter)
    for question in [*questions, *predictions.values()]:
        answers = question["answers"]
        assert len(answers) >= 2
        assert sum(bool(answer["correct"]) for answer in answers) == 1, question["question"]
        for answer in answers:
            assert len(answer["feedback"].split()) >= 5, (question["question"], answer["answer"])
        assert len({answer["feedback"] for answer in answers}) == len(answers)


def test_predictions_asked_are_those_written(notebook):
    """None is missing and none is left over."""
    asked = [found for cell in notebook.code for found in re.findall(r'predict\("(\w+)", "([\w-]+)"\)', cell.source)]
    _, predictions = questions_of(notebook.chapter)
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
    """The last cell of text links the next chapter; the last chapter closes the course."""
    last = [cell for cell in notebook.cells if cell.cell_type == "markdown"][-1].source
    names = list(CHAPTERS)
    place = names.index(notebook.chapter)
    if place + 1 < len(names):
        assert f"{place + 2:02d}_{names[place + 1]}.ipynb" in last
    else:
        assert "end of the course" in last
