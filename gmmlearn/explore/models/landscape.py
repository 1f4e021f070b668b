"""Exploration 4: the log-likelihood of two means, as a landscape, and two ways up."""

from functools import cache

import numpy as np

from gmmlearn import library
from gmmlearn.explore.models import edits
from gmmlearn.explore.models.parts import Flag, Number, Points, taken
from gmmlearn.explore.models.streams import normal_pairs

USES = ("log_likelihood", "responsibilities", "update_means")
SENT = ("log_likelihood", "em_path", "gradient_path")
AXIS = np.linspace(-4, 6, 81)
STEPS = 40
PARTS = {
    "point": Points(0, (-3.9, 5.9), (-3.9, 5.9)),
    "weight": Number(0.1, 0.9),
    "variance": Number(0.5, 3),
    "rate": Number(0.1, 8),
    "paths": Flag(),
    **edits.PARTS,
    "playing": Flag(),
}
FEWEST = 10
STRIP = 0.008
"""Samples are drawn this high, in a strip upon the axis."""


def data() -> dict:
    """Sixty samples on a line from two Gaussians, one third and two thirds of them."""
    z = normal_pairs(11, 30).ravel()
    return {"x": np.round(np.concatenate([-1.0 + z[:20], 3.0 + z[20:]]), 2)}


def initial(point=(1.2, 0.4), weight=0.35) -> dict:
    """State at the beginning: where both climbs begin, and the weight of the first component."""
    return {
        "point": taken(PARTS, "point", point),
        "weight": taken(PARTS, "weight", weight),
        "variance": 1.0,
        "rate": 1.0,
        "paths": True,
        **edits.NONE,
        "playing": False,
    }


def checked(state: dict, data: dict) -> None:
    """Raises `ValueError` where an index is not one of the samples, or too few of these are left."""
    edits.checked(state, len(data["x"]), FEWEST)


def _strip(state: dict, data: dict):
    return edits.edited(np.column_stack([data["x"], np.full(len(data["x"]), STRIP)]), state)


def compute(state: dict, data: dict, maths) -> dict:
    """Mean log-likelihood on a grid and at the point, both peaks, and both paths; only the means move."""
    x = _strip(state, data)[:, 0]
    weights = np.array([state["weight"], 1 - state["weight"]])
    variance = float(state["variance"])
    covariances = np.full((2, 1, 1), variance)
    X = x[:, None]

    def up(means):
        return maths.update_means(X, maths.responsibilities(X, weights, means[:, None], covariances))[:, 0]

    def slope(means):
        r = maths.responsibilities(X, weights, means[:, None], covariances)
        return means + state["rate"] * np.mean(r * (X - means), axis=0) / variance

    point = np.array(state["point"], float)
    return {
        "surface": _surface(x, weights, variance),
        "peaks": _peaks(float(state["weight"]), variance, tuple(x)),
        "log_likelihood": float(maths.log_likelihood(X, weights, point[:, None], covariances)) / len(x),
        "em_path": _climb(up, point, STEPS),
        "gradient_path": _climb(slope, point, STEPS),
    }


@cache
def _peaks(weight: float, variance: float, x: tuple):
    """Where 300 EM steps end, from either side; they belong to the data, so no student's function is asked."""
    x = np.array(x)

    def up(means):
        log_odds = ((x - means[1]) ** 2 - (x - means[0]) ** 2) / (2 * variance) + np.log(weight / (1 - weight))
        first = 1 / (1 + np.exp(-log_odds))
        return np.array([first @ x / first.sum(), (1 - first) @ x / (1 - first).sum()])

    return np.array([_climb(up, np.array(start), 300)[-1] for start in ([-2.0, 4.0], [4.0, -2.0])])


def _climb(step, start, count):
    path = [start]
    for _ in range(count):
        path.append(step(path[-1]))
    return np.array(path)


def _surface(x, weights, variance):
    columns = np.exp(-0.5 * (x - AXIS[:, None]) ** 2 / variance) / np.sqrt(2 * np.pi * variance)
    density = weights[0] * columns[None, :, :] + weights[1] * columns[:, None, :]
    return np.log(density).mean(axis=2)


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: levels, and the mixture on the line."""
    x, weights = np.linspace(-5, 9, 141), (state["weight"], 1 - state["weight"])
    parts = [w * library.gaussian_density(x, m, state["variance"]) for w, m in zip(weights, state["point"])]
    drops = [1.8, 1.2, 0.8, 0.5, 0.3, 0.18, 0.1, 0.05, 0.02, 0.005]
    return {
        "box": [-4, 6, -4, 6],
        "shape": [len(AXIS), len(AXIS)],
        "grid": values["surface"],
        "levels": [values["surface"].max() - drop for drop in drops],
        "fit_box": [-5, 8, 0, 0.6],
        "fit_x": x,
        "fit_components": np.array(parts),
        "fit_density": sum(parts),
        "strip": _strip(state, data),
        "peak_names": ["A", "B"],
    }
