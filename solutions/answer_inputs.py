"""The inputs of the answer book: for every exercise the cases that a check tries, one of them skewed.

Skewed means that nothing is equal, round or diagonal by accident: unequal weights, correlated covariances,
n, K and d all different. The other cases are the ones in which a known mistake shows or hides: far samples, a
weight of zero, one sample, one feature, one component, a large `reg_covar`, a tie.

All numbers are written out or rounded, so that the inputs are the same on every machine.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from gmmlearn.checks.book import Call, Case
from gmmlearn.checks.observe import Seed

WEIGHTS = np.array([0.6, 0.3, 0.1])
MEANS = np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]])
COVARIANCES = np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]])
MIXTURE = {"weights": WEIGHTS, "means": MEANS, "covariances": COVARIANCES}
NEAR = np.array([[0.4, -0.2], [2.6, 1.9], [-1.8, 3.7], [1.5, 0.6], [-0.9, 1.6], [0.2, 0.9], [3.3, -0.4]])
FAR = np.array([[60.0, -45.0], [-80.0, 31.0], [52.0, 70.0], [-47.0, -66.0]])
SHARES = np.array(
    [[0.7, 0.2, 0.1], [0.05, 0.15, 0.8], [0.3, 0.4, 0.3], [0.9, 0.1, 0.0], [0.25, 0.35, 0.4], [0.5, 0.3, 0.2], [0.1, 0.6, 0.3]]
)  # fmt: skip
TALL = {"value": "n, K"}
OF_FIT = ("X", "n_components", "rng")

CASES: dict[str, Callable[[], list[Case]]] = {}


def cases_of(function: Callable[[], list[Case]]) -> Callable[[], list[Case]]:
    """Register the cases of the exercise that the function is called after."""
    CASES[function.__name__] = function
    return function


def case(key: str, about: str, kind: str, *calls: Any, **settings: Any) -> Case:
    """A case; a call is the dict of its arguments, or a pair of them with the dict of its options."""
    made = tuple(Call(*call) if isinstance(call, tuple) else Call(call) for call in calls)
    return Case(key, about, kind, made, settings)


def blobs(seed: int, centres: Any, spread: Any, sizes: Any, digits: int = 3) -> np.ndarray:
    """Normal clouds of the given sizes, rounded and shuffled."""
    rng = np.random.default_rng(seed)
    factors = [np.linalg.cholesky(np.atleast_2d(one)) for one in spread]
    rows = [
        np.asarray(centre) + rng.standard_normal((size, len(factor))) @ factor.T
        for centre, factor, size in zip(centres, factors, sizes)
    ]
    return rng.permutation(np.concatenate(rows)).round(digits)


@cases_of
def gaussian_density() -> list[Case]:
    axes = {"value": "n"}
    x = np.array([-0.4, 0.9, 1.3, 1.5, 1.8, 2.9, 4.0])
    return [
        case("skewed", "a narrow curve", "values", {"x": x, "mean": 1.5, "variance": 0.25}, axes=axes),
        case("wide", "a variance above 1", "values", {"x": x, "mean": -2.0, "variance": 9.0}, axes=axes),
        case("tall", "so narrow that the density rises above 1", "values",
             {"x": np.array([0.1, 0.18, 0.2, 0.3]), "mean": 0.2, "variance": 0.01}, axes=axes),
        case("one", "one sample", "values", {"x": np.array([0.3]), "mean": 0.7, "variance": 2.0}, axes=axes),
    ]  # fmt: skip


@cases_of
def mixture_density() -> list[Case]:
    axes = {"value": "n"}
    parameters = {"weights": WEIGHTS, "means": np.array([-1.0, 2.0, 3.5]), "variances": np.array([0.5, 2.0, 0.2])}
    single = {"weights": np.array([1.0]), "means": np.array([0.4]), "variances": np.array([2.5])}
    x = np.array([-2.2, -1.0, 0.3, 1.9, 3.4, 5.0, 0.8])
    return [
        case("skewed", "three unlike components, seven samples", "values", {"x": x} | parameters, axes=axes),
        case("square", "as many samples as components", "values", {"x": x[:3]} | parameters, axes=axes),
        case("single", "one component", "values", {"x": x[:4]} | single, axes=axes),
        case("one", "one sample", "values", {"x": x[2:3]} | parameters, axes=axes),
    ]


@cases_of
def gaussian_log_density() -> list[Case]:
    axes = {"value": "n"}
    covariance = np.array([[2.0, 0.6, -0.3], [0.6, 0.5, 0.1], [-0.3, 0.1, 0.4]])
    X = np.array([[0.5, -1.0, 0.2], [1.2, 0.3, -0.7], [-2.0, 0.8, 1.1], [0.0, 0.0, 0.0], [3.1, -0.4, 0.6]])
    mean = np.array([0.5, -0.2, 0.1])
    wide = 0.001 * (np.full((120, 120), 0.5) + np.diag(np.full(120, 0.5)))
    many = np.round(0.02 * np.sin(np.arange(240.0)).reshape(2, 120), 3)
    return [
        case("skewed", "three correlated features", "values", {"X": X, "mean": mean, "covariance": covariance}, axes=axes),
        case("far", "samples so far out that the density itself is 0 on a computer", "values",
             {"X": FAR, "mean": MEANS[0], "covariance": COVARIANCES[0]}, axes=axes),
        case("many features", "120 features, where the determinant itself is 0 on a computer", "values",
             {"X": many, "mean": np.zeros(120), "covariance": wide}, axes=axes),
        case("line", "one feature", "values",
             {"X": X[:, :1], "mean": np.array([0.3]), "covariance": np.array([[0.4]])}, axes=axes),
        case("one", "one sample", "values", {"X": X[:1], "mean": mean, "covariance": covariance}, axes=axes),
    ]  # fmt: skip


@cases_of
def sample_categorical() -> list[Case]:
    weights = np.array([0.55, 0.3, 0.15])
    thirds = np.full(3, 1 / 3)

    def draw(weights: np.ndarray, n_samples: int, seed: int) -> dict[str, Any]:
        return {"weights": weights, "n_samples": n_samples, "rng": Seed(seed)}

    return [
        case("shares", "30 draws of 200 labels", "categorical", *(draw(weights, 200, 100 + i) for i in range(30))),
        case("few", "60 draws of 7 labels, equal weights", "categorical", *(draw(thirds, 7, 300 + i) for i in range(60))),
        case("generator", "twice the same generator, then another", "reproducible",
             draw(weights, 40, 1), draw(weights, 40, 1), draw(weights, 40, 2)),
        case("sure", "a weight of 0 and one of 1", "values", draw(np.array([0.0, 1.0]), 5, 3), axes={"value": "n_samples"}),
        case("single", "one component, one label", "whole", draw(np.array([1.0]), 1, 4), axes={"value": "n_samples"}),
    ]  # fmt: skip


@cases_of
def sample_gaussian() -> list[Case]:
    covariance = np.array([[4.0, 1.8], [1.8, 1.0]])

    def draw(mean: Any, covariance: Any, n_samples: int, seed: int) -> dict[str, Any]:
        return {"mean": np.array(mean), "covariance": np.array(covariance), "n_samples": n_samples, "rng": Seed(seed)}

    three = [[2.0, 0.6, -0.3], [0.6, 0.5, 0.1], [-0.3, 0.1, 0.4]]
    return [
        case("moments", "4000 samples of two correlated features", "gaussian", draw([1.0, -2.0], covariance, 4000, 5)),
        case("three", "five samples of three features", "gaussian", draw([0.0, 5.0, -3.0], three, 5, 6)),
        case("line", "2000 samples of one feature", "gaussian", draw([3.0], [[0.25]], 2000, 7)),
        case("one", "one sample", "gaussian", draw([1.0, -2.0], covariance, 1, 8)),
        case("generator", "twice the same generator, then another", "reproducible",
             draw([1.0, -2.0], covariance, 6, 1), draw([1.0, -2.0], covariance, 6, 1), draw([1.0, -2.0], covariance, 6, 2)),
    ]  # fmt: skip


@cases_of
def sample_mixture() -> list[Case]:
    weights = np.array([0.5, 0.3, 0.2])

    def draw(n_samples: int, seed: int) -> dict[str, Any]:
        return MIXTURE | {"weights": weights, "n_samples": n_samples, "rng": Seed(seed)}

    single = {"weights": np.array([1.0]), "means": np.array([[2.0]]), "covariances": np.array([[[0.5]]])}
    return [
        case("moments", "4000 samples of three unlike components", "mixture", draw(4000, 9)),
        case("counts", "30 draws of 100 samples", "mixture", *(draw(100, 500 + i) for i in range(30))),
        case("generator", "twice the same generator, then another", "reproducible", draw(6, 1), draw(6, 1), draw(6, 2)),
        case("single", "one component, one feature", "mixture", single | {"n_samples": 50, "rng": Seed(3)}),
        case("one", "one sample", "mixture", draw(1, 4)),
    ]


@cases_of
def fit_gaussian() -> list[Case]:
    axes = {"mean": "d", "covariance": "d, d"}
    X = np.array([[4.2, 1.0, -0.5], [3.1, 2.2, 0.4], [5.9, 0.3, 1.7], [4.4, 1.8, 0.2], [2.0, 3.5, -1.1]])
    return [
        case("skewed", "five samples of three features, far from the origin", "values", {"X": X}, axes=axes),
        case("line", "one feature", "values", {"X": X[:, :1]}, axes=axes),
        case("one", "one sample", "values", {"X": X[:1]}, axes=axes),
    ]


@cases_of
def log_joint() -> list[Case]:
    zero = MIXTURE | {"weights": np.array([0.7, 0.3, 0.0])}
    return [
        case("skewed", "seven samples, three unlike components", "values", {"X": NEAR} | MIXTURE, axes=TALL),
        case("far", "samples far from every component", "values", {"X": FAR} | MIXTURE, axes=TALL),
        case("zero weight", "a component of weight 0", "values", {"X": NEAR[:2]} | zero, axes=TALL),
        case("line", "one feature, one component", "values", line_mixture(), axes=TALL),
        case("one", "one sample", "values", {"X": NEAR[:1]} | MIXTURE, axes=TALL),
    ]


def line_mixture() -> dict[str, Any]:
    """One feature and one component."""
    single = {"weights": np.array([1.0]), "means": np.array([[0.7]]), "covariances": np.array([[[0.4]]])}
    return {"X": NEAR[:4, :1]} | single


@cases_of
def log_likelihood() -> list[Case]:
    many = blobs(11, MEANS, COVARIANCES, (180, 90, 30), digits=2)
    zero = MIXTURE | {"weights": np.array([0.7, 0.3, 0.0])}
    return [
        case("skewed", "seven samples, three unlike components", "values", {"X": NEAR} | MIXTURE),
        case("far", "near and far samples together", "values", {"X": np.concatenate([NEAR[:3], FAR])} | MIXTURE),
        case("many", "300 samples, whose densities multiply to 0 on a computer", "values", {"X": many} | MIXTURE),
        case("zero weight", "a component of weight 0", "values", {"X": NEAR[:3]} | zero),
        case("line", "one feature, one component", "values", line_mixture()),
        case("one", "one sample", "values", {"X": NEAR[:1]} | MIXTURE),
    ]


@cases_of
def responsibilities() -> list[Case]:
    both = np.array([NEAR[0], FAR[0], NEAR[1], FAR[1], NEAR[2]])
    chain = np.full((30, 30), 0.5) + np.diag(np.full(30, 0.5))
    tight = {
        "X": 1e-12 * np.round(np.sin(np.arange(60.0)).reshape(2, 30), 2),
        "weights": np.array([0.7, 0.3]),
        "means": 1e-13 * np.round(np.cos(np.arange(60.0)).reshape(2, 30), 2),
        "covariances": np.array([1e-24 * chain, 1.2e-24 * chain]),
    }
    return [
        case("skewed", "seven samples, three unlike components", "values", {"X": NEAR} | MIXTURE, axes=TALL),
        case("far", "samples far from every component", "values", {"X": FAR} | MIXTURE, axes=TALL),
        case("near and far", "near and far samples together", "values", {"X": both} | MIXTURE, axes=TALL),
        case("tight", "components so tight that their densities overflow", "values", tight, axes=TALL),
        case("line", "one feature, one component", "values", line_mixture(), axes=TALL),
        case("one", "one sample", "values", {"X": NEAR[3:4]} | MIXTURE, axes=TALL),
    ]


@cases_of
def assign() -> list[Case]:
    axes = {"value": "n"}
    ties = np.array([[0.4, 0.4, 0.2], [0.2, 0.4, 0.4], [0.4, 0.35, 0.25], [0.3, 0.4, 0.3]])
    return [
        case("skewed", "seven samples, three components", "whole", {"responsibilities": SHARES}, axes=axes),
        case(
            "ties",
            "two components equally probable, or none above one half",
            "whole",
            {"responsibilities": ties},
            axes=axes,
        ),
        case("single", "one component", "whole", {"responsibilities": np.ones((4, 1))}, axes=axes),
        case("one", "one sample", "whole", {"responsibilities": SHARES[1:2]}, axes=axes),
    ]


@cases_of
def update_weights() -> list[Case]:
    axes = {"value": "K"}
    return [
        case("skewed", "seven samples, three components", "values", {"responsibilities": SHARES}, axes=axes),
        case("square", "as many samples as components", "values", {"responsibilities": SHARES[:3]}, axes=axes),
        case("single", "one component", "values", {"responsibilities": np.ones((4, 1))}, axes=axes),
        case("one", "one sample", "values", {"responsibilities": SHARES[1:2]}, axes=axes),
    ]


@cases_of
def update_means() -> list[Case]:
    axes = {"value": "K, d"}
    X = np.concatenate([NEAR, [[5.0], [7.5], [4.1], [6.6], [5.8], [4.9], [7.0]]], axis=1)[:, [2, 0]] + 2.0
    return [
        case(
            "skewed",
            "seven samples of two features, three components",
            "values",
            {"X": X, "responsibilities": SHARES},
            axes=axes,
        ),
        case(
            "square",
            "n, K and d all the same",
            "values",
            {"X": X[:2], "responsibilities": SHARES[:2, :2] / 0.9},
            axes=axes,
        ),
        case(
            "line",
            "one feature, one component",
            "values",
            {"X": X[:4, :1], "responsibilities": np.ones((4, 1))},
            axes=axes,
        ),
        case("one", "one sample", "values", {"X": X[:1], "responsibilities": SHARES[:1]}, axes=axes),
    ]


@cases_of
def update_covariances() -> list[Case]:
    axes = {"value": "K, d, d"}
    means = MEANS + np.array([[0.3, -0.2], [-0.4, 0.5], [0.2, 0.1]])

    def step(X: np.ndarray, shares: np.ndarray, means: np.ndarray) -> dict[str, Any]:
        return {"X": X, "responsibilities": shares, "means": means}

    return [
        case("skewed", "means that are not the weighted means", "values", step(NEAR, SHARES, means), axes=axes),
        case("regularised", "a large `reg_covar`", "values", (step(NEAR, SHARES, means), {"reg_covar": 0.1}), axes=axes),
        case("line", "one feature, one component", "values",
             (step(NEAR[:4, :1], np.ones((4, 1)), np.array([[0.5]])), {"reg_covar": 0.2}), axes=axes),
        case("one", "one sample, where only `reg_covar` keeps the variances above 0", "values",
             (step(NEAR[:1], SHARES[:1], np.tile(NEAR[:1], (3, 1))), {"reg_covar": 0.01}), axes=axes),
    ]  # fmt: skip


@cases_of
def expected_log_likelihood() -> list[Case]:
    zero = MIXTURE | {"weights": np.array([0.7, 0.3, 0.0])}
    sure = np.array([[0.6, 0.4, 0.0], [0.2, 0.8, 0.0], [1.0, 0.0, 0.0]])
    single = line_mixture()
    return [
        case("skewed", "responsibilities that do not belong to the parameters", "values",
             {"X": NEAR, "responsibilities": SHARES} | MIXTURE),
        case("far", "samples far from every component", "values", {"X": FAR, "responsibilities": SHARES[:4]} | MIXTURE),
        case("zero weight", "a component of weight 0 that owns nothing", "values", {"X": NEAR[:3], "responsibilities": sure} | zero),
        case("line", "one feature, one component", "values", {"X": single["X"], "responsibilities": np.ones((4, 1))} | single),
        case("one", "one sample", "values", {"X": NEAR[:1], "responsibilities": SHARES[:1]} | MIXTURE),
    ]  # fmt: skip
