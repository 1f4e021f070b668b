"""Hand-ins as people and programs make them, a row each: what is handed in, and what must come."""

import json
import shutil
import stat
import unicodedata
from pathlib import Path

import pytest

from ..archives import NOT_PYTHON, as_windows_made_it, by_bsdtar, encrypted, rar, tarred, without_mark_of_utf8, zipped
from ..collecting_class import CollectingClass

ROOT = Path(__file__).parents[3]
RIGHT = "import numpy as np\n\n\ndef assign(responsibilities):\n    return responsibilities.argmax(axis=1)\n"
M_STEP = "def update_weights(responsibilities):\n    return responsibilities.mean(axis=0)\n"
WORK = {"gmmlearn/e_step.py": RIGHT, "gmmlearn/m_step.py": M_STEP}
MODULES = set(WORK)
NOTEBOOKS = {"04_e_step.ipynb", "05_m_step.ipynb"}
DOTS = {"__MACOSX/._gmm": "x", "__MACOSX/gmmlearn/._e_step.py": "x", ".DS_Store": "x", "gmmlearn/.DS_Store": "x"}
OTHERS = {".venv/lib/python3.12/site-packages/scipy/stats/sampling.py": "x", "venv/e_step.py": "x", "x/.git/em.py": "x"}
no_bsdtar = pytest.mark.skipif(shutil.which("bsdtar") is None, reason="bsdtar is not installed (libarchive-tools)")


def notebook(*cells: str, mark: str = "") -> str:
    metadata = {"nbgrader": {"grade_id": mark, "grade": True}} if mark else {}
    code = {"cell_type": "code", "metadata": metadata, "outputs": [], "execution_count": None}
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [code | {"source": c} for c in cells]}
    )


def moved(folder: str, files: dict[str, str] = WORK) -> dict[str, str]:
    return {f"{folder}/{name}": text for name, text in files.items()}


def bare(files: dict[str, str] = WORK) -> dict[str, str]:
    return {name.removeprefix("gmmlearn/"): text for name, text in files.items()}


def named(e_step: str) -> dict[str, str]:
    return {f"gmmlearn/{e_step}": RIGHT, "gmmlearn/m_step.py": M_STEP}


ADA = zipped(WORK)
IN_CELLS = notebook("%matplotlib inline", "import numpy as np\nx = 1", "", f"{RIGHT}\nassign(x)")

