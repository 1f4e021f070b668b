"""A class as a folder: made, judged, shown; and the notebook that is graded in the place of a student's."""

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.errors import GmmlearnError, UsageError
from gmmlearn.grading.classroom import executors, making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.nbgrader import store


@pytest.mark.parametrize("chapters", [range(first, last + 1) for first in range(1, 8) for last in range(first, 8)])
def test_points_of_any_part_sum_to_exactly_100_and_keep_their_order(chapters):
    points = {name: exercise.points for name, exercise in EXERCISES.items() if exercise.chapter in chapters}
    scaled = making._scaled_to_100(points)
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
        making.create(tmp_path / "course", **options)
    assert not (tmp_path / "course").exists()


def test_nothing_is_made_in_a_folder_that_holds_something(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        making.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_the_secret_of_a_class_is_its_own_and_for_its_owner_only(tmp_path):
    secrets = [making.create(tmp_path / name, chapters=range(4, 5)) / ".secret" for name in ("one", "two")]
    assert secrets[0].read_text() != secrets[1].read_text()
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}


def test_a_folder_that_is_no_class_is_named(tmp_path):
    with pytest.raises(UsageError, match="is not a class"):
        Assignment.find(tmp_path)


def test_a_student_who_handed_in_nothing_is_named(small_class):
    with pytest.raises(UsageError, match="zoe: nothing handed in"):
        Assignment.find(small_class).wanted(["zoe"])


def test_points_by_chapter_are_those_of_the_class(small_class, judged):
    found = judged(small_class)
    assert all(isinstance(one.outcome, Verdict) for one in found.values())
    assert found["ada"].notes == [
        "The course's own 04_e_step.ipynb is used instead, so that the functions can be graded."
    ]
    assert Assignment.find(small_class).points_by_chapter() == {"ada": {"e_step": 100.0}, "bob": {"e_step": 0.0}}


def test_a_fault_with_one_submission_leaves_others_judged_and_its_own_verdict_kept(small_class, judged, monkeypatch):
    judged(small_class)
    kept = store.verdict_file(small_class, "gmm", "ada").read_bytes()
    (small_class / "submitted" / "ada" / "gmm" / "gmmlearn" / "e_step.py").write_text("changed = True\n")
    (small_class / "submitted" / "bob" / "gmm" / "gmmlearn" / "e_step.py").write_text("changed = True\n")
    judge = executors.judge_submission

    def stumbles(submission, *arguments, seed, **options):
        if seed == store.seed_in_class(small_class, "ada"):
            raise RuntimeError("the disk is full")
        return judge(submission, *arguments, seed=seed, **options)

    monkeypatch.setattr(executors, "judge_submission", stumbles)
    found = judged(small_class)
    assert isinstance(found["ada"].outcome, GmmlearnError)
    assert "the disk is full" in str(found["ada"].outcome)
    assert "has no function" in found["bob"].outcome.exercises["assign"].message
    assert store.verdict_file(small_class, "gmm", "ada").read_bytes() == kept
