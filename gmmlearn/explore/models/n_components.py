"""Exploration 8: the criteria and the fit as the number of components moves."""

import warnings
from functools import cache

import numpy as np
from threadpoolctl import threadpool_limits

from gmmlearn import library
from gmmlearn.explore.models import edits
from gmmlearn.explore.models.em import run
from gmmlearn.explore.models.parts import Choice, Flag, Number, taken
from gmmlearn.explore.models.regions import density_grid

USES = ("bic", "n_parameters")
SENT = ("bics", "parameter_counts")
MOST = 8
SHAPE = (61, 46)
PARTS = {
    "data": Choice(("blobs", "moons")),
    "n_components": Number(1, MOST, whole=True),
    **edits.PARTS,
    "playing": Flag(),
}
ENTAILED = ("moved", "removed", "picked")
ITERATIONS = 20
FEWEST = 20
_CANDIDATES = range(1, MOST + 1)
_OPTIONS = {"covariance_type": "full", "reg_covar": 1e-6}


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
    for K in _CANDIDATES:
        # One thread: with so few samples others only wait for each other, four times as long.
        with warnings.catch_warnings(), threadpool_limits(1):
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
        **edits.NONE,
        "playing": False,
    }


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: other data have no sample that is moved."""
    return state | edits.NONE if key == "data" else state


def checked(state: dict, data: dict) -> None:
    """Raises `ValueError` where an index is not one of the samples, or too few of these are left."""
    edits.checked(state, len(data[f"{state['data']} X"]), FEWEST)


def _refitted(state: dict, data: dict) -> tuple:
    """The samples as they are now, where EM comes from each of the fits, and the log-likelihoods there."""
    name = state["data"]
    X = edits.edited(data[f"{name} X"], state)
    fits = [{part: data[f"{name} {part} {K}"] for part in ("weights", "means", "covariances")} for K in _CANDIDATES]
    if not state["moved"] and not state["removed"]:
        return X, fits, data[f"{name} log_likelihood"]
    frames = [run(fit, X, ITERATIONS, _OPTIONS, library, []) for fit in fits]
    # A component that has collapsed has no likelihood; the last fit before it counts.
    last = [[frame for frame in of_one if frame.collapsed < 0 or len(of_one) == 1][-1] for of_one in frames]
    return X, [frame._asdict() for frame in last], np.array([len(X) * frame.log_likelihood for frame in last])


def compute(state: dict, data: dict, maths) -> dict:
    """The criteria for every number of components, and the fit that is chosen; EM goes on when samples are moved."""
    K = state["n_components"]
    X, fits, heights = _refitted(state, data)
    counts = [maths.n_parameters(k, 2) for k in _CANDIDATES]
    return {
        "X": X,
        "bics": np.array([maths.bic(height, count, len(X)) for height, count in zip(heights, counts)]),
        "aics": np.array([2 * count - 2 * height for height, count in zip(heights, counts)]),
        "log_likelihoods": heights,
        "parameter_counts": np.array(counts),
        **{part: fits[K - 1][part] for part in ("weights", "means", "covariances")},
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
