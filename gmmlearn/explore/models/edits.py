"""Samples in the reader's hand: which of them are elsewhere than they were, and which are away.

Each sample has the number that it has in the data; samples that were added follow.
"""

from typing import Any, ClassVar

import numpy as np

from gmmlearn.explore.models.parts import Flag, Misfit, Number, Points


class Moved:
    """Samples that are elsewhere: the number of each, and its place."""

    words = "a list of [index, x, y] with different indices"
    limits = None
    form: ClassVar = {"shape": [[0, None], [3, 3]], "distinct": True}

    def taken(self, value: Any) -> list:
        """Raises `Misfit` where a value is something else."""
        if not isinstance(value, list | tuple) or any(np.shape(row) != (3,) for row in value):
            raise Misfit
        indices = Removed().taken([row[0] for row in value])
        return [[i, *Points(0).taken(row[1:])] for i, row in zip(indices, value)]


class Removed:
    """Samples that are away."""

    words = "a list of different indices"
    limits = None
    form: ClassVar = {"shape": [[0, None]], "distinct": True}

    def taken(self, value: Any) -> list:
        """Raises `Misfit` where a value is something else."""
        if not isinstance(value, list | tuple | np.ndarray):
            raise Misfit
        indices = [Number(0, whole=True).taken(index) for index in value]
        if len(set(indices)) < len(indices):
            raise Misfit
        return indices


PARTS = {"moved": Moved(), "removed": Removed(), "picked": Number(-1, whole=True), "editing": Flag()}
NONE = {"moved": [], "removed": [], "picked": -1, "editing": False}
"""The parts of a state in which no sample is touched."""


def edited(X, state: dict):
    """The samples that are there.

    Examples
    --------
    >>> edited(np.zeros((3, 2)), {"moved": [[2, 1.0, 5.0]], "removed": [0]})
    array([[0., 0.],
           [1., 5.]])
    """
    X = np.array(X, float)
    for index, x, y in state["moved"]:
        X[index] = x, y
    return np.delete(X, state["removed"], axis=0)


def checked(state: dict, count: int, fewest: int = 1) -> None:
    """Raises `ValueError` where an index is not one of `count` samples, or fewer than `fewest` are left."""
    for name in ("moved", "removed"):
        indices = [row[0] if name == "moved" else row for row in state[name]]
        if any(index >= count for index in indices):
            raise ValueError(f"{name} holds the index {max(indices)}, and the last sample has the index {count - 1}")
    left = count - len(state["removed"])
    if left < fewest:
        raise ValueError(f"removed leaves {left} samples, and {fewest} are needed")
