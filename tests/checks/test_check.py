"""`check` on the files of a student: passed, not begun, broken, spoilt by an earlier function."""

import sys
import types

import numpy as np
import pytest

from gmmlearn.checks import check
from gmmlearn.checks.calls import called_by
from gmmlearn.checks.outcome import Outcome
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import UsageError


def rows(report):
    return dict(report.rows)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solutions_pass_on_the_desks(name, student):
    assert check(name, folder=student.desks).headline == "passed all public checks"


@pytest.mark.parametrize("name", EXERCISES)
def test_a_stub_is_not_begun_and_the_report_says_what_to_do(name, student):
    student.unwrite(EXERCISES[name].module)
    report = check(name, folder=student.desks)
    assert report.outcome is Outcome.NOT_STARTED
    assert EXERCISES[name].file in rows(report)["Next"]
    assert f'hint("{name}")' in rows(report)["Stuck?"]


def test_a_passed_check_says_that_the_grade_uses_other_inputs_and_where_one_stands(student):
    report = check("assign", folder=student.desks)
    assert "The grade also uses other inputs." in report.notes
    assert report.standing == "1 of 21 exercises, 3 of 100 points on the public checks; next: 1.1 gaussian_density"
    assert "░ 1 of 21 exercises" in str(report)


def test_an_exercise_may_be_given_by_its_number(student):
    assert check("4.2", folder=student.desks).name == "assign"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("asign", "assign"), ("responsibilites", "responsibilities"), ("update_mean", "update_means"), ("fit_", "fit")],
)
def test_a_wrong_name_is_corrected(typed, meant):
    with pytest.raises(UsageError, match=rf"did you mean .*{meant}"):
        check(typed)


def test_without_a_folder_the_desks_of_the_imported_package_are_checked(tmp_path):
    assert check("assign", where=tmp_path).outcome is Outcome.NOT_STARTED


def test_a_saved_change_is_seen_at_once(student):
    assert check("assign", folder=student.desks).passed
    student.change("e_step", "np.argmax", "np.argmin")
    assert not check("assign", folder=student.desks).passed


def test_a_syntax_error_is_shown_with_its_line_and_breaks_no_other_chapter(student):
    student.change("e_step", "def assign(responsibilities):", "def assign(responsibilities:")
    report = check("assign", folder=student.desks)
    assert report.outcome is Outcome.ERROR
    assert rows(report)["Line"] == "gmmlearn/e_step.py, line 15:  def assign(responsibilities:"
    assert "SyntaxError" in rows(report)["Why"]
    assert check("log_joint", folder=student.desks).passed


def test_an_error_at_import_is_shown_with_its_line(student):
    student.change("m_step", "import numpy as np", "import numpy as np\n\nTHIRD = 1 / 0")
    report = check("update_means", folder=student.desks)
    assert "line 5" in rows(report)["Line"]
    assert rows(report)["Line"].endswith("THIRD = 1 / 0")


def test_an_exception_is_shown_with_the_students_own_line_not_with_ours(student):
    student.change("e_step", "joint.max(axis=1, keepdims=True)", "joint.max(axis=1)")
    report = check("responsibilities", folder=student.desks)
    assert report.headline == "stopped with an exception"
    assert rows(report)["Line"].startswith("gmmlearn/e_step.py, line 11, in responsibilities:  ratios = np.exp(")
    assert rows(report)["Called"].startswith("responsibilities(X, ")
    assert "(7,3) and (7,)" in rows(report)["Why"]
    assert "observe.py" not in str(report)


def test_an_exception_inside_a_library_is_shown_with_the_students_line_that_called_it(student):
    student.change("mixtures", "np.linalg.cholesky(covariance)", "np.linalg.cholesky(covariance[0])")
    line = rows(check("gaussian_log_density", folder=student.desks))["Line"]
    assert "gmmlearn/mixtures.py" in line
    assert "np.linalg.cholesky(covariance[0])" in line


def test_an_earlier_mistake_is_named_and_does_not_count(student):
    student.change("likelihood", "log_weights[k] + gaussian", "gaussian")
    report = check("responsibilities", folder=student.desks)
    assert report.passed
    assert '3.2 log_joint is not right yet. See `check("log_joint")`.' in rows(report)["Look"]


def test_an_earlier_function_that_is_not_written_is_named(student):
    student.unwrite("likelihood")
    report = check("expected_log_likelihood", folder=student.desks)
    assert report.passed
    assert "3.2 log_joint is not written yet" in rows(report)["Look"]


def test_an_earlier_chapter_that_cannot_be_run_does_not_count_either(student):
    (student.desks / "likelihood.py").write_text("def log_joint(:\n")
    assert check("responsibilities", folder=student.desks).passed


def test_a_missing_file_and_a_missing_function_say_what_is_missing(student):
    (student.desks / "sampling.py").unlink()
    assert "gmmlearn reset sample_gaussian" in str(check("sample_gaussian", folder=student.desks))
    student.change("e_step", "def assign(", "def asign(")
    assert "gmmlearn/e_step.py holds no function assign" in str(check("assign", folder=student.desks))


