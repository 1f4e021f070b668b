"""Exploration 1: the density of a mixture in one dimension."""

import numpy as np

USES = ("gaussian_density", "mixture_density")
SENT = ("components", "density")
PARTS = ("weights", "means", "variances")
GRID = np.linspace(-8, 8, 321)


def data() -> dict:
    """Nothing: the picture holds no samples."""
    return {}


def initial(weights=(0.5, 0.3, 0.2), means=(-2.5, 1.0, 3.5), variances=(0.8, 1.5, 0.4)) -> dict:
    """State at the beginning; the arguments are those of `mixture_density`."""
    total = float(sum(weights))
    return {
        "weights": [float(weight) / total for weight in weights],
        "means": [float(mean) for mean in means],
        "variances": [float(variance) for variance in variances],
        "n_components": len(weights),
        "sweep": 0.0,
        "playing": False,
    }


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: as many parameters as components, and weights that sum to 1."""
    K = state["n_components"] if key == "n_components" else len(state[key if key in PARTS else "weights"])
    spare = {"weights": [1 / K] * K, "means": [-2.5, 1.0, 3.5, 5.0, -6.0], "variances": [0.8] * K}
    state = state | {name: (state[name] + spare[name][len(state[name]) :])[:K] for name in PARTS}
    total = sum(state["weights"])
    return state | {"n_components": K, "weights": [weight / total for weight in state["weights"]]}


def compute(state: dict, data: dict, maths) -> dict:
    """Densities of the components, times their weights, and of the mixture on a grid."""
    weights, means, variances = (np.array(state[name], float) for name in ("weights", "means", "variances"))
    parts = [w * maths.gaussian_density(GRID, m, v) for w, m, v in zip(weights, means, variances)]
    return {
        "x": GRID,
        "components": np.array(parts),
        "density": maths.mixture_density(GRID, weights, means, variances),
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: its axes."""
    highest = max(values["density"].max(), values["components"].max())
    fitting = [limit for limit in (0.5, 1, 2, 4) if highest < 0.98 * limit]
    return {"box": [-8, 8, 0, fitting[0] if fitting else 1.1 * highest]}
