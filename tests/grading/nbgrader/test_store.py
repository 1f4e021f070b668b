"""The verdicts of a class: when one is kept, and when a submission is judged again."""

import pytest

from gmmlearn.calls import Status
from gmmlearn.grading.classroom import executors
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.nbgrader import handed_in, placeholders, store

from ..course_folder import ROOT


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"exercises": {"assign": {}}}'])
def test_a_kept_verdict_that_cannot_be_read_is_judged_again(small_class, judged, text):
    first = judged(small_class, "ada")["ada"].outcome
    store.verdict_file(small_class, "gmm", "ada").write_text(text)
    assert judged(small_class, "ada")["ada"].outcome == first


def test_an_unchanged_submission_is_not_judged_again(small_class, judged, monkeypatch):
    first = judged(small_class)
    monkeypatch.setattr(executors, "judge_submission", None)
    again = judged(small_class)
    assert {name: one.outcome for name, one in again.items()} == {name: one.outcome for name, one in first.items()}


def test_a_changed_limit_leads_to_a_new_verdict(small_class, judged):
    judged(small_class)
    submitted = small_class / "submitted" / "ada" / "gmm"

    def to_judge(**limits):
        return store.pending(small_class, "gmm", "ada", submitted, ["assign"], limits=Limits(**limits)).exercises

    assert to_judge() == ()
    assert to_judge(all_cpu_seconds=61) == ("assign",)
    assert to_judge(all_wall_seconds=119.0) == ("assign",)


def test_a_file_that_was_set_aside_is_judged_like_the_file_and_forgotten_with_the_next(small_class):
    package = small_class / "submitted" / "ada" / "gmm" / "gmmlearn"
    (package / "e_step.py").unlink()
    (package / "e_step.py").symlink_to("/etc/passwd")
    before = store.current(small_class, "gmm", "ada", package.parent, ["assign"])
    handed_in.made_ready(package.parent)
    assert not (package / "e_step.py").is_symlink()
    assert (small_class / "set_aside" / "ada" / "gmm" / "gmmlearn" / "e_step.py").is_symlink()
    assert store.current(small_class, "gmm", "ada", package.parent, ["assign"]) == before
    assert "symbolic link" in before.exercises["assign"].message
    (package / "e_step.py").write_bytes((ROOT / "solutions" / "e_step.py").read_bytes())
    after = store.current(small_class, "gmm", "ada", package.parent, ["assign"])
    assert after.exercises["assign"].status is Status.PASSED


def test_a_note_that_a_student_hands_in_is_read_with_care(tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.py.set-aside").symlink_to("secret")
    (tmp_path / "b.py.set-aside").mkdir()
    (tmp_path / "c.py.set-aside").write_text("x" * 10**6)
    assert placeholders.on(tmp_path / "a.py") is None
    assert placeholders.on(tmp_path / "b.py") is None
    assert len(placeholders.on(tmp_path / "c.py")) == 500