def test_a_function_in_the_notebook_is_not_the_one_that_is_checked(student, monkeypatch):
    def assign(responsibilities):
        return responsibilities.argmax(axis=1)

    monkeypatch.setattr(assign, "__module__", "__main__")
    main = types.ModuleType("__main__")
    main.assign = assign
    monkeypatch.setitem(sys.modules, "__main__", main)
    student.unwrite("e_step")
    assert "There is a function assign in this notebook" in str(check("assign", folder=student.desks))


def test_the_inputs_of_the_report_give_the_values_that_it_shows(student):
    student.change("m_step", "responsibilities.mean(axis=0)", "responsibilities.sum(axis=0)")
    report = check("update_weights", folder=student.desks)
    came = report.inputs["responsibilities"].sum(axis=0)
    shown = [float(cell) for cell in rows(report)["Came"].rows[0]]
    assert shown == pytest.approx(came, abs=1e-3)
    assert 'update_weights(**check("update_weights").inputs)' in rows(report)["Try"]


def test_the_inputs_of_a_sampler_hold_a_generator(student):
    student.change("sampling", "mean + rng", "rng")
    report = check("sample_gaussian", folder=student.desks)
    assert report.inputs["rng"].random() == np.random.default_rng(5).random()


def test_a_function_that_calls_no_other_is_not_run_twice(student):
    student.change("e_step", "    return np.argmax", "    print('called')\n    return np.argmin")
    assert check("assign", folder=student.desks).printed.count("called") == 4


def test_an_interrupt_goes_through(student):
    def endless(responsibilities):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("assign", function=endless)


def test_a_function_that_is_handed_in_does_not_change_the_record(student):
    check("assign", function=lambda responsibilities: responsibilities.argmax(axis=1))
    assert not (student.root / ".gmmlearn").exists()


def test_sys_exit_of_a_student_is_a_report(student):
    student.change("e_step", "    return np.argmax", "    raise SystemExit(0)\n    return np.argmax")
    assert check("assign", folder=student.desks).headline == "stopped with an exception"


OWN_WAYS = {
    "assign": lambda responsibilities: [int(np.argmax(row)) for row in responsibilities],
    "update_weights": lambda responsibilities: responsibilities.mean(axis=0).tolist(),
    "n_parameters": lambda K, d, covariance_type="full": np.int32(
        K * (d + 1)
        - 1
        + {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}[covariance_type]
    ),
    "sample_categorical": lambda weights, n_samples, rng: rng.multinomial(1, weights, n_samples).argmax(axis=1),
    "sample_gaussian": lambda mean, covariance, n_samples, rng: rng.multivariate_normal(mean, covariance, n_samples),
    "initialize": lambda X, n_components, rng, init_params="kmeans": own_start(X, n_components, rng, init_params),
    "bic": lambda log_likelihood, n_parameters, n_samples: np.array(
        n_parameters * np.log(n_samples) - 2 * log_likelihood
    ),
}  # fmt: skip


def own_start(X, n_components, rng, init_params):
    """A start by SciPy's k-means, its clusters in the opposite order, and draws column by column."""
    from scipy.cluster.vq import kmeans2

    if init_params == "random":
        draws = rng.uniform(size=(n_components, len(X))).T
        return draws / draws.sum(axis=1, keepdims=True)
    if init_params != "kmeans":
        raise ValueError(f"{init_params} is neither kmeans nor random")
    labels = kmeans2(X, n_components, seed=rng, minit="++")[1]
    return np.eye(n_components)[n_components - 1 - labels]


@pytest.mark.parametrize("name", OWN_WAYS)
def test_other_right_ways_pass_too(name):
    report = check(name, function=OWN_WAYS[name])
    assert report.passed, str(report)


def test_a_fit_that_finds_its_own_start_and_returns_the_parameters_of_its_last_entry_passes():
    from gmmlearn import Fit, library

    def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
        shares = own_start(X, n_components, rng, init_params)
        trace, parameters = [], None
        for _ in range(max_iter):
            means = library.update_means(X, shares)
            covariances = library.update_covariances(X, shares, means, reg_covar)
            parameters = library.update_weights(shares), means, covariances
            trace.append(library.log_likelihood(X, *parameters) / len(X))
            if len(trace) > 1 and trace[-1] - trace[-2] < tol:
                return Fit(*parameters, np.array(trace), True)
            shares = library.responsibilities(X, *parameters)
        return Fit(*parameters, np.array(trace), False)

    report = check("fit", function=fit)
    assert report.passed, str(report)


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
        ({"steps_back": 0, "n_cut": 1}, "iterations came"),
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
    (student.desks / "e_step.py").write_text(
        f"{imports}\n\n\ndef helper(*args):\n    return {call}(*args)\n\n\n"
        "def responsibilities(X, *rest):\n    return helper(X, *rest).fit(X)\n\n\n"
        "def assign(responsibilities):\n    return responsibilities\n"
    )
    assert called_by("responsibilities", student.desks) == ["gaussian_log_density", "log_joint"]
    assert "responsibilities" not in called_by("assign", student.desks)
