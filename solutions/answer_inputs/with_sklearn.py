"""Chapter 7: models, counts and choices."""

from typing import Any

import numpy as np

from gmmlearn.checks.book import Case

from .standard import PAIR, TRIO, blobs, case


def fit_sklearn() -> list[Case]:
    def model(X: np.ndarray, n_components: int, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "n_components": n_components}, options

    return [
        case("defaults", "nothing but a seed", "model", model(PAIR, 2, random_state=3)),
        case(
            "options",
            "every option at a value of its own",
            "model",
            model(TRIO, 3, covariance_type="tied", init_params="k-means++", n_init=3, random_state=5),
        ),
        case("diag", "diagonal covariances", "model", model(TRIO, 3, covariance_type="diag", random_state=6)),
        case("line", "one feature, one component", "model", model(PAIR[:8, :1], 1, random_state=0)),
    ]


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


def bic() -> list[Case]:
    def score(total: float, n_parameters: int, n_samples: int) -> dict[str, Any]:
        return {"log_likelihood": total, "n_parameters": n_parameters, "n_samples": n_samples}

    return [
        case("skewed", "300 samples, 11 parameters", "values", score(-1234.5, 11, 300)),
        case("positive", "a positive log-likelihood", "values", score(87.25, 5, 40)),
        case("one", "one sample", "values", score(-2.5, 2, 1)),
    ]


def select_n_components() -> list[Case]:
    tilted = [[1.0, 0.93], [0.93, 1.0]]
    centres = [[0.0, 0.0], [8.0, 0.0], [0.0, 9.0], [8.5, 9.0]]
    four = blobs(31, centres, [tilted] * 4, (30, 26, 22, 18), digits=2)
    crossed = [[[9.0, 8.6], [8.6, 9.0]], [[9.0, -8.6], [-8.6, 9.0]]]
    cross = blobs(41, [[0.0, 0.0], [0.0, 0.0]], crossed, (40, 30), digits=2)
    close = blobs(
        88, [[0.0, 0.0], [1.6, 0.4]], [[[1.0, 0.3], [0.3, 1.0]], [[2.8, 0.6], [0.6, 2.2]]], (60, 30), digits=2
    )
    one = blobs(37, [[1.0, -2.0]], [[[2.0, 1.7], [1.7, 2.0]]], (60,), digits=2)

    def choose(X: np.ndarray, candidates: tuple[int, ...], **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"X": X, "candidates": candidates}, options

    return [
        case("four", "four tilted groups, candidates with gaps", "whole", choose(four, (2, 4, 6), random_state=1)),
        case("one", "one tilted group", "whole", choose(one, (3, 1, 2), random_state=2, n_init=2)),
        case(
            "starts",
            "two groups that cross, found only from several starts",
            "whole",
            choose(cross, (1, 2, 3), random_state=6, n_init=8),
        ),
        # Beside one component, two gain more than AIC asks for them and less than BIC does; three gain a little more.
        case("close", "two groups, nearly one", "whole", choose(close, (1, 3, 2), random_state=3)),
    ]
