"""Every function of the contract, in reference and library: shapes, kinds, small cases, inputs left alone."""

import importlib

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn import Fit, library
from gmmlearn.contract import EXERCISES

SIZES = [(1, 1, 1), (3, 3, 3), (6, 2, 3), (6, 1, 2), (5, 4, 1)]


def arguments(name, n, d, K):
    """Positional arguments for a function, of the given sizes and skewed in every way."""
    rng = np.random.default_rng(20)
    X = rng.normal(size=(n, d)) * 3 + 1
    weights = rng.dirichlet(np.ones(K))
    means = rng.normal(size=(K, d)) * 3
    factors = rng.normal(size=(K, d, d))
    covariances = factors @ factors.transpose(0, 2, 1) + 0.3 * np.eye(d)
    shares = rng.dirichlet(np.ones(K), size=n)
    mixture = (weights, means, covariances)
    return {
        "gaussian_density": (X[:, 0], means[0, 0], covariances[0, 0, 0]),
        "mixture_density": (X[:, 0], weights, means[:, 0], covariances[:, 0, 0]),
        "gaussian_log_density": (X, means[0], covariances[0]),
        "sample_categorical": (weights, n, rng),
        "sample_gaussian": (means[0], covariances[0], n, rng),
        "sample_mixture": (*mixture, n, rng),
        "fit_gaussian": (X,),
        "assign": (shares,),
        "update_weights": (shares,),
        "update_means": (X, shares),
        "update_covariances": (X, shares, means),
        "expected_log_likelihood": (X, shares, *mixture),
        "initialize": (X, K, rng),
        "fit": (X, K, rng),
        "fit_sklearn": (X, K),
        "n_parameters": (K, d),
        "bic": (-12.5, 4, n),
        "select_n_components": (X, [K]),
        "sufficient_statistics": (X,),
        "natural_parameters": mixture,
        "expected_statistics": (X, library.natural_parameters(*mixture)),
        "parameters": (library.expected_statistics(X, library.natural_parameters(*mixture))[0],),
    }.get(name, (X, *mixture))


def expected(name, n, d, K):
    """What comes back: a shape and a kind of number, a type, or a tuple of them."""
    real, whole = "f", "i"
    m = 1 + d + d * (d + 1) // 2
    return {
        "gaussian_density": ((n,), real),
        "mixture_density": ((n,), real),
        "gaussian_log_density": ((n,), real),
        "sample_categorical": ((n,), whole),
        "sample_gaussian": ((n, d), real),
        "sample_mixture": (((n, d), real), ((n,), whole)),
        "fit_gaussian": (((d,), real), ((d, d), real)),
        "log_joint": ((n, K), real),
        "log_likelihood": float,
        "responsibilities": ((n, K), real),
        "assign": ((n,), whole),
        "update_weights": ((K,), real),
        "update_means": ((K, d), real),
        "update_covariances": ((K, d, d), real),
        "expected_log_likelihood": float,
        "initialize": ((n, K), real),
        "fit": (((K,), real), ((K, d), real), ((K, d, d), real), ((2,), real), bool),
        "fit_sklearn": GaussianMixture,
        "n_parameters": int,
        "bic": float,
        "select_n_components": int,
        "sufficient_statistics": ((n, m), real),
        "natural_parameters": ((K, m), real),
        "expected_statistics": (((K, m), real), float),
        "parameters": (((K,), real), ((K, d), real), ((K, d, d), real)),
    }[name]


def kind(value):
    """A value as `expected` describes it."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.kind
    if isinstance(value, tuple):
        return tuple(kind(part) for part in value)
    return type(value)


@pytest.fixture(params=["solutions", "library"])
def room(request):
    return request.param


@pytest.fixture(params=EXERCISES)
def name(request):
    return request.param


@pytest.fixture
def function(room, name):
    module = library if room == "library" else importlib.import_module(f"solutions.{EXERCISES[name].module}")
    return getattr(module, name)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "n={} d={} K={}".format(*size))
@pytest.mark.filterwarnings("error")
def test_a_function_returns_the_shape_and_kind_of_the_contract(function, name, size):
    if name in ("fit_sklearn", "select_n_components") and size[0] == 1:
        pytest.skip("scikit-learn asks for two samples")
    got = function(*arguments(name, *size))
    if name == "fit":
        assert isinstance(got, Fit)
        n_iter = len(got.log_likelihoods)
        got = (*got[:3], got.log_likelihoods[:2], got.converged)
        assert 2 <= n_iter <= 100
    assert kind(got) == expected(name, *size)


def test_a_function_leaves_its_inputs_alone(function, name):
    given = arguments(name, 6, 2, 3)
    before = [value.tobytes() for value in given if isinstance(value, np.ndarray)]
    function(*given)
    assert [value.tobytes() for value in given if isinstance(value, np.ndarray)] == before


def test_a_function_takes_inputs_that_cannot_be_written_to(function, name):
    given = arguments(name, 6, 2, 3)
    for value in given:
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    function(*given)


@pytest.mark.parametrize(
    "name", ["sample_categorical", "sample_gaussian", "sample_mixture", "initialize", "fit"], indirect=True
)
def test_the_same_generator_gives_the_same_result_and_the_next_draw_another(function, name):
    *given, rng = arguments(name, 40, 2, 3)
    first, again = (function(*given, np.random.default_rng(3)) for _ in range(2))
    if not isinstance(first, tuple):
        first, again = (first,), (again,)
    for part, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(part, same)
    state = rng.bit_generator.state
    function(*given, rng)
    assert rng.bit_generator.state != state
