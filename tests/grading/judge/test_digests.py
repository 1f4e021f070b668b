"""What a verdict rests on: the code of its tests and of all that runs them, and no comment."""

import shutil

import pytest

from gmmlearn import private
from gmmlearn.grading.judge import digests


@pytest.fixture
def copied(monkeypatch, tmp_path, forgotten_digests):
    """A copy of all that verdicts rest on, and a function that gives the digests of two exercises in it."""
    shutil.copytree(private.ROOT / "gmmlearn", tmp_path / "gmmlearn", ignore=shutil.ignore_patterns("__pycache__"))
    for name, folder in private.FOLDERS.items():
        shutil.copytree(folder, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setitem(private.FOLDERS, name, tmp_path / name)
    monkeypatch.setattr(digests, "PACKAGE", tmp_path / "gmmlearn")

    def found() -> tuple[str, str]:
        forgotten_digests()
        return digests.of_tests("assign"), digests.of_tests("responsibilities")

    return tmp_path, found


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("gmmlearn/checks/comparing/values.py", "RTOL, ATOL = 1e-9", "RTOL, ATOL = 1e-8", (True, True)),
        ("hidden/inputs.py", "def covariance(", "x = 1\ndef covariance(", (True, True)),
        ("solutions/m_step.py", "def update_means(", "x = 1\ndef update_means(", (True, True)),
        ("hidden/test_e_step.py", "weights = np.array([0.3, 0.7])", "weights = np.array([0.7, 0.3])", (False, True)),
        ("solutions/mistakes/assign.py", "argmin", "argmax", (True, False)),
        ("solutions/mistakes/fit.py", "return", "return 2 *", (False, False)),
        ("hidden/test_m_step.py", "rng", "generator", (False, False)),
        ("hidden/test_e_step.py", "# who picks", "# whoever picks", (False, False)),
        ("hidden/test_e_step.py", '"""Hidden', '"""Very hidden', (False, False)),
        ("gmmlearn/checks/diagnosing/engine.py", "def examine(", "# a comment\ndef examine(", (False, False)),
    ],
)
def test_a_verdict_rests_on_the_code_that_made_it_and_on_no_comment(copied, file, old, new, changed):
    """Else a class would keep what a test of an earlier day found, or be judged again for a word."""
    folder, found = copied
    before = found()
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    assert tuple(now != then for now, then in zip(found(), before)) == changed
