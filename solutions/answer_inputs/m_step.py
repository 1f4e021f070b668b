"""Chapter 5: the M-step on responsibilities that favour nobody."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Case

from .standard import FAR, MEANS, MIXTURE, NEAR, SHARES, case, line_mixture


def update_weights() -> list[Case]:
    axes = {"value": "K"}
    return [
        case("skewed", "seven samples, three components", "values", {"responsibilities": SHARES}, axes=axes),
        case("square", "as many samples as components", "values", {"responsibilities": SHARES[:3]}, axes=axes),
        case("single", "one component", "values", {"responsibilities": np.ones((4, 1))}, axes=axes),
        case("one", "one sample", "values", {"responsibilities": SHARES[1:2]}, axes=axes),
    ]


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


def update_covariances() -> list[Case]:
    axes = {"value": "K, d, d"}
    means = MEANS + np.array([[0.3, -0.2], [-0.4, 0.5], [0.2, 0.1]])

    def step(X: np.ndarray, shares: np.ndarray, means: np.ndarray) -> dict[str, Any]:
        return {"X": X, "responsibilities": shares, "means": means}

    return [
        case("skewed", "means that are not the weighted means", "values", step(NEAR, SHARES, means), axes=axes),
        case(
            "regularised", "a large `reg_covar`", "values", (step(NEAR, SHARES, means), {"reg_covar": 0.1}), axes=axes
        ),
        case(
            "line",
            "one feature, one component",
            "values",
            (step(NEAR[:4, :1], np.ones((4, 1)), np.array([[0.5]])), {"reg_covar": 0.2}),
            axes=axes,
        ),
        case(
            "one",
            "one sample, where only `reg_covar` keeps the variances above 0",
            "values",
            (step(NEAR[:1], SHARES[:1], np.tile(NEAR[:1], (3, 1))), {"reg_covar": 0.01}),
            axes=axes,
        ),
    ]


def expected_log_likelihood() -> list[Case]:
    zero = MIXTURE | {"weights": np.array([0.7, 0.3, 0.0])}
    sure = np.array([[0.6, 0.4, 0.0], [0.2, 0.8, 0.0], [1.0, 0.0, 0.0]])
    single = line_mixture()
    return [
        case(
            "skewed",
            "responsibilities that do not belong to the parameters",
            "values",
            {"X": NEAR, "responsibilities": SHARES} | MIXTURE,
        ),
        case("far", "samples far from every component", "values", {"X": FAR, "responsibilities": SHARES[:4]} | MIXTURE),
        case(
            "zero weight",
            "a component of weight 0 that owns nothing",
            "values",
            {"X": NEAR[:3], "responsibilities": sure} | zero,
        ),
        case(
            "line",
            "one feature, one component",
            "values",
            {"X": single["X"], "responsibilities": np.ones((4, 1))} | single,
        ),
        case("one", "one sample", "values", {"X": NEAR[:1], "responsibilities": SHARES[:1]} | MIXTURE),
    ]
