"""From a folder to a verdict, in the real sandbox with the real hidden tests."""

import os
import re
import shutil
import sys
import textwrap
from dataclasses import replace

import pytest

from gmmlearn import private
from gmmlearn.calls import Status
from gmmlearn.contract import CHAPTERS, EXERCISES, REQUIRED
from gmmlearn.errors import UsageError
from gmmlearn.grading.judge import hidden_tests, judging, sandbox
from gmmlearn.grading.judge.judging import judge, seed_of
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.nbgrader import store
from gmmlearn.manifest import PACKAGE

E_STEP = {name for name, exercise in EXERCISES.items() if exercise.module == "e_step"}


def statuses(verdict: Verdict) -> dict[str, str]:
    return {name: exercise.status.value for name, exercise in verdict.exercises.items()}


def test_the_reference_earns_every_point(handed_in):
    verdict = judge(handed_in(), seed=1)
    assert set(statuses(verdict).values()) == {"passed"}, statuses(verdict)
    assert (verdict.points, verdict.max_points) == (100, 100)
    assert list(verdict.exercises) == list(REQUIRED)


def test_the_stubs_earn_nothing_and_are_not_begun(handed_in):
    stubs = {chapter: (private.ROOT / "gmmlearn" / f"{chapter}.py").read_text() for chapter in CHAPTERS}
    verdict = judge(handed_in(solved=False, **stubs), seed=1)
    assert set(statuses(verdict).values()) == {"not-started"}
    assert verdict.points == 0
    assert "Exercise 4.2: write assign in gmmlearn/e_step.py" in verdict.exercises["assign"].message


def test_a_missing_file_counts_as_the_stub(handed_in):
    folder = handed_in()
    (folder / "gmmlearn" / "e_step.py").unlink()
    verdict = judge(folder, ["assign", "log_joint"], seed=1)
    assert statuses(verdict) == {"log_joint": "passed", "assign": "not-started"}


def test_what_is_still_the_stub_is_not_run_and_gets_the_verdict_that_a_run_gives(handed_in, monkeypatch):
    stub = (PACKAGE / "e_step.py").read_text()
    names = ["responsibilities", "assign"]
    folder = handed_in(e_step=stub + "\n# begun\n")
    run = judge(folder, names, seed=1)
    monkeypatch.setattr(Session, "__enter__", None)
    for text in (stub.encode(), stub.replace("\n", "\r\n").encode()):
        (folder / "gmmlearn" / "e_step.py").write_bytes(text)
        verdict = judge(folder, names, seed=1)
        for name, kept in verdict.exercises.items():
            assert replace(run.exercises[name], tests=()) == kept


def test_a_file_that_was_solved_in_the_course_itself_is_run(monkeypatch, tmp_path, handed_in):
    text = (private.ROOT / "solutions" / "m_step.py").read_text()
    (tmp_path / "m_step.py").write_text(text)
    monkeypatch.setattr(judging, "PACKAGE", tmp_path)
    judging._stub.cache_clear()
    verdict = judge(handed_in(m_step=text), ["update_weights"], seed=1)
    judging._stub.cache_clear()
    assert statuses(verdict) == {"update_weights": "passed"}


def test_an_earlier_mistake_never_costs_twice(handed_in):
    wrong = "def {}(*args, **kwargs):\n    return 42.0\n"
    first_three = {
        module: "\n".join(wrong.format(name) for name, exercise in EXERCISES.items() if exercise.module == module)
        for module in ("mixtures", "sampling", "likelihood")
    }
    verdict = judge(handed_in(**first_three), seed=1)
    later = {name: status for name, status in statuses(verdict).items() if EXERCISES[name].chapter > 3}
    assert set(later.values()) == {"passed"}
    assert verdict.points == sum(exercise.points for exercise in REQUIRED.values() if exercise.chapter > 3)


def test_a_mistake_in_the_same_file_does_not_cost_twice_either(handed_in):
    text = (private.ROOT / "solutions" / "likelihood.py").read_text()
    text += "\n\ndef log_joint(X, weights, means, covariances):\n    return 0.0\n"
    verdict = judge(handed_in(likelihood=text), ["fit_gaussian", "log_joint", "log_likelihood"], seed=1)
    assert statuses(verdict) == {"fit_gaussian": "passed", "log_joint": "wrong", "log_likelihood": "passed"}


def test_an_agreement_among_the_students_own_functions_still_earns_the_points(handed_in):
    """`log_joint` returns its transpose and `responsibilities` knows: right as a pair, wrong beside a right twin."""
    likelihood = (private.ROOT / "solutions" / "likelihood.py").read_text()
    likelihood = likelihood.replace("def log_joint(", "def _right(") + textwrap.dedent(
        """

        def log_joint(X, weights, means, covariances):
            return _right(X, weights, means, covariances).T
        """
    )
    e_step = """
        from scipy.special import softmax
        from .likelihood import log_joint

        def responsibilities(X, weights, means, covariances):
            return softmax(log_joint(X, weights, means, covariances), axis=0).T
        """
    folder = handed_in(likelihood=likelihood, e_step=textwrap.dedent(e_step))
    verdict = judge(folder, ["log_joint", "responsibilities"], seed=1)
    assert statuses(verdict) == {"log_joint": "wrong", "responsibilities": "passed"}


