"""What every chapter has, whoever wrote it: objectives, times, exercises, a bug to spot, a quiz, a recap."""

import json
import re

import nbformat
import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.figures.quiz import FOLDER

PROGRESS = re.compile(r"\*[^*\n]*?\b(?P<minutes>\d+) of (?P<total>\d+) minutes in\b[^*\n]*\*")
EXERCISE = re.compile(
    r"^#+ Exercise (?P<number>\d\.\d)\b.*?`(?P<name>\w+)`.*?\((?P<points>\d+) points?, about (?P<lines>.+?)\)",
    re.MULTILINE,
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
MOST_LINES, USUAL_LINES = 15, 8


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
    minutes = [int(line["minutes"]) for line in lines]
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
    heads = [i for i, cell in enumerate(cells) if re.search(r"^#+ spot the bug", cell.source, re.I | re.M)]
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
    """Old Faithful, in every chapter."""
    assert "old_faithful" in "\n".join(cell.source for cell in notebook.code)


# ---------------------------------------------------------------- form


def test_code_cells_are_short(any_notebook):
    """At most 15 lines, and most of them under 8: plumbing lives in the package."""
    lengths = {cell.id: len(cell.source.splitlines()) for cell in any_notebook.code}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}
    assert sum(n < USUAL_LINES for n in lengths.values()) > len(lengths) / 2


def test_cells_of_text_are_no_walls(any_notebook):
    """At most 260 words without formulas, a table or a picture in between."""
    long = {}
    for cell in any_notebook.cells:
        if cell.cell_type == "markdown":
            words = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|^\|.*$|<details>.*?</details>", " ", cell.source, flags=re.S | re.M)
            if len(words.split()) > 260:
                long[cell.id] = len(words.split())
    assert long == {}


def test_cell_ids_are_words_and_unique(any_notebook):
    """Stable names, not random ones, so that changes can be read."""
    names = [cell.id for cell in any_notebook.cells]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name), name
        assert not re.fullmatch(r"[0-9a-f]{8}", name), f"{name} looks random"


def test_no_outputs_in_the_repository(any_notebook):
    """Nor execution counts; valid notebooks of format 4.5 for the kernel python3."""
    nbformat.validate(any_notebook.content)
    assert (any_notebook.content.nbformat, any_notebook.content.nbformat_minor) == (4, 5)
    assert any_notebook.content.metadata.kernelspec.name == "python3"
    for cell in any_notebook.code:
        assert cell.outputs == [], cell.id
        assert cell.execution_count is None, cell.id


def test_the_setup_runs_without_leave_to_raise(any_notebook):
    """An import that fails must be seen."""
    assert "raises-exception" not in any_notebook.code[0].metadata.get("tags", [])


# ---------------------------------------------------------------- links and symbols


def anchors(path):
    """What one can jump to in a notebook: headings as JupyterLab names them, and explicit ids."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#+ +(.+?)\s*$", text, flags=re.MULTILINE)
    named = {re.sub(r"[`*$]", "", heading).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r"<\w+ [^>]*\b(?:id|name)=\"([^\"]+)\"", text))


def test_links_inside_the_course_resolve(any_notebook):
    """To a file that is there, and to a heading or id in it."""
    broken = []
    for found in LINK.finditer(any_notebook.prose):
        target, _, anchor = found["target"].partition("#")
        if re.match(r"[a-z]+:", found["target"]):
            continue
        path = any_notebook.path.parent / target if target else any_notebook.path
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(found["target"])
    assert broken == []


def test_links_to_elsewhere_are_safe_and_few(any_notebook):
    """https only; a reader without a network misses nothing that the course needs."""
    outside = [m["target"] for m in LINK.finditer(any_notebook.prose) if re.match(r"[a-z]+:", m["target"])]
    assert [target for target in outside if not target.startswith("https://")] == []


def test_no_external_resource_in_the_text(any_notebook):
    """Neither pictures, nor scripts, nor styles."""
    for cell in any_notebook.cells:
        source = cell.source
        assert not re.search(r"!\[[^\]]*\]\((?:https?:)?//", source), cell.id
        assert not re.search(r"<(?:img|script|link|iframe|video|audio|object)\b", source, re.IGNORECASE), cell.id
        assert "attachments" not in cell, cell.id


SYMBOLS = {
    "\\pi_k": "weights",
    "\\mu_k": "means",
    "\\Sigma_k": "covariances",
    "r_{ik}": "responsibilities",
    "z_i": "labels",
    "\\ell": "log_likelihood",
    "N_k": None,
    "Q": "expected_log_likelihood",
}
STRANGERS = ("\\gamma", "\\phi_", "\\varphi", "\\tau_", "\\alpha_", "\\omega_", "\\vec", "\\mathbf{\\mu}", "z_{ik}")


def test_symbols_are_listed_once():
    """In chapter 1, each with its name in the code."""
    cells = nbformat.read(FOLDER.parents[1] / "course" / "01_mixtures.ipynb", as_version=4).cells
    rows = [line for cell in cells for line in cell.source.splitlines() if line.startswith("|")]
    for symbol, name in SYMBOLS.items():
        stands = [row for row in rows if re.search(rf"(?<![\w\\]){re.escape(symbol)}(?![\w{{])", row)]
        assert stands, f"{symbol} is not in the table"
        assert name is None or any(f"`{name}`" in row for row in stands), (symbol, name)


def test_chapters_keep_to_the_symbols(notebook):
    """And point to the table, unless they hold it."""
    strange = [symbol for symbol in STRANGERS if symbol in notebook.prose]
    assert strange == []
    if notebook.chapter != "mixtures":
        assert "01_mixtures.ipynb#" in notebook.prose


def test_chapters_lead_from_one_to_the_next(notebook):
    """The last cell of text links the next chapter; the last chapter closes the course."""
    last = [cell for cell in notebook.cells if cell.cell_type == "markdown"][-1].source
    names = list(CHAPTERS)
    place = names.index(notebook.chapter)
    if place + 1 < len(names):
        assert f"{place + 2:02d}_{names[place + 1]}.ipynb" in last
    else:
        assert "end of the course" in last
