"""The round trip through nbgrader's real command line: a class of chapters 3 to 5, from its creation to the grades."""

import shutil
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from gmmlearn.contract import EXERCISES

from ..course_folder import ROOT, Class, graded_cells, score_in

CHAPTERS = ("likelihood", "e_step", "m_step")
WORTH = {"likelihood": 32.5, "e_step": 21.0, "m_step": 46.5}
"""Points of chapters 3 to 5, 14 + 9 + 20 of the course's 100, as quarters that sum to 100."""
HALF = "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"
STUBS_ONLY = "zoe"


def zip_of(folder: Path, archive: Path, top: str = "") -> None:
    with zipfile.ZipFile(archive, "w") as file:
        for path in [*folder.glob("*.ipynb"), *(folder / "gmmlearn").glob("*.py")]:
            file.write(path, Path(top, path.relative_to(folder)))


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Released, fetched, handed in by the exchange (ada) and as archives (bob flat, zoe in a folder), and graded."""
    course = Class(tmp_path_factory.mktemp("round-trip"), "3-5")
    course.run("nbgrader", "release_assignment", "gmm")
    course.ada = course.student("ada")
    assert "course101 gmm" in course.run("nbgrader", "list", cwd=course.ada)
    course.run("nbgrader", "fetch_assignment", "gmm", cwd=course.ada)
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", course.ada / "gmm" / "gmmlearn")
    course.run("nbgrader", "submit", "gmm", cwd=course.ada)
    course.run("nbgrader", "collect", "gmm")

    archives = course.folder / "downloaded" / "gmm" / "archive"
    archives.mkdir(parents=True)
    bob = course.copy(course.folder.parent / "bob", "likelihood")
    (bob / "gmmlearn" / "e_step.py").write_text(HALF)
    zip_of(bob, archives / "bob.zip")
    zip_of(course.copy(course.folder.parent / "zoe"), archives / f"{STUBS_ONLY}.zip", top="gmm")
    course.run("nbgrader", "zip_collect", "gmm")

    course.run("gmmlearn", "class", "judge", ".")
    course.run("nbgrader", "autograde", "gmm")
    course.run("nbgrader", "generate_feedback", "gmm")
    course.first = course.scores()
    return course


def test_scores_are_the_shares_of_the_exercises_in_points_of_100(course):
    assert course.first == {"ada": 100.0, "bob": WORTH["likelihood"], STUBS_ONLY: 0.0}


def test_every_graded_cell_holds_one_number_and_a_panel_with_its_reason(course):
    for student in course.first:
        for number, chapter in enumerate(CHAPTERS, start=3):
            cells = graded_cells(course.autograded(student, f"{number:02}_{chapter}.ipynb"))
            assert set(cells) == {name for name, exercise in EXERCISES.items() if exercise.module == chapter}
            for name, cell in cells.items():
                panel = "".join(output.data["text/html"] for output in cell.outputs if "text/html" in output.data)
                assert f"{EXERCISES[name].number} {name}" in panel
                assert f"{score_in(cell):g} of {cell.metadata.nbgrader.points:g}" in panel
    wrong = graded_cells(course.autograded("bob", "04_e_step.ipynb"))["assign"]
    assert "as it was graded" in wrong.outputs[0].data["text/html"]
    assert "not right yet" in wrong.outputs[1].data["text/html"]


def test_headings_name_the_points_of_the_class(course):
    notebook = course.autograded("ada", "04_e_step.ipynb")
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for name, cell in graded_cells(notebook).items():
        assert f"`{name}` ({cell.metadata.nbgrader.points:g} points" in text


def test_earlier_modules_are_given_solved_and_later_ones_as_stubs(course):
    package = course.release / "gmmlearn"
    solutions = ROOT / "solutions"
    assert (package / "mixtures.py").read_bytes() == (solutions / "mixtures.py").read_bytes()
    for chapter in (*CHAPTERS, "em", "with_sklearn"):
        assert "NotImplementedError" in (package / f"{chapter}.py").read_text()


def test_feedback_reaches_the_student_by_the_exchange(course):
    course.run("nbgrader", "release_feedback", "gmm", "--student", "ada")
    course.run("nbgrader", "fetch_feedback", "gmm", cwd=course.ada)
    pages = sorted(course.ada.glob("gmm/feedback/*/*.html"))
    assert [page.stem for page in pages] == ["03_likelihood", "04_e_step", "05_m_step"]
    assert "passed all hidden tests" in pages[0].read_text()


def test_a_regrade_gives_the_same_scores_and_keeps_what_the_instructor_set(course):
    """Also after a change: with --force everything is graded again, and a new hand-in counts."""
    with Gradebook(f"sqlite:///{course.folder}/gradebook.db", "course101") as gradebook:
        grade = gradebook.find_grade("assign", "04_e_step", "gmm", "bob")
        grade.manual_score, grade.extra_credit = 2.0, 0.5
        gradebook.db.commit()
    (course.folder / "submitted" / STUBS_ONLY / "gmm" / "gmmlearn" / "e_step.py").write_bytes(
        (ROOT / "solutions" / "e_step.py").read_bytes()
    )
    course.run("nbgrader", "autograde", "gmm", "--force")
    bob = course.first["bob"] + 2.5
    assert course.scores() == {"ada": 100.0, "bob": bob, STUBS_ONLY: WORTH["e_step"]}
    course.run("nbgrader", "autograde", "gmm", "--student", "bob", "--force", "--no-execute")
    assert course.scores()["bob"] == bob


def test_a_fault_of_ours_stops_with_a_sentence_and_keeps_the_scores(course):
    before = course.scores()
    secret = course.folder / ".secret"
    kept = secret.read_bytes()
    secret.unlink()
    try:
        said = course.run("nbgrader", "autograde", "gmm", "--student", "ada", "--force", code=1)
        judged = course.run("gmmlearn", "class", "judge", ".", code=3)
    finally:
        secret.write_bytes(kept)
    assert "ada is not graded and keeps the score it had" in said
    assert "3 could not be judged and keep the score they had" in judged
    assert course.scores() == before
