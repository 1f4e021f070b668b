"""Exploration 7: k-means against a mixture on clusters that are stretched."""

import numpy as np

from gmmlearn.explore.models import edits
from gmmlearn.explore.models.parts import Flag, Number, taken
from gmmlearn.explore.models.streams import normal_pairs

USES = ("assign", "responsibilities", "update_weights", "update_means", "update_covariances")
SENT = ("weights", "means", "covariances", "mixture_labels")
CENTRES = np.array([[0.0, 2.6], [0.0, 0.0], [0.0, -2.6]])
ROUNDS = 60
TURN = 0.35
FEWEST = 250
PARTS = {"stretch": Number(1, 6), **edits.PARTS, "playing": Flag()}


def data() -> dict:
    """Normals of three clusters of a hundred samples, and which cluster each belongs to."""
    return {"normals": normal_pairs(47, 300), "labels": np.repeat([0, 1, 2], 100)}


def initial(stretch: float = 1.0) -> dict:
    """State at the beginning: round clusters."""
    return {"stretch": taken(PARTS, "stretch", stretch), **edits.NONE, "playing": False}


def checked(state: dict, data: dict) -> None:
    """Raises `ValueError` where an index is not one of the samples, or too few of these are left."""
    edits.checked(state, len(data["labels"]), FEWEST)


def stretched(stretch: float, data: dict):
    """The samples: stretched along one axis, then turned."""
    X = CENTRES[data["labels"].astype(int)] + data["normals"] * [0.55 * stretch, 0.55]
    return X @ _turn()


def compute(state: dict, data: dict, maths) -> dict:
    """Both partitions: Lloyd's algorithm from the true centres, and EM from its labels."""
    X = edits.edited(stretched(state["stretch"], data), state)
    labels, centres = lloyd(X, CENTRES @ _turn())
    r = np.eye(3)[labels]
    for _ in range(ROUNDS + 1):
        weights, means = maths.update_weights(r), maths.update_means(X, r)
        covariances = maths.update_covariances(X, r, means, reg_covar=1e-6)
        r = maths.responsibilities(X, weights, means, covariances)
    return {
        "X": X,
        "kmeans_labels": labels,
        "centres": centres,
        "weights": weights,
        "means": means,
        "covariances": covariances,
        "mixture_labels": maths.assign(r),
    }


def lloyd(X, centres, rounds: int = 100):
    """Lloyd's algorithm from the given centres, until no label changes: labels and centres."""
    labels = np.full(len(X), -1)
    for _ in range(rounds):
        nearest = ((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = np.array(
            [X[labels == k].mean(axis=0) if (labels == k).any() else old for k, old in enumerate(centres)]
        )
    return labels, centres


def _turn():
    cosine, sine = np.cos(TURN), np.sin(TURN)
    return np.array([[cosine, sine], [-sine, cosine]])


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: its axes."""
    return {"box": [-9, 9, -6.75, 6.75]}
