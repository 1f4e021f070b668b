"""`gmmlearn submit`: what is in the zip, and what is said of what is not."""

import zipfile

import pytest

from gmmlearn.contract import CHAPTERS

from ..conftest import spoil


def test_submit_makes_a_zip_with_the_files_at_its_top(run, folder):
    (folder / "gmmlearn" / "my_tools.py").write_text("TWO = 2\n")
    (folder / "gmmlearn" / "cli.py").write_text("")  # the course's, not the student's
    (folder / "notes.txt").write_text("private")
    spoil(folder)
    status, out, _ = run("submit", "--name", "ada", "--yes")
    assert status == 0
    assert "1 of 21 exercises do not pass the public checks" in out
    assert "4.2 assign" in out
    with zipfile.ZipFile(folder / "ada.zip") as archive:
        names = set(archive.namelist())
    modules = {f"gmmlearn/{chapter}.py" for chapter in CHAPTERS} | {"gmmlearn/my_tools.py"}
    assert names == {path.name for path in folder.glob("*.ipynb")} | modules
    assert all(name in out for name in names)


def test_submit_says_which_notebooks_are_missing_and_refuses_an_empty_folder(run, folder):
    (folder / "06_em.ipynb").unlink()
    said = run("submit", "--name", "ada", "--yes")[1]
    assert f"Without the notebooks 06_em.ipynb, which are not in {folder.resolve()}." in said
    for path in (folder / "gmmlearn").glob("*.py"):
        path.unlink()
    (folder / "gmmlearn" / "em.py").mkdir()
    status, _, err = run("submit", "--name", "ada", "--yes")
    assert status == 2
    assert "to hand in" in err


@pytest.mark.parametrize("place", [".", "gmmlearn", "notes/deep"])
def test_submit_finds_everything_from_anywhere_in_the_copy(place, run, folder, monkeypatch):
    (folder / place).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder / place)
    out = run("submit", "--name", "ada", "--yes")[1]
    assert "Without the notebooks" not in out
    with zipfile.ZipFile(folder / "ada.zip") as archive:
        assert {"01_mixtures.ipynb", "gmmlearn/em.py"} <= set(archive.namelist())


def test_submit_finds_the_notebooks_of_a_clone(run, folder, monkeypatch):
    (folder / "course").mkdir()
    for path in folder.glob("*.ipynb"):
        path.rename(folder / "course" / path.name)
    for place in (folder, folder / "course"):
        monkeypatch.chdir(place)
        run("submit", "--name", "ada", "--yes")
        with zipfile.ZipFile(folder / "ada.zip") as archive:
            assert "04_e_step.ipynb" in archive.namelist()
        (folder / "ada.zip").unlink()


def test_submit_does_not_follow_links(run, folder, tmp_path):
    (folder / "secret.ipynb").symlink_to("/etc/hostname")
    run("submit", "--name", "ada", "--yes")
    with zipfile.ZipFile(folder / "ada.zip") as archive:
        assert "secret.ipynb" not in archive.namelist()
