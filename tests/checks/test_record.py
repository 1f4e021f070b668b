"""Progress: kept between runs, and not lost to a broken file or a read-only folder."""

import json
import os

import pytest

from gmmlearn.calls import Status
from gmmlearn.checks import check
from gmmlearn.checks.questions import named, quiz_of
from gmmlearn.checks.record import FILE, Record, load, save
from gmmlearn.checks.reporting.overview import Progress
from gmmlearn.contract import EXERCISES
from gmmlearn.project import Project


def test_progress_counts_points_and_says_what_is_next():
    statuses = {
        "gaussian_density": Status.PASSED,
        "responsibilities": Status.PASSED,
        "assign": Status.WRONG,
        "update_weights": Status.NOT_STARTED,
        "fit": Status.TIMEOUT,
    }
    text = str(Progress(Record(statuses)))
    assert "2 of 21 exercises, 9 of 100 points on the public checks; next: 1.2 mixture_density" in text
    assert "✗ wrong" in next(line for line in text.splitlines() if "4.2" in line)
    assert "○ not started" in next(line for line in text.splitlines() if "5.1" in line)
    assert "✗ takes too long" in next(line for line in text.splitlines() if "6.2" in line)
    assert "4 The E-step: 6 of 9 points" in text


def test_a_later_failure_takes_the_points_back():
    record = Record().having("assign", Status.PASSED)
    assert record.points == 3
    assert record.having("assign", Status.WRONG).points == 0


def test_the_first_choice_and_the_latest_are_kept():
    record = Record()
    for choice, kept in ((2, (2,)), (2, (2,)), (0, (2, 0)), (1, (2, 1)), (2, (2, 2))):
        record = record.answered("em/1", choice)
        assert record.answers["em/1"] == kept


def test_questions_count_as_right_where_the_first_choice_was():
    questions = {**quiz_of("e_step"), **named("e_step", "predictions")}
    right = {key: [one["correct"] for one in question["answers"]].index(True) for key, question in questions.items()}
    record = Record()
    for key in list(questions)[:3]:
        record = record.answered(key, right[key])
    last = list(questions)[-1]
    record = record.answered(last, (right[last] + 1) % 4).answered(last, right[last])
    assert "4 of 6 questions answered, 3 right at once" in str(Progress(record))
    assert "none of 6 questions answered" in str(Progress(record))
    assert "4 of 6 questions answered, 3 right at once" in Progress(record)._repr_html_()


def test_a_clone_says_that_work_belongs_in_a_copy():
    assert "`gmmlearn start DIR`" in str(Progress(Record(), in_clone=True))
    assert "gmmlearn start DIR" in Progress(Record(), in_clone=True)._repr_html_()
    assert "gmmlearn start" not in str(Progress(Record()))


def test_everything_done_is_said():
    text = str(Progress(Record(dict.fromkeys(EXERCISES, Status.PASSED))))
    assert "21 of 21 exercises, 100 of 100 points on the public checks; that is all of them" in text


@pytest.mark.parametrize("status", Status)
def test_every_status_is_kept(status, tmp_path):
    record = Record().having("fit", status, "ab12").hinted("fit", 2).answered("em/1", 3).answered("em/1", 0).seen("fit")
    assert save(record, tmp_path)
    assert load(tmp_path) == record


def test_the_words_of_earlier_versions_are_read(tmp_path):
    words = {"assign": "passed", "fit": "wrong", "bic": "error", "log_joint": "not-started"}
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(json.dumps({"exercises": words, "hints": {"fit": 3}}))
    assert {name: status.value for name, status in load(tmp_path).statuses.items()} == words


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"exercises": []}',
    b'{"exercises": {"fit": 1}, "hints": {"a": "x"}}',
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_record_counts_as_empty_and_is_replaced(content, tmp_path):
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(content)
    assert load(tmp_path) == Record()
    save(load(tmp_path).having("assign", Status.PASSED), tmp_path)
    assert json.loads((tmp_path / FILE).read_text())["exercises"] == {"assign": "passed"}


@pytest.mark.parametrize(("refusals", "kept"), [(2, True), (9, False)])
def test_a_record_that_is_held_for_a_moment_is_written_all_the_same(refusals, kept, tmp_path, monkeypatch):
    """As a virus scanner holds it on Windows; held for longer, the old record stays and nothing is left beside it."""
    save(Record(), tmp_path)
    left, replace = [refusals], os.replace

    def held(source, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    record = Record().having("assign", Status.PASSED)
    assert save(record, tmp_path) == kept
    assert load(tmp_path) == (record if kept else Record())
    assert [path.name for path in (tmp_path / FILE).parent.iterdir()] == [FILE.name]


def test_a_folder_in_the_place_of_the_record_is_survived(tmp_path):
    (tmp_path / FILE).mkdir(parents=True)
    assert not save(Record(), tmp_path)
    assert load(tmp_path) == Record()


def test_nothing_is_left_behind_by_writing(tmp_path):
    for _ in range(3):
        save(Record(), tmp_path)
    assert os.listdir(tmp_path / ".gmmlearn") == ["progress.json"]


PROJECT = {"reproduced": 1, "claims": 2, "traps": ["one start", "K at the edge"]}


def test_progress_lists_the_project_and_the_bonus_where_their_notebooks_are():
    there = frozenset(["08_project.ipynb", "09_at_scale.ipynb"])
    for text in (str(Progress(Record(), notebooks=there)), Progress(Record(), notebooks=there)._repr_html_()):
        assert "8 Project: not checked yet" in text
        assert "9 EM at scale: 0 of 20 bonus points" in text
        assert text.index("7.4") < text.index("8 Project") < text.index("9 EM at scale")
    assert "8 Project" not in str(Progress(Record(), notebooks=frozenset(["04_e_step.ipynb"])))


def test_progress_says_what_the_check_of_the_project_saw():
    text = str(Progress(Record(project=PROJECT)))
    assert "8 Project: checked, 2 questions open" in text
    assert "1 of 2 numbers reproduced; open: one start, K at the edge" in text
    clean = str(Progress(Record(project={"reproduced": 0, "claims": 0, "traps": []})))
    assert "8 Project: checked, 0 questions open" in clean
    assert "no numbers declared; nothing was asked" in clean


def test_what_the_check_of_the_project_saw_is_kept(tmp_path):
    project = Project("penguins", ["bill_length_mm", "body_mass_g"], n_components=2, candidates=[2, 3])
    found = check("project", project, where=tmp_path)
    seen = load(tmp_path).project
    assert seen["traps"] == [trap.name for trap in found.traps]
    assert len(seen["traps"]) > 1
    check("project", 3, where=tmp_path)  # nothing to look at
    assert load(tmp_path).project == seen


@pytest.mark.parametrize(
    "broken", [3, {"reproduced": -1, "claims": 2}, {"claims": "2"}, {"reproduced": True, "claims": 1}]
)
def test_a_broken_project_in_the_record_is_left_out(broken):
    assert Record.from_json({"project": broken}).project == {}
