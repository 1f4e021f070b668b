"""Chapter 4: responsibilities of near, far and tightly owned samples."""

import numpy as np

from gmmlearn.checks.book import Case

from .standard import FAR, MIXTURE, NEAR, SHARES, TALL, case, line_mixture


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
