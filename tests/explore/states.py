"""Random states of the explorations, as dragging and choosing could make them."""

import numpy as np

from gmmlearn.explore.models import model


def random_states(name: str, rng: np.random.Generator, count: int) -> list[dict]:
    """States of one exploration, each far from the one at the beginning."""
    module = model(name)
    return [_CHANGES[name](module, rng) for _ in range(count)]


def _weights(rng, K):
    return (0.9 * rng.dirichlet(np.ones(K)) + 0.1 / K).tolist()


def _covariances(rng, K):
    factors = rng.normal(size=(K, 2, 2))
    return (factors @ factors.transpose(0, 2, 1) + 0.1 * np.eye(2)).tolist()


def _density(module, rng):
    K = int(rng.integers(1, 6))
    state = module.initial(_weights(rng, K), rng.uniform(-7, 7, K), rng.uniform(0.04, 9, K))
    return state | {"point": rng.uniform(-8, 8)}


def _covariance(module, rng):
    state = module.initial(mean=rng.uniform(-4, 4, 2))
    return state | {"angle": rng.uniform(-180, 180), "standard_deviations": rng.uniform(0.15, 4, 2).tolist()}


def _sampling(module, rng):
    return module.initial(_weights(rng, 3)) | {
        "means": rng.uniform(-4, 4, (3, 2)).tolist(),
        "covariances": _covariances(rng, 3),
        "seed": int(rng.integers(1, 10_000)),
    }


def _landscape(module, rng):
    state = module.initial(rng.uniform(-3.9, 5.9, 2), rng.choice([0.1, 0.35, 0.5, 0.9]))
    return (
        state
        | {"variance": float(rng.choice([0.5, 1.0, 3.0])), "rate": float(rng.choice([0.1, 1.0, 3.0]))}
        | {
            name: [[row[0], row[1], module.STRIP] for row in value] if name == "moved" else value
            for name, value in _edits(rng, 60).items()
        }
    )


def _responsibilities(module, rng):
    return module.initial(rng.uniform(-80, 80, 2)) | {
        "means": rng.uniform(-6, 6, (3, 2)).tolist(),
        "covariances": _covariances(rng, 3),
        "weights": _weights(rng, 3),
    }


def _em(module, rng):
    K = int(rng.integers(1, 7))
    state = module.initial(K) | {
        "data": str(rng.choice(["clusters", "faithful"])),
        "n_samples": int(rng.choice([30, 100, 500, 2000])),
        "covariance_type": str(rng.choice(["full", "tied", "diag", "spherical"])),
        "reg_covar": float(rng.choice([1e-6, 1e-3, 0.1])),
        "added": rng.uniform(-3, 3, (int(rng.integers(0, 4)), 2)).tolist(),
        "compare": bool(rng.integers(2)),
        "seed": int(rng.integers(1, 1000)),
        "regions": bool(rng.integers(2)),
        "watched": int(rng.integers(-1, K)),
        **_edits(rng, 30),
    }
    step = int(rng.integers(0, 25))
    return module.started(state, module.data()) | {"step": step, "last": step + int(rng.integers(0, 6))}


def _kmeans(module, rng):
    return module.initial(float(rng.uniform(1, 6))) | _edits(rng, 300)


def _n_components(module, rng):
    state = module.initial(str(rng.choice(["blobs", "moons"])), int(rng.integers(1, 9)))
    return state | (_edits(rng, 300) if rng.integers(2) else {})


def _edits(rng, count):
    """Up to three samples elsewhere, and up to three away."""
    indices = rng.permutation(count)[:6].tolist()
    moved = [[index, *rng.uniform(-3, 3, 2).tolist()] for index in indices[: int(rng.integers(4))]]
    return {"moved": moved, "removed": indices[3 : 3 + int(rng.integers(4))]}


def _counting(module, rng):
    state = module.initial(rng.uniform(-3, 3, 2))
    more = {
        "half_width": rng.uniform(0.05, 2),
        "draws": int(rng.integers(10, 3000)),
        "seed": int(rng.integers(1, 1000)),
    }
    return state | more | {"component": int(rng.integers(3))}


def _em_by_hand(module, rng):
    before = {"before_weights": _weights(rng, 2), "before_means": rng.uniform(-4, 4, (2, 2)).tolist()}
    # Now and then nearly all samples have one colour, and no M-step is possible.
    shades = rng.integers(0, 5, module.N_SAMPLES) / 4 * rng.choice([1, 1, 0.001])
    return (
        module.initial(str(rng.choice(module.NAMES)))
        | before
        | {
            "before_covariances": _covariances(rng, 2),
            "half": str(rng.choice(["M", "E"])),
            "own_weights": _weights(rng, 2),
            "own_means": rng.uniform(-4, 4, (2, 2)).tolist(),
            "own_angles": rng.uniform(-180, 180, 2).tolist(),
            "own_deviations": rng.uniform(0.15, 4, (2, 2)).tolist(),
            "shades": shades.tolist(),
            "shade": float(rng.integers(0, 5) / 4),
            "reach": float(rng.choice([0.35, 1.4])),
            "cursor": rng.uniform(-4, 4, 2).tolist(),
            "painting": bool(rng.integers(2)),
            "compared": bool(rng.integers(2)),
        }
    )


def _em_failures(module, rng):
    name = str(rng.choice(list(module.CASES)))
    step = int(rng.integers(0, 12))
    state = module.initial(name) | {"step": step, "last": step + int(rng.integers(0, 6))}
    if rng.integers(2):
        state = module.changed(state | {"remedied": True}, "remedied", module.data()) | {"step": step, "last": step}
    return state | {"answer": int(rng.integers(-1, 3)), "whole": bool(rng.integers(2))}


_CHANGES = {
    "counting": _counting,
    "density": _density,
    "covariance": _covariance,
    "sampling": _sampling,
    "landscape": _landscape,
    "responsibilities": _responsibilities,
    "em": _em,
    "kmeans": _kmeans,
    "n_components": _n_components,
    "em_by_hand": _em_by_hand,
    "em_failures": _em_failures,
}
