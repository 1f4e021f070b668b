"""Chapter 1: densities, near and far, in one and in many dimensions."""

import numpy as np

from gmmlearn.checks.book import Case

from .standard import COVARIANCES, FAR, MEANS, WEIGHTS, case


def gaussian_density() -> list[Case]:
    axes = {"value": "n"}
    x = np.array([-0.4, 0.9, 1.3, 1.5, 1.8, 2.9, 4.0])
    return [
        case("skewed", "a narrow curve", "values", {"x": x, "mean": 1.5, "variance": 0.25}, axes=axes),
        case("wide", "a variance above 1", "values", {"x": x, "mean": -2.0, "variance": 9.0}, axes=axes),
        case(
            "tall",
            "so narrow that the density rises above 1",
            "values",
            {"x": np.array([0.1, 0.18, 0.2, 0.3]), "mean": 0.2, "variance": 0.01},
            axes=axes,
        ),
        case("one", "one sample", "values", {"x": np.array([0.3]), "mean": 0.7, "variance": 2.0}, axes=axes),
    ]


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


def gaussian_log_density() -> list[Case]:
    axes = {"value": "n"}
    covariance = np.array([[2.0, 0.6, -0.3], [0.6, 0.5, 0.1], [-0.3, 0.1, 0.4]])
    X = np.array([[0.5, -1.0, 0.2], [1.2, 0.3, -0.7], [-2.0, 0.8, 1.1], [0.0, 0.0, 0.0], [3.1, -0.4, 0.6]])
    mean = np.array([0.5, -0.2, 0.1])
    wide = 0.001 * (np.full((120, 120), 0.5) + np.diag(np.full(120, 0.5)))
    many = np.round(0.02 * np.sin(np.arange(240.0)).reshape(2, 120), 3)
    return [
        case(
            "skewed", "three correlated features", "values", {"X": X, "mean": mean, "covariance": covariance}, axes=axes
        ),
        case(
            "far",
            "samples so far out that the density itself is 0 on a computer",
            "values",
            {"X": FAR, "mean": MEANS[0], "covariance": COVARIANCES[0]},
            axes=axes,
        ),
        case(
            "many features",
            "120 features, where the determinant itself is 0 on a computer",
            "values",
            {"X": many, "mean": np.zeros(120), "covariance": wide},
            axes=axes,
        ),
        case(
            "line",
            "one feature",
            "values",
            {"X": X[:, :1], "mean": np.array([0.3]), "covariance": np.array([[0.4]])},
            axes=axes,
        ),
        case("one", "one sample", "values", {"X": X[:1], "mean": mean, "covariance": covariance}, axes=axes),
    ]
