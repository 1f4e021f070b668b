"""Exploration 6: EM, half an iteration at a time."""

from typing import NamedTuple

import numpy as np

from gmmlearn import library
from gmmlearn.data import old_faithful
from gmmlearn.explore.models import edits, em_shown
from gmmlearn.explore.models.parts import Choice, Covariances, Flag, Misfit, Number, Numbers, Points, short, taken
from gmmlearn.explore.models.streams import normal_pairs, uniform

USES = ("log_joint", "responsibilities", "log_likelihood", "update_weights", "update_means", "update_covariances")
_SHOWN = (
    "weights",
    "means",
    "covariances",
    "responsibilities",
    "log_likelihood",
    "bound",
    "trace_steps",
    "trace",
    "bounds",
    "converged_at",
    "collapsed",
    "means_before",
    "covariances_before",
    "trail",
)
SENT = (*_SHOWN, *(f"{name}_b" for name in _SHOWN))
COLLAPSE = 1e-9
ENTAILED = ("runs", "step", "last", "added", "cursor", "moved", "removed", "picked")
MOST_SAMPLES = 10_000
MOST_COMPONENTS = 10
MOST_STEPS = 400
_MAKE_A_RUN = ("data", "n_samples", "added", "moved", "removed", "covariance_type", "reg_covar")


class Runs:
    """Where one run or two begin: weights, means and covariances each, of as many components."""

    words = "a list of one or two dicts with the weights, means and covariances of as many components"
    limits = None

    def taken(self, value) -> list:
        if not isinstance(value, list | tuple) or len(value) > 2:
            raise Misfit
        return [self._run(run) for run in value]

    def _run(self, run) -> dict:
        if not isinstance(run, dict) or set(run) != {"weights", "means", "covariances"}:
            raise Misfit
        weights = Numbers(1, MOST_COMPONENTS, share=True).taken(run["weights"])
        K = len(weights)
        return {
            "weights": weights,
            "means": Points(K).taken(run["means"]),
            "covariances": Covariances(K).taken(run["covariances"]),
        }


PARTS = {
    "data": Choice(("clusters", "faithful", "yours")),
    "n_samples": Number(2, MOST_SAMPLES, whole=True),
    "n_components": Number(1, MOST_COMPONENTS, whole=True),
    "start": Choice(("samples", "kmeans", "random")),
    "seed": Number(0, 2**30, whole=True),
    "covariance_type": Choice(("full", "tied", "diag", "spherical")),
    "reg_covar": Number(0),
    "runs": Runs(),
    "step": Number(0, MOST_STEPS, whole=True),
    "last": Number(0, MOST_STEPS, whole=True),
    "added": Points(-1),
    "cursor": Points(0),
    "adding": Flag(),
    "live": Flag(),
    "contours": Flag(),
    "bound_shown": Flag(),
    "compare": Flag(),
    "kindergarten": Flag(),
    "regions": Flag(),
    "trails": Flag(),
    "watched": Number(-1, MOST_COMPONENTS - 1, whole=True),
    **edits.PARTS,
    "speed": Number(0.1, 100),
    "playing": Flag(),
}


class Frame(NamedTuple):
    """What iteration t begins with, and what its E-step finds."""

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    responsibilities: np.ndarray | None
    log_likelihood: float
    bound: float
    collapsed: int


def data(X=None) -> dict:
    """Three clusters of which any number of samples can be shown, Old Faithful, and the caller's own samples."""
    labels = (uniform(31, MOST_SAMPLES)[:, None] > [0.45, 0.75]).sum(axis=1)
    means = np.array([[-2.0, -1.0], [2.2, -0.6], [0.3, 2.6]])
    covariances = np.array([[[1.2, 0.7], [0.7, 0.9]], [[0.5, -0.3], [-0.3, 1.1]], [[1.6, 0.2], [0.2, 0.35]]])
    factors = np.linalg.cholesky(covariances)[labels]
    clusters = means[labels] + np.einsum("nij,nj->ni", factors, normal_pairs(32, MOST_SAMPLES))
    sets = {"clusters": np.round(clusters, 3), "faithful": old_faithful()}
    if X is not None:
        sets["yours"] = _checked(X)
    return sets


