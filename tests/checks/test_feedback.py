"""What is said where no known mistake fits: laws, shapes, exceptions; the most basic thing first."""

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks import check
from gmmlearn.checks.book import Case
from gmmlearn.checks.causes import cause_of
from gmmlearn.checks.diagnose import Trial
from gmmlearn.checks.observe import Observation
from gmmlearn.checks.shown import Grid, came_and_due
from gmmlearn.checks.values import Close
from gmmlearn.contract import EXERCISES


def rows(name, function):
    return dict(check(name, function=function).rows)


def why(name, function):
    return rows(name, function)["Why"]


def changed(name, change):
    """The library's function with something done to its result."""
    return lambda *args, **kwargs: change(getattr(library, name)(*args, **kwargs))


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("mixture_density", np.log, "They are the logarithms of what is due."),
        ("update_means", lambda a: -a, "They have the opposite sign."),
        ("update_means", lambda a: a * 3.3, "All are off by the same factor."),
        ("gaussian_density", lambda a: a + 0.25, "All are off by the same amount."),
        ("update_means", lambda a: a[::-1], "The right numbers are there, in another order."),
        ("responsibilities", lambda a: a / 2, "7 of 7 rows do not sum to 1"),
        ("update_weights", lambda a: None, "is the `return` missing?"),
        ("update_weights", lambda a: a[:, np.newaxis], "an axis of length 1 is left over"),
        ("log_joint", lambda a: a[..., np.newaxis], "(n, K) = (7, 3) was due"),
        ("assign", lambda a: a.astype(float), "integers were due"),
        ("update_means", lambda a: np.where(a > a.min(), a, np.nan), "1 of 6 values is NaN"),
        ("fit_gaussian", lambda a: a[1], "the tuple (mean, covariance) was due"),
        ("fit_gaussian", lambda a: (*a, 1), "3 values came, (mean, covariance) was due"),
        ("update_means", lambda a: a.astype(np.float32), "float32, which keeps only 7 digits"),
        ("log_likelihood", lambda a: [a], "a single number was due"),
        ("fit", lambda a: a._replace(log_likelihoods=a.log_likelihoods[::-1]), "log_likelihoods:"),
        ("fit", lambda a: a._replace(weights=a.weights[::-1]), "weights:"),
        ("fit", tuple, ""),
        ("fit_sklearn", lambda a: a.means_, "a fitted GaussianMixture was due"),
        ("sample_gaussian", lambda a: a.T, "the axes are exchanged"),
        ("sample_mixture", lambda a: a[0], "the tuple (X, labels) was due"),
    ],
)
def test_a_law_speaks_where_no_known_mistake_fits(name, change, words):
    if not words:
        assert check(name, function=changed(name, change)).passed
    else:
        assert words in why(name, changed(name, change))


@pytest.mark.parametrize("part", ["log_likelihoods", "weights"])
def test_a_sentence_leaves_a_name_at_its_beginning_as_it_is(part):
    assert why("fit", changed("fit", lambda a: a._replace(**{part: getattr(a, part)[::-1]}))).startswith(f"{part}: ")


def test_densities_where_logarithms_are_due_are_told():
    inputs = np.array([-1.0, -2.0])
    trial = Trial(
        Case("", "", "values", (), right={"value": inputs}),
        (Observation(np.exp(inputs)),),
        Close(inputs)(np.exp(inputs)),
    )
    assert "They are densities; their logarithms are due." in cause_of(trial)


def test_a_setting_of_a_model_that_is_a_word_is_told_as_it_is():
    def fit_sklearn(X, n_components, *, random_state=None, **settings):
        return library.fit_sklearn(X, n_components, random_state=random_state)

    assert "full came, tied was due" in why("fit_sklearn", fit_sklearn)


def test_a_message_that_holds_a_whole_array_is_cut_short():
    def fit_sklearn(X, n_components, **settings):
        return library.fit_sklearn(X.ravel(), n_components)

    said = why("fit_sklearn", fit_sklearn)
    assert "Expected 2D array, got 1D array" in said
    assert "samples in rows" in said
    assert len(said) < 400


def test_an_input_that_was_changed_is_named_although_the_values_are_right():
    def update_weights(responsibilities):
        result = responsibilities.mean(axis=0)
        responsibilities *= 0
        return result

    assert "changed its input `responsibilities`" in why("update_weights", update_weights)


def test_a_sampler_that_ignores_its_generator_is_told_so():
    rows_of_one = np.random.default_rng(5).multivariate_normal([0, 0], np.eye(2), 9000)

    def sample_gaussian(mean, covariance, n_samples, rng):
        noise = np.resize(rows_of_one[:, : len(mean)], (n_samples, len(mean)))
        return mean + noise @ np.linalg.cholesky(covariance).T

    report = check("sample_gaussian", function=sample_gaussian)
    assert not report.passed
    assert "whatever `rng` is handed" in str(report)


