"""Exploration 8: the criteria and the fit as the number of components moves."""

import warnings
from functools import cache

import numpy as np

from gmmlearn import library
from gmmlearn.explore.models.em import density_grid
from gmmlearn.explore.models.parts import Choice, Flag, Number, taken

USES = ("bic", "n_parameters")
SENT = ("bics", "parameter_counts")
MOST = 8
SHAPE = (61, 46)
PARTS = {
    "data": Choice(("blobs", "moons")),
    "n_components": Number(1, MOST, whole=True),
    "playing": Flag(),
}


@cache
def data() -> dict:
    """Blobs and moons, with the fits of 1 to 8 components by scikit-learn."""
    from sklearn.datasets import make_blobs, make_moons

    blobs = make_blobs(
        300, centers=[[-4, -1], [0, 3], [1, -2], [5, 1]], cluster_std=[0.8, 1.0, 0.7, 1.1], random_state=2
    )[0]
    moons = 2.5 * make_moons(300, noise=0.15, random_state=3)[0]
    return {
        f"{name} {key}": value for name, X in (("blobs", blobs), ("moons", moons)) for key, value in _fits(X).items()
    }


def _fits(X) -> dict:
    low, high = X.min(axis=0), X.max(axis=0)
    room = 0.08 * (high - low)
    out = {"X": X, "box": np.ravel(np.column_stack([low - room, high + room]))}
    heights, counts = [], []
    for K in range(1, MOST + 1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a start that has not settled loses to one that has
            fitted = library.fit_sklearn(X, K, n_init=2, random_state=0)
        out |= {f"weights {K}": fitted.weights_, f"means {K}": fitted.means_, f"covariances {K}": fitted.covariances_}
        heights.append(fitted.score(X) * len(X))
        counts.append(library.n_parameters(K, 2))
    heights, counts = np.array(heights), np.array(counts)
    bics = [library.bic(height, count, len(X)) for height, count in zip(heights, counts)]
    return out | {
        "log_likelihood": heights,
        "n_parameters": counts,
        "bic": np.array(bics),
        "aic": 2 * counts - 2 * heights,
    }


def initial(data_set: str = "blobs", n_components: int = 2) -> dict:
    """State at the beginning."""
    return {
        "data": taken({"data_set": PARTS["data"]}, "data_set", data_set),
        "n_components": taken(PARTS, "n_components", n_components),
        "playing": False,
    }


def compute(state: dict, data: dict, maths) -> dict:
    """The criteria for every number of components, and the fit that is chosen."""
    name, K = state["data"], state["n_components"]
    X, heights = data[f"{name} X"], data[f"{name} log_likelihood"]
    counts = [maths.n_parameters(k, 2) for k in range(1, MOST + 1)]
    return {
        "X": X,
        "bics": np.array([maths.bic(height, count, len(X)) for height, count in zip(heights, counts)]),
        "aics": np.array([2 * count - 2 * height for height, count in zip(heights, counts)]),
        "log_likelihoods": heights,
        "parameter_counts": np.array(counts),
        "weights": data[f"{name} weights {K}"],
        "means": data[f"{name} means {K}"],
        "covariances": data[f"{name} covariances {K}"],
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: level lines of the fit, and the axes of the curves."""
    box = data[f"{state['data']} box"]
    grid = density_grid(values["weights"], values["means"], values["covariances"], box, SHAPE)
    heights = np.concatenate([values["bics"], values["aics"]])
    room = 0.08 * np.ptp(heights)
    K = state["n_components"]
    return {
        "box": box,
        "shape": SHAPE,
        "grid": grid,
        "levels": [share * grid.max() for share in (0.03, 0.1, 0.2, 0.35, 0.55, 0.8)],
        "candidates": np.arange(1, MOST + 1),
        "curve_box": [0.5, MOST + 0.5, heights.min() - room, heights.max() + room],
        "here": [[K, values["bics"][K - 1]]],
    }
