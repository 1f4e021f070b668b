"""`gmmlearn start`: a copy of the course is laid out, and a newer version leaves alone what the student wrote."""

import json
import shutil
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.errors import UsageError
from gmmlearn.terminal import kit, student_copy


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "copy"
    student_copy.start(folder)
    return folder


@pytest.fixture
def copy(made, tmp_path):
    """A copy of this version, laid out anew."""
    return shutil.copytree(made, tmp_path / "copy")


def add_cell(path, source):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": [source]}
    path.write_text(json.dumps(notebook | {"cells": [*notebook["cells"], cell]}), encoding="utf-8")


def run_cell(path):
    """What running a cell leaves in the file."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["execution_count"] = 1
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]}]
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def newer(monkeypatch):
    """Files that a later version of the course has in other forms, by name; empty at first."""
    changes, present = {}, student_copy._contents

    def later():
        return present() | changes

    monkeypatch.setattr(student_copy, "_contents", later)
    monkeypatch.setattr(student_copy, "__version__", "9.9")
    return changes


def test_the_files_are_the_courses_and_the_links_lead_to_the_stubs(made):
    assert [path.name for path in kit.find(made).notebooks] == sorted(path.name for path in student_copy.notebooks())
    assert {path.stem for path in kit.find(made).modules} == set(CHAPTERS)
    assert "numpy" in (made / "requirements.txt").read_text()
    assert "nbgrader" not in (made / "requirements.txt").read_text()
    text = (made / "06_em.ipynb").read_text(encoding="utf-8")
    assert "(gmmlearn/em.py)" in text
    assert "../gmmlearn" not in text


def test_a_folder_with_something_in_it_is_refused(copy, tmp_path):
    with pytest.raises(UsageError, match="is a copy of the course already"):
        student_copy.start(copy)
    with pytest.raises(UsageError, match="not empty"):
        student_copy.start(tmp_path)


def test_an_update_to_the_same_version_changes_nothing(copy):
    add_cell(copy / "01_mixtures.ipynb", "mine")
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file() and path.name != "copy.json"}
    done = student_copy.update(copy)
    assert (done.written, done.beside, done.saved) == ([], [], [])
    assert done.kept == ["01_mixtures.ipynb"]
    assert {path: path.read_bytes() for path in before} == before


def test_an_update_renews_the_course_and_leaves_what_the_student_wrote(copy, newer):
    chapter, notebook, other = copy / "gmmlearn" / "e_step.py", copy / "04_e_step.ipynb", copy / "05_m_step.ipynb"
    add_cell(notebook, "my own thoughts")
    run_cell(other)
    chapter.write_text("mine = True\n", encoding="utf-8")
    (copy / "gmmlearn" / "my_plots.py").write_text("TWO = 2\n")
    written = notebook.read_bytes()
    renewed = {name: json.loads((copy / name).read_text(encoding="utf-8")) for name in (notebook.name, other.name)}
    renewed["06_em.ipynb"] = {"cells": []}  # never run, so there is nothing in it to keep
    for name, content in renewed.items():
        newer[name] = json.dumps(content | {"cells": content["cells"][:3]}).encode()
    newer |= {
        "gmmlearn/e_step.py": b"new = 1\n",
        "gmmlearn/em.py": b"new = 2\n",
        "gmmlearn/checks/api.py": b"new = 3\n",
    }
    done = student_copy.update(copy)
    assert (done.before, done.after) == ("0.1.0", "9.9")
    assert done.kept == ["gmmlearn/e_step.py", "04_e_step.ipynb"]
    assert chapter.read_text(encoding="utf-8") == "mine = True\n"
    assert notebook.read_bytes() == written
    assert (copy / "gmmlearn" / "my_plots.py").read_text() == "TWO = 2\n"
    assert (copy / "gmmlearn" / "em.py").read_bytes() == b"new = 2\n"
    assert (copy / "gmmlearn" / "checks" / "api.py").read_bytes() == b"new = 3\n"
    assert (copy / "04_e_step.new.ipynb").read_bytes() == newer[notebook.name]
    assert other.read_bytes() == newer[other.name]
    assert ["hello" in (copy / name).read_text(encoding="utf-8") for name in done.saved] == [True]
    assert "04_e_step.new.ipynb" not in [path.name for path in kit.find(copy).notebooks], "it is not handed in"
    again = student_copy.update(copy)
    assert (again.written, again.beside, again.saved) == ([], [], [])


class Killed(BaseException):
    """The process ends, in the middle of a file."""


@pytest.fixture
def end_at(monkeypatch):
    """Has the process end in the middle of the file with this number."""
    write_bytes, left = Path.write_bytes, [0]

    def killed(path, content):
        left[0] -= 1
        write_bytes(path, content if left[0] else content[: len(content) // 2])
        if not left[0]:
            raise Killed
        return len(content)

    monkeypatch.setattr(Path, "write_bytes", killed)
    return lambda number: left.__setitem__(0, number)


def files_of(copy):
    return {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()}


def test_a_start_that_was_killed_at_any_file_is_completed_by_the_next(made, tmp_path, end_at):
    whole = files_of(made)
    copy = tmp_path / "copy"
    n_writes = len(whole) + 1  # the record is written first, and again at the end
    for number in (1, 2, *range(3, n_writes, 40), n_writes):
        shutil.rmtree(copy, ignore_errors=True)
        end_at(number)
        with pytest.raises(Killed):
            student_copy.start(copy)
        end_at(0)
        student_copy.start(copy)
        assert files_of(copy) == whole, number
        with pytest.raises(UsageError, match="is a copy of the course already"):
            student_copy.start(copy)


def test_what_was_written_in_a_copy_that_is_not_whole_is_kept(tmp_path, end_at):
    copy = tmp_path / "copy"
    end_at(len(student_copy._contents()))
    with pytest.raises(Killed):
        student_copy.start(copy)
    end_at(0)
    (copy / "gmmlearn" / "em.py").write_text("# mine\n", encoding="utf-8")
    (copy / "notes.txt").write_text("mine\n", encoding="utf-8")
    student_copy.start(copy)
    assert (copy / "gmmlearn" / "em.py").read_text(encoding="utf-8") == "# mine\n"
    assert (copy / "notes.txt").exists()


def test_an_update_that_was_killed_at_any_file_is_completed_by_the_next(made, newer, tmp_path, end_at):
    """Also where the file is one that a student writes in, which is half written then and yet not the student's."""
    later = {
        "01_mixtures.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": "# Newer"}]}).encode(),
        "gmmlearn/e_step.py": b"# a newer stub\n",
        "gmmlearn/library.py": b"# a newer library\n",
        "10_new.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": "# New"}]}).encode(),
    }
    newer.update(later)
    n_files = 0
    for n_files in range(1, 100):
        copy = shutil.copytree(made, tmp_path / str(n_files))
        (copy / "gmmlearn" / "em.py").write_text("# mine\n", encoding="utf-8")
        end_at(n_files)
        try:
            student_copy.update(copy)
        except Killed:
            pass
        else:
            break
        end_at(0)
        done = student_copy.update(copy)
        assert (done.kept, done.beside) == (["gmmlearn/em.py"], []), n_files
        assert {name: (copy / name).read_bytes() for name in later} == later
        assert (copy / "gmmlearn" / "em.py").read_text(encoding="utf-8") == "# mine\n"
        assert student_copy.update(copy).written == []
    assert n_files > len(later)


