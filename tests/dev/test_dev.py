"""`gmmlearn dev` on a miniature course: a whole course proves itself, and every gap is named."""

import shutil

import numpy as np
import pytest

from gmmlearn.calls import Call
from gmmlearn.dev import proof
from tests import miniature


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The miniature course as it should be."""
    return miniature.make(tmp_path_factory.mktemp("whole") / "course")


@pytest.fixture
def course(whole, tmp_path):
    """A copy of it that a test may break."""
    return shutil.copytree(whole, tmp_path / "copy")


def proved(course):
    done = miniature.run(course, "dev", "check")
    return done.returncode, done.stdout + done.stderr


def test_a_whole_course_proves_itself(whole):
    status, said = proved(whole)
    assert status == 0, said
    assert "✗" not in said


def replace(path, before, after):
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("gmmlearn/centre.py", "raise NotImplementedError", "return str", "centre is solved"),
        ("solutions/centre.py", "X.mean(axis=0)", "X.mean(axis=0) + 1e-6", "centre of solutions"),
        ("gmmlearn/library.py", "X.mean(axis=0)", "X.mean(axis=0) * 1.001", "centre of library"),
        ("solutions/mistakes/centre.py", "np.median(X, axis=0)", "X.mean(axis=0)", "centre-median passes"),
        ("solutions/mistakes/centre.py", "np.median(X, axis=0)", "X.sum(axis=0)", "centre-median is called"),
        ("solutions/mistakes/centre.py", "These are the medians.", "Medians, it seems.", "other mistakes, or other"),
        ("tests/hidden/test_spread.py", "def test_input", "def test_other_input", "spread: other cases"),
        ("gmmlearn/checks/hints.toml", "'an idea', ", "", "centre has 2 hints of 3"),
        ("gmmlearn/glossary.toml", "The middle one.", "The one between.", "older than gmmlearn/glossary.toml"),
        ("course/01_centre.ipynb", '"points": 40', '"points": 4', "other points, or is not locked"),
        ("gmmlearn/contract.py", '"centre", 40', '"centre", 30', "the points sum to 90"),
    ],
)
def test_every_gap_is_named(course, file, before, after, said):
    replace(course / file, before, after)
    status, text = proved(course)
    assert status == 3
    assert said in text


def test_answers_that_differ_by_rounding_are_up_to_date():
    """A single number too: another processor sums in another order."""
    one, other = (
        Call({"log_likelihood": value, "n_samples": 40}) for value in (-193.76967915659873, -193.76967915659876)
    )
    assert proof._alike((one, {"mean": 0.9995}), (other, {"mean": np.float64(0.9995000000000001)}))
    assert not proof._alike(one, Call({"log_likelihood": -193.7, "n_samples": 40}))


def test_a_stray_file_is_named(course):
    (course / "gmmlearn" / "extra.py").write_text("")
    (course / "solutions" / "notes.txt").write_text("")
    _, text = proved(course)
    assert "gmmlearn/extra is not in the manifest" in text
    assert "solutions/notes.txt belongs to no chapter" in text


def test_a_new_exercise_is_laid_out_everywhere_and_its_gaps_are_named(course, whole):
    done = miniature.run(course, "dev", "new", "shape_of", "--chapter", "centre")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == sorted(changed(whole, course))
    status, text = proved(course)
    assert status == 3
    for gap in (
        "shape_of: 0 known mistakes",
        "shape_of has no cases in the answer key",
        "the reference is not written yet",
        "an empty one",
        "shape_of has no points",
    ):
        assert gap in text
    assert "has no test of shape_of" not in text
    for file in done.stdout.split():  # taken away again, the course is whole as before
        if (whole / file).exists():
            shutil.copy(whole / file, course / file)
        else:
            (course / file).unlink()
    assert proved(course)[0] == 0


def changed(before, after):
    files = [path.relative_to(after) for path in after.rglob("*") if path.is_file()]
    same = {file for file in files if (before / file).exists()}
    same = {file for file in same if (before / file).read_bytes() == (after / file).read_bytes()}
    return [str(file) for file in files if file not in same]


@pytest.mark.parametrize(("name", "chapter", "said"), [("centre", "centre", "taken"), ("a", "b", "no chapter 'b'")])
def test_a_name_or_chapter_that_cannot_be_is_refused(course, name, chapter, said):
    done = miniature.run(course, "dev", "new", name, "--chapter", chapter)
    assert done.returncode == 2
    assert said in done.stderr
