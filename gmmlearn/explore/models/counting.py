"""Exploration 9: Bayes' rule by counting draws near a point."""

import numpy as np

from gmmlearn.explore.models.parts import Flag, Number, Points, taken
from gmmlearn.explore.models.responsibilities import COVARIANCES, MEANS, WEIGHTS
from gmmlearn.explore.models.streams import normal_pairs, uniform

USES = ("responsibilities",)
SENT = ("counts", "posterior", "within", "expected_curve", "counted_curve")
MOST_DRAWS = 10_000
WIDTHS = np.linspace(0.08, 2, 25)
PARTS = {
    "point": Points(0, (-6, 6), (-4.5, 4.5)),
    "half_width": Number(0.05, 2),
    "draws": Number(10, MOST_DRAWS, whole=True),
    "seed": Number(0, 2**29, whole=True),
    "component": Number(0, 2, whole=True),
    "playing": Flag(),
}


def data() -> dict:
    """The mixture, and the nodes and weights of a quadrature over [-1, 1]."""
    nodes, node_weights = np.polynomial.legendre.leggauss(12)
    mixture = {"weights": np.array(WEIGHTS), "means": np.array(MEANS), "covariances": np.array(COVARIANCES)}
    return mixture | {"nodes": nodes, "node_weights": node_weights, "widths": WIDTHS}


def initial(point=(0.2, 0.1)) -> dict:
    """State at the beginning."""
    return {
        "point": taken(PARTS, "point", point),
        "half_width": 0.5,
        "draws": 1000,
        "seed": 1,
        "component": 0,
        "playing": False,
    }


def compute(state: dict, data: dict, maths) -> dict:
    """The draws, the shares of those in the window, what these are on average, and what the formula gives."""
    labels, X = _drawn(state["draws"], state["seed"], data)
    point, k = np.array(state["point"]), state["component"]
    distances = np.abs(X - point).max(axis=1)
    kept = distances <= state["half_width"]
    expected = np.array([_within(point, width, data) for width in WIDTHS])[:, k]
    sizes = np.array([(distances <= width).sum() for width in WIDTHS])
    hits = np.array([((distances <= width) & (labels == k)).sum() for width in WIDTHS])
    with np.errstate(invalid="ignore"):  # no draw in the window has no share
        counted = hits / sizes
    mixture = (data[name] for name in ("weights", "means", "covariances"))
    return {
        "X": X,
        "kept_X": X[kept],
        "kept_labels": labels[kept],
        "counts": np.bincount(labels[kept], minlength=3),
        "posterior": maths.responsibilities(point[None], *mixture)[0],
        "within": _within(point, state["half_width"], data),
        "expected_curve": expected,
        "counted_curve": counted,
        "sizes": sizes,
    }


def _drawn(draws: int, seed: int, data: dict) -> tuple:
    labels = np.searchsorted(np.cumsum(data["weights"])[:-1], uniform(2 * seed, draws), side="right")
    factors = np.linalg.cholesky(data["covariances"])
    return labels, data["means"][labels] + np.einsum("nij,nj->ni", factors[labels], normal_pairs(2 * seed + 1, draws))


def _within(point, half_width: float, data: dict):
    """The share of each component in the probability of the window, by Gauss-Legendre quadrature."""
    across, up = np.meshgrid(data["nodes"], data["nodes"])
    places = point + half_width * np.column_stack([across.ravel(), up.ravel()])
    off = places[:, None] - data["means"]
    inverses = np.linalg.inv(data["covariances"])
    heights = data["weights"] / np.sqrt(np.linalg.det(data["covariances"]))
    densities = heights * np.exp(-0.5 * np.einsum("nki,kij,nkj->nk", off, inverses, off))
    masses = np.outer(data["node_weights"], data["node_weights"]).ravel() @ densities
    return masses / masses.sum()


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: the window, the bars with their errors, and the band around the average share."""
    n_kept = int(values["counts"].sum())
    shares = values["counts"] / n_kept if n_kept else np.zeros(3)
    within, expected = np.asarray(values["within"]), values["expected_curve"]
    errors = np.sqrt(within * (1 - within) / n_kept) if n_kept else np.full(3, np.nan)
    # No draw in the window has no error.
    sizes = np.where(values["sizes"] > 0, values["sizes"], np.nan)
    spread = np.sqrt(expected * (1 - expected) / sizes)
    formula = values["posterior"][state["component"]]
    return {
        "box": [-6, 6, -4.5, 4.5],
        "bar_box": [-0.6, 2.6, 0, 1.12],
        "curve_box": [0, 2.05, 0, 1.05],
        "n_kept": n_kept,
        "shares": shares,
        "standard_errors": errors,
        "window": [*state["point"], state["half_width"]],
        "widths": WIDTHS,
        "low_curve": expected - spread,
        "high_curve": expected + spread,
        "formula_curve": np.full(len(WIDTHS), formula),
        "here": [[state["half_width"], shares[state["component"]]]] if n_kept else [],
    }
