"""The numbers of a report, computed again from its declaration, and whether they are the declared ones."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, confusion_matrix

from .declaration import Project
from .fitting import Split, fitted, single_starts, split

SAME_ELSEWHERE = 1e-6
"""Relative; another processor adds in another order."""


@dataclass(frozen=True)
class Claim:
    """A number of the report.

    Attributes
    ----------
    name : str
    declared : float
    rerun : float
        What the declaration gives; of several ways to compute it the nearest.
    reproduced : bool
    """

    name: str
    declared: float
    rerun: float
    reproduced: bool

    @property
    def written(self) -> str:
        """The declared number with its digits."""
        return written_like(self.declared, self.declared)

    @property
    def found(self) -> str:
        """The rerun's number with as many digits, and with three after the point at least where it is another."""
        return written_like(self.rerun, self.declared, least=0 if self.reproduced else 3)

    def __str__(self) -> str:
        result = "reproduced" if self.reproduced else "not reproduced"
        return f"{self.name}: declared {self.written}, rerun {self.found}: {result}"


def claims(project: Project) -> list[Claim]:
    """Each declared number beside the one that the declaration gives."""
    found = []
    for name, declared in project.claims.items():
        values = readings(project, name)
        if values:
            rerun = min(values, key=lambda value: abs(value - declared))
            found.append(Claim(name, declared, rerun, agree(declared, rerun)))
    return found


def readings(project: Project, name: str) -> list[float]:
    """What a number can be: agreement with labels is that of all rows or of a part, and names are given two ways."""
    rows, model = split(project), fitted(project)
    if name == "bic":
        return [float(model.bic(rows.train))]
    if name == "train":
        return [float(model.score(rows.train))]
    if name == "held_out":
        return [float(model.score(rows.held_out))] if len(rows.held_out) else []
    if name == "stability":
        return [stability(project)]
    found = []
    for labels, components in labelled(rows, model):
        if name == "adjusted_rand":
            found.append(float(adjusted_rand_score(labels, components)))
        else:
            found += [accuracy(labels, components), one_to_one(labels, components)]
    return found


def labelled(rows: Split, model) -> list[tuple[np.ndarray, np.ndarray]]:
    """Labels and components of all rows that have a label, of the training rows, and of the held-out rows."""
    parts = [(rows.train_labels, rows.train), (rows.held_out_labels, rows.held_out)]
    found = [(labels[labels != ""], X[labels != ""]) for labels, X in parts]
    found.insert(0, tuple(np.concatenate(both) for both in zip(*found)))
    return [(labels, model.predict(X)) for labels, X in found if len(labels)]


def accuracy(labels, components) -> float:
    """Share of rows whose label is the most frequent one of their component.

    >>> accuracy(["a", "a", "b", "b"], [1, 1, 0, 1])
    0.75
    """
    pairs = Counter(zip(map(str, labels), map(int, components)))
    best = {k: max(n for (_, other), n in pairs.items() if other == k) for k in {k for _, k in pairs}}
    return sum(best.values()) / len(labels)


def one_to_one(labels, components) -> float:
    """Share of rows whose label is that of their component, where each label belongs to one component at most.

    >>> one_to_one(["a", "a", "b", "b"], [1, 1, 2, 0])
    0.75
    """
    numbers = np.unique(labels, return_inverse=True)[1]
    table = confusion_matrix(numbers, components)
    return float(table[linear_sum_assignment(table, maximize=True)].sum() / len(numbers))


def unmatched(labels, components) -> float:
    """Share of rows whose label has the number of their component, which means nothing.

    >>> unmatched(["a", "a", "b", "b"], [1, 1, 0, 0])
    0.0
    """
    return float((np.unique(labels, return_inverse=True)[1] == components).mean())


def stability(project: Project) -> float:
    """Mean agreement of ten fits from single starts with the declared model, on the training rows.

    It is the adjusted Rand index: 1 if all give the same groups, near 0 if they agree by chance only.
    """
    X = split(project).train
    chosen = fitted(project).predict(X)
    return float(np.mean([adjusted_rand_score(chosen, model.predict(X)) for model in single_starts(project)]))


def agree(declared: float, rerun: float) -> bool:
    """Whether a declared number is the rerun's, up to one unit of its last digit.

    >>> agree(812.3, 812.345), agree(812.3, 814.0), agree(-2.0, -2.0000001), agree(812, 812.345)
    (True, False, True, True)
    """
    return abs(declared - rerun) <= _unit(declared) * 1.0001 + SAME_ELSEWHERE * abs(rerun)


def _unit(number: float) -> float:
    """A unit of the last digit that was written; 1 says no more than 1.0, so that it is not taken for a rounded 0.4.

    >>> _unit(812.3), _unit(0.97), _unit(3.0), _unit(812), _unit(1)
    (0.1, 0.01, 0.1, 1.0, 0.1)
    """
    return float(Decimal(1).scaleb(_exponent(number)))


def _exponent(number: float) -> int:
    whole = isinstance(number, int) and abs(number) >= 10
    return Decimal(repr(number if whole else float(number))).as_tuple().exponent


def written_like(number: float, other: float, least: int = 0) -> str:
    """A number with as many digits after the point as another one, at most six.

    >>> written_like(812.3456, 812.3), written_like(-2.31519, -2.31)
    ('812.3', '-2.32')
    """
    return f"{number:.{min(max(-_exponent(other), least), 6)}f}"
