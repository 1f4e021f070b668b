"""The files of a report, read back as spreadsheets and gradebooks read them."""

import csv
import io
import json
from pathlib import Path

import pytest

from gmmlearn.calls import Status
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError
from gmmlearn.grading.collecting import worksheet
from gmmlearn.grading.reporting import exports, results, worksheets, writing

from .synthetic import NOT_BEGUN, hand_in, new_class, passed

WORTH = {"responsibilities": 66.75, "assign": 33.25}
HALF_RIGHT = {
    "responsibilities": (Status.WRONG, 3.0, "responsibilities-not-normalised", "..."),
    "assign": (Status.ERROR, 0.0, None, "ValueError: my own words"),
}
HOSTILE = ("=cmd|'calc'!A0", "+1", "-1", "@x", "\t=1", "a;=1+1", "＝1")


@pytest.fixture
def written(tmp_path):
    """A function that writes the files of a class of chapter 4 and reads them back."""

    def write(made: dict, roster: str = "", **options) -> dict[str, list[list[str]]]:
        assignment = new_class(tmp_path / "class")
        for student, exercises in made.items():
            hand_in(assignment, student, exercises)
        if roster:
            (assignment.course / "roster.csv").write_text(roster, encoding="utf-8")
        folder = tmp_path / "out"
        folder.mkdir()
        exports.write(results.collect(assignment), folder, **options)
        assert not list(folder.glob("*.draft"))
        return {path.name: read(path) for path in folder.glob("*.csv")}

    return write


