"""The estimator gives scikit-learn's answers on arrays, and right ones where scikit-learn has none."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_info

from benchmarks import accuracy
from gmmlearn.estimators import StreamingGaussianMixture, expectation

KINDS = ["full", "tied", "diag", "spherical"]
FITTED = ["weights_", "means_", "covariances_", "precisions_", "precisions_cholesky_", "lower_bounds_"]


def samples(n=2000, d=3, K=3, seed=0, spread=4.0):
    """Samples of a mixture with correlated components."""
    rng = np.random.default_rng(seed)
    middles, roots = rng.normal(0, spread, (K, d)), rng.normal(size=(K, d, d)) / np.sqrt(d) + 0.5 * np.eye(d)
    labels = rng.integers(K, size=n)
    return middles[labels] + np.einsum("nij,nj->ni", roots[labels], rng.normal(size=(n, d)))


def difference(got, expected, names=FITTED):
    """The largest relative difference of the fitted attributes."""
    pairs = [(np.asarray(getattr(got, name)), np.asarray(getattr(expected, name))) for name in names]
    return max(np.abs(a - b).max() / np.abs(b).max() for a, b in pairs)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("init_params", ["kmeans", "random"])
@pytest.mark.parametrize(("n", "d", "K"), [(300, 1, 2), (5000, 3, 3), (2000, 12, 4)])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_answer_is_scikit_learns(kind, init_params, n, d, K):
    X = samples(n, d, K)
    given = {"n_components": K, "covariance_type": kind, "init_params": init_params, "random_state": 0, "tol": 1e-5}
    expected = GaussianMixture(**given).fit(X)
    got = StreamingGaussianMixture(**given).fit(X)
    assert (got.n_iter_, got.converged_) == (expected.n_iter_, expected.converged_)
    assert difference(got, expected) < 1e-10
    np.testing.assert_allclose(got.score_samples(X), expected.score_samples(X), rtol=1e-10)
    np.testing.assert_allclose(got.predict_proba(X), expected.predict_proba(X), atol=1e-10)
    np.testing.assert_array_equal(got.predict(X), expected.predict(X))
    np.testing.assert_allclose([got.bic(X), got.aic(X)], [expected.bic(X), expected.aic(X)], rtol=1e-10)
    for a, b in zip(got.sample(50), expected.sample(50)):
        np.testing.assert_allclose(a, b, atol=1e-6)


@pytest.mark.parametrize("init_params", ["k-means++", "random_from_data"])
def test_other_starts_are_scikit_learns(init_params):
    X = samples(3000, 2, 3)
    given = {"n_components": 3, "init_params": init_params, "random_state": 3}
    assert difference(StreamingGaussianMixture(**given).fit(X), GaussianMixture(**given).fit(X)) < 1e-10


def test_the_best_of_several_starts_is_scikit_learns():
    """Of a random walk, on which the starts end in different maxima and the best is neither the first nor the last."""
    X = np.random.default_rng(2).normal(size=(150, 2)).cumsum(axis=0)
    given = {"n_components": 4, "init_params": "random_from_data", "tol": 1e-5, "max_iter": 500}
    best = StreamingGaussianMixture(**given, n_init=4, random_state=0).fit(X)
    assert difference(best, GaussianMixture(**given, n_init=4, random_state=0).fit(X)) < 1e-10
    state = np.random.RandomState(0)
    each = [StreamingGaussianMixture(**given, random_state=state).fit(X).lower_bound_ for _ in range(4)]
    assert max(each) == pytest.approx(best.lower_bound_, rel=1e-12)
    assert min(max(each) - each[0], max(each) - each[-1]) > 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_both_ways_of_a_pass_agree(kind, monkeypatch):
    X = samples()
    by_products = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    assert expectation.way_for(by_products._parameters(), X.dtype) is expectation.Way.PRODUCTS
    monkeypatch.setattr(expectation, "LARGEST_TERM", -1.0)
    by_residuals = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    assert expectation.way_for(by_residuals._parameters(), X.dtype) is expectation.Way.RESIDUALS
    assert difference(by_residuals, by_products) < 1e-11


@pytest.mark.parametrize(
    ("kind", "n_components", "way"), [("full", 2, "RESIDUALS"), ("full", 8, "PRODUCTS"), ("tied", 2, "PRODUCTS")]
)
def test_few_components_of_many_features_are_taken_by_residuals(kind, n_components, way):
    X = np.random.default_rng(0).normal(size=(1500, 30)) + np.arange(1500)[:, np.newaxis] % n_components
    given = {"n_components": n_components, "covariance_type": kind, "random_state": 0}
    model = StreamingGaussianMixture(**given).fit(X)
    assert expectation.way_for(model._parameters(), X.dtype).name == way
    assert difference(model, GaussianMixture(**given).fit(X)) < 1e-10


@pytest.mark.skipif(
    np.finfo(np.longdouble).eps >= np.finfo(float).eps, reason="longdouble is no longer than float here"
)
@pytest.mark.parametrize("name", accuracy.CASES)
def test_digits_are_kept(name):
    """Means at an offset of 1e9 cannot be nearer than what lies between two numbers of that size."""
    given = accuracy.problem(**accuracy.CASES[name])
    log_likelihood, means, covariances = accuracy.errors(StreamingGaussianMixture, *given)
    smallest = np.sqrt(1 / np.linalg.eigvalsh(given[3])[:, -1].max())
    between = np.finfo(float).eps * np.abs(given[0]).max() / smallest
    assert log_likelihood < 1e-11
    assert means < 1e-12 + 10 * between
    assert covariances < 1e-11


@pytest.mark.parametrize("kind", KINDS)
def test_moved_data_give_the_moved_mixture(kind):
    X = samples()
    still = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    moved = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X + 2.0**30)
    assert np.abs(moved.means_ - 2.0**30 - still.means_).max() < 1e-4
    assert difference(moved, still, ["weights_", "covariances_"]) < 1e-5


@pytest.mark.parametrize("kind", KINDS)
def test_a_weight_is_a_number_of_repetitions(kind):
    X = samples(400)
    times = np.random.default_rng(1).integers(0, 4, len(X))
    begin = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    given = {"n_components": 3, "covariance_type": kind, "weights_init": begin.weights_, "means_init": begin.means_}
    given |= {"precisions_init": begin.precisions_, "tol": 1e-6}
    weighted = StreamingGaussianMixture(**given).fit(X, sample_weight=times)
    repeated = GaussianMixture(**given).fit(np.repeat(X, times, axis=0))
    assert difference(weighted, repeated) < 1e-10
    assert weighted.bic(X, times) == pytest.approx(repeated.bic(np.repeat(X, times, axis=0)))


@pytest.mark.parametrize("unit", [1e-300, 1e-20, 1e20, 1e300])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_unit_of_weights_does_not_matter(unit, dtype):
    X = samples(400).astype(dtype)
    weights = np.random.default_rng(1).integers(0, 4, len(X)).astype(float)
    expected = StreamingGaussianMixture(3, random_state=0).fit(X, sample_weight=weights)
    names = ["weights_", "means_", "covariances_", "lower_bounds_"]
    tolerance = 1e-10 if dtype is np.float64 else 1e-5
    assert (
        difference(StreamingGaussianMixture(3, random_state=0).fit(X, None, unit * weights), expected, names)
        < tolerance
    )
    steps = StreamingGaussianMixture(3, random_state=0)
    for factor in (1.0, unit):
        steps.partial_fit(X, None, factor * weights)
    twice = StreamingGaussianMixture(3, random_state=0).partial_fit(X, None, weights).partial_fit(X, None, weights)
    assert difference(steps, twice, names) < tolerance
    if dtype is np.float64:
        blocks = [(X[:150], unit * weights[:150]), (X[150:], unit * weights[150:])]
        assert difference(StreamingGaussianMixture(3, random_state=0).fit(blocks), expected, names) < tolerance


@pytest.mark.parametrize("kind", KINDS)
def test_single_precision_in_and_out(kind):
    X = samples().astype(np.float32)
    got = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    whole = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X.astype(float))
    assert {getattr(got, name).dtype for name in FITTED[:-1]} == {np.dtype(np.float32)}
    assert got.score_samples(X).dtype == got.predict_proba(X).dtype == np.float32
    assert difference(got, whole, ["weights_", "means_", "covariances_"]) < 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_stepwise_em_comes_near_the_fit_of_all(kind):
    X = samples(20_000)
    whole = StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    stepwise = StreamingGaussianMixture(3, covariance_type=kind, random_state=0)
    stepwise.partial_fit(X[i : i + 500] for i in range(0, len(X), 500))
    assert stepwise.n_iter_ == len(stepwise.lower_bounds_) == 40
    assert whole.score(X) - stepwise.score(X) < 0.02
    assert stepwise.score(X) > StreamingGaussianMixture(1).fit(X).score(X) + 0.3


def test_steps_of_equal_say_are_one_fit():
    """With steps of 1/t and one component nothing is forgotten: the mean and covariance of all samples come out."""
    X = samples(1000, K=1)
    model = StreamingGaussianMixture(step_power=1.0, reg_covar=0)
    for first in range(0, 1000, 100):
        model.partial_fit(X[first : first + 100])
    np.testing.assert_allclose(model.means_[0], X.mean(axis=0), rtol=1e-10)
    np.testing.assert_allclose(model.covariances_[0], np.cov(X.T, bias=True), rtol=1e-10)


def test_warm_start_goes_on_where_it_was():
    X = samples()
    with pytest.warns(ConvergenceWarning):
        once = StreamingGaussianMixture(3, max_iter=4, tol=0, random_state=0).fit(X)
    model = StreamingGaussianMixture(3, max_iter=2, tol=0, random_state=0, warm_start=True)
    for _ in range(2):
        with pytest.warns(ConvergenceWarning):
            model.fit(X)
    assert difference(model, once, FITTED[:-1]) < 1e-10
    assert clone(model).warm_start


@pytest.mark.parametrize("ask", ["predict", "partial_fit", "fit"])
def test_another_kind_than_that_of_the_fit_gets_a_sentence(ask):
    X = samples(100)
    model = StreamingGaussianMixture(2, random_state=0, warm_start=True).fit(X).set_params(covariance_type="tied")
    with pytest.raises(ValueError, match="fitted with another covariance_type than 'tied'"):
        getattr(model, ask)(X)
    model.set_params(covariance_type="full")
    with pytest.raises(ValueError, match="X has 2 features, but"):
        getattr(model, ask)(X[:, :2])


def test_the_threads_of_blas_are_put_back(monkeypatch):
    seen = []
    sums = expectation.expected_sums
    monkeypatch.setattr(
        "gmmlearn.estimators.fitting.expected_sums", lambda *args: [seen.append(threads()), sums(*args)][1]
    )
    before = threads()
    StreamingGaussianMixture(2, random_state=0).fit(samples())
    assert threads() == before
    assert set(seen) == {tuple(1 for _ in before)}


def threads():
    """Threads of each BLAS that is loaded."""
    return tuple(info["num_threads"] for info in threadpool_info() if info["user_api"] == "blas")


@pytest.mark.parametrize("kind", KINDS)
def test_hard_data_have_an_answer(kind):
    rng = np.random.default_rng(0)
    X = samples(500)
    X[:, 1] = 7.0
    assert np.isfinite(StreamingGaussianMixture(3, covariance_type=kind, random_state=0).fit(X).score(X))
    twice = np.repeat(rng.normal(size=(4, 2)), 50, axis=0)
    model = StreamingGaussianMixture(4, covariance_type=kind, random_state=0).fit(twice)
    np.testing.assert_allclose(np.sort(model.means_[:, 0]), np.sort(twice[::50, 0]), atol=1e-9)
    np.testing.assert_allclose(model.weights_, 0.25)


@pytest.mark.parametrize(
    ("X", "sentence"),
    [
        (np.array([[1.0, np.nan], [0.0, 1.0]]), "contains NaN"),
        (np.array([[1.0, np.inf], [0.0, 1.0]]), "contains infinity"),
        (np.zeros((3, 2)), "n_components = 4, n_samples = 3"),
        ([np.ones((5, 2)), np.full((2, 2), np.nan)], r"nan in row 5, column 0"),
        ([np.ones((5, 2)), np.ones((5, 3))], "3 columns, and those before it 2"),
        ((block for block in [np.ones((5, 2))]), "can be read once"),
        ([np.ones((1, 2))], "fewer than two samples"),
        (np.array([[1e200, 0.0], [0.0, -1e200], [2e200, 1.0], [0.0, 5.0], [1.0, 1.0]]), "Scale the features|scale the"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::sklearn.exceptions.ConvergenceWarning")
def test_what_cannot_be_fitted_gets_a_sentence(X, sentence):
    with pytest.raises((ValueError, TypeError), match=sentence):
        StreamingGaussianMixture(4, random_state=0).fit(X)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scale", "dtype"), [(1.0, float), (1e-6, float), (1e5, float), (1.0, np.float32)])
def test_samples_far_from_every_component_keep_their_digits(kind, scale, dtype):
    """Far enough that the density itself is 0 in double precision; expected values come from SciPy."""
    X = (scale * samples(400, d=5)).astype(dtype)
    far = np.vstack([X[:3], X[:3] + dtype(50 * scale), X[:3] - dtype(1000 * scale), X[3:5]])
    model = StreamingGaussianMixture(3, covariance_type=kind, random_state=0, reg_covar=1e-9 * scale**2).fit(X)
    covariances = {
        "full": lambda: model.covariances_,
        "tied": lambda: [model.covariances_] * 3,
        "diag": lambda: [np.diag(variances) for variances in model.covariances_],
        "spherical": lambda: [variance * np.eye(5) for variance in model.covariances_],
    }[kind]()
    joint = np.stack(
        [
            np.log(weight) + multivariate_normal.logpdf(far.astype(float), mean, covariance, allow_singular=True)
            for weight, mean, covariance in zip(model.weights_, model.means_, covariances)
        ]
    )
    tolerance = 1e-9 if dtype is float else 1e-4
    np.testing.assert_allclose(model.score_samples(far), logsumexp(joint, axis=0), rtol=tolerance)
    shares = np.exp(joint - logsumexp(joint, axis=0)).T
    np.testing.assert_allclose(model.predict_proba(far), shares, atol=1e-6 if dtype is float else 1e-2)
    np.testing.assert_array_equal(model.predict(far), joint.argmax(axis=0))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_fit_with_outliers_is_scikit_learns(kind):
    X = samples(3000, 4)
    X[::700] *= 1e3
    given = {"n_components": 3, "covariance_type": kind, "means_init": X[1:4], "weights_init": np.full(3, 1 / 3)}
    given |= {
        "precisions_init": {"full": [np.eye(4)] * 3, "tied": np.eye(4), "diag": np.ones((3, 4))}.get(kind, np.ones(3))
    }
    given |= {"max_iter": 2, "tol": 0}
    names = ["weights_", "means_", "covariances_", "lower_bounds_"]  # the precisions are ill-conditioned
    assert difference(StreamingGaussianMixture(**given).fit(X), GaussianMixture(**given).fit(X), names) < 1e-10


def test_weights_that_are_none_get_a_sentence():
    X = samples(10)
    for weight, sentence in [(-np.ones(10), "negative"), (np.zeros(10), "zero"), (np.ones(9), "a weight a row")]:
        with pytest.raises(ValueError, match=sentence):
            StreamingGaussianMixture(2).fit(X, sample_weight=weight)
    with pytest.raises(ValueError, match=r"shape \(\); it should be \(10,\)"):
        StreamingGaussianMixture(2).fit(X, sample_weight=2.0)
    few = np.eye(10)[0]
    with pytest.raises(ValueError, match="Only 1 samples have a sample_weight above 0"):
        StreamingGaussianMixture(2).fit(X, sample_weight=few)
    with pytest.raises(ValueError, match="Only 1 samples in the first block have"):
        StreamingGaussianMixture(2).partial_fit(X, sample_weight=few)
    with pytest.raises(ValueError, match="Every sample_weight is zero"):
        StreamingGaussianMixture(2, random_state=0).fit(X).score(X, sample_weight=0 * few)


def test_verbose_says_what_was_done(capsys):
    StreamingGaussianMixture(3, verbose=2, verbose_interval=1, random_state=0).fit(samples())
    said = capsys.readouterr().out
    assert "Iteration 2: mean log-likelihood" in said
    assert "change" in said
    assert "EM converged after" in said