def _checked(X):
    if isinstance(X, np.ma.MaskedArray) and np.ma.is_masked(X):
        raise ValueError("X has masked entries: leave these samples out")
    given = X
    try:
        X = np.asarray(given)
        # NumPy would drop imaginary parts, and count dates in seconds.
        if X.dtype.kind in "cmM":
            raise TypeError
        X = X.astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"X has to be an array of real numbers of shape (n, 2), not {short(given)}") from None
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"explore.em draws in the plane: X has to have shape (n, 2), not {X.shape}")
    if len(X) < 2:
        raise ValueError(f"X has to hold at least 2 samples, not {len(X)}")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    if not np.ptp(X, axis=0).all():
        raise ValueError("all samples of X have the same value in one column: there is nothing to see in the plane")
    with np.errstate(over="ignore"):
        spread = X.std(axis=0)
    if not ((spread > 1e-60) & (spread < 1e60)).all():
        raise ValueError("the standard deviation of each column of X has to be between 1e-60 and 1e60")
    return X


def initial(n_components: int = 3, own_data_first: bool = False) -> dict:
    """State at the beginning, but for the parameters of `runs`, which `started` adds."""
    return {
        "data": "yours" if own_data_first else "clusters",
        "n_samples": 500,
        "n_components": taken(PARTS, "n_components", n_components),
        "start": "samples",
        "seed": 3,
        "covariance_type": "full",
        "reg_covar": 1e-6,
        "runs": [],
        "step": 0,
        "last": 0,
        "added": [],
        "cursor": [0.0, 0.0],
        "adding": False,
        "live": True,
        "contours": True,
        "bound_shown": False,
        "compare": False,
        "kindergarten": False,
        "regions": False,
        "trails": True,
        "watched": -1,
        **edits.NONE,
        "speed": 3,
        "playing": False,
    }


def checked(state: dict, data: dict) -> None:
    """Raises `ValueError` where parts do not go together: data that are not there, or fewer samples than components."""
    if state["data"] not in data:
        raise ValueError("there are no samples of your own here: open the exploration with explore.em(X)")
    edits.checked(state, len(_shown_set(state, data)) + len(state["added"]))
    n, K = len(samples(state, data)), state["n_components"]
    if n < K:
        raise ValueError(f"{K} components need at least {K} samples, and there are {n}")
    if any(len(run["weights"]) != K for run in state["runs"]):
        counts = " and ".join(str(len(run["weights"])) for run in state["runs"])
        raise ValueError(f"runs has {counts} components, and n_components is {K}")


def samples(state: dict, data: dict):
    """The samples that the state shows."""
    added = np.array(state["added"], float).reshape(-1, 2)
    return edits.edited(np.concatenate([_shown_set(state, data), added]), state)


def _shown_set(state: dict, data: dict):
    X = data[state["data"]]
    return X[: state["n_samples"]] if state["data"] == "clusters" else X


def started(state: dict, data: dict) -> dict:
    """The state with new runs, one or two, from the start that it names."""
    checked(state | {"runs": []}, data)
    X = samples(state, data)
    seeds = [state["seed"], state["seed"] + 1] if state["compare"] else [state["seed"]]
    runs = [_start(X, state, seed) for seed in seeds]
    return {**state, "runs": runs, "cursor": X.mean(axis=0).tolist(), "step": 0, "last": 0}


