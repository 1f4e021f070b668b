"""Exploration 11: data that defeat EM or the model, each with what went wrong and what helps."""

from dataclasses import dataclass, field

import numpy as np

from gmmlearn import library
from gmmlearn.explore.models import em
from gmmlearn.explore.models.parts import Choice, Flag, Misfit, Number, taken
from gmmlearn.explore.models.streams import normal_pairs, uniform

USES = em.USES
SENT = tuple(name for name in em.SENT if not name.endswith("_b"))
ENTAILED = ("runs", "reg_covar", "remedied", "answer", "whole", "step", "last", "playing")


@dataclass(frozen=True)
class Case:
    """Samples, where EM starts on them, and what is changed to help.

    Attributes
    ----------
    samples : ndarray of shape (n, 2)
    means : sequence of pairs
        Where the components start, with the variances `variances` and equal weights.
    answer : int
        Which of the choices says what went wrong.
    ring : array_like of shape (m, 2)
        Where to look.
    remedy_means : sequence of pairs
        Where they start with the remedy; without them EM goes on from where it is.
    nudge : pair
        By how much the remedy moves the first mean.
    """

    samples: np.ndarray
    means: list
    variances: list
    answer: int
    ring: object
    near: list = field(default_factory=lambda: [-5.0, 5.0, -3.75, 3.75])
    reg_covar: float = 1e-6
    remedy_samples: np.ndarray | None = None
    remedy_means: list | None = None
    remedy_variances: list | None = None
    remedy_reg_covar: float = 1e-6
    nudge: tuple = (0.0, 0.0)


def _group(seed: int, count: int, mean, deviations):
    return np.round(mean + normal_pairs(seed, count) * deviations, 3)


def _crescents():
    turn = np.pi * uniform(81, 120)
    upper, lower = (
        np.column_stack([np.cos(turn), np.sin(turn)]),
        np.column_stack([1 - np.cos(turn), 0.4 - np.sin(turn)]),
    )
    both = np.where(np.arange(120)[:, None] < 60, upper, lower)
    return np.round(2.2 * (both - [0.5, 0.2]) + 0.17 * normal_pairs(82, 120), 3)


def _heavy():
    """Two groups of Student's t with one and a half degrees of freedom, by inversion of its radius."""
    radius = np.sqrt(1.5 * ((1 - uniform(83, 120)) ** (-2 / 1.5) - 1))
    turn = 2 * np.pi * uniform(84, 120)
    middle = np.where(np.arange(120)[:, None] < 60, [-2.0, 0.0], [2.0, 0.0])
    return np.round(middle + 0.45 * radius[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]), 3)


def _cases() -> dict[str, Case]:
    two = np.concatenate([_group(71, 40, [-2.0, -0.8], [0.7, 0.6]), _group(72, 40, [2.0, 0.8], [0.7, 0.6])])
    lone = [0.4, 3.0]
    copied = [2.6, 0.2]
    apart = np.concatenate([_group(73, 40, [-1.5, 0.0], [1.0, 0.8]), _group(74, 25, [2.0, 0.6], [0.9, 0.9])])
    three = np.concatenate(
        [_group(75 + k, 30, mean, [0.6, 0.5]) for k, mean in enumerate([[-2.4, -1.2], [2.3, -1.2], [0.0, 2.0]])]
    )
    crescents, heavy = _crescents(), _heavy()
    tips = crescents[np.hypot(*(np.abs(crescents) - [1.1, 0.0]).T) < 0.9][::3]
    middle = two.mean(axis=0).round(3).tolist()
    off = np.hypot(np.abs(heavy[:, 0]) - 2, heavy[:, 1])
    return {
        "collapse": Case(
            np.concatenate([_group(85, 30, [-2.0, -0.5], [0.8, 0.6]), _group(86, 30, [2.0, -0.8], [0.7, 0.8]), [lone]]),
            [[-2, 0], [2, 0], [0.3, 2.2]], [1, 1, 1], 1, [lone], reg_covar=0, remedy_reg_covar=0.05,
        ),
        "wrong_number": Case(
            three, [[-2, 0], [2, 0]], [2, 2], 2, [[-2.4, -1.2], [2.3, -1.2], [0.0, 2.0]],
            remedy_means=[[-2, 0], [2, 0], [0, 2]], remedy_variances=[2, 2, 2],
        ),
        "crescents": Case(
            crescents, [[-1, 0.5], [1, -0.5]], [1, 1], 0, tips,
            remedy_means=[[-2.6, -0.2], [-1.2, 1.6], [1, 0.2], [-1, -0.2], [1.2, -1.6], [2.6, 0.2]],
            remedy_variances=[0.5] * 6,
        ),
        "equal_means": Case(two, [middle, middle], [3, 3], 1, [middle], nudge=(2.0, 0.0)),
        "heavy_tails": Case(
            heavy, [[-2, 0], [2, 0]], [1, 1], 1, heavy[off > 3], near=[-7.0, 7.0, -5.25, 5.25],
            remedy_means=[[-2, 0], [2, 0], [0, 0]], remedy_variances=[1, 1, 100],
        ),
        "duplicates": Case(
            np.concatenate([apart, np.tile([copied], (9, 1))]), [[-1.5, 0], [2.2, 0.2], copied], [1, 1, 0.4], 2,
            [copied], reg_covar=0, remedy_samples=np.concatenate([apart, [copied]]),
            remedy_means=[[-1.5, 0], [2.2, 0.2], copied], remedy_variances=[1, 1, 0.4], remedy_reg_covar=0,
        ),
        "outlier": Case(
            np.concatenate([two, [[1000.0, 0.0]]]), [[0, 0], [1000, 0]], [4, 1], 0, [[1000.0, 0.0]], reg_covar=1e-3,
            remedy_samples=two, remedy_means=[[-2, -0.8], [2, 0.8]], remedy_variances=[1, 1], remedy_reg_covar=1e-3,
        ),
    }  # fmt: skip