def test_the_second_run_follows_the_first_and_none_a_run_that_was_ended(handed_in, monkeypatch):
    """An earlier exercise is never judged after a later one, for which more right functions came into the box.

    What is wrong is told of a process of a new worker.
    """
    begun = []
    begin, renew = Session.begin, Session.renew
    monkeypatch.setattr(Session, "renew", lambda self: begun.append("new worker") or renew(self))
    monkeypatch.setattr(
        Session, "begin", lambda self, name, *, own: begun.append((name, own)) or begin(self, name, own=own)
    )
    wrong = "import os\ndef responsibilities(*args): return 1.0\ndef assign(r): os._exit(0)\n"
    judge(handed_in(e_step=wrong), [*E_STEP, "update_weights"], seed=1)
    both = [("responsibilities", own) for own in (False, True)]
    assert begun == [*both, ("assign", False), ("update_weights", False), "new worker", ("responsibilities", False)]


def test_what_comes_after_all_time_is_used_gets_a_sentence(handed_in):
    endless = "def responsibilities(*args):\n    while True: pass\n"
    limits = Limits(cpu_seconds=2, all_cpu_seconds=1, idle_seconds=5.0)
    verdict = judge(handed_in(e_step=endless), ["responsibilities", "update_weights"], seed=1, limits=limits)
    assert statuses(verdict) == {"responsibilities": "timeout", "update_weights": "timeout"}
    assert "as a whole" in verdict.exercises["update_weights"].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"def responsibilities(X:\n", "SyntaxError"),
        ("x = 'ä'".encode("latin-1"), "is not UTF-8 text"),
        (b"x = 1\0", "NUL byte"),
        (b"#" * (5 * 2**20), "5.0 MB"),
        (b"# -*- coding: klingon -*-\n", "is not UTF-8 text"),
        (b"import os\nos._exit(3)\n", "ended the Python interpreter"),
        (b"raise KeyError('x')\n", "KeyError"),
        (b"import sys\nsys.exit()\n", "SystemExit"),
        (b"from sklearn.mixture import GaussianMixture\n", "written by hand"),
        (b"import sklearn.mixture as m\n", "written by hand"),
        (b"from gmmlearn.library import assign, responsibilities\n", "written by hand"),
        (b"(" * 5000, "cannot be imported"),
        (b"x = 1\n", "has no function"),
        (b"def asign(r): pass\ndef responsibilites(*a): pass\n", "but one named"),
        (b"<<<<<<< HEAD\n", "Git left two versions"),
    ],
)
def test_a_bad_file_costs_its_own_exercises_only_and_is_told_in_a_sentence(handed_in, text, said):
    verdict = judge(handed_in(e_step=text), ["log_joint", *E_STEP, "update_means", "fit"], seed=1)
    for name, exercise in verdict.exercises.items():
        if name in E_STEP:
            assert exercise.status is not Status.PASSED
            assert said in exercise.message
            assert not re.search(r"(?<!\.)\.\.(?!\.)", exercise.message)  # a sentence ends once
            assert exercise.points == 0
        else:
            assert exercise.status is Status.PASSED, (name, exercise.message)


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()


def link_in_its_place(path):
    path.unlink()
    path.symlink_to("/etc/passwd")


def pipe_in_its_place(path):
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (folder_in_its_place, "is a folder"),
        (link_in_its_place, "is a symbolic link"),
        (pipe_in_its_place, "is not an ordinary file"),
    ],
)
def test_what_is_no_file_is_never_opened(handed_in, spoil, said):
    folder = handed_in()
    spoil(folder / "gmmlearn" / "e_step.py")
    verdict = judge(folder, ["assign", "log_joint"], seed=1)
    assert statuses(verdict) == {"log_joint": "passed", "assign": "error"}
    assert said in verdict.exercises["assign"].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads files without permission to")
def test_an_unreadable_file_is_told_in_a_sentence(handed_in):
    folder = handed_in()
    (folder / "gmmlearn" / "e_step.py").chmod(0)
    assert "cannot be read" in judge(folder, ["assign"], seed=1).exercises["assign"].message


def test_a_submission_without_the_folder_is_told_in_a_sentence(tmp_path):
    verdict = judge(tmp_path, seed=1)
    assert verdict.points == 0
    assert {exercise.message for exercise in verdict.exercises.values()} == {
        "The submission has no folder named gmmlearn, so nothing of it could be read."
    }


