"""The reference of chapters 6 and 7, against scikit-learn, R's mclust and laws that every fit keeps."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.mixture import GaussianMixture

from gmmlearn.data import old_faithful
from solutions.e_step import responsibilities
from solutions.em import fit, initialize
from solutions.likelihood import log_likelihood
from solutions.m_step import update_covariances, update_means, update_weights
from solutions.sampling import sample_mixture
from solutions.with_sklearn import bic, fit_sklearn, n_parameters, select_n_components

MIXTURE = (
    np.array([0.6, 0.3, 0.1]),
    np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]]),
    np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.0], [0.0, 0.1]]]),
)


@pytest.fixture(scope="module")
def X():
    return sample_mixture(*MIXTURE, 400, np.random.default_rng(0))[0]


@pytest.fixture(scope="module")
def mclust():
    """Data set -> quantity -> {(component, row, column): value}, as R's mclust found it."""
    fits = defaultdict(lambda: defaultdict(dict))
    with (Path(__file__).parent / "data" / "mclust.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            place = tuple(int(line[part]) for part in ("component", "row", "column") if line[part])
            fits[line["data"]][line["quantity"]][place] = float(line["value"])
    return fits


def by_first_mean(fitted):
    """Weights, means and covariances in the order of the first coordinate of the means."""
    order = np.argsort(fitted.means[:, 0])
    return fitted.weights[order], fitted.means[order], fitted.covariances[order]


def m_step(X, shares, reg_covar):
    means = update_means(X, shares)
    return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)


@pytest.mark.parametrize("reg_covar", [1e-6, 0.1])
@pytest.mark.parametrize("init_params", ["kmeans", "random"])
def test_the_trace_is_that_of_sklearn_from_the_same_start(X, init_params, reg_covar):
    start = m_step(X, initialize(X, 3, np.random.default_rng(1), init_params), reg_covar)
    model = GaussianMixture(
        3,
        tol=1e-4,
        reg_covar=reg_covar,
        max_iter=300,
        weights_init=start[0],
        means_init=start[1],
        precisions_init=np.linalg.inv(start[2]),
    ).fit(X)
    fitted = fit(X, 3, np.random.default_rng(1), init_params=init_params, tol=1e-4, reg_covar=reg_covar, max_iter=300)
    assert fitted.converged
    np.testing.assert_allclose(fitted.log_likelihoods, model.lower_bounds_, rtol=1e-8)
    np.testing.assert_allclose(fitted.means, model.means_, atol=1e-7)
    np.testing.assert_allclose(fitted.covariances, model.covariances_, atol=1e-7)