COLLECTED = {
    "canonical.zip": zipped(WORK | {name: notebook("1") for name in NOTEBOOKS}),
    "onlypy.zip": ADA,
    "folder.zip": zipped(moved("my work")),
    "bare.zip": zipped(bare()),
    "main.zip": zipped(moved("gmmlearn-main")),
    "shouted.zip": zipped(moved("GMMlearn", bare())),
    "second.zip": zipped(moved("gmmlearn (1)", bare())),
    "deep.zip": zipped(moved("a/b/Übung 4/d")),
    "renamed.zip": zipped(moved("solution", bare())),
    "browser.zip": zipped(named("e_step (1).py")),
    "resubmitted.zip": zipped(named("e_step-2.py")),
    "copied.zip": zipped(named("e_step - Copy.py")),
    "drive.zip": zipped(named("Copy of e_step.py")),
    "icloud.zip": zipped(named("e_step 2.py")),
    "notepad.zip": zipped(named("e_step.py.txt")),
    "capitals.zip": zipped(named("E_Step.PY")),
    "both.zip": zipped(named("e_step.py") | {"gmmlearn/e_step (1).py": "x = 1"}),
    "mac.zip": zipped(WORK | DOTS),
    "checkpoints.zip": zipped(
        WORK | {"gmmlearn/.ipynb_checkpoints/e_step-checkpoint.py": "x", ".ipynb_checkpoints/e_step.py": "x"}
    ),
    "environments.zip": zipped(WORK | OTHERS),
    "windows.zip": as_windows_made_it(moved("gmm")),
    "oldmac.zip": without_mark_of_utf8(moved("Übung")),
    "same_twice.zip": zipped(moved("gmm") | moved("backup")),
    "kit_inside.zip": zipped(moved("kit", WORK | {"gmmlearn/figures/e_step.py": "x", "gmmlearn/contract.py": "x"})),
    "renamed_kit.zip": zipped(moved("kit", bare() | {"figures/e_step.py": "x", "explore/models/em.py": "x"})),
    "old_inside.zip": zipped(WORK | moved("gmmlearn/old", {"e_step.py": "x"})),
    "contract.zip": zipped(WORK | {"gmmlearn/contract.py": "EXERCISES = {}", "gmmlearn/library.py": "x"}),
    "crlf.zip": zipped(WORK | {"notes.txt": "x"}),
    "tar.tar": tarred(WORK),
    "targz.tar.gz": tarred(WORK, "w:gz"),
    "tgz.tgz": tarred(moved("./gmm"), "w:gz"),
    "tarbz.tar.bz2": tarred(WORK, "w:bz2"),
    "tarxz.tar.xz": tarred(WORK, "w:xz"),
    "canvasgz.tar-1.gz": tarred(WORK, "w:gz"),
    "wrong_ending.zip": tarred(WORK, "w:gz"),
    "zipinzip.zip": zipped({"gmm.zip": ADA}),
    "tarinzip.zip": zipped({"hand in/gmm.tar.gz": tarred(WORK, "w:gz")}),
    "thrice.zip": zipped({"a.zip": zipped({"b.tar": tarred({"c.zip": ADA})})}),
    "rar.rar": rar(WORK),
    "rarinzip.zip": zipped({"gmm.rar": rar(WORK)}),
    "o'brien.zip": ADA,
    "emoji😀.zip": ADA,
    "Ada Lovelace.zip": ADA,
    "李雷.zip": ADA,
    unicodedata.normalize("NFC", "Jürgen.zip"): ADA,
    unicodedata.normalize("NFD", "Zoë.zip"): ADA,
    "j.doe.zip": ADA,
    "eve@uni.edu.zip": ADA,
    "again (1).zip": ADA,
    "one_notebook.zip": zipped(WORK | {"05_m_step (1).ipynb": notebook("1")}),
    "final_notebook.zip": zipped(WORK | {"notebooks/05_m_step_FINAL.ipynb": notebook("1")}),
    "marked_notebook.zip": zipped(WORK | {"homework.ipynb": notebook("check('x')", mark="update_weights")}),
    "mangled_notebook.zip": zipped(WORK | {"homework.ipynb": "{", "05_m_step.ipynb": "{"}),
}
"""File that was handed in -> its bytes; all of these hold `WORK`."""

IDS = {"o'brien": "o_brien", "emoji😀": "emoji_", unicodedata.normalize("NFD", "Zoë"): "Zoë"}
TAKEN_NOTEBOOKS = {"canonical": NOTEBOOKS} | {
    student: {"05_m_step.ipynb"}
    for student in ("one_notebook", "final_notebook", "marked_notebook", "mangled_notebook")
}
SAID = {
    "browser": "gmmlearn/e_step (1).py is taken as gmmlearn/e_step.py",
    "both": "gmmlearn/e_step (1).py left out, since e_step.py is there",
    "notepad": "gmmlearn/e_step.py.txt is taken as gmmlearn/e_step.py",
    "capitals": "gmmlearn/E_Step.PY is taken as gmmlearn/e_step.py",
}

