"""The reference of chapter 9 and its exploration, against SciPy, scikit-learn and laws."""

import re
import sys
import time

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import PolynomialFeatures

from gmmlearn import at_scale as stubs
from gmmlearn import library
from gmmlearn.explore import blocks
from solutions.at_scale import expected_statistics, natural_parameters, parameters, sufficient_statistics

pytestmark = pytest.mark.filterwarnings("error")


def mixture(d, n_components, seed=0):
    rng = np.random.default_rng(seed)
    factors = rng.normal(size=(n_components, d, d))
    covariances = factors @ factors.transpose(0, 2, 1) + 0.3 * np.eye(d)
    return rng.dirichlet(np.ones(n_components)), 2 * rng.normal(size=(n_components, d)), covariances


@pytest.fixture(params=[1, 2, 5, 20])
def X(request):
    return np.random.default_rng(request.param).normal(1, 2, size=(60, request.param))


def test_statistics_are_polynomial_features(X):
    np.testing.assert_array_equal(sufficient_statistics(X), PolynomialFeatures(2).fit_transform(X))


def test_their_product_with_the_natural_parameters_is_the_log_joint_of_scipy(X):
    weights, means, covariances = mixture(X.shape[1], 3)
    expected = [np.log(w) + multivariate_normal(m, c).logpdf(X) for w, m, c in zip(weights, means, covariances)]
    got = sufficient_statistics(X) @ natural_parameters(weights, means, covariances).T
    np.testing.assert_allclose(got, np.transpose(expected), rtol=1e-9)


