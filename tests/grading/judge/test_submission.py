"""What is read of a folder that was handed in, and what is said of the rest."""

import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.judge.judging import judge
from gmmlearn.grading.judge.submission import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_NAMED,
    MAX_TOTAL_BYTES,
    read_submission,
)
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.judge.verdict_report import panel
from gmmlearn.manifest import OURS

from ..archives import NOT_PYTHON

LARGE = b"#" * (MAX_FILE_BYTES - 100) + b"\n"


def test_modules_of_ours_are_left_alone_and_their_own_are_read(handed_in):
    folder = handed_in(**{name: "x = 1\n" for name in OURS if name != "__init__"}, my_plots="x = 1\n")
    assert set(read_submission(folder).sources) == {*CHAPTERS, "my_plots"}


def test_a_link_to_the_folder_of_a_neighbour_is_not_followed(handed_in, tmp_path):
    mallory = tmp_path / "mallory"
    mallory.mkdir()
    (mallory / "gmmlearn").symlink_to(handed_in() / "gmmlearn")
    submission = read_submission(mallory)
    assert submission.sources == {}
    assert "is not a folder that can be read" in submission.unread


def test_many_large_modules_are_judged_by_what_is_read_of_them(handed_in):
    """Together they are more than one message to the worker may hold."""
    folder = handed_in(
        e_step="from .helper_32 import assign\n",
        m_step="from .helper_00 import twice\ndef update_weights(r):\n    return twice(r).mean(axis=0) / 2\n",
        helper_00=LARGE + b"def twice(x):\n    return 2 * x\n",
        **{f"helper_{number:02}": LARGE for number in range(1, 32)},
        helper_32=LARGE + b"def assign(r):\n    return r.argmax(axis=1)\n",
    )
    submission = read_submission(folder)
    assert sum(map(len, submission.sources.values())) < MAX_TOTAL_BYTES + MAX_FILE_BYTES
    exercises = judge(folder, ["assign", "update_weights"], seed=1).exercises
    assert exercises["update_weights"].points == 3
    assert "gmmlearn/helper_32.py is left out: of all modules together 16 MB are read." in exercises["assign"].message


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x = 1\n\0", "holds a NUL byte at position 6; save it as plain text."),
        ("x = 1\n".encode("utf-16"), "is UTF-16 text; save it as UTF-8."),
        ("x = 'ä'".encode("latin-1"), "is not UTF-8 text; save it as UTF-8."),
    ],
)
def test_a_chapter_that_is_not_plain_utf_8_is_not_read_and_says_why(handed_in, data, sentence):
    submission = read_submission(handed_in(e_step=data))
    assert "e_step" not in submission.sources
    assert submission.problems["e_step"] == f"gmmlearn/e_step.py {sentence}"


def test_a_module_of_their_own_that_cannot_be_read_says_why_where_it_is_imported(handed_in):
    folder = handed_in(e_step="from .helper import assign\n", helper="x = 'ä'".encode("latin-1"))
    message = judge(folder, ["assign"], seed=1).exercises["assign"].message
    assert "gmmlearn/helper.py is not UTF-8 text" in message


def test_what_is_not_python_is_called_what_it_is_in_verdict_and_feedback(handed_in):
    """Also a page of a login that was saved, and a notebook under the name of a module."""
    for number, (kind, data) in enumerate(NOT_PYTHON.items()):
        problem = read_submission(handed_in(f"s{number}", m_step=data)).problems["m_step"]
        assert problem.startswith(f"gmmlearn/m_step.py is {kind}, not Python: "), kind
    one = judge(handed_in("page", m_step=NOT_PYTHON["a web page"]), ["update_weights"], seed=1).exercises
    assert "is a web page, not Python" in one["update_weights"].message
    assert "is a web page, not Python" in panel("update_weights", one["update_weights"], 0.0, 3.0, ())


def test_modules_beyond_those_that_are_read_are_named_where_they_are_missed(handed_in):
    """Also where the student's own code catches the error and goes on without the helper."""
    silent = "try:\n    from .z_last import assign\nexcept ImportError:\n    def assign(r):\n        return r\n"
    helpers = {f"helper_{number:03}": "x = 1\n" for number in range(MAX_FILES)}
    folder = handed_in(
        e_step=silent,
        m_step="from .z_last import update_weights\n",
        z_last="def assign(r):\n    return r.argmax(axis=1)\n",
        **helpers,
    )
    verdict = judge(folder, ["assign", "update_weights", "bic"], seed=1)
    [sentence] = verdict.left_out
    assert sentence.startswith(f"Only {MAX_FILES} modules are read, chapters first. Left out: gmmlearn/helper_0")
    assert verdict.exercises["bic"].points == verdict.exercises["bic"].max_points
    assert "gmmlearn/z_last.py is left out: 48 modules are read" in verdict.exercises["update_weights"].message
    assert verdict.exercises["assign"].points == 0
    for name in ("assign", "bic"):
        html = panel(name, verdict.exercises[name], 0.0, 3.0, verdict.left_out)
        assert ("Left out" in html) is (name == "assign")
    assert sentence in verdict.remarks
    assert Verdict.from_json(verdict.to_json()) == verdict


def test_as_many_modules_as_are_read_are_no_reason_to_speak(handed_in):
    helpers = dict.fromkeys((f"helper_{number}" for number in range(MAX_FILES - len(CHAPTERS))), "x = 1\n")
    ours = dict.fromkeys(OURS - {"__init__"}, "x = 1\n")
    assert read_submission(handed_in("all", **helpers, **ours)).left_out == ()
    [sentence] = read_submission(handed_in("more", **helpers, one_more="x = 1\n")).left_out
    assert sentence.endswith("Left out: gmmlearn/one_more.py.")


def test_a_folder_of_very_many_modules_is_read_within_bounds(tmp_path):
    package = tmp_path / "gmmlearn"
    package.mkdir()
    for number in range(MAX_NAMED + MAX_FILES + 100):
        (package / f"{'m' * 240}_{number}.py").touch()
    submission = read_submission(tmp_path)
    assert len(submission.sources) == MAX_FILES + MAX_NAMED
    assert sum(map(len, submission.sources.values())) < 2**20
    assert len(submission.left_out[0]) < 500
