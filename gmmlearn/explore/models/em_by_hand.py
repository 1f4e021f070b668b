"""Exploration 10: one iteration of EM, with one of its two halves done by hand."""

import numpy as np

from gmmlearn.explore.models.parts import Choice, Covariances, Flag, Number, Numbers, Points, taken
from gmmlearn.explore.models.streams import normal_pairs

USES = (
    "log_joint",
    "responsibilities",
    "log_likelihood",
    "update_weights",
    "update_means",
    "update_covariances",
    "expected_log_likelihood",
)
SENT = (
    "weights",
    "means",
    "covariances",
    "em_weights",
    "em_means",
    "em_covariances",
    "responsibilities",
    "em_responsibilities",
    "heights",
    "e_bounds",
    "m_bounds",
    "gains",
)
N_SAMPLES = 90
REG_COVAR = 1e-6
# With less, a component is too narrow to be drawn, and its density too high to be compared.
LEAST_COUNT = 2.0
LEAST_VARIANCE = 0.01
BOX = [-6.0, 6.0, -4.5, 4.5]

_SETS = {
    "apart": ([0.55, 0.45], [[-2.0, -0.8], [2.1, 1.0]], [[[0.7, 0.2], [0.2, 0.5]], [[0.6, -0.2], [-0.2, 0.7]]]),
    "overlap": ([0.7, 0.3], [[-0.9, -0.3], [1.5, 0.5]], [[[1.4, 0.3], [0.3, 0.9]], [[0.5, -0.1], [-0.1, 0.8]]]),
    "crossing": ([0.5, 0.5], [[0.0, 0.0], [0.0, 0.0]], [[[4.0, 2.6], [2.6, 2.0]], [[4.0, -2.6], [-2.6, 2.0]]]),
    "inside": ([0.6, 0.4], [[0.0, 0.0], [0.8, 0.4]], [[[4.0, 0.4], [0.4, 2.2]], [[0.14, 0.0], [0.0, 0.1]]]),
    "outliers": ([0.5, 0.5], [[-2.4, -1.8], [-0.7, 0.9]], [[[0.8, 0.3], [0.3, 0.4]], [[0.5, -0.2], [-0.2, 0.6]]]),
}
_OUTLIERS = [[5.2, 3.6], [5.5, 3.9], [4.9, 4.0], [5.4, -3.9]]
_ROUND = [[1.5, 0.0], [0.0, 1.5]]
# Weights, means and covariances before the step: farther off from set to set, and in the last both in one group.
_BEFORE = {
    "apart": ([0.5, 0.5], [[-3.2, 1.2], [2.6, -1.0]], [_ROUND, _ROUND]),
    "overlap": ([0.5, 0.5], [[-1.4, 1.4], [0.6, -1.2]], [_ROUND, _ROUND]),
    "crossing": ([0.5, 0.5], [[-1.6, 0.3], [1.6, -0.3]], [_ROUND, _ROUND]),
    "inside": ([0.5, 0.5], [[-1.5, 0.6], [1.9, -0.4]], [_ROUND, _ROUND]),
    "outliers": ([0.5, 0.5], [[-3.0, -2.0], [-1.8, -1.6]], [_ROUND, _ROUND]),
}
NAMES = tuple(_SETS)
PARAMETERS = ("weights", "means", "covariances")

PARTS = {
    "data": Choice(NAMES),
    "half": Choice(("M", "E")),
    "before_weights": Numbers(2, 2, share=True),
    "before_means": Points(2),
    "before_covariances": Covariances(2),
    "own_weights": Numbers(2, 2, share=True),
    "own_means": Points(2, (-6, 6), (-4.5, 4.5)),
    "own_angles": Numbers(2, 2, -180, 180),
    "own_deviations": Points(2, (0.15, 5), (0.15, 5)),
    "shades": Numbers(N_SAMPLES, N_SAMPLES, 0, 1),
    "shade": Number(0, 1),
    "reach": Number(0.1, 3),
    "cursor": Points(0, (-6, 6), (-4.5, 4.5)),
    "painting": Flag(),
    "guess": Number(-1, 2, whole=True),
    "compared": Flag(),
    "iteration": Number(1, 10_000, whole=True),
}
ENTAILED = (
    "guess",
    "compared",
    "shades",
    "cursor",
    "iteration",
    *(n for n in PARTS if n.startswith(("before_", "own_"))),
)


def data() -> dict:
    """The samples of each data set, and the mixture before the first step: weight, mean and covariance in a row."""
    out = {}
    for seed, (name, (weights, means, covariances)) in enumerate(_SETS.items(), 61):
        first = round(weights[0] * N_SAMPLES)
        labels = np.repeat([0, 1], [first, N_SAMPLES - first])
        factors = np.linalg.cholesky(np.array(covariances))[labels]
        X = np.array(means)[labels] + np.einsum("nij,nj->ni", factors, normal_pairs(seed, N_SAMPLES))
        if name == "outliers":
            X[-len(_OUTLIERS) :] = _OUTLIERS
        out[name] = np.clip(np.round(X, 3), [-5.8, -4.3], [5.8, 4.3])
        before = _BEFORE[name]
        out[f"{name} before"] = np.array([[w, *m, c[0][0], c[0][1], c[1][1]] for w, m, c in zip(*before)])
    return out


def initial(data_set: str = "apart") -> dict:
    """State at the beginning."""
    return _begun(taken({"data_set": PARTS["data"]}, "data_set", data_set), "M")


