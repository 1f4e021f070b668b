"""What other systems bring along: names of accounts, encodings of files, and where JupyterLab is opened."""

import getpass
import json
import zipfile

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.errors import UsageError
from gmmlearn.terminal import hand_in, kit, lab

STUB = 'raise NotImplementedError("Exercise 4.2'
OWN = "π = 3.14  # Müller\n\n\ndef assign(responsibilities):\n    return 1,\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gmmlearn").mkdir()
    (tmp_path / "gmmlearn" / "e_step.py").write_text(OWN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("account", "file"),
    [
        ("ada", "ada.zip"),
        ("Anna Müller", "Anna-Müller.zip"),
        ("Siobhán O'Brien", "Siobhán-O-Brien.zip"),
        ("SCHOOL\\ada", "ada.zip"),
        ("ada@school.edu", "ada@school.edu.zip"),
        ("..\\..\\x", "x.zip"),
        ("李雷", "李雷.zip"),
    ],
)
def test_the_name_of_an_account_becomes_that_of_a_file(account, file, folder, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: account)
    made = hand_in.make(kit.find(folder), hand_in.name_of_account())
    assert made.path.name == file
    assert zipfile.ZipFile(made.path).namelist() == ["gmmlearn/e_step.py"]


@pytest.mark.parametrize("error", [ModuleNotFoundError("pwd"), OSError("no account"), KeyError("uid")])
def test_without_an_account_the_sentence_asks_for_a_name(error, monkeypatch):
    def fails():
        raise error

    monkeypatch.setattr(getpass, "getuser", fails)
    with pytest.raises(UsageError, match="--name NAME"):
        hand_in.name_of_account()


def test_a_name_that_cannot_be_is_answered_by_one_that_can(folder):
    with pytest.raises(UsageError, match="give `--name Anna-Müller`"):
        hand_in.make(kit.find(folder), "Anna Müller")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_reset_reads_what_an_editor_has_saved_and_writes_utf8(encoding, line_end, folder):
    path = folder / "gmmlearn" / "e_step.py"
    path.write_bytes(OWN.replace("\n", line_end).encode(encoding))
    saved = kit.reset(EXERCISES["assign"], kit.find(folder))
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("π = 3.14  # Müller")
    assert STUB in text
    compile(path.read_bytes(), "e_step.py", "exec")
    assert saved.read_bytes() == OWN.replace("\n", line_end).encode(encoding)


def test_reset_reads_the_code_page_of_windows(folder):
    path = folder / "gmmlearn" / "e_step.py"
    path.write_bytes(OWN.replace("π", "x").encode("cp1252"))
    kit.reset(EXERCISES["assign"], kit.find(folder))
    assert path.read_text(encoding="utf-8").startswith("x = 3.14  # Müller")


def test_reset_gives_the_stub_that_this_copy_came_with(folder):
    """Which a class may have changed; not that of the installed course."""
    (folder / "gmmlearn" / "terminal").mkdir()
    stubs = {chapter: f"# {chapter} of a class\n" for chapter in CHAPTERS}
    stubs["e_step"] += "def assign(responsibilities):\n    ...\n"
    (folder / "gmmlearn" / kit.FILE).write_text(json.dumps(stubs))
    kit.reset(EXERCISES["assign"], kit.find(folder))
    assert "def assign(responsibilities):\n    ..." in (folder / "gmmlearn" / "e_step.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("notebooks", [".", "course"])
def test_jupyterlab_opens_the_first_chapter_with_the_stubs_within_its_root(notebooks, folder):
    (folder / notebooks).mkdir(exist_ok=True)
    for name in ("02_sampling.ipynb", "01_mixtures.ipynb", "explorations.ipynb"):
        (folder / notebooks / name).write_text("{}")
    options = lab.options(folder)
    assert f"--ServerApp.root_dir={folder}" in options
    place = "" if notebooks == "." else "course/"
    assert f"--LabApp.default_url=/lab/tree/{place}01_mixtures.ipynb?file-browser-path=/" in options


def test_a_folder_without_the_course_is_not_opened(tmp_path):
    with pytest.raises(UsageError, match="gmmlearn start DIR"):
        lab.options(tmp_path)