def read(path: Path) -> list[list[str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


RIGHT = {name: passed(name) for name in WORTH}
NOTHING = dict.fromkeys(WORTH, NOT_BEGUN)


def test_moodle_gets_identifiers_only_where_all_have_them(written):
    """Moodle gives the grade in a row without an identifier to the student of the row before."""
    files = written({"ada": RIGHT, "bob": HALF_RIGHT}, "id,name,lms_id,email\nada,A,71,a@x.org\nbob,B,72,\neve,E,73,\n")
    head, *rows = files["moodle.csv"]
    assert head == ["Username", "ID number", "gmm", "Feedback"]
    assert [row[:3] for row in rows] == [["ada", "71", "100"], ["bob", "72", "33.38"], ["eve", "73", ""]]
    assert rows[0][3] == rows[2][3] == ""
    assert "4.1 responsibilities: 33.38 of 66.75 points. The values are exactly" in rows[1][3]
    assert rows[1][3].endswith("4.2 assign: 0 of 33.25 points. Stops with an error.")


def test_canvas_takes_the_header_for_its_own(written):
    """By the rules of its importer: Student, ID, then SIS columns, the last of them Section, then the assignment."""
    files = written({"ada": RIGHT}, 'id,name,lms_id\nada,"Lovelace, Ada",71\nbob,,b-7\n', column="gmm (4711)")
    head, possible, ada, bob = files["canvas.csv"]
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "gmm (4711)"]
    assert "Points Possible" in possible[0]
    assert possible[-1] == "100"
    assert ada == ["Lovelace, Ada", "71", "", "ada", "", "100"]
    assert bob == ["bob", "", "b-7", "bob", "", ""]


def test_blackboard_gets_a_column_with_all_cells_in_quotes(written, tmp_path):
    files = written({"ada": RIGHT, "bob": None}, column="gmm [Total Pts: 100 Score] |1742451")
    assert files["blackboard.csv"] == [["Username", "gmm [Total Pts: 100 Score] |1742451"], ["ada", "100"], ["bob", ""]]
    assert (tmp_path / "out" / "blackboard.csv").read_text().splitlines()[2] == '"bob",""'


def test_objectives_have_the_share_of_the_class(written):
    files = written({"ada": RIGHT, "bob": HALF_RIGHT, "dan": NOTHING, "eve": None})
    head, *rows = files["objectives.csv"]
    first, second = (dict(zip(head, row)) for row in rows)
    assert (first["number"], first["chapter"], first["class"], first["graded"]) == ("4.1", "The E-step", "4", "3")
    assert first["objective"].startswith("Write the E-step")
    assert (first["all_points"], first["share_all_points"], first["mean_share"]) == ("1", "0.333", "0.500")
    assert (second["all_points"], second["mean_share"]) == ("1", "0.333")


def test_every_exercise_has_an_objective():
    assert list(exports.objectives()) == [*EXERCISES, "project", "hunts"]


def test_no_cell_is_a_formula_wherever_it_is_split(written):
    """Neither the name of a student of the roster, nor the folder of one who is not in it."""
    people = {f"s{number}": name for number, name in enumerate(HOSTILE)}
    roster = "id,name\n" + "".join(f'{student},"{name}"\n' for student, name in people.items())
    files = written(dict.fromkeys([*people, *HOSTILE], RIGHT), roster)
    cells = [cell for rows in files.values() for row in rows for cell in row]
    assert sum("'" in cell for cell in cells) > len(HOSTILE)
    for cell in cells:
        for part in cell.replace("\t", ";").split(";"):
            assert not part.strip() or part.strip()[0] not in "=+-@＝"


def test_a_negative_number_stays_a_number():
    assert exports.safe(-2.5) == "-2.5"
    assert exports.safe("-2.5") == "'-2.5"


def test_files_for_gradescope_are_replaced_as_a_whole(written, tmp_path):
    written({"ada": HALF_RIGHT, "eve": None})
    folder = tmp_path / "out" / "gradescope"
    assert [path.name for path in folder.iterdir()] == ["ada"]
    data = json.loads((folder / "ada" / "results.json").read_text())
    assert data["score"] == 33.38
    assert [(test["number"], test["score"], test["max_score"], test["output"]) for test in data["tests"]] == [
        ("4.1", 33.38, 66.75, "..."),
        ("4.2", 0.0, 33.25, "ValueError: my own words"),
    ]


SHEET = """Identifier,"Full name","Email address",Grade,"Maximum grade","Last modified (submission)","Feedback comments"
Participant 1,Ada Lovelace,,,100.00,-,
Participant 2,Bob,b@x.org,,100.00,"Monday, 2 November 2026, 1:05 PM",Said before
Participant 3,Eve,,,100.00,-,
Participant 4,Somebody Else,,50.00,100.00,-,
"""
ROSTER = "id,name,lms_id,email\nada,Ada Lovelace,,\nbob,,,b@x.org\neve,Eve,,\nzoe,Zoe,,\n"


def filled(tmp_path, sheet: str, roster: str = ROSTER) -> tuple[list[list[str]], list[str]]:
    assignment = new_class(tmp_path / "class")
    for student, exercises in {"ada": RIGHT, "bob": HALF_RIGHT, "zoe": NOTHING}.items():
        hand_in(assignment, student, exercises)
    (assignment.course / "roster.csv").write_text(roster, encoding="utf-8")
    (tmp_path / "sheet.csv").write_text(sheet, encoding="utf-8")
    text, remarks = worksheets.fill(results.collect(assignment), worksheet.read(tmp_path / "sheet.csv"))
    return list(csv.reader(io.StringIO(text))), remarks


def test_a_grading_worksheet_comes_back_with_grades_and_all_else_as_it_was(tmp_path):
    rows, remarks = filled(tmp_path, SHEET)
    before = list(csv.reader(io.StringIO(SHEET)))
    assert [row[3] for row in rows] == ["Grade", "100.00", "33.38", "", "50.00"]
    assert [[*row[:3], *row[4:]] for row in rows] == [[*row[:3], *row[4:]] for row in before]
    assert remarks == [
        "2 of 4 lines have a grade.",
        "In the worksheet and not in the class, or not to be told apart: Somebody Else.",
        "With a grade and not in the worksheet: zoe.",
    ]


def test_grades_are_scaled_to_the_maximum_of_moodle_and_that_is_said(tmp_path):
    rows, remarks = filled(tmp_path, SHEET.replace("100.00", '"20,00"'))
    assert [row[3] for row in rows[1:4]] == ["20,00", "6,68", ""]
    assert "Moodle's maximum is 20 and that of the class 100: grades are scaled." in remarks


def test_where_moodle_takes_no_points_none_are_written(tmp_path):
    with pytest.raises(UsageError, match="no maximum grade"):
        filled(tmp_path, SHEET.replace("Maximum grade", "Scale"))


def test_drafts_of_a_report_that_was_killed_are_gone_after_the_next(tmp_path):
    assignment = new_class(tmp_path / "class")
    hand_in(assignment, "ada", RIGHT)
    (tmp_path / "out" / "gradescope.draft" / "ada").mkdir(parents=True)
    (tmp_path / "out" / "worksheet.csv.draft").write_text("half")
    writing.write(assignment, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.draft"))
