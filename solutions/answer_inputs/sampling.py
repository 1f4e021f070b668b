"""Chapter 2: draws, a few long ones and many short ones."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Case
from gmmlearn.checks.observe import Seed

from .standard import MIXTURE, case


def sample_categorical() -> list[Case]:
    weights = np.array([0.55, 0.3, 0.15])
    thirds = np.full(3, 1 / 3)

    def draw(weights: np.ndarray, n_samples: int, seed: int) -> dict[str, Any]:
        return {"weights": weights, "n_samples": n_samples, "rng": Seed(seed)}

    return [
        case("shares", "30 draws of 200 labels", "categorical", *(draw(weights, 200, 100 + i) for i in range(30))),
        case(
            "few", "60 draws of 7 labels, equal weights", "categorical", *(draw(thirds, 7, 300 + i) for i in range(60))
        ),
        case(
            "generator",
            "twice the same generator, then another",
            "reproducible",
            draw(weights, 40, 1),
            draw(weights, 40, 1),
            draw(weights, 40, 2),
        ),
        case("sure", "a weight of 0 and one of 1", "categorical", draw(np.array([0.0, 1.0]), 20, 3)),
        case("single", "one component, one label", "whole", draw(np.array([1.0]), 1, 4), axes={"value": "n_samples"}),
    ]


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
        case(
            "generator",
            "twice the same generator, then another",
            "reproducible",
            draw([1.0, -2.0], covariance, 6, 1),
            draw([1.0, -2.0], covariance, 6, 1),
            draw([1.0, -2.0], covariance, 6, 2),
        ),
    ]


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
