"""Chapter 6: starts and whole fits."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Case
from gmmlearn.checks.observe import Seed

from .standard import APART, PAIR, TRIO, case


def initialize() -> list[Case]:
    def start(X: np.ndarray, n_components: int, seed: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components, "rng": Seed(seed)}, options

    many = np.round(np.sin(np.arange(3000.0)), 2)[:, np.newaxis]
    return [
        case("k-means", "two groups far apart", "one-hot start", start(APART, 2, 1)),
        case("random", "3000 samples, two components", "uniform start", start(many, 2, 2, init_params="random")),
        case(
            "generator",
            "twice the same generator, then another",
            "reproducible",
            *(start(APART, 3, seed, init_params="random") for seed in (1, 1, 2)),
        ),
        case(
            "unknown name",
            "a name that does not exist",
            "refusal",
            start(APART, 2, 3, init_params="kmeans++"),
            names=("kmeans", "random"),
        ),
        case("single", "one component", "values", start(APART[:3], 1, 4, init_params="random"), axes={"value": "n, K"}),
        case("one", "one sample, one component", "one-hot start", start(APART[:1, :1], 1, 5)),
    ]


def fit() -> list[Case]:
    def run(X: np.ndarray, n_components: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components, "rng": Seed(7)}, options

    return [
        case("skewed", "two clouds that overlap", "fit", run(PAIR, 2)),
        case("cut short", "three components; `max_iter` ends the loop", "fit", run(TRIO, 3, max_iter=4, tol=0.0)),
        case("patient", "a small `tol`", "fit", run(PAIR, 2, tol=1e-5)),
        case("regularised", "a large `reg_covar`", "fit", run(PAIR, 2, reg_covar=0.1)),
        case(
            "random start",
            "the start that `init_params` names",
            "random fit",
            run(PAIR, 2, init_params="random", max_iter=5),
            first_below=-2.85,
        ),
        case("line", "one feature, one component", "fit", run(PAIR[:6, :1], 1)),
        case("one", "one sample, one component", "fit", run(PAIR[:1], 1, reg_covar=0.5)),
    ]
