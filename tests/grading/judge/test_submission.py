"""What is read of a folder that was handed in, and what is said of the rest."""

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.judge.judging import judge
from gmmlearn.grading.judge.submission import MAX_FILE_BYTES, MAX_TOTAL_BYTES, read_submission
from gmmlearn.manifest import OURS

LARGE = b"#" * (MAX_FILE_BYTES - 100) + b"\n"


def test_modules_of_ours_are_left_alone_and_their_own_are_read(handed_in):
    folder = handed_in(**{name: "x = 1\n" for name in OURS if name != "__init__"}, my_plots="x = 1\n")
    assert set(read_submission(folder).sources) == {*CHAPTERS, "my_plots"}


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


def test_a_module_of_their_own_that_cannot_be_read_says_why_where_it_is_imported(handed_in):
    folder = handed_in(e_step="from .helper import assign\n", helper="x = 'ä'".encode("latin-1"))
    message = judge(folder, ["assign"], seed=1).exercises["assign"].message
    assert "gmmlearn/helper.py is not UTF-8 text" in message