def test_a_file_that_left_the_course_goes_unless_a_student_writes_in_it(copy, monkeypatch):
    present = student_copy._contents
    gone = ("gmmlearn/calls.py", "07_with_sklearn.ipynb")
    monkeypatch.setattr(
        student_copy, "_contents", lambda: {name: text for name, text in present().items() if name not in gone}
    )
    student_copy.update(copy)
    assert [(copy / name).exists() for name in gone] == [False, True]


def test_line_ends_of_another_system_are_no_change(copy, newer):
    path = copy / "gmmlearn" / "e_step.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    newer["gmmlearn/e_step.py"] = b"new = 1\n"
    assert student_copy.update(copy).kept == []
    assert path.read_bytes() == b"new = 1\n"


def test_a_name_that_both_took_is_refused_before_anything_is_written(copy, newer):
    (copy / "gmmlearn" / "my_plots.py").write_text("TWO = 2\n")
    newer |= {"gmmlearn/my_plots.py": b"ours = 1\n", "gmmlearn/em.py": b"new = 2\n"}
    with pytest.raises(UsageError, match=r"my_plots\.py is yours"):
        student_copy.update(copy)
    assert (copy / "gmmlearn" / "em.py").read_bytes() != b"new = 2\n"


@pytest.mark.parametrize("content", [None, "{", "[]", '{"version": "0.1.0"}'])
def test_a_folder_that_start_has_not_made_is_not_updated(content, tmp_path):
    if content is not None:
        (tmp_path / ".gmmlearn").mkdir()
        (tmp_path / student_copy.RECORD).write_text(content)
    with pytest.raises(UsageError, match="not made by `gmmlearn start`"):
        student_copy.update(tmp_path)