UNREAD = {
    "backup.zip": (
        zipped(moved("gmm") | {"backup/gmmlearn/e_step.py": "x"}),
        "Both backup/gmmlearn/ and gmm/gmmlearn/",
    ),
    "top_and_package.zip": (zipped(WORK | {"e_step.py": "x"}), "Both its top and gmmlearn/"),
    "two_copies.zip": (
        zipped({"e_step (1).py": RIGHT, "e_step (2).py": "x"}),
        "Both e_step (1).py and e_step (2).py could be e_step.py",
    ),
    "cells.zip": (
        zipped({"04_e_step.ipynb": IN_CELLS}),
        "assign is in 04_e_step.ipynb, cell 4, not in gmmlearn/e_step.py. With --cells they are taken.",
    ),
    "word.zip": (zipped({"answers.docx": "x"}), "It holds answers.docx; no file is named like a chapter"),
    "empty.zip": (zipped({}), "It is empty"),
    "no_bytes.zip": (b"", "It is a file of 0 bytes"),
    "empty_files.zip": (
        zipped(dict.fromkeys(WORK, "")),
        "It holds gmmlearn/e_step.py, gmmlearn/m_step.py; gmmlearn/e_step.py, gmmlearn/m_step.py are empty.",
    ),
    "left_behind.zip": (
        zipped({"gmm/.ipynb_checkpoints/e_step.py": RIGHT}),
        "It holds only what programs leave behind, like gmm/.ipynb_checkpoints/e_step.py.",
    ),
    "link.zip": (zipped({"gmm/gmmlearn": "../gmmlearn"}, mode=stat.S_IFLNK | 0o777), "gmm/gmmlearn is a link."),
    "link_to_file.zip": (
        zipped({"gmmlearn/e_step.py": "/home/e_step.py"}, mode=stat.S_IFLNK | 0o777),
        "It holds gmmlearn/e_step.py; what is named like a chapter cannot be read. gmmlearn/e_step.py is a link.",
    ),
    "dragged.zip": (
        zipped(WORK | moved("gmmlearn", named("e_step.py") | {"gmmlearn/e_step.py": "x"})),
        "Both gmmlearn/ and gmmlearn/gmmlearn/",
    ),
    "truncated.zip": (ADA[:300], "cannot be opened"),
    "text.zip": (b"this is not an archive", "cannot be opened: it is not an archive"),
    "encrypted.zip": (encrypted(WORK), "gmmlearn/e_step.py is encrypted"),
    "broken_rar.rar": (b"Rar!\x1a\x07\x00" + b"x" * 100, "cannot be opened"),
    "truncated_tar.tar.gz": (tarred(WORK, "w:gz")[:100], "cannot be opened"),
}
"""File that was handed in -> its bytes, and what is said of it."""


NO_POINTS = {
    "notes": ({"gmmlearn/e_step.txt": RIGHT}, "e_step.py is not there: is gmmlearn/e_step.txt meant? Rename it and"),
    "windowed": ({"gmmlearn/e_step.pyw": RIGHT}, "e_step.py is not there: is gmmlearn/e_step.pyw meant?"),
    "final": ({"gmmlearn/e_step_FINAL.py": RIGHT}, "e_step.py is not there: is gmmlearn/e_step_FINAL.py meant?"),
    "half": ({"04_e_step.ipynb": notebook("1")}, "gmmlearn/e_step.py is not there."),
    "hollow": ({"gmmlearn/e_step.py": ""}, "gmmlearn/e_step.py is empty."),
    "refactored": (
        {"gmmlearn/e_step.py": RIGHT.replace("assign", "labels_of")},
        "refactored: gmmlearn/e_step.py does not define assign.",
    ),
    "western": (
        {"gmmlearn/e_step.py": ("# é\n" + RIGHT).encode("cp1252")},
        "e_step.py is not UTF-8 text; save it as UTF-8.",
    ),
    "powershell": (
        {"gmmlearn/e_step.py": RIGHT.encode("utf-16")},
        "gmmlearn/e_step.py is UTF-16 text; save it as UTF-8.",
    ),
}
"""Student -> what is handed in beside a module that can be read, and what is said of it."""
MAY_DEFINE = ("if 1:\n    def assign(r):\n        return r\n", "from .mine import (\n    largest,\n    assign,\n)\n",
              "from .mine import *\n", "assign = max\n", "assign: object = max\n")  # fmt: skip


