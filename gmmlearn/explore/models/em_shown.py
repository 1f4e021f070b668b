"""What is shown of a run of EM at a half step."""

from itertools import pairwise
from typing import Any

import numpy as np

from gmmlearn.explore.models.pulls import pulls_on
from gmmlearn.explore.models.regions import density_grid, soft_grid

TOLERANCE = 1e-3
SHAPE = (81, 61)
SOFT_SHAPE = (41, 31)
LEVELS = (0.02, 0.06, 0.12, 0.2, 0.32, 0.48, 0.66, 0.85)


def shown_of(frames: list[Any], step: int, last: int) -> dict:
    """Parameters, responsibilities, trace, trail and ghost of a run at a half step, of those up to `last`."""
    halves = min(last, 2 * len(frames) - (1 if frames[-1].collapsed < 0 else 2))
    at = min(step, halves)
    now = frames[at // 2]
    before = frames[at // 2 - 1].responsibilities if at >= 2 else None
    steps = [s for s in range(halves + 1) if frames[s // 2].collapsed < 0]
    gains = [b.log_likelihood - a.log_likelihood < TOLERANCE for a, b in pairwise(frames)]
    return {
        "weights": now.weights,
        "means": now.means,
        "covariances": now.covariances,
        "responsibilities": now.responsibilities if at % 2 else before,
        "log_likelihood": now.log_likelihood,
        "bound": now.log_likelihood if at % 2 else now.bound,
        "trace_steps": [s / 2 for s in steps],
        "trace": [frames[s // 2].log_likelihood for s in steps],
        "bounds": [frames[s // 2].log_likelihood if s % 2 else frames[s // 2].bound for s in steps],
        "converged_at": gains.index(True) + 1 if True in gains else -1,
        "collapsed": now.collapsed,
        # Right after an M-step: where the components were before it.
        "means_before": frames[at // 2 - 1].means if at >= 2 and at % 2 == 0 else [],
        "covariances_before": frames[at // 2 - 1].covariances if at >= 2 and at % 2 == 0 else [],
        "trail": np.array([frame.means for frame in frames[: at // 2 + 1]]),
    }


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: axes, level lines of each run, and the place on the trace."""
    X = values["X"]
    low, high = X.min(axis=0), X.max(axis=0)
    room = 0.08 * (high - low)
    box = np.ravel(np.column_stack([low - room, high + room]))
    out = {"box": box, "shape": SHAPE, "soft_shape": SOFT_SHAPE}
    for suffix in ("", "_b")[: len(state["runs"])]:
        if state["contours"]:
            grid = density_grid(*(values[name + suffix] for name in ("weights", "means", "covariances")), box, SHAPE)
            out |= {f"grid{suffix}": grid, f"levels{suffix}": [share * grid.max() for share in LEVELS]}
        if state["regions"]:
            soft = soft_grid(*(values[name + suffix] for name in ("weights", "means", "covariances")), box, SOFT_SHAPE)
            out |= {name + suffix: value for name, value in soft.items()}
    K = len(values["weights"])
    out |= {"many": K > 6, "numbers": [str(k) for k in range(K)]}
    out |= pulls_on(X, values["responsibilities"], values["means"], state["watched"])
    lines = ["trace", "trace_b"] + ["bounds", "bounds_b"] * state["bound_shown"]
    heights = [height for line in lines for height in values.get(line, []) if np.isfinite(height)] or [-1.0, 0.0]
    room = max(0.08 * (max(heights) - min(heights)), 0.005)
    last = max(state["last"], state["step"])
    here = min(state["step"], len(values["trace"]) - 1)
    out["trace_box"] = [-0.2, max(5, -(-last // 2)) + 0.2, min(heights) - room, max(heights) + room]
    out["here"] = [[values["trace_steps"][here], values["trace"][here]]] if here >= 0 else []
    return out
