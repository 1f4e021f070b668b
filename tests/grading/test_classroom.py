"""A class as a folder: made, judged, shown; and the notebook that is graded in the place of a student's."""

import json
import math

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.errors import GmmlearnError, UsageError
from gmmlearn.grading import classroom, handed_in, notes, source, verdicts
from gmmlearn.grading.nbgrader import _fill, restored
from gmmlearn.grading.verdict import ExerciseVerdict, Status, Verdict

from .course_folder import ROOT, score_in


@pytest.fixture
def course(tmp_path):
    """A class of chapter 4 with two who handed in, one right and one the stub."""
    folder = classroom.create(tmp_path / "course", chapters=range(4, 5))
    for student, room in (("ada", "solutions"), ("bob", "gmmlearn")):
        package = folder / "submitted" / student / "gmm" / "gmmlearn"
        package.mkdir(parents=True)
        (package / "e_step.py").write_bytes((ROOT / room / "e_step.py").read_bytes())
    return folder


@pytest.mark.parametrize("chapters", [range(first, last + 1) for first in range(1, 8) for last in range(first, 8)])
def test_points_of_any_part_sum_to_exactly_100_and_keep_their_order(chapters):
    points = {name: exercise.points for name, exercise in EXERCISES.items() if exercise.chapter in chapters}
    scaled = classroom._scaled_to_100(points)
    assert sum(scaled.values()) == 100
    total = sum(points.values())
    assert all(abs(scaled[name] - 100 * own / total) <= 0.25 for name, own in points.items())
    if len(chapters) == len(CHAPTERS):
        assert scaled == points


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chapters": range(0, 3)}, "chapters 1 to 7"),
        ({"chapters": range(3, 9)}, "chapters 1 to 7"),
        ({"chapters": range(5, 4)}, "chapters 1 to 7"),
        ({"assignment": "../gmm"}, "cannot be the name"),
    ],
)
def test_a_class_that_cannot_be_is_refused_in_a_sentence(tmp_path, options, said):
    with pytest.raises(UsageError, match=said):
        classroom.create(tmp_path / "course", **options)
    assert not (tmp_path / "course").exists()


def test_nothing_is_made_in_a_folder_that_holds_something(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        classroom.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_the_secret_of_a_class_is_its_own_and_for_its_owner_only(tmp_path):
    secrets = [classroom.create(tmp_path / name, chapters=range(4, 5)) / ".secret" for name in ("one", "two")]
    assert secrets[0].read_text() != secrets[1].read_text()
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}


def test_a_folder_that_is_no_class_is_named(tmp_path):
    with pytest.raises(UsageError, match="is no class"):
        classroom.settings(tmp_path)


def test_a_student_who_handed_in_nothing_is_named(course):
    with pytest.raises(UsageError, match="zoe: nothing handed in"):
        classroom.judge_all(course, processes=1, students=["zoe"])


def test_points_by_chapter_are_those_of_the_class(course):
    judged = classroom.judge_all(course, processes=2)
    assert all(isinstance(one.outcome, Verdict) for one in judged.values())
    assert judged["ada"].notes == ["The course's own 04_e_step.ipynb stands in, so that the functions can be graded."]
    assert classroom.points_by_chapter(course) == {"ada": {"e_step": 100.0}, "bob": {"e_step": 0.0}}


def test_a_fault_with_one_submission_leaves_the_others_judged_and_its_own_verdict_kept(course, monkeypatch):
    classroom.judge_all(course, processes=1)
    kept = verdicts.verdict_file(course, "gmm", "ada").read_bytes()
    (course / "submitted" / "ada" / "gmm" / "gmmlearn" / "e_step.py").write_text("changed = True\n")
    (course / "submitted" / "bob" / "gmm" / "gmmlearn" / "e_step.py").write_text("changed = True\n")
    judge = verdicts.judge_submission

    def stumbles(submission, *arguments, seed, **options):
        if seed == verdicts.seed_in_class(course, "ada"):
            raise RuntimeError("the disk is full")
        return judge(submission, *arguments, seed=seed, **options)

    monkeypatch.setattr(verdicts, "judge_submission", stumbles)
    judged = classroom.judge_all(course, processes=1)
    assert isinstance(judged["ada"].outcome, GmmlearnError)
    assert "the disk is full" in str(judged["ada"].outcome)
    assert "holds no function" in judged["bob"].outcome.exercises["assign"].message
    assert verdicts.verdict_file(course, "gmm", "ada").read_bytes() == kept


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"exercises": {"assign": {}}}'])
def test_a_kept_verdict_that_cannot_be_read_is_judged_again(course, text):
    first = classroom.judge_all(course, processes=1, students=["ada"])["ada"].outcome
    verdicts.verdict_file(course, "gmm", "ada").write_text(text)
    assert classroom.judge_all(course, processes=1, students=["ada"])["ada"].outcome == first


def test_an_unchanged_submission_is_not_judged_again(course, monkeypatch):
    first = classroom.judge_all(course, processes=1)
    monkeypatch.setattr(verdicts, "judge_submission", None)
    assert {name: one.outcome for name, one in classroom.judge_all(course, processes=1).items()} == {
        name: one.outcome for name, one in first.items()
    }


