"""Exploration 2: what the numbers of a covariance matrix do to its ellipse."""

import numpy as np

from gmmlearn.explore.models.parts import Covariance, Flag, Number, Numbers, Points, taken
from gmmlearn.explore.models.streams import normal_pairs

USES = ("gaussian_log_density",)
SENT = ("log_density",)
PARTS = {
    "mean": Points(0, (-5, 5), (-4, 4)),
    "angle": Number(-180, 180),
    "standard_deviations": Numbers(2, 2, 0.15, 4),
    "points": Flag(),
    "playing": Flag(),
}
NODES = np.stack(np.meshgrid(np.linspace(-6, 6, 121), np.linspace(-4.5, 4.5, 91)), axis=-1).reshape(-1, 2)


def data() -> dict:
    """Standard normals, which the picture turns and stretches."""
    return {"normals": normal_pairs(5, 200)}


def initial(covariance=((2.75, 1.3), (1.3, 1.25)), mean=(0.0, 0.0)) -> dict:
    """State at the beginning, from a covariance matrix."""
    matrix = np.array(taken({"covariance": Covariance()}, "covariance", covariance))
    variances, vectors = np.linalg.eigh(matrix)
    u, v = vectors[:, 1] * (1 if vectors[0, 1] >= 0 else -1)
    return {
        "mean": taken(PARTS, "mean", mean),
        "angle": float(np.degrees(np.arctan2(v, u))),
        "standard_deviations": taken(PARTS, "standard_deviations", np.sqrt(variances[::-1])),
        "points": True,
        "playing": False,
    }


def compute(state: dict, data: dict, maths) -> dict:
    """The matrix, its axes, its log density on a grid, and the sample that belongs to it."""
    mean, deviations = np.array(state["mean"], float), np.array(state["standard_deviations"], float)
    angle = np.radians(state["angle"])
    vectors = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = vectors.T @ np.diag(deviations**2) @ vectors
    return {
        "covariance": matrix,
        "eigenvalues": deviations**2,
        "eigenvectors": vectors,
        "correlation": float(matrix[0, 1] / np.sqrt(matrix[0, 0] * matrix[1, 1])),
        "log_density": maths.gaussian_log_density(NODES, mean, matrix),
        "sample": mean + data["normals"] * deviations @ vectors,
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: the levels at 3, 2 and 1 standard deviations, and the ends of the axes."""
    deviations = np.array(state["standard_deviations"])
    peak = -np.log(2 * np.pi * deviations.prod())
    return {
        "box": [-6, 6, -4.5, 4.5],
        "shape": [121, 91],
        "grid": values["log_density"],
        "levels": [peak - 4.5, peak - 2, peak - 0.5],
        "tips": np.array(state["mean"]) + deviations[:, None] * values["eigenvectors"],
    }
