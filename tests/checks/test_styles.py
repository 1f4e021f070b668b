"""`reference`: a student's function beside others, once it passes or by a decision that the record keeps."""

import re
import shutil

import pytest

from gmmlearn.checks import check, hint, progress, reference, styles
from gmmlearn.checks.record import load
from gmmlearn.checks.relatives import RELATIVES, source_of
from gmmlearn.contract import EXERCISES
from gmmlearn.figures.timing import lines

TITLES = ["yours", "reference", "loop", "einsum", "library"]


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(styles.timing, "SIZES", (30, 100))


def test_a_right_function_is_shown_beside_four_others_with_times(student):
    shown = reference("update_means", folder=student.package)
    assert [style.title for style in shown.styles] == TITLES
    own, right, loop, einsum, _ = (style.source for style in shown.styles)
    assert own == right  # the student's files are the solutions
    assert "_counts" in own
    assert "for " in loop
    assert "np.einsum(" in einsum
    assert shown.n_samples == (30, 100)
    assert all(second > 0 for style in shown.styles for second in style.seconds)
    assert len(str(shown).splitlines()) > 20
    page = shown._repr_html_()
    assert page.count("<pre") == 5
    assert "5 lines on logarithmic axes" in lines(shown).alt
    assert load(student.root).shown == {"update_means": "passed"}


def test_before_it_passes_it_takes_a_decision_that_is_noted(student):
    student.change("e_step", "np.argmax", "np.argmin")
    refused = reference("assign", folder=student.package)
    assert not refused.passed
    assert '`reference("assign", now=True)` shows them now, and the record notes that.' in refused.notes[0]
    assert load(student.root).shown == {}
    shown = reference("assign", now=True, folder=student.package)
    assert [style.title for style in shown.styles] == TITLES[1:]
    student.change("e_step", "np.argmin", "np.argmax")
    assert check("assign", folder=student.package).passed
    reference("assign", folder=student.package)
    assert "✓ done (the reference was shown first)" in str(progress(folder=student.package))
    assert "(the reference was shown first)" in progress(folder=student.package)._repr_html_()


def test_without_solutions_the_library_is_what_there_is(student, monkeypatch):
    monkeypatch.setattr(styles, "OTHERS", {title: student.root / title for title in styles.OTHERS})
    assert [style.title for style in reference("assign", folder=student.package).styles] == ["yours", "library"]


def test_what_only_counts_has_no_times(student):
    shown = reference("bic", folder=student.package)
    assert shown.n_samples == ()
    assert "ms" not in str(shown)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_every_style_and_the_source_is_whole(name, tmp_path):
    """Each text, put into a file with the imports of the one that it comes from, runs."""
    for title, folder in styles.OTHERS.items():
        text = styles.source(name, folder)
        assert f"def {name}(" in text or f"{name} =" in text, (title, name)
        compile(text, title, "exec")


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_shown_of_the_library_has_no_internal_names(name):
    text = styles._extract((styles.PACKAGE / "library.py").read_text(encoding="utf-8"), name)
    assert re.findall(r"\b_\w+", text) == []


def test_the_hint_after_the_last_is_a_relative_and_says_how_to_go_on(student):
    shown = [hint("assign", where=student.root) for _ in range(5)]
    assert [one.level for one in shown] == [1, 2, 3, 4, 4]
    assert "shows another function that needs the same step, solved" in shown[2].more
    assert shown[3].title == "4.2 assign: a relative of it, solved"
    assert shown[3].text == source_of("assign")
    assert '`reference("assign", now=True)` shows them before, and the record notes that' in shown[3].more
    assert "np.argmin" in shown[3]._repr_html_()


def test_every_exercise_has_a_relative_that_is_no_solution(student):
    assert list(RELATIVES) == list(EXERCISES)
    for name, relative in RELATIVES.items():
        assert not check(name, function=relative, seconds=20).passed, name
        assert relative.__doc__.count(">>>") >= 1


def test_a_copy_of_the_course_holds_no_solution(tmp_path):
    """What `gmmlearn start` lays out has neither the reference nor the other styles."""
    from gmmlearn.terminal.student_copy import start

    start(tmp_path / "copy")
    held = {path.read_text(encoding="utf-8", errors="ignore") for path in (tmp_path / "copy").rglob("*.py")}
    for folder in styles.OTHERS.values():
        for path in folder.glob("*.py"):
            assert path.read_text() not in held
    shutil.rmtree(tmp_path / "copy")
