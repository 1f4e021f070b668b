"""`check` on the files of a student: passed, not begun, broken, spoilt by an earlier function."""

import shutil
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.calls import Status
from gmmlearn.checks import check
from gmmlearn.checks.dependencies import called_by
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import NotPassed, UsageError

ROOT = Path(__file__).parents[2]


def rows(report):
    return dict(report.rows)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solutions_pass(name, student):
    assert check(name, folder=student.package).headline == "passed all public checks"


@pytest.mark.parametrize("name", EXERCISES)
def test_a_stub_is_not_begun_and_the_report_says_what_to_do(name, student):
    student.unwrite(EXERCISES[name].module)
    report = check(name, folder=student.package)
    assert report.status is Status.NOT_STARTED
    assert EXERCISES[name].file in rows(report)["Next"]
    assert f'hint("{name}")' in rows(report)["Stuck?"]


def test_a_passed_check_says_how_far_the_student_is(student):
    report = check("assign", folder=student.package)
    assert report.standing == "1 of 21 exercises, 3 of 100 points on the public checks; next: 1.1 gaussian_density"
    assert "░ 1 of 21 exercises" in str(report)


def test_while_nbgrader_runs_the_notebook_what_does_not_pass_is_raised(student, monkeypatch):
    """nbgrader takes a cell that raises nothing for a passed one."""
    student.unwrite("mixtures")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("assign", folder=student.package).passed
    with pytest.raises(NotPassed, match="gaussian_density"):
        check("gaussian_density", folder=student.package)


def test_an_exercise_may_be_given_by_its_number_or_as_the_function(student):
    assert check("4.2", folder=student.package).name == "assign"
    assert check(library.assign, folder=student.package).name == "assign"


def test_something_that_is_not_an_exercise_gets_a_sentence():
    with pytest.raises(UsageError, match="No exercise is called"):
        check(3.5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("asign", "assign"), ("responsibilites", "responsibilities"), ("update_mean", "update_means"), ("fit_", "fit")],
)
def test_a_wrong_name_is_corrected(typed, meant):
    with pytest.raises(UsageError, match=rf"did you mean .*{meant}"):
        check(typed)


def test_without_a_folder_the_stubs_of_the_imported_package_are_checked(tmp_path):
    assert check("assign", where=tmp_path).status is Status.NOT_STARTED


def test_a_saved_change_is_seen_at_once(student):
    assert check("assign", folder=student.package).passed
    student.change("e_step", "np.argmax", "np.argmin")
    assert not check("assign", folder=student.package).passed


def test_a_syntax_error_is_shown_with_its_line_and_breaks_no_other_chapter(student):
    student.change("e_step", "def assign(responsibilities):", "def assign(responsibilities:")
    report = check("assign", folder=student.package)
    assert report.status is Status.ERROR
    assert rows(report)["Line"] == "gmmlearn/e_step.py, line 15:  def assign(responsibilities:"
    assert "SyntaxError" in rows(report)["Why"]
    assert check("log_joint", folder=student.package).passed


def test_an_error_at_import_is_shown_with_its_line(student):
    student.change("m_step", "import numpy as np", "import numpy as np\n\nTHIRD = 1 / 0")
    report = check("update_means", folder=student.package)
    assert "line 5" in rows(report)["Line"]
    assert rows(report)["Line"].endswith("THIRD = 1 / 0")


def test_an_exception_is_shown_with_the_students_own_line_not_with_ours(student):
    student.change("e_step", "joint.max(axis=1, keepdims=True)", "joint.max(axis=1)")
    report = check("responsibilities", folder=student.package)
    assert report.headline == "stopped with an exception"
    assert rows(report)["Line"].startswith("gmmlearn/e_step.py, line 11, in responsibilities:  ratios = np.exp(")
    assert rows(report)["Called"].startswith("responsibilities(X, ")
    assert "(7,4) and (7,)" in rows(report)["Why"]
    assert "calls.py" not in str(report)


