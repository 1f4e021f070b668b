"""Exploration 3: the two stages of drawing from a mixture, one point at a time."""

import numpy as np

from gmmlearn.explore.models.parts import Covariances, Flag, Number, Numbers, Points, taken
from gmmlearn.explore.models.streams import normal_pairs, uniform

USES = ("sample_categorical", "sample_gaussian")
SENT = ("labels", "X")
TOTAL = 400
PARTS = {
    "weights": Numbers(3, 3, 0.02, 0.9, share=True),
    "means": Points(3, (-5, 5), (-4, 4)),
    "covariances": Covariances(3),
    "seed": Number(0, 2**30, whole=True),
    "step": Number(0, 2 * TOTAL, whole=True),
    "speed": Number(0.1, 100),
    "playing": Flag(),
}


def data() -> dict:
    """Nothing: every sample is drawn."""
    return {}


def initial(weights=(0.2, 0.5, 0.3)) -> dict:
    """State at the beginning."""
    return {
        "weights": taken(PARTS, "weights", weights),
        "means": [[-2.5, 1.8], [0.5, -1.5], [3.0, 1.5]],
        "covariances": [[[0.6, 0.3], [0.3, 0.7]], [[1.8, -0.5], [-0.5, 0.6]], [[0.5, 0.1], [0.1, 1.1]]],
        "seed": 1,
        "step": 0,
        "speed": 4,
        "playing": False,
    }


def compute(state: dict, data: dict, maths) -> dict:
    """Labels by the inverse of the distribution function, points by the Cholesky factor, as in the browser."""
    weights, means = np.array(state["weights"], float), np.array(state["means"], float)
    seed = state["seed"]
    labels = np.searchsorted(np.cumsum(weights)[:-1], uniform(2 * seed, TOTAL), side="right")
    factors = np.linalg.cholesky(np.array(state["covariances"], float))
    X = means[labels] + np.einsum("nij,nj->ni", factors[labels], normal_pairs(2 * seed + 1, TOTAL))
    return {"labels": labels, "X": X}


def by_contract(state: dict, data: dict, maths) -> dict:
    """The same with the functions of the contract, which draw from a NumPy generator."""
    rng = np.random.default_rng(state["seed"])
    labels = np.asarray(maths.sample_categorical(np.array(state["weights"], float), TOTAL, rng))
    X = np.empty((TOTAL, 2))
    for k, (mean, covariance) in enumerate(zip(state["means"], state["covariances"])):
        own = labels == k
        X[own] = maths.sample_gaussian(np.array(mean, float), np.array(covariance, float), int(own.sum()), rng)
    return {"labels": labels, "X": X}


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: the points drawn so far, and the shares of the components."""
    labels, weights = values["labels"], state["weights"]
    drawn, picked = state["step"] // 2, -(-state["step"] // 2)
    counts = np.bincount(labels[:picked].astype(int), minlength=len(weights))
    chosen = int(labels[drawn]) if state["step"] % 2 else -1
    return {
        "box": [-6, 6, -4.5, 4.5],
        "bar_box": [-0.6, len(weights) - 0.4, 0, max(0.75, *(1.15 * weight for weight in weights))],
        "shown": values["X"][:drawn],
        "shown_labels": labels[:drawn],
        "newest": values["X"][drawn - 1 : drawn] if chosen < 0 and drawn else values["X"][:0],
        "chosen": chosen,
        "counts": counts,
        "shares": counts / max(picked, 1),
    }
