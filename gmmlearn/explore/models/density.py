"""Exploration 1: the density of a mixture in one dimension."""

import numpy as np

from gmmlearn.explore.models.parts import Flag, Number, Numbers, taken

USES = ("gaussian_density", "mixture_density")
SENT = ("components", "density", "point_parts", "point_density")
PARTS = {
    "weights": Numbers(1, 5, 0.02, 0.98, share=True),
    "means": Numbers(1, 5, -7, 7),
    "variances": Numbers(1, 5, 0.04, 16),
    "n_components": Number(1, 5, whole=True),
    "point": Number(-8, 8),
    "sweep": Number(0, 2),
    "playing": Flag(),
}
SPARE = {"weights": [0.5, 0.3, 0.2], "means": [-2.5, 1.0, 3.5, 5.0, -6.0], "variances": [0.8, 1.5, 0.4, 0.8, 0.8]}
GRID = np.linspace(-8, 8, 321)


def data() -> dict:
    """Nothing: the picture holds no samples."""
    return {}


def initial(weights=None, means=None, variances=None) -> dict:
    """State at the beginning; the arguments are those of `mixture_density`, three components where none is given."""
    given = {"weights": weights, "means": means, "variances": variances}
    given = {name: taken(PARTS, name, value) for name, value in given.items() if value is not None}
    counts = {len(value) for value in given.values()}
    if len(counts) > 1:
        found = ", ".join(f"{len(value)} {name}" for name, value in given.items())
        raise ValueError(f"every component needs its weight, mean and variance, but there are {found}")
    return {**_padded(given, counts.pop() if counts else 3), "point": -0.8, "sweep": 0.0, "playing": False}


def _padded(given: dict, K: int) -> dict:
    """As many parameters as components, and weights that sum to 1."""
    spare = SPARE | ({"weights": [1 / K] * K} if K != 3 else {})
    parts = {name: (given.get(name, []) + spare[name][len(given.get(name, [])) :])[:K] for name in SPARE}
    total = sum(parts["weights"])
    return {**parts, "weights": [weight / total for weight in parts["weights"]], "n_components": K}


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: as many parameters as components, and weights that sum to 1."""
    K = state["n_components"] if key == "n_components" else len(state[key if key in SPARE else "weights"])
    return state | _padded({name: state[name] for name in SPARE}, K)


def compute(state: dict, data: dict, maths) -> dict:
    """Densities of the components, times their weights, and of the mixture, on a grid and at the point."""
    weights, means, variances = (np.array(state[name], float) for name in ("weights", "means", "variances"))
    parts = [w * maths.gaussian_density(GRID, m, v) for w, m, v in zip(weights, means, variances)]
    point = np.array([state["point"]])
    return {
        "x": GRID,
        "components": np.array(parts),
        "density": maths.mixture_density(GRID, weights, means, variances),
        "point_parts": [
            float(w * maths.gaussian_density(point, m, v)[0]) for w, m, v in zip(weights, means, variances)
        ],
        "point_density": float(maths.mixture_density(point, weights, means, variances)[0]),
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: its axes, and the parts of the density at the point."""
    highest = max(values["density"].max(), values["components"].max())
    fitting = [limit for limit in (0.5, 1, 2, 4) if highest < 0.98 * limit]
    parts = np.array(values["point_parts"])
    with np.errstate(invalid="ignore"):  # far from all components every density is 0
        shares = parts / values["point_density"]
    top = fitting[0] if fitting else 1.1 * highest
    return {"box": [-8, 8, 0, top], "point_shares": shares, "slices": [state["point"], *parts]}