def test_an_exception_inside_a_library_is_shown_with_the_students_line_that_called_it(student):
    student.change("mixtures", "np.linalg.cholesky(covariance)", "np.linalg.cholesky(covariance[0])")
    line = rows(check("gaussian_log_density", folder=student.package))["Line"]
    assert "gmmlearn/mixtures.py" in line
    assert "np.linalg.cholesky(covariance[0])" in line


def test_an_earlier_mistake_is_named_and_does_not_count(student):
    student.change("likelihood", "log_weights[k] + gaussian", "gaussian")
    report = check("responsibilities", folder=student.package)
    assert report.passed
    assert '3.2 log_joint is not right yet. See `check("log_joint")`.' in rows(report)["Look"]


def test_an_earlier_function_that_is_not_written_is_named(student):
    student.unwrite("likelihood")
    report = check("expected_log_likelihood", folder=student.package)
    assert report.passed
    assert "3.2 log_joint is not written yet" in rows(report)["Look"]


def test_an_earlier_chapter_that_cannot_be_run_does_not_count_either(student):
    (student.package / "likelihood.py").write_text("def log_joint(:\n")
    assert check("responsibilities", folder=student.package).passed


def test_a_missing_file_and_a_missing_function_say_what_is_missing(student):
    (student.package / "sampling.py").unlink()
    said = str(check("sample_gaussian", folder=student.package)).splitlines()
    assert said[0] == "○ 2.2 sample_gaussian: the file gmmlearn/sampling.py is missing"
    assert '`reset("sample_gaussian")` brings gmmlearn/sampling.py back' in said[1]
    student.change("e_step", "def assign(", "def asign(")
    said = str(check("assign", folder=student.package))
    assert "gmmlearn/e_step.py has no function assign, but one named asign." in said
    assert '`reset("assign")` puts its stub there' in said


def test_a_function_in_the_notebook_is_not_the_one_that_is_checked(student, monkeypatch):
    def assign(responsibilities):
        return responsibilities.argmax(axis=1)

    monkeypatch.setattr(assign, "__module__", "__main__")
    main = types.ModuleType("__main__")
    main.assign = assign
    monkeypatch.setitem(sys.modules, "__main__", main)
    student.unwrite("e_step")
    assert "There is a function assign in this notebook" in str(check("assign", folder=student.package))
    shutil.copy(ROOT / "solutions" / "e_step.py", student.package)
    assert "in this notebook" in str(check(assign, folder=student.package))
    report = check("assign", folder=student.package)  # right in the file, and which was meant?
    assert report.passed
    assert "in this notebook" in str(report)
    assert "in this notebook" not in str(check("responsibilities", folder=student.package))