@pytest.fixture(scope="module")
def collected(class_of_module):
    course = class_of_module()
    for name, data in {**COLLECTED, **{name: data for name, (data, _) in UNREAD.items()}}.items():
        (course.downloads / name).write_bytes(data)
    if shutil.which("bsdtar"):
        (course.downloads / "seven.7z").write_bytes(by_bsdtar(moved("gmm"), course.folder.parent / "made", "x.7z"))
    for name, text in WORK.items():
        (course.downloads / "plain folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (course.downloads / "plain folder" / name).write_text(text)
    return course.collect_apart()


def expected_id(name: str) -> str:
    stem = name.removesuffix(".gz").removesuffix(".tar-1")
    for ending in (".zip", ".tar", ".tar.bz2", ".tar.xz", ".tgz", ".rar", ".tar.gz", " (1)"):
        stem = stem.removesuffix(ending)
    return IDS.get(stem, stem)


@pytest.mark.parametrize("name", [pytest.param(name, marks=no_bsdtar) if "rar" in name else name for name in COLLECTED])
def test_the_submission_comes_in_whatever_it_is_packed_in(collected, name):
    student = expected_id(name)
    files = collected.files(student)
    assert files.keys() - {"timestamp.txt"} == MODULES | TAKEN_NOTEBOOKS.get(student, set())
    assert {module: files[module].decode() for module in WORK} == WORK
    assert SAID.get(student, "") in collected.line(student)


@no_bsdtar
def test_a_7z_comes_in(collected):
    assert collected.files("seven").keys() - {"timestamp.txt"} == MODULES


def test_a_folder_comes_in(collected):
    assert collected.files("plain folder").keys() == MODULES, "its times say when it was copied, so there is none"


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_said_with_its_reason(collected, name):
    student = expected_id(name)
    assert f"{student}: unread: {collected.downloads.name}: {name}: " in collected.line(student)
    assert UNREAD[name][1] in collected.line(student)
    assert not collected.submitted(student).exists()


def test_the_sum_adds_up_and_the_status_says_so(collected):
    n_collected = len(COLLECTED) + 1 + (shutil.which("bsdtar") is not None)
    if shutil.which("bsdtar") is None:
        pytest.skip("without bsdtar two more are unread (libarchive-tools)")
    total = n_collected + len(UNREAD)
    assert f"{total} found: {n_collected} collected, {len(UNREAD)} unread." in collected.said
    assert len(collected.students()) == n_collected
    assert collected.status == 3


def test_what_cannot_earn_points_is_said_when_it_comes_in(new_class):
    """A module that is missing, cannot be read or lacks a function costs its points without a word on it else."""
    for student, (files, _) in NO_POINTS.items():
        new_class.download(f"{student}.zip", zipped({"gmmlearn/m_step.py": M_STEP} | files))
    new_class.collect()
    assert {student: said for student, (_, said) in NO_POINTS.items() if said not in new_class.said} == {}
    assert f"{len(NO_POINTS)} found: {len(NO_POINTS)} collected, 0 unread." in new_class.said


def test_what_is_not_python_is_called_what_it_is_once(new_class):
    for number, data in enumerate(NOT_PYTHON.values()):
        new_class.download(f"s{number}.zip", zipped({"gmmlearn/e_step.py": data, "gmmlearn/m_step.py": M_STEP}))
    new_class.collect()
    for number, kind in enumerate(NOT_PYTHON):
        assert f"s{number}: gmmlearn/e_step.py is {kind}, not Python: " in new_class.line(f"s{number}")
    assert "e_step.py does not define" not in new_class.said


def test_of_a_function_that_may_be_there_nothing_is_said(new_class):
    for number, text in enumerate(MAY_DEFINE):
        new_class.download(f"s{number}.zip", zipped(WORK | {"gmmlearn/e_step.py": text}))
    assert "define responsibilities, assign" not in new_class.collect().said
    assert "e_step.py is not there" not in new_class.said


def test_links_to_folders_are_in_the_sum(new_class):
    """They are not followed, and nobody who handed one in is forgotten."""
    other = new_class.folder.parent / "other"
    new_class.download("../other/gmmlearn/e_step.py", RIGHT.encode())
    (new_class.downloads / "ada").symlink_to(other)
    (new_class.downloads / "bob").mkdir()
    (new_class.downloads / "bob" / "gmmlearn").symlink_to(other / "gmmlearn")
    new_class.collect()
    assert "ada is a link." in new_class.line("ada")
    assert "gmmlearn is a link." in new_class.line("bob")
    assert "2 found: 0 collected, 2 unread." in new_class.said


def test_a_7z_without_a_program_for_it_is_said(new_class, monkeypatch):
    (new_class.downloads / "ada.rar").write_bytes(rar(WORK))
    monkeypatch.setenv("PATH", "/nowhere")
    assert "ada.rar: It is a rar archive, for which bsdtar is needed" in new_class.collect().said


def test_functions_in_cells_are_taken_when_asked_for(new_class):
    helper = "def largest(rows):\n    return rows.argmax(axis=1)"
    cells = notebook("import numpy as np\nfrom gmmlearn import check", helper, "def assign(r):\n    return largest(r)")
    (new_class.downloads / "ada.zip").write_bytes(zipped({"04_e_step.ipynb": cells}))
    new_class.collect("--cells")
    assert (new_class.status, new_class.files("ada").keys()) == (
        0,
        {"04_e_step.ipynb", "gmmlearn/e_step.py", "timestamp.txt"},
    )
    text = new_class.files("ada")["gmmlearn/e_step.py"].decode()
    stub = (new_class.folder / "source" / "gmm" / "gmmlearn" / "e_step.py").read_text().rstrip()
    assert text.startswith(stub)
    assert "from gmmlearn import check" not in text
    space: dict = {"__name__": "gmmlearn.e_step", "__package__": "gmmlearn"}
    exec(text, space)
    assert space["assign"](__import__("numpy").eye(3)).tolist() == [0, 1, 2]


def test_functions_that_are_in_cells_only_are_said_beside_those_in_modules(new_class):
    notebooks = {"05_m_step.ipynb": notebook("1", "def update_means(X, r):\n    return r.T @ X")}
    (new_class.downloads / "ada.zip").write_bytes(zipped(WORK | notebooks))
    new_class.collect()
    assert "update_means is in 05_m_step.ipynb, cell 2, not in gmmlearn/m_step.py." in new_class.line("ada")
    assert new_class.status == 0


@pytest.mark.parametrize("command", [(), ("--cells",)])
def test_functions_in_cells_that_were_handed_out_are_nobodys_answer(tmp_path, command):
    """Chapter 6 defines `log_joint` twice, both wrong, to find the bug in; the stub of chapter 3 is still a stub."""
    course = CollectingClass(tmp_path, range(3, 7))
    given = course.folder / "source" / "gmm"
    files = {path.name: path.read_text() for path in given.glob("0*.ipynb")} | WORK
    files["gmmlearn/likelihood.py"] = stub = (given / "gmmlearn" / "likelihood.py").read_text()
    assert "def log_joint(" in files["06_em.ipynb"]
    course.download("ada.zip", zipped(files))
    own = json.loads(files["06_em.ipynb"])
    own["cells"].insert(3, own["cells"][0] | {"cell_type": "code", "source": "def log_joint(X, *_):\n    return X"})
    course.download("bob.zip", zipped(files | {"06_em.ipynb": json.dumps(own)}))
    course.collect(*command)
    assert "log_joint" not in course.line("ada")
    assert course.files("ada")["gmmlearn/likelihood.py"].decode() == stub
    assert "log_joint is in 06_em.ipynb, cell 4, not in gmmlearn/likelihood.py" in course.line("bob")
    assert course.files("bob")["gmmlearn/likelihood.py"].decode().rstrip().endswith("    return X") == bool(command)
