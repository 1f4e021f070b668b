"""A disputed grade: the call that failed, with the inputs of the student, and the folder that `judge` was meant for."""

import json

import pytest

from gmmlearn.calls import Status
from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.explaining import explain
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.nbgrader import store

ARGMIN = "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"


@pytest.fixture
def disputed(small_class):
    """The class where bob takes the least probable component, judged."""
    submitted = small_class / "submitted" / "bob" / "gmm"
    (submitted / "gmmlearn" / "e_step.py").write_text(ARGMIN)
    store.current(small_class, "gmm", "bob", submitted, ["assign"])
    return Assignment.find(small_class)


def test_the_call_that_failed_fails_when_it_is_pasted_and_the_verdict_is_the_kept_one(disputed):
    found = explain(disputed, "bob", "assign")
    assert (found.verdict.status, found.verdict.mistake) == (Status.WRONG, "assign-least-probable")
    assert (found.same, found.seed) == (True, store.seed_in_class(disputed.course, "bob"))
    names: dict = {}
    exec(ARGMIN, names)
    *before, last = found.example.lines.replace("from gmmlearn.e_step import assign\n", "").splitlines()
    exec("\n".join(before), names)
    got = [str(label) for label in eval(last, names)]
    expected = [str(label) for label in names["responsibilities"].argmax(axis=1)]
    rows = dict(found.example.rows)
    for word, labels in (("Got", got), ("Expected", expected)):
        shown = rows[word].replace("*", "").split("\n")[0].split()
        assert shown == labels[: len(shown)]
    example = disputed.verdict("bob").exercises["assign"].example
    assert example.lines != found.example.lines


def test_a_kept_verdict_on_other_files_is_not_compared(disputed):
    (disputed.submitted("bob") / "gmmlearn" / "e_step.py").write_text(
        "def assign(responsibilities):\n    return None\n"
    )
    assert explain(disputed, "bob", "assign").same is None


def test_a_function_that_never_returns_is_shown_with_the_call_that_it_got(disputed):
    endless = "import os\ndef assign(responsibilities):\n    os._exit(1)\n"
    (disputed.submitted("bob") / "gmmlearn" / "e_step.py").write_text(endless)
    found = explain(disputed, "bob", "assign")
    assert found.verdict.status is Status.CRASHED
    assert found.example.lines.endswith("assign(responsibilities)")
    assert found.example.rows == ()


@pytest.mark.parametrize(("student", "exercise", "said"), [
    ("zoe", "assign", "zoe: nothing handed in"),
    ("bob", "fit", "has no exercise 'fit'. It has responsibilities, assign"),
])  # fmt: skip
def test_what_is_not_there_is_named(disputed, student, exercise, said):
    with pytest.raises(UsageError, match=said):
        explain(disputed, student, exercise)


def test_the_command_shows_all_of_it(disputed, capsys):
    from gmmlearn.cli import cli

    cli(["class", "explain", str(disputed.course), "bob", "assign"], standalone_mode=False)
    said = capsys.readouterr().out
    for part in (
        "bob, 4.2 assign: wrong, 0 of 33.25 points", "Known mistake: assign-least-probable", "import numpy as np",
        "Expected:", f"Seed {store.seed_in_class(disputed.course, 'bob')}", "numpy 2",
        "The kept verdict says the same.",
    ):  # fmt: skip
        assert part in said


@pytest.fixture
def judged(monkeypatch, capsys):
    """What `gmmlearn judge` says on one exercise, as JSON, and what it says beside that."""
    from gmmlearn.cli import cli

    def run(folder, *more):
        cli(["judge", str(folder), "--exercise", "assign", "--json", *more], standalone_mode=False)
        said = capsys.readouterr()
        return json.loads(said.out), said.err

    return run


@pytest.mark.parametrize(("given", "meant"), [
    ("submitted/bob", "submitted/bob/gmm"),
    ("submitted", "submitted/ada/gmm, submitted/bob/gmm"),
    ("submitted/bob/gmm/gmmlearn", "submitted/bob/gmm"),
])  # fmt: skip
def test_a_folder_too_high_or_too_low_says_which_was_meant(small_class, judged, monkeypatch, given, meant):
    monkeypatch.chdir(small_class)
    with pytest.raises(UsageError, match=f"holds no folder gmmlearn. Do you mean {meant}\\?$"):
        judged(given)


def test_a_folder_with_nothing_is_not_judged(tmp_path, judged):
    with pytest.raises(UsageError, match="give the folder that was handed in"):
        judged(tmp_path)


def test_inside_a_class_a_submission_is_judged_with_the_seed_of_its_student(disputed, judged, tmp_path, monkeypatch):
    seed = store.seed_in_class(disputed.course, "bob")
    verdict, said = judged(disputed.submitted("bob"))
    assert (verdict["seed"], said) == (seed, f"With the seed of bob in the class {disputed.course}.\n")
    assert Verdict.from_json(verdict) == disputed.verdict("bob")
    monkeypatch.chdir(disputed.submitted("bob"))
    assert judged(".")[0]["seed"] == seed
    assert judged(".", "--seed", "5")[0]["seed"] == 5
    elsewhere = tmp_path / "elsewhere" / "submitted" / "bob" / "gmm"
    elsewhere.parent.mkdir(parents=True)
    disputed.submitted("bob").rename(elsewhere)
    verdict, said = judged(elsewhere)
    assert verdict["seed"] != seed
    assert said == ""