def test_nan_comes_with_the_warning_that_numpy_gave():
    def update_means(X, responsibilities):
        return np.log(-np.ones((responsibilities.shape[1], X.shape[1])))

    assert "invalid value encountered in log" in why("update_means", update_means)


def test_the_most_basic_thing_is_said_first_and_the_rest_is_counted():
    def log_joint(X, weights, means, covariances):
        joint = library.log_joint(X, weights, means, covariances) * 1.5
        return joint[0] if len(X) == 1 else joint

    report = check("log_joint", function=log_joint)
    assert dict(report.rows)["Came"] == "shape (3,)"
    assert "4 more cases differ; they may well have the same cause." in report.notes


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("operands could not be broadcast together with shapes (7,) (3,) "), "shapes (7,) and (3,)"),
        (np.linalg.LinAlgError("Matrix is not positive definite"), "Is it a covariance?"),
        (TypeError("f() missing 1 required positional argument: 'rng'"), "the arguments of the stub"),
        (TypeError("'numpy.ndarray' object is not callable"), "hide it?"),
        (RecursionError("maximum recursion depth exceeded"), "calls itself without end"),
        (KeyError("tied"), "KeyError: 'tied'."),
    ],
)
def test_an_exception_is_put_into_plain_words(error, words):
    def function(*args, **kwargs):
        raise error

    assert words in why("assign", function)


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        [1, [2, 3]],
        (),
        (1, 2),
        {},
        object(),
        np.zeros(0),
        np.full(7, np.nan),
        np.array([1j]),
        lambda: 0,
        np.ma.masked_array([1.0, 2.0], [0, 1]),
        np.zeros((2,) * 12),
        float("inf"),
        True,
        "<b>",
        range(3),
        10**400,
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_function_returns_the_check_answers(name, value):
    report = check(name, function=lambda *args, **kwargs: value)
    assert not report.passed
    assert str(report)
    assert report._repr_html_().startswith("<section")


def test_shown_values_have_as_many_digits_as_the_difference_needs():
    came, due = came_and_due(np.array([1.0, 2.0]), np.array([1.0, 2.0000003]))
    assert (came.rows, due.rows) == ((("1.0000000", "2.0000000"),), (("1.0000000", "2.0000003"),))
    assert came.wrong == ((False, True),)


def test_the_piece_that_is_shown_holds_the_first_difference():
    right = np.zeros((100, 9))
    wrong = right.copy()
    wrong[57, 8] = 1
    came, _ = came_and_due(wrong, right)
    assert any(any(row) for row in came.wrong)
    assert "[57, 3:]" in came.labels
    assert came.rest == "96 more rows, 3 more columns"


@pytest.mark.parametrize("shape", [(), (1,), (9,), (3, 2), (4, 3, 3), (2, 2, 2, 2)])
def test_arrays_of_every_dimension_are_shown_aligned(shape):
    right = np.random.default_rng(0).normal(size=shape) * 10
    for grid in came_and_due(right + 1e-3, right):
        assert isinstance(grid, Grid)
        assert len({len(cell) for row in grid.rows for cell in row}) == 1


def joint_and_largest(args, axis):
    joint = library.log_joint(*args)
    return joint, joint.max(axis=axis, keepdims=True)


def test_a_column_added_to_a_row_is_told():
    def log_likelihood(*args):
        joint, largest = joint_and_largest(args, axis=1)
        return (largest + np.log(np.exp(joint - largest).sum(axis=1))).sum()

    assert "makes an (n, n) table" in why("log_likelihood", log_likelihood)


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_log_sum_exp_along_the_samples_is_told(by_hand):
    def log_likelihood(*args):
        joint, largest = joint_and_largest(args, axis=0)
        if by_hand:
            return (largest + np.log(np.exp(joint - largest).sum(axis=0))).sum()
        return np.logaddexp.reduce(joint, axis=0).sum()

    assert "over the samples" in why("log_likelihood", log_likelihood)


def test_the_plain_case_is_shown_before_nan_in_a_special_one():
    def responsibilities(*args):
        joint = np.exp(library.log_joint(*args))
        return joint / joint.sum(axis=0)

    seen = rows("responsibilities", responsibilities)
    assert "The columns sum to 1" in seen["Why"]
    assert seen["With"].startswith("seven samples")


@pytest.mark.parametrize("owned", [True, False])
def test_a_scatter_without_responsibilities_is_told(owned):
    def update_covariances(X, responsibilities, means, reg_covar=1e-6):
        covariances = []
        for k, mean in enumerate(means):
            residuals = X - mean
            size = responsibilities[:, k].sum() if owned else len(X)
            covariances.append(residuals.T @ residuals / size + reg_covar * np.eye(X.shape[1]))
        return np.array(covariances)

    assert "counts fully" in why("update_covariances", update_covariances)