def _start(X, state: dict, seed: int) -> dict:
    K, reg_covar = state["n_components"], state["reg_covar"]
    if state["start"] == "samples":
        chosen = list(dict.fromkeys((uniform(seed, 100 * K) * len(X)).astype(int).tolist()))[:K]
        whole = np.cov(X.T, bias=True) + reg_covar * np.eye(2)
        return {"weights": [1 / K] * K, "means": X[chosen].tolist(), "covariances": [(whole / K).tolist()] * K}
    r = library.initialize(X, K, np.random.default_rng(seed), state["start"])
    weights, means = library.update_weights(r), library.update_means(X, r)
    full = library.update_covariances(X, r, means, reg_covar=reg_covar)
    covariances = constrained(full, weights, state["covariance_type"])
    return {"weights": weights.tolist(), "means": means.tolist(), "covariances": covariances.tolist()}


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: new runs, or the same runs from their beginning."""
    if key == "data":
        state = state | {"added": []}
    if key in ("data", "n_samples"):
        state = state | edits.NONE
    if key == "added":
        count = len(_shown_set(state, data)) + len(state["added"])
        kept = {"moved": [row for row in state["moved"] if row[0] < count]}
        state = state | kept | {"removed": [index for index in state["removed"] if index < count]}
    if key in ("data", "n_samples", "n_components", "start", "compare", "seed"):
        return started(state, data)
    if key in ("covariance_type", "reg_covar", "runs", "added"):
        return {**state, "step": 0, "last": 0}
    return {**state, "last": max(state["last"], state["step"])}


def compute(state: dict, data: dict, maths, kept: dict | None = None) -> dict:
    """Parameters, responsibilities and the trace of every run at the half step of the state.

    `kept` holds the frames of earlier calls with the same functions: a run goes on from its last one.
    """
    kept = {} if kept is None else kept
    X = samples(state, data)
    last = max(state["last"], state["step"])
    values = {"X": X}
    for slot, start in enumerate(state["runs"]):
        key = repr([start, *(state[name] for name in _MAKE_A_RUN)])
        if kept.get(slot, ("",))[0] != key:
            kept[slot] = key, []
        frames = run(start, X, last // 2, state, maths, kept[slot][1])
        shown = em_shown.shown_of(frames, state["step"], last)
        values |= {f"{name}_b" if slot else name: value for name, value in shown.items()}
    return values


def run(start: dict, X, last: int, state: dict, maths, frames: list[Frame]) -> list[Frame]:
    """Frames of EM up to `last`, or to the one in which a component collapses; `frames` holds those that are there."""
    scale = X.var(axis=0)
    if not frames:
        first = (np.array(start[name], float) for name in ("weights", "means", "covariances"))
        frames.append(_frame(X, *first, None, scale, maths))
    while len(frames) <= last and frames[-1].collapsed < 0:
        r = frames[-1].responsibilities
        weights, means = maths.update_weights(r), maths.update_means(X, r)
        full = maths.update_covariances(X, r, means, reg_covar=state["reg_covar"])
        covariances = constrained(full, weights, state["covariance_type"])
        frames.append(_frame(X, weights, means, covariances, r, scale, maths))
    return frames[: last + 1]


def constrained(full, weights, covariance_type: str):
    """Full covariances under scikit-learn's other covariance types; what was added to the diagonals stays.

    Examples
    --------
    >>> constrained(np.array([[[2.0, 1.0], [1.0, 4.0]]]), np.array([1.0]), "spherical")[0]
    array([[3., 0.],
           [0., 3.]])
    """
    if covariance_type == "tied":
        return np.broadcast_to(np.einsum("k,kij->ij", weights, full), full.shape).copy()
    if covariance_type == "diag":
        return full * np.eye(2)
    if covariance_type == "spherical":
        return np.einsum("kii->k", full)[:, None, None] / 2 * np.eye(2)
    return full


def _frame(X, weights, means, covariances, before, scale, maths) -> Frame:
    # In units of the spread of each feature, so that a change of units makes no component narrow.
    relative = covariances / np.sqrt(np.outer(scale, scale))
    narrowest = np.linalg.det(relative) / np.trace(relative, axis1=1, axis2=2)
    fallen = np.flatnonzero(~(narrowest > COLLAPSE))
    if len(fallen):
        return Frame(weights, means, covariances, None, np.nan, np.nan, int(fallen[0]))
    r = maths.responsibilities(X, weights, means, covariances)
    height = float(maths.log_likelihood(X, weights, means, covariances)) / len(X)
    bound = np.nan
    if before is not None:
        joint = maths.log_joint(X, weights, means, covariances)
        seen = before > 0
        bound = float((before[seen] * (joint[seen] - np.log(before[seen]))).sum()) / len(X)
    return Frame(weights, means, covariances, r, height, bound, -1)


marks = em_shown.marks
"""What the picture needs besides."""