def test_a_folder_that_is_not_there_is_the_callers_mistake(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        judge(tmp_path / "nowhere", seed=1)


def test_helper_modules_are_loaded_and_nothing_of_ours_or_installed_is_replaced(handed_in):
    helper = "import numpy as np\nfrom .likelihood import log_joint\ndef shift(rows):\n    return rows - rows.max()\n"
    e_step = """
        import numpy as np
        from gmmlearn.scaling import log_joint, shift
        from . import scaling

        def responsibilities(X, weights, means, covariances):
            r = np.exp(np.array([scaling.shift(row) for row in log_joint(X, weights, means, covariances)]))
            return r / r.sum(axis=1, keepdims=True)
        """
    impostor = "raise SystemExit('an impostor was imported')\n"
    folder = handed_in(
        e_step=textwrap.dedent(e_step),
        scaling=helper,
        **dict.fromkeys(("library", "contract", "numpy", "Fit"), impostor),
    )
    for name in ("numpy.py", "pytest.py", "gmmlearn.py", "worker.py", "sitecustomize.py"):
        (folder / name).write_text(impostor)
    assert statuses(judge(folder, ["responsibilities"], seed=1)) == {"responsibilities": "passed"}


def test_the_same_seed_gives_the_same_verdict_and_another_seed_other_inputs(handed_in):
    echo = "import numpy as np\ndef assign(responsibilities):\n    raise ValueError(str(responsibilities))\n"
    folder = handed_in(e_step=echo)
    assert judge(folder, ["assign"], seed=5) == judge(folder, ["assign"], seed=5)
    assert seed_of(b"secret", "ada") != seed_of(b"secret", "bob")
    assert seed_of(b"secret", "ada") != seed_of(b"other", "ada")


def test_a_verdict_never_shows_a_hidden_input(handed_in):
    echo = "def assign(responsibilities):\n    raise ValueError('inputs: ' + str(responsibilities))\n"
    verdict = judge(handed_in(e_step=echo), ["assign"], seed=5)
    assert verdict.exercises["assign"].status is Status.ERROR
    assert "inputs:" not in str(verdict.to_json()).replace("ValueError('inputs: '", "")


def test_json_gives_back_the_same_verdict(handed_in):
    verdict = judge(handed_in(e_step="def assign(r):\n    return None\n"), E_STEP, seed=2)
    assert Verdict.from_json(verdict.to_json()) == verdict


def test_settings_of_pytest_in_the_environment_change_nothing(handed_in, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-q --maxfail=1 -k nothing")
    assert statuses(judge(handed_in(), ["assign"], seed=1)) == {"assign": "passed"}
    assert os.environ["PYTEST_ADDOPTS"].startswith("-q")


def test_a_wrong_main_comparison_earns_nothing(handed_in):
    """Rows that sum to one are worth points only beside right values."""
    e_step = "import numpy as np\ndef responsibilities(X, weights, means, covariances):\n"
    e_step += "    return np.full((len(X), len(weights)), 1 / len(weights))\n"
    exercise = judge(handed_in(e_step=e_step), ["responsibilities"], seed=1).exercises["responsibilities"]
    assert any(test.passed for test in exercise.tests)
    assert exercise.points == 0


def test_without_a_sandbox_nothing_is_graded(handed_in, monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    monkeypatch.setattr(sandbox.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(sandbox.SandboxUnavailable, match="apt install bubblewrap"):
        judge(handed_in(), ["assign"], seed=1)


def test_the_verdict_says_when_there_was_no_sandbox(handed_in):
    verdict = judge(handed_in(), ["assign", "fit"], seed=1, sandbox=False)
    assert verdict.to_json()["sandbox"] is False
    assert set(statuses(verdict).values()) == {"passed"}


STUMBLES = """
import pytest

@pytest.mark.exercise("assign", main=True)
def test_that_stumbles(expect):
    {}
"""


@pytest.mark.parametrize("line", ["1 / 0", "from nowhere import nothing", "expect(None)"])
def test_a_fault_of_ours_gives_no_score_and_keeps_the_one_there_was(
    handed_in, tmp_path, monkeypatch, forgotten_digests, line
):
    store.new_secret(tmp_path)
    folder = handed_in()
    kept = store.current(tmp_path, "gmm", "ada", folder, ["assign"])
    file = store.verdict_file(tmp_path, "gmm", "ada")
    before = file.read_bytes()
    ours = tmp_path / "tests" / "hidden"
    shutil.copytree(private.FOLDERS["hidden"], ours)
    (ours / "test_e_step.py").write_text(STUMBLES.format(line))
    monkeypatch.setitem(private.FOLDERS, "hidden", ours)
    for name in [name for name in sys.modules if name == "hidden" or name.startswith("hidden.")]:
        monkeypatch.delitem(sys.modules, name)
    forgotten_digests()
    with pytest.raises(hidden_tests.HiddenTestFault) as fault:
        store.current(tmp_path, "gmm", "ada", folder, ["assign"])
    assert fault.value.exit_code == 3
    assert kept.points == 3
    assert file.read_bytes() == before