def test_the_inputs_of_the_report_give_the_values_that_it_shows(student):
    student.change("m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    report = check("update_weights", folder=student.package)
    got = report.inputs["responsibilities"].sum(axis=0)
    shown = [float(cell) for cell in rows(report)["Got"].rows[0]]
    assert shown == pytest.approx(got, abs=1e-3)
    assert 'update_weights(**check("update_weights").inputs)' in rows(report)["Try"]


def test_the_inputs_of_a_sampler_hold_a_generator(student):
    student.change("sampling", "mean + rng", "rng")
    report = check("sample_gaussian", folder=student.package)
    assert isinstance(report.inputs["rng"], np.random.Generator)


def test_a_function_that_calls_no_other_is_not_run_twice(student):
    student.change("e_step", "    return np.argmax", "    print('called')\n    return np.argmin")
    n_calls = sum(len(case.calls) for case in answers("assign").cases)
    assert check("assign", folder=student.package).printed.count("called") == n_calls


def test_a_function_that_is_handed_in_does_not_change_the_record(student):
    check("assign", function=lambda responsibilities: responsibilities.argmax(axis=1))
    assert not (student.root / ".gmmlearn").exists()


def test_sys_exit_of_a_student_is_a_report(student):
    student.change("e_step", "    return np.argmax", "    raise SystemExit(0)\n    return np.argmax")
    assert check("assign", folder=student.package).headline == "stopped with an exception"


def own_start(X, n_components, rng, init_params):
    """A start by SciPy's k-means, its clusters in the opposite order, and draws column by column."""
    from scipy.cluster.vq import kmeans2

    if init_params == "random":
        draws = rng.uniform(size=(n_components, len(X))).T
        return draws / draws.sum(axis=1, keepdims=True)
    if init_params != "kmeans":
        raise ValueError(f"{init_params} is neither kmeans nor random")
    labels = kmeans2(X, n_components, seed=rng, minit="++", iter=100)[1]
    return np.eye(n_components)[n_components - 1 - labels]


def stopping_at_the_m_step(steps_back, n_cut=0, says=True):
    """A `fit` that notes no gain below `tol`, and returns the parameters of so many M-steps before its last."""
    from gmmlearn import Fit, library

    def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
        shares = own_start(X, n_components, rng, init_params)
        trace, history, converged = [], [], False
        for _ in range(max_iter + 1):
            means = library.update_means(X, shares)
            covariances = library.update_covariances(X, shares, means, reg_covar)
            history.append((library.update_weights(shares), means, covariances))
            value = library.log_likelihood(X, *history[-1]) / len(X)
            converged = len(trace) > 0 and len(trace) < max_iter and value - trace[-1] < tol
            if converged or len(trace) == max_iter:
                break
            trace.append(value)
            shares = library.responsibilities(X, *history[-1])
        cut = trace[: len(trace) - n_cut] if converged and len(trace) > n_cut else trace
        back = history[max(0, len(history) - 1 - steps_back)]
        return Fit(*back, np.array(cut), converged and says)

    return fit


@pytest.mark.parametrize("steps_back", [0, 1])
def test_a_fit_that_looks_at_the_gain_right_after_the_m_step_passes(steps_back):
    report = check("fit", function=stopping_at_the_m_step(steps_back))
    assert report.passed, str(report)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"steps_back": 2}, "weights"),
        ({"steps_back": 0, "n_cut": 1}, "ended too early"),
        ({"steps_back": 0, "says": False}, "converged"),
    ],
)
def test_a_trace_without_its_last_entry_excuses_nothing_else(wrong, why):
    report = check("fit", function=stopping_at_the_m_step(**wrong))
    assert not report.passed
    assert why in str(report)


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ("from . import likelihood", "likelihood.log_joint"),
        ("from .likelihood import log_joint", "log_joint"),
        ("from .likelihood import log_joint as joint", "joint"),
        ("from gmmlearn import likelihood as L", "L.log_joint"),
        ("import gmmlearn.likelihood as L", "L.log_joint"),
        ("import gmmlearn.likelihood", "gmmlearn.likelihood.log_joint"),
    ],
)
def test_what_a_function_calls_is_read_off_its_text_however_it_is_imported(imports, call, student):
    (student.package / "e_step.py").write_text(
        f"{imports}\n\n\ndef helper(*args):\n    return {call}(*args)\n\n\n"
        "def responsibilities(X, *rest):\n    return helper(X, *rest).fit(X)\n\n\n"
        "def assign(responsibilities):\n    return responsibilities\n"
    )
    assert called_by("responsibilities", student.package) == ["gaussian_log_density", "log_joint"]
    assert "responsibilities" not in called_by("assign", student.package)


def test_what_a_function_calls_may_be_imported_within_it_under_another_name(student):
    (student.package / "e_step.py").write_text(
        "def responsibilities(*given):\n    from .likelihood import log_joint as joint\n\n    return joint(*given)\n"
    )
    assert called_by("responsibilities", student.package) == ["gaussian_log_density", "log_joint"]
