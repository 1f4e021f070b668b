"""A class as a folder: made, judged, shown; and the notebook that is graded in the place of a student's."""

import os
import re
import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.errors import GmmlearnError, UsageError
from gmmlearn.grading.classroom import executors, making, notebooks
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.judging import fault
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.nbgrader import deadlines, settings, store

from ..course_folder import ROOT


@pytest.mark.parametrize(
    "chapters", [range(first, last + 1) for first in range(1, 8) for last in (*range(first, 8), 9)]
)
def test_points_of_any_part_sum_to_exactly_100_and_keep_their_order(chapters):
    points = {name: exercise.points for name, exercise in EXERCISES.items() if exercise.chapter in chapters}
    scaled = notebooks._scaled_to_100(points)
    assert sum(scaled.values()) == 100
    total = sum(points.values())
    assert all(abs(scaled[name] - 100 * own / total) <= 0.25 for name, own in points.items())
    if chapters == range(1, 8):
        assert scaled == points


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chapters": range(0, 3)}, "chapters 1 to 9"),
        ({"chapters": range(3, 11)}, "chapters 1 to 9"),
        ({"chapters": range(5, 4)}, "chapters 1 to 9"),
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


ID = re.compile(rb'"id": "[0-9a-f]{8}"')
MOMENTS = [
    (making, "_made_exchange"),
    (making.access, "take_over"),
    (notebooks, "write"),
    (Path, "rename"),
]


@pytest.fixture(scope="module")
def made_at_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return making.create(folder / "class", chapters=range(4, 5), exchange=str(folder / "exchange"))


@pytest.mark.parametrize(("where", "called"), MOMENTS)
def test_a_class_that_a_killed_run_has_begun_is_made_by_the_same_command(tmp_path, made_at_once, where, called):
    """Killed just before a call; a secret that was half written is not kept."""
    exchange = str(made_at_once.parent / "exchange")
    killed = os.fork()
    if killed == 0:
        setattr(where, called, lambda *arguments, **options: os.kill(os.getpid(), signal.SIGKILL))
        making.create(tmp_path / "class", chapters=range(4, 5), exchange=exchange)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(killed, 0)[1]) == -signal.SIGKILL
    if (tmp_path / "class" / ".secret").exists():
        (tmp_path / "class" / ".secret").write_text("")
    course = making.create(tmp_path / "class", chapters=range(4, 5), exchange=exchange)
    assert len((course / ".secret").read_text()) == 65
    (course / ".secret").write_text((made_at_once / ".secret").read_text())
    assert _files(course) == _files(made_at_once)


def _files(folder):
    """Path -> mode and content, but for the ids that nbformat draws for new cells."""
    return {
        path.relative_to(folder): (path.stat().st_mode, path.is_file() and ID.sub(b"", path.read_bytes()))
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("names", [[".secret"], [".grading/", "source/", "notes.txt"], [".grading/", "source/x"]])
def test_what_is_more_than_the_beginning_of_a_class_is_left_as_it_is(tmp_path, names):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).write_text("mine")
    before = _files(tmp_path)
    with pytest.raises(UsageError, match="not empty"):
        making.create(tmp_path)
    assert _files(tmp_path) == before


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


@pytest.fixture
def two_parts(tmp_path):
    """A class of chapter 4, to which one on chapter 5 was added; what `add` said is beside it."""
    course = making.create(tmp_path / "class", assignment="part1", chapters=range(4, 5), timezone="Europe/Berlin")
    return course, making.add(course, assignment="part2", chapters=range(5, 6))


def test_an_added_assignment_is_one_like_the_first_and_needs_no_new_settings(two_parts):
    course, _ = two_parts
    part2 = Assignment.find(course, "part2")
    assert {EXERCISES[name].chapter for name in part2.points} == {5}
    assert sum(part2.points.values()) == 100
    with pytest.raises(UsageError, match="part1, part2: say which one with --assignment"):
        Assignment.find(course)
    files = settings.load(course).Autograde.exclude_overwriting
    assert files == {"part1": ["gmmlearn/e_step.py"], "part2": ["gmmlearn/m_step.py"]}
    assert (course / "source" / "part2" / "gmmlearn" / "e_step.py").read_bytes() == (
        ROOT / "solutions" / "e_step.py"
    ).read_bytes()
    assert [path.name for path in (course / ".grading").iterdir()] == ["lock"]


def test_what_a_killed_run_has_left_is_gone_after_the_next(tmp_path):
    course = making.create(tmp_path / "class", assignment="part1", chapters=range(4, 5))
    shutil.copytree(course / "source" / "part1", course / ".grading" / "part2")
    making.add(course, assignment="part2", chapters=range(5, 6))
    assert [path.name for path in (course / ".grading").iterdir()] == ["lock"]
    assert {EXERCISES[name].chapter for name in Assignment.find(course, "part2").points} == {5}


def test_solutions_that_another_assignment_asks_for_are_told_until_its_last_deadline_has_passed(two_parts):
    course, said = two_parts
    assert said == [
        "part2 holds the solutions of chapter 4, which part1 asks for: part1 has no deadline yet. "
        "Do not release part2 before."
    ]
    deadlines.set_due(course, "part1", datetime(2000, 1, 1, tzinfo=UTC))
    assert making.solutions_handed_out(course, "part2") == []
    (course / "extensions.csv").write_text("id,date,assignment\nada,2999-01-01,part1\n")
    assert "part1 is due 2999-01-01 23:59 CET (Europe/Berlin)" in making.solutions_handed_out(course, "part2")[0]
    said = making.add(course, assignment="part0", chapters=range(3, 4))
    assert [note.partition(",")[0] for note in said] == [
        "part1 holds the solutions of chapter 3",
        "part2 holds the solutions of chapter 3",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"assignment": "gmm", "chapters": range(5, 6)}, "has an assignment 'gmm' already"),
        ({"assignment": "a b", "chapters": range(5, 6)}, "cannot be the name"),
        ({"assignment": "part2", "chapters": range(7, 11)}, "chapters 1 to 9"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_and_the_class_is_as_it_was(small_class, options, said):
    before = sorted(small_class.rglob("*"))
    with pytest.raises(UsageError, match=said):
        making.add(small_class, **options)
    assert sorted(small_class.rglob("*")) == before
    with pytest.raises(UsageError, match="is not a class"):
        making.add(small_class.parent, assignment="part2", chapters=range(5, 6))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/class/verdicts/ada.draft"), "There is no space left on the disk."),
        (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]), "There is no space left on the disk."),
        (RuntimeError("of some kind"), "RuntimeError: of some kind"),
    ],
)
def test_a_full_disk_is_said_in_a_sentence(error, said):
    assert str(fault(error)) == said
