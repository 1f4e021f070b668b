"""Chapter 3: log joints and log-likelihoods, near, far and without weight."""

import numpy as np

from gmmlearn.checks.book import Case

from .standard import COVARIANCES, FAR, MEANS, MIXTURE, NEAR, TALL, blobs, case, line_mixture


def fit_gaussian() -> list[Case]:
    axes = {"mean": "d", "covariance": "d, d"}
    X = np.array([[4.2, 1.0, -0.5], [3.1, 2.2, 0.4], [5.9, 0.3, 1.7], [4.4, 1.8, 0.2], [2.0, 3.5, -1.1]])
    return [
        case("skewed", "five samples of three features, far from the origin", "values", {"X": X}, axes=axes),
        case("line", "one feature", "values", {"X": X[:, :1]}, axes=axes),
        case("one", "one sample", "values", {"X": X[:1]}, axes=axes),
    ]


def log_joint() -> list[Case]:
    zero = MIXTURE | {"weights": np.array([0.7, 0.3, 0.0])}
    return [
        case("skewed", "seven samples, three unlike components", "values", {"X": NEAR} | MIXTURE, axes=TALL),
        case("far", "samples far from every component", "values", {"X": FAR} | MIXTURE, axes=TALL),
        case("zero weight", "a component of weight 0", "values", {"X": NEAR[:2]} | zero, axes=TALL),
        case("line", "one feature, one component", "values", line_mixture(), axes=TALL),
        case("one", "one sample", "values", {"X": NEAR[:1]} | MIXTURE, axes=TALL),
    ]


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