@pytest.mark.parametrize(("data", "n_components"), [("faithful", 2), ("iris", 3)])
def test_real_data_give_the_fit_of_mclust(mclust, data, n_components):
    X = {"faithful": old_faithful, "iris": lambda: load_iris().data}[data]()
    fitted = fit(X, n_components, np.random.default_rng(0), tol=1e-14, max_iter=2000, reg_covar=0.0)
    expected = mclust[data]
    total = fitted.log_likelihoods[-1] * len(X)
    assert total == pytest.approx(expected["log_likelihood"][()], rel=1e-9)

    expected_order = sorted(range(n_components), key=lambda k: expected["mean"][k, 0])
    weights, means, covariances = by_first_mean(fitted)
    for place, k in enumerate(expected_order):
        assert weights[place] == pytest.approx(expected["weight"][k,], rel=1e-6)
        for (_, row), value in ((at, v) for at, v in expected["mean"].items() if at[0] == k):
            assert means[place, row] == pytest.approx(value, rel=1e-6)
        for (_, row, column), value in ((at, v) for at, v in expected["covariance"].items() if at[0] == k):
            assert covariances[place, row, column] == pytest.approx(value, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize(("data", "n_samples", "sizes"), [("faithful", 272, (2, 2)), ("iris", 150, (3, 4))])
def test_the_criterion_of_mclust_follows_from_its_likelihood(mclust, data, n_samples, sizes):
    expected = mclust[data]
    assert n_parameters(*sizes) == expected["n_parameters"][()]
    assert bic(expected["log_likelihood"][()], n_parameters(*sizes), n_samples) == pytest.approx(
        expected["bic"][()], rel=1e-12
    )


def test_the_trace_starts_at_the_m_step_of_the_start(X):
    start = m_step(X, initialize(X, 3, np.random.default_rng(1)), 1e-6)
    fitted = fit(X, 3, np.random.default_rng(1))
    assert fitted.log_likelihoods[0] == pytest.approx(log_likelihood(X, *start) / len(X), rel=1e-12)


def test_the_parameters_are_one_m_step_past_the_last_value_of_the_trace(X):
    longer = fit(X, 3, np.random.default_rng(1), max_iter=6, tol=0.0)
    shorter = fit(X, 3, np.random.default_rng(1), max_iter=5, tol=0.0)
    assert len(shorter.log_likelihoods) == 5
    assert not shorter.converged
    expected = log_likelihood(X, *shorter[:3]) / len(X)
    assert longer.log_likelihoods[5] == pytest.approx(expected, rel=1e-12)


def test_a_fit_stops_at_the_first_gain_below_the_tolerance(X):
    fitted = fit(X, 3, np.random.default_rng(1), tol=1e-4)
    gains = np.diff(fitted.log_likelihoods)
    assert fitted.converged
    assert (gains[:-1] >= 1e-4).all()
    assert gains[-1] < 1e-4


def test_the_likelihood_never_falls(X):
    for init_params in ("kmeans", "random"):
        fitted = fit(X, 4, np.random.default_rng(7), init_params=init_params, tol=0.0, max_iter=200)
        assert (np.diff(fitted.log_likelihoods) > -1e-9).all()


def test_a_converged_fit_stands_still_under_another_iteration(X):
    fitted = fit(X, 3, np.random.default_rng(1), tol=1e-13, max_iter=2000)
    again = m_step(X, responsibilities(X, *fitted[:3]), 1e-6)
    for part, same in zip(fitted, again):
        np.testing.assert_allclose(part, same, atol=1e-5)


def test_a_change_of_units_changes_the_fit_with_it(X):
    # With k-means out of the way, which depends on units, and without reg_covar, which does too.
    A, b = np.array([[2.0, 0.3], [-1.0, 0.5]]), np.array([100.0, -7.0])
    options = {"init_params": "random", "tol": 0.0, "max_iter": 20, "reg_covar": 0.0}
    fitted = fit(X, 3, np.random.default_rng(1), **options)
    moved = fit(X @ A.T + b, 3, np.random.default_rng(1), **options)
    np.testing.assert_allclose(moved.weights, fitted.weights, rtol=1e-6)
    np.testing.assert_allclose(moved.means, fitted.means @ A.T + b, rtol=1e-6)
    np.testing.assert_allclose(moved.covariances, A @ fitted.covariances @ A.T, rtol=1e-5)
    shift = np.log(abs(np.linalg.det(A)))
    np.testing.assert_allclose(moved.log_likelihoods, fitted.log_likelihoods - shift, rtol=1e-9)


def test_kmeans_gives_every_sample_to_one_component(X):
    start = initialize(X, 3, np.random.default_rng(0))
    assert set(np.unique(start)) == {0.0, 1.0}
    np.testing.assert_array_equal(start.sum(axis=1), 1.0)
    assert (start.sum(axis=0) > 0).all()


def test_a_random_start_is_uniform_before_its_rows_are_normalized(X):
    start = initialize(X, 2, np.random.default_rng(0), "random")
    np.testing.assert_allclose(start.sum(axis=1), 1.0)
    # The ratio of two uniform draws is below t with probability t / 2, for t up to 1.
    ratio = start[:, 0] / start[:, 1]
    assert np.mean(ratio < 0.5) == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize("function", [initialize, fit])
def test_a_start_of_another_name_is_refused_with_the_two_names(X, function):
    with pytest.raises(ValueError, match=r"'kmeans'.*'random'.*'kmeans\+\+'"):
        function(X, 3, np.random.default_rng(0), init_params="kmeans++")


@pytest.mark.filterwarnings("error::RuntimeWarning", "ignore:Number of distinct clusters")
def test_more_components_than_distinct_samples_is_no_nan():
    X = np.repeat([[0.0, 1.0], [2.0, 3.0]], 5, axis=0)
    fitted = fit(X, 3, np.random.default_rng(0))
    assert all(np.isfinite(part).all() for part in fitted[:4])


def test_options_reach_sklearn(X):
    model = fit_sklearn(X, 2, covariance_type="tied", init_params="random_from_data", n_init=3, random_state=5)
    options = model.get_params()
    assert (options["covariance_type"], options["init_params"]) == ("tied", "random_from_data")
    assert (options["n_components"], options["n_init"], options["random_state"]) == (2, 3, 5)
    assert model.covariances_.shape == (2, 2)


@pytest.mark.parametrize("covariance_type", ["full", "tied", "diag", "spherical"])
@pytest.mark.parametrize(("n_components", "n_features"), [(1, 1), (3, 2), (2, 4)])
def test_the_number_of_parameters_is_what_sklearn_charges_for(covariance_type, n_components, n_features):
    X = np.random.default_rng(0).normal(size=(60, n_features))
    model = GaussianMixture(n_components, covariance_type=covariance_type, random_state=0).fit(X)
    # bic - aic = p log(n) - 2 p
    expected = (model.bic(X) - model.aic(X)) / (np.log(60) - 2)
    got = n_parameters(n_components, n_features, covariance_type)
    assert got == pytest.approx(expected)
    assert bic(model.score(X) * 60, got, 60) == pytest.approx(model.bic(X))


def test_the_criterion_finds_the_three_components_of_the_sample(X):
    assert select_n_components(X, (5, 3, 2, 1), n_init=2, random_state=0) == 3


def test_the_choice_is_the_candidate_with_the_lowest_criterion(X):
    candidates = [6, 2, 4]
    expected = [GaussianMixture(k, n_init=2, random_state=1).fit(X).bic(X) for k in candidates]
    assert select_n_components(X, candidates, n_init=2, random_state=1) == candidates[int(np.argmin(expected))]


def test_old_faithful_is_the_table_of_r():
    X = old_faithful()
    assert X.shape == (272, 2)
    assert X.dtype == np.float64
    # R: colMeans(faithful), and cor(faithful)[1, 2].
    np.testing.assert_allclose(X.mean(axis=0), [3.487783, 70.897059], atol=5e-7)
    assert np.corrcoef(X, rowvar=False)[0, 1] == pytest.approx(0.9008112, abs=5e-8)


def test_old_faithful_is_a_new_array_every_time():
    assert not np.shares_memory(old_faithful(), old_faithful())