def test_a_file_that_was_set_aside_is_judged_like_the_file_and_forgotten_with_the_next(course):
    package = course / "submitted" / "ada" / "gmm" / "gmmlearn"
    (package / "e_step.py").unlink()
    (package / "e_step.py").symlink_to("/etc/passwd")
    before = verdicts.current(course, "gmm", "ada", package.parent, ["assign"])
    handed_in.made_ready(package.parent)
    assert not (package / "e_step.py").is_symlink()
    assert (course / "set_aside" / "ada" / "gmm" / "gmmlearn" / "e_step.py").is_symlink()
    assert verdicts.current(course, "gmm", "ada", package.parent, ["assign"]) == before
    assert "symbolic link" in before.exercises["assign"].message
    (package / "e_step.py").write_bytes((ROOT / "solutions" / "e_step.py").read_bytes())
    after = verdicts.current(course, "gmm", "ada", package.parent, ["assign"])
    assert after.exercises["assign"].status is Status.PASSED


def test_a_note_that_a_student_hands_in_is_read_with_care(tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.py.set-aside").symlink_to("secret")
    (tmp_path / "b.py.set-aside").mkdir()
    (tmp_path / "c.py.set-aside").write_text("x" * 10**6)
    assert notes.on(tmp_path / "a.py") is None
    assert notes.on(tmp_path / "b.py") is None
    assert len(notes.on(tmp_path / "c.py")) == 500


def graded(name: str, points: float = 8.0) -> nbformat.NotebookNode:
    mark = {"grade": True, "grade_id": name, "locked": True, "points": points, "schema_version": 3,
            "solution": False, "task": False, "cell_type": "code"}  # fmt: skip
    return new_code_cell(f'check("{name}")', metadata={"nbgrader": mark})


def question(name: str) -> nbformat.NotebookNode:
    """A cell of the instructor's own whose answer a person reads."""
    cell = new_markdown_cell("YOUR ANSWER HERE", metadata=graded(name).metadata)
    cell.metadata.nbgrader.update(solution=True, locked=False, cell_type="markdown")
    return cell


OURS = [new_markdown_cell("# Text"), graded("first"), new_markdown_cell("More"), graded("second"), question("why")]


def sources(cells: list) -> list[str]:
    return [f"{cell.cell_type}: {cell.source}" for cell in cells]


def test_a_notebook_as_it_was_given_comes_back_as_it_is():
    assert sources(restored(OURS, OURS)) == sources(OURS)


def test_a_missing_cell_stands_where_it_was_due():
    for gone in (1, 3, 4):
        result = restored([cell for cell in OURS if cell is not OURS[gone]], OURS)
        names = [cell.metadata.nbgrader.grade_id for cell in result if "nbgrader" in cell.metadata]
        assert names == ["first", "second", "why"]
    assert [cell.metadata.nbgrader.grade_id for cell in restored([], OURS) if "nbgrader" in cell.metadata] == names


def test_an_answer_is_kept_and_shown_as_it_was_typed():
    answer = question("why")
    answer.source = "```\n<script>alert(1)</script> [x](javascript:y)"
    cell = restored([answer], OURS)[-1]
    assert cell.metadata.nbgrader == question("why").metadata.nbgrader
    assert cell.source == f"````text\n{answer.source}\n````"


def verdict_of(name: str, points: float, status: Status = Status.PASSED) -> Verdict:
    return Verdict({name: ExerciseVerdict(status, points, 6, "<b>said</b>")}, sandbox=True, seed=0, submission="")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("points", "due"), [(6, 8), (3, 4), (0, 0), (99, 8), (-1, 0), (math.nan, 0), (math.inf, 8)])
def test_a_cell_gets_one_finite_number_between_0_and_its_points(status, points, due):
    """nbgrader takes what it cannot read as a number, and what is negative, for full marks."""
    cell = graded("assign")
    _fill(cell, verdict_of("assign", points, status))
    assert score_in(cell) == due
    assert "<b>" not in json.dumps(cell.outputs)


def test_a_graded_cell_that_nobody_can_judge_is_a_fault_and_no_full_marks():
    with pytest.raises(GmmlearnError, match="no exercise of this class"):
        _fill(graded("of_my_own"), verdict_of("assign", 6))


def test_a_question_of_the_instructors_own_is_left_to_the_instructor():
    cell = question("why")
    _fill(cell, verdict_of("assign", 6))
    assert "outputs" not in cell


def test_every_notebook_of_the_course_has_its_exercises_and_no_other_graded_cell():
    names = {f"{number:02}_{module}.ipynb": module for number, module in enumerate(CHAPTERS, start=1)}
    assert source.graded(ROOT / "course") == sorted(names)
    for name, module in names.items():
        marks = [cell.metadata.nbgrader for cell in source.notebook(ROOT / "course" / name).cells
                 if "nbgrader" in cell.metadata]  # fmt: skip
        due = [(exercise.name, exercise.points) for exercise in EXERCISES.values() if exercise.module == module]
        assert [(mark.grade_id, mark.points) for mark in marks if mark.grade] == due