def _begun(name: str, half: str) -> dict:
    weights, means, covariances = (np.array(part, float).tolist() for part in _BEFORE[name])
    return {
        "data": name,
        "half": half,
        "before_weights": weights,
        "before_means": means,
        "before_covariances": covariances,
        "own_weights": weights,
        "own_means": means,
        "own_angles": [0.0, 0.0],
        "own_deviations": np.sqrt([np.diag(covariance) for covariance in covariances]).tolist(),
        "shades": [0.5] * N_SAMPLES,
        "shade": 0.0,
        "reach": 0.7,
        "cursor": [0.0, 0.0],
        "painting": True,
        "guess": -1,
        "compared": False,
        "iteration": 1,
    }


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: another data set begins afresh, and a verdict goes with what it was about."""
    if key == "data":
        return _begun(state["data"], state["half"]) | {part: state[part] for part in ("shade", "reach", "painting")}
    if key in ("half", "shades") or key.startswith(("before_", "own_")):
        return {**state, "guess": -1, "compared": False}
    return {**state, "compared": False} if key == "guess" else state


def compute(state: dict, data: dict, maths) -> dict:
    """The mixture after the reader's step and after EM's, and what each of the two halves has reached.

    A bound is the mean evidence lower bound: `e_bounds` at the mixture before the step under the colours of the
    reader and of EM, `m_bounds` under the same colours at the mixture after it.
    """
    X = data[state["data"]]
    before = tuple(np.array(state[f"before_{name}"], float) for name in PARAMETERS)
    by_em = maths.responsibilities(X, *before)
    em = _m_step(X, by_em, maths)
    if state["half"] == "M":
        shapes = [_covariance(*shape) for shape in zip(state["own_angles"], state["own_deviations"])]
        r, own = by_em, (np.array(state["own_weights"]), np.array(state["own_means"]), np.array(shapes))
    else:
        second = np.array(state["shades"], float)
        r = np.column_stack([1 - second, second])
        own = _m_step(X, r, maths)
    heights = [float(maths.log_likelihood(X, *one)) / len(X) if one else np.nan for one in (before, own, em)]
    values = {"X": X, "responsibilities": r, "em_responsibilities": by_em, "heights": np.array(heights)}
    values |= {
        "e_bounds": np.array([_bound(X, one, before, maths) for one in (r, by_em)]),
        "m_bounds": np.array([_bound(X, r, own, maths), _bound(X, by_em, em, maths)]),
        "gains": np.array(_gains(X, by_em, own, em, maths) if state["half"] == "M" and em else []),
    }
    for prefix, mixture in (("", own), ("em_", em)):
        shown = mixture or (np.zeros(0), np.zeros((0, 2)), np.zeros((0, 2, 2)))
        values |= {prefix + name: value for name, value in zip(PARAMETERS, shown)}
    return values


def _covariance(degrees: float, deviations):
    turn = np.radians(degrees)
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return axes @ np.diag(np.square(deviations)) @ axes.T


def _m_step(X, r, maths) -> tuple:
    """Weights, means and covariances; nothing where a component has too few samples or lies on a line."""
    if (r.sum(axis=0) < LEAST_COUNT).any():
        return ()
    weights, means = maths.update_weights(r), maths.update_means(X, r)
    covariances = maths.update_covariances(X, r, means, reg_covar=REG_COVAR)
    a, b, c = covariances[:, 0, 0], covariances[:, 0, 1], covariances[:, 1, 1]
    least = (a + c) / 2 - np.hypot((a - c) / 2, b)
    return (weights, means, covariances) if (least > LEAST_VARIANCE).all() else ()


def _bound(X, r, mixture: tuple, maths) -> float:
    if not mixture:
        return np.nan
    seen = r > 0
    entropy = -float((r[seen] * np.log(r[seen])).sum())
    return (float(maths.expected_log_likelihood(X, r, *mixture)) + entropy) / len(X)


def _gains(X, r, own: tuple, em: tuple, maths) -> list:
    """By how much EM's weights, means and then covariances, one after the other, raise the bound of the reader's.

    Each is at least 0 but for `REG_COVAR`, and together they are all that EM's M-step has ahead.
    """
    bounds = [_bound(X, r, own, maths)]
    mixture = [part.copy() for part in own]
    for part, k in ((0, slice(None)), (1, 0), (1, 1), (2, 0), (2, 1)):
        mixture[part][k] = em[part][k]
        bounds.append(_bound(X, r, tuple(mixture), maths))
    return np.diff(bounds).tolist()


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: axes, the brush, and the scores as gains over the mixture before the step."""
    gains = [height - values["heights"][0] for height in values["heights"][1 : 3 if state["compared"] else 2]]
    places = [[i, gain] for i, gain in enumerate(gains) if np.isfinite(gain)]
    low, high = min([0, *(gain for _, gain in places)]), max([0, *(gain for _, gain in places)])
    room = max(0.15 * (high - low), 0.05)
    return {
        "box": BOX,
        "weight_box": [-0.6, 1.6, 0, 1.12],
        "score_box": [-0.5, 2.0, low - room, high + room],
        "zero_x": [-0.5, 2.0],
        "zero_y": [0, 0],
        "scores": places,
        "score_names": [f"{gain:+.2f}".replace("-", "−") for _, gain in places],
        "by_colour": state["half"] == "E",
        "brush_at": [state["cursor"]],
        "brush_size": [[[state["reach"] ** 2, 0.0], [0.0, state["reach"] ** 2]]],
    }