CASES = _cases()


class _OneRun(em.Runs):
    words = "a list of one dict with the weights, means and covariances of as many components"

    def taken(self, value) -> list:
        runs = super().taken(value)
        if len(runs) != 1:
            raise Misfit
        return runs


PARTS = {
    "data": Choice(tuple(CASES)),
    "remedied": Flag(),
    "runs": _OneRun(),
    "reg_covar": Number(0),
    "step": em.PARTS["step"],
    "last": em.PARTS["last"],
    "answer": Number(-1, 2, whole=True),
    "whole": Flag(),
    "speed": em.PARTS["speed"],
    "playing": Flag(),
}


def data() -> dict:
    """Samples, start, ring and box of each case, the same for its remedy, and numbers: see `Case`."""
    out = {}
    for name, case in CASES.items():
        out |= {
            name: np.array(case.samples, float),
            f"{name} start": _rows(case.means, case.variances),
            f"{name} ring": np.array(case.ring, float),
            f"{name} near": np.array(case.near),
            f"{name} numbers": np.array([case.answer, case.reg_covar, case.remedy_reg_covar, *case.nudge]),
        }
        if case.remedy_samples is not None:
            out[f"{name} remedy"] = case.remedy_samples
        if case.remedy_means is not None:
            out[f"{name} remedy start"] = _rows(case.remedy_means, case.remedy_variances)
    return out


def _rows(means, variances):
    return np.array([[1 / len(means), *mean, v, 0, v] for mean, v in zip(means, variances)], float)


def _run(rows) -> dict:
    w, x, y, a, b, c = np.reshape(rows, (-1, 6)).T
    covariances = np.array([[a, b], [b, c]]).transpose(2, 0, 1)
    return {"weights": w.tolist(), "means": np.column_stack([x, y]).tolist(), "covariances": covariances.tolist()}


def initial(data_set: str = "collapse") -> dict:
    """State at the beginning."""
    name = taken({"data_set": PARTS["data"]}, "data_set", data_set)
    case = CASES[name]
    return {
        "data": name,
        "remedied": False,
        "runs": [_run(_rows(case.means, case.variances))],
        "reg_covar": float(case.reg_covar),
        "step": 0,
        "last": 0,
        "answer": -1,
        "whole": False,
        "speed": 10,
        "playing": False,
    }


def changed(state: dict, key: str, data: dict) -> dict:
    """What a new value of `key` entails: another case begins afresh, and a remedy is tried from where EM is."""
    if key == "data" or (key == "remedied" and not state["remedied"]):
        return initial(state["data"]) | {"speed": state["speed"]}
    if key == "remedied":
        return _with_remedy(state, data)
    if key in ("runs", "reg_covar"):
        return {**state, "step": 0, "last": 0}
    return {**state, "last": max(state["last"], state["step"])}


def _with_remedy(state: dict, data: dict) -> dict:
    name = state["data"]
    _, _, reg_covar, *nudge = data[f"{name} numbers"].tolist()
    if f"{name} remedy start" in data:
        run = _run(data[f"{name} remedy start"])
    else:
        now = compute({**state, "remedied": False}, data, library)
        means = now["means"] + np.outer(np.eye(len(now["means"]))[0], nudge)
        run = {"weights": now["weights"], "means": means, "covariances": now["covariances"] + reg_covar * np.eye(2)}
        run = {part: np.asarray(value).tolist() for part, value in run.items()}
    return {**state, "remedied": True, "runs": [run], "reg_covar": reg_covar, "step": 0, "last": 0, "playing": False}


def _as_em(state: dict, data: dict) -> dict:
    """The state as the exploration of EM has it."""
    name = state["data"]
    shown = f"{name} remedy" if state["remedied"] and f"{name} remedy" in data else name
    own = {part: state[part] for part in ("runs", "reg_covar", "step", "last", "speed", "playing")}
    return {**em.initial(), **own, "data": shown, "contours": False, "n_components": len(state["runs"][0]["weights"])}


def compute(state: dict, data: dict, maths, kept: dict | None = None) -> dict:
    """As the exploration of EM."""
    return em.compute(_as_em(state, data), data, maths, kept)


def marks(state: dict, values: dict, data: dict) -> dict:
    """What the picture needs besides: axes near the groups or around all samples, the trace, and where to look."""
    out = em.marks(_as_em(state, data), values, data)
    name = state["data"]
    box = out["box"] if state["whole"] else data[f"{name} near"]
    a, c = (0.025 * (box[1] - box[0])) ** 2, (0.033 * (box[3] - box[2])) ** 2
    ring = data[f"{name} ring"]
    return out | {
        "box": box,
        "ring": ring,
        "ring_size": np.tile([[[a, 0.0], [0.0, c]]], (len(ring), 1, 1)),
        "offered": state["answer"] == data[f"{name} numbers"][0] and not state["remedied"],
    }
