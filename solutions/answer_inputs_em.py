"""The inputs of the answer book for the last two chapters, whose cases are whole data sets."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Case
from gmmlearn.checks.observe import Seed

from .answer_inputs import blobs, case, cases_of

PAIR = blobs(21, [[0.0, 0.0], [2.2, 1.0]], [[[1.0, 0.6], [0.6, 1.0]], [[0.4, -0.2], [-0.2, 0.9]]], (70, 30))
"""Two clouds that overlap: k-means has one solution, and EM moves away from it for a while."""
APART = blobs(22, [[0.0, 0.0], [9.0, 2.0]], [[[1.0, 0.6], [0.6, 1.0]], [[0.4, -0.2], [-0.2, 0.9]]], (9, 5), digits=1)
TRIO = blobs(
    23,
    [[0.0, 0.0], [12.0, 3.0], [-6.0, 11.0]],
    [[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]],
    (36, 18, 6),
    digits=2,
)


@cases_of
def initialize() -> list[Case]:
    def start(X: np.ndarray, n_components: int, seed: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components, "rng": Seed(seed)}, options

    many = np.round(np.sin(np.arange(3000.0)), 2)[:, np.newaxis]
    return [
        case("k-means", "two groups far apart", "one-hot start", start(APART, 2, 1)),
        case("random", "3000 samples, two components", "uniform start", start(many, 2, 2, init_params="random")),
        case("generator", "twice the same generator, then another", "reproducible",
             *(start(APART, 3, seed, init_params="random") for seed in (1, 1, 2))),
        case("unknown name", "a name that does not exist", "refusal",
             start(APART, 2, 3, init_params="kmeans++"), names=("kmeans", "random")),
        case("single", "one component", "values", start(APART[:3], 1, 4, init_params="random"), axes={"value": "n, K"}),
        case("one", "one sample, one component", "one-hot start", start(APART[:1, :1], 1, 5)),
    ]  # fmt: skip


@cases_of
def fit() -> list[Case]:
    def run(X: np.ndarray, n_components: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components, "rng": Seed(7)}, options

    return [
        case("skewed", "two clouds that overlap", "fit", run(PAIR, 2)),
        case("cut short", "three components; `max_iter` ends the loop", "fit", run(TRIO, 3, max_iter=4, tol=0.0)),
        case("patient", "a small `tol`", "fit", run(PAIR, 2, tol=1e-5)),
        case("regularised", "a large `reg_covar`", "fit", run(PAIR, 2, reg_covar=0.1)),
        case("random start", "the start that `init_params` names", "random fit",
             run(PAIR, 2, init_params="random", max_iter=5), first_below=-2.85),
        case("line", "one feature, one component", "fit", run(PAIR[:6, :1], 1)),
        case("one", "one sample, one component", "fit", run(PAIR[:1], 1, reg_covar=0.5)),
    ]  # fmt: skip


@cases_of
def fit_sklearn() -> list[Case]:
    def model(X: np.ndarray, n_components: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components}, options

    return [
        case("defaults", "nothing but a seed", "model", model(PAIR, 2, random_state=3)),
        case("options", "every option at a value of its own", "model",
             model(TRIO, 3, covariance_type="tied", init_params="k-means++", n_init=3, random_state=5)),
        case("diag", "diagonal covariances", "model", model(TRIO, 3, covariance_type="diag", random_state=6)),
        case("line", "one feature, one component", "model", model(PAIR[:8, :1], 1, random_state=0)),
    ]  # fmt: skip


@cases_of
def n_parameters() -> list[Case]:
    counts = {"n_components": 3, "n_features": 4}
    by_type = [
        case(kind, f"{kind} covariances", "whole", (counts, {"covariance_type": kind}))
        for kind in ("full", "tied", "diag", "spherical")
    ]
    return [
        *by_type,
        case("default", "no `covariance_type` given", "whole", {"n_components": 2, "n_features": 10}),
        case("single", "one component, one feature", "whole", {"n_components": 1, "n_features": 1}),
    ]


@cases_of
def bic() -> list[Case]:
    def score(total: float, n_parameters: int, n_samples: int) -> dict[str, Any]:
        return {"log_likelihood": total, "n_parameters": n_parameters, "n_samples": n_samples}

    return [
        case("skewed", "300 samples, 11 parameters", "values", score(-1234.5, 11, 300)),
        case("positive", "a positive log-likelihood", "values", score(87.25, 5, 40)),
        case("one", "one sample", "values", score(-2.5, 2, 1)),
    ]


@cases_of
def select_n_components() -> list[Case]:
    tilted = [[1.0, 0.93], [0.93, 1.0]]
    centres = [[0.0, 0.0], [8.0, 0.0], [0.0, 9.0], [8.5, 9.0]]
    four = blobs(31, centres, [tilted] * 4, (30, 26, 22, 18), digits=2)
    crossed = [[[9.0, 8.6], [8.6, 9.0]], [[9.0, -8.6], [-8.6, 9.0]]]
    cross = blobs(41, [[0.0, 0.0], [0.0, 0.0]], crossed, (40, 30), digits=2)
    one = blobs(37, [[1.0, -2.0]], [[[2.0, 1.7], [1.7, 2.0]]], (60,), digits=2)

    def choose(X: np.ndarray, candidates: tuple[int, ...], **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "candidates": candidates}, options

    return [
        case("four", "four tilted groups, candidates with gaps", "whole", choose(four, (2, 4, 6), random_state=1)),
        case("one", "one tilted group", "whole", choose(one, (3, 1, 2), random_state=2, n_init=2)),
        case("starts", "two groups that cross, found only from several starts", "whole",
             choose(cross, (1, 2, 3), random_state=6, n_init=8)),
    ]  # fmt: skip