def test_an_iteration_is_that_of_sklearn(X):
    weights, means, covariances = mixture(X.shape[1], 2)
    model = GaussianMixture(
        2, weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covariances), max_iter=1, tol=0
    )
    with pytest.warns(UserWarning, match="did not converge"):
        model.fit(X)
    S, log_likelihood = expected_statistics(X, natural_parameters(weights, means, covariances))
    got = parameters(S)
    for one, expected in zip(got, (model.weights_, model.means_, model.covariances_)):
        np.testing.assert_allclose(one, expected, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(log_likelihood / len(X), model.lower_bound_, rtol=1e-10)


def test_blocks_add_up_in_any_order(X):
    theta = natural_parameters(*mixture(X.shape[1], 3))
    whole = expected_statistics(X, theta)
    for parts in (np.array_split(X, 7), np.array_split(X, 7)[::-1], list(X[:, np.newaxis])):
        S, log_likelihood = map(sum, zip(*(expected_statistics(part, theta) for part in parts)))
        np.testing.assert_allclose(S, whole[0], rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(log_likelihood, whole[1], rtol=1e-12)


def test_the_counts_sum_to_the_samples_and_the_weights_to_1(X):
    S, _ = expected_statistics(X, natural_parameters(*mixture(X.shape[1], 4)))
    np.testing.assert_allclose(S[:, 0].sum(), len(X), rtol=1e-12)
    assert parameters(S)[0].sum() == pytest.approx(1, rel=1e-14)


def test_a_component_that_owns_nothing_gets_the_origin_and_the_regularization():
    S = np.array([[0.0, 0.0, 0.0], [2.0, 4.0, 10.0]])
    weights, means, covariances = parameters(S, reg_covar=0.1)
    assert (weights.tolist(), means.ravel().tolist()) == ([0, 1], [0, 2])
    np.testing.assert_allclose(covariances.ravel(), [0.1, 1.1])


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(blocks, "SIZES", (32, 256, 2048))
    monkeypatch.setattr(blocks, "SECONDS_A_SIZE", 0.001)


def test_the_exploration_measures_the_function_that_it_is_given(quick):
    seen = set()

    def counted(X, theta):
        seen.add(len(X))
        return expected_statistics(X, theta)

    panel = blocks.blocks(counted)
    assert seen >= set(panel.samples_per_second) == {32, 256, 2048}
    assert panel.whose == "your expected_statistics"
    seen.clear()
    panel.again.click()
    assert seen == {32, 256, 2048}


def test_the_exploration_takes_the_library_while_the_function_is_not_written(quick):
    panel = blocks.blocks(stubs.expected_statistics)
    assert "gmmlearn.library" in panel.picture.value
    panel.passes.value = 60
    assert "60 passes" in panel.words.value


def raises(X, theta):
    raise TypeError("no")


def leaves(X, theta):
    sys.exit()


@pytest.mark.parametrize(
    "wrong",
    [
        raises,
        leaves,
        lambda X, theta: None,
        lambda X, theta: expected_statistics(X, theta)[::-1],
        lambda X, theta: (expected_statistics(X, theta)[0].T, 0.0),
        lambda X, theta: (expected_statistics(X, theta)[0] * np.nan, 0.0),
        lambda X, theta: expected_statistics(X, theta.__imul__(2)),
        3,
    ],
)
def test_the_exploration_times_nothing_but_what_passes_its_check(quick, wrong):
    """What returns at once, and wrongly, would be the fastest of all."""
    panel = blocks.blocks(wrong)
    assert "gmmlearn.library, since yours does not pass its public check" in panel.picture.value
    assert panel.function is library.expected_statistics


def test_a_function_that_fails_with_large_blocks_only_is_replaced(quick):
    def small(X, theta):
        if len(X) > 256:
            raise MemoryError("2 GiB")
        return expected_statistics(X, theta)

    panel = blocks.blocks(small)
    assert "since yours raises MemoryError" in panel.picture.value
    assert set(panel.samples_per_second) == {32, 256, 2048}


def test_a_function_that_waits_does_not_hold_the_cell(quick, monkeypatch):
    monkeypatch.setattr(blocks, "SECONDS_AT_MOST", 0.05)
    calls = []

    def waits(X, theta):
        calls.append(len(X))
        time.sleep(0.02)

    blocks.throughput(waits, np.ones((2048, 1)), np.ones((1, 3)), 32)
    assert len(calls) < 10


def test_the_exploration_leaves_a_still_with_a_description(quick):
    bundle, _ = blocks.blocks()._repr_mimebundle_()
    (alt,) = re.findall(r'<img alt="([^"]+)" [^>]*src="data:image/png;base64,', bundle["text/html"])
    assert "samples per second" in alt
    assert "A still picture" in bundle["text/html"]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"L1": 48 * 1024, "L2": 2**30}, "Dotted: where T alone would fill a cache (L1 48 KiB)."),
        ({"L1": 2**30}, "Every cache that this system reports is smaller or larger than each T here."),
        ({}, "This system does not say how large its caches are."),
    ],
)
def test_the_caption_names_the_caches_that_have_a_line(quick, monkeypatch, sizes, said):
    monkeypatch.setattr(blocks, "cache_sizes", lambda: sizes)
    assert blocks.blocks().picture.value.count(said) == 1


def test_more_features_leave_out_the_blocks_that_are_too_large(quick, monkeypatch):
    monkeypatch.setattr(blocks, "LARGEST", 8 * 256 * 66)  # d = 10 has 66 statistics
    panel = blocks.blocks()
    assert set(panel.samples_per_second) == {32, 256}
    panel.features.value = 2
    assert set(panel.samples_per_second) == {32, 256, 2048}


def test_caches_are_those_that_the_system_reports(tmp_path, monkeypatch):
    for place, (level, kind, size) in enumerate(
        [("1", "Data", "48K"), ("1", "Instruction", "32K"), ("2", "Unified", "2M")]
    ):
        folder = tmp_path / f"index{place}"
        folder.mkdir()
        for name, text in (("level", level), ("type", kind), ("size", size)):
            (folder / name).write_text(f"{text}\n")
    monkeypatch.setattr(blocks.sys, "platform", "linux")
    assert blocks.cache_sizes(tmp_path) == {"L1": 48 * 1024, "L2": 2 * 2**20}
    assert blocks.cache_sizes(tmp_path / "none") == {}
    (tmp_path / "index2" / "size").unlink()
    (tmp_path / "index0" / "size").write_text("")
    assert blocks.cache_sizes(tmp_path) == {}
