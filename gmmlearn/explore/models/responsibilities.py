"""Exploration 5: Bayes' rule for one point, with its numbers."""

import numpy as np

from gmmlearn.explore.models.parts import Covariances, Flag, Number, Numbers, Points, taken
from gmmlearn.explore.models.streams import normal_pairs

USES = ("log_joint", "responsibilities")
SENT = ("responsibilities", "point_log_joint", "point_responsibilities")
WEIGHTS = [0.5, 0.3, 0.2]
MEANS = [[-1.8, -0.6], [2.0, -1.0], [0.8, 2.2]]
COVARIANCES = [[[1.2, 0.6], [0.6, 0.9]], [[0.6, -0.3], [-0.3, 1.2]], [[1.0, 0.0], [0.0, 0.4]]]

ENTAILED = ("point", "index")
WIDTHS = [6.0, 12.0, 25.0, 50.0, 80.0]
PARTS = {
    "point": Points(0, (-80, 80), (-80, 80)),
    "weights": Numbers(3, 3, 0.01, 0.98, share=True),
    "means": Points(3, (-80, 80), (-80, 80)),
    "covariances": Covariances(3),
    "width": Number(1, 80),
    "index": Number(-1, 299, whole=True),
    "hovering": Flag(),
    "playing": Flag(),
}


def data() -> dict:
    """Three hundred samples of the mixture in the picture."""
    labels = np.repeat([0, 1, 2], [150, 90, 60])
    factors = np.linalg.cholesky(np.array(COVARIANCES))[labels]
    return {"X": np.array(MEANS)[labels] + np.einsum("nij,nj->ni", factors, normal_pairs(23, 300))}


def initial(point=(0.2, 0.1)) -> dict:
    """State at the beginning."""
    point = taken(PARTS, "point", point)
    reach = max(abs(point[0]), abs(point[1]) / 0.75)
    return {
        "point": point,
        "weights": list(WEIGHTS),
        "means": [list(mean) for mean in MEANS],
        "covariances": [[list(row) for row in matrix] for matrix in COVARIANCES],
        "width": next((width for width in WIDTHS if width >= reach), WIDTHS[-1]),
        "index": -1,
        "hovering": True,
        "playing": False,
    }


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: the point is on the sample that is chosen, or on none."""
    if key == "index" and state["index"] >= 0:
        return state | {"point": data["X"][state["index"]].tolist()}
    return state | {"index": -1} if key == "point" else state


def compute(state: dict, data: dict, maths) -> dict:
    """Responsibilities of every sample and of the point, and the log joint of the point."""
    parameters = [np.array(state[name], float) for name in ("weights", "means", "covariances")]
    point = np.array([state["point"]], float)
    return {
        "responsibilities": maths.responsibilities(data["X"], *parameters),
        "point_log_joint": maths.log_joint(point, *parameters)[0],
        "point_responsibilities": maths.responsibilities(point, *parameters)[0],
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: the links of the point, and the bars."""
    width = state["width"]
    return {
        "X": data["X"],
        "box": [-width, width, -0.75 * width, 0.75 * width],
        "bar_box": [-0.6, len(state["weights"]) - 0.4, 0, 1.12],
        "shares": values["point_responsibilities"],
        "links": [[state["point"], mean] for mean in state["means"]],
    }
