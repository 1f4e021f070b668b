"""Pairs of submissions whose functions are alike: a list to look at, never a verdict.

What the class was given and what many have written is taken off, as MOSS and Dolos do. Two functions are alike when
most of the pieces that are left are the same. The pieces are looked up in one sparse matrix for each function, so no
pair of submissions is compared by itself.

Schleimer, Wilkerson and Aiken (2003), Winnowing: local algorithms for document fingerprinting.
"""

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from ... import private
from ...contract import CHAPTERS
from ...errors import UsageError
from ...manifest import PACKAGE
from ..classroom.assignment import Assignment
from ..judge.submission import read_submission
from .pieces import Pieces, pieces

ENOUGH = 16
"""A function with fewer pieces of its own says nothing: short functions are alike by nature."""
ALIKE = 0.8
"""Dice coefficient of the pieces from which two functions are alike. Right answers in 16 styles, written apart, stay
below 0.65 in all pairs; a copy with other names and comments is at 1."""
MANY, MANY_SHARE = 10, 0.05
"""Code that more students than this, and more than this share of them, have written is nobody's own."""
HALF = 0.5
"""Share of the compared functions from which a pair is named."""
FEW = 3
"""Functions that must be alike; in a short assignment half of its exercises."""
SHORT = 2
"""Statements of a function of the reference that anybody would write so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions to look at.

    Attributes
    ----------
    one : str
        Id of a student of the class.
    other : str
        Another, or one of an earlier year.
    year : str
        Folder of the earlier year; empty if both are of the class.
    alike : tuple of str
        The functions that are alike.
    compared : int
        How many functions both have written in a way of their own.
    """

    one: str
    other: str
    year: str
    alike: tuple[str, ...]
    compared: int

    @property
    def share(self) -> float:
        """What part of the compared functions is alike."""
        return len(self.alike) / self.compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """The pairs to look at, those with most functions alike first, and how many submissions were compared."""

    pairs: list[Pair]
    n_submissions: int


def similar(assignment: Assignment, earlier: Sequence[Path] = ()) -> Comparison:
    """The pairs of a class to look at.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    earlier : sequence of Path
        Classes of earlier years, or folders with a folder for each submission.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        When a folder of an earlier year holds no submission.
    """
    this = {(student, ""): assignment.submitted(student) for student in assignment.handed_in()}
    labels = [folder.resolve().name for folder in earlier]
    if len(set(labels)) < len(labels):
        labels = [str(folder) for folder in earlier]
    before = {
        (name, label): path
        for label, folder in zip(labels, earlier)
        for name, path in _submissions(folder, assignment.name).items()
    }
    read = dict(zip([*this, *before], _read([*this.values(), *before.values()])))
    few = min(FEW, -(-len(assignment.points) // 2))
    found = pairs({key: read[key] for key in this}, {key: read[key] for key in before}, list(_given(assignment)), few)
    return Comparison(found, len(read))


def pairs(
    this: Mapping[tuple[str, str], Pieces],
    earlier: Mapping[tuple[str, str], Pieces],
    given: Iterable[Pieces],
    few: int = FEW,
) -> list[Pair]:
    """The pairs among submissions that were read.

    Parameters
    ----------
    this, earlier : mapping
        Name and year -> pieces; every pair has at least one of `this`.
    given : iterable of Pieces
        What everybody had.
    few : int
        How many functions must be alike.

    Returns
    -------
    list of Pair
    """
    names, everyone = [*this, *earlier], [*this.values(), *earlier.values()]
    none = np.empty(0, np.uint64)
    known = np.unique(np.concatenate([none, *(hashes for each in given for hashes in each.values())]))
    compared = np.zeros((len(this), len(names)), dtype=np.int16)
    alike: dict[tuple[int, int], list[str]] = defaultdict(list)
    for function in dict.fromkeys(name for each in everyone for name in each):
        table = _own([each.get(function, none) for each in everyone], known)
        sizes = np.diff(table.indptr)
        enough = sizes >= ENOUGH
        compared += np.outer(enough[: len(this)], enough)
        shared = (table[: len(this)] @ table.T).tocoo()
        one, other = shared.coords
        dice = 2 * shared.data / (sizes[one] + sizes[other])
        chosen = (one < other) & enough[one] & enough[other] & (dice >= ALIKE)
        for i, j in zip(one[chosen].tolist(), other[chosen].tolist()):
            alike[i, j].append(function)
    found = [Pair(names[i][0], *names[j], tuple(functions), int(compared[i, j])) for (i, j), functions in alike.items()]
    return in_order(pair for pair in found if pair.share >= HALF and len(pair.alike) >= few)


def in_order(found: Iterable[Pair]) -> list[Pair]:
    """Those with most functions alike first."""
    return sorted(found, key=lambda pair: (-len(pair.alike), -pair.share, pair.one, pair.year, pair.other))


def many(n_submissions: int) -> int:
    """Code that more submissions than this have is taken off."""
    return max(MANY, int(MANY_SHARE * n_submissions))


def _own(rows: list[np.ndarray], known: np.ndarray) -> csr_array:
    """Submissions by pieces, 1 where one has the other; without what was given and what many have."""
    every, place, count = np.unique(np.concatenate(rows), return_inverse=True, return_counts=True)
    kept = ~np.isin(every, known, assume_unique=True) & (count <= many(len(rows)))
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    own = kept[place]
    return csr_array((np.ones(own.sum(), np.int32), (owner[own], place[own])), shape=(len(rows), len(every)))


def _submissions(folder: Path, assignment: str) -> dict[str, Path]:
    """Name -> folder of the submissions of an earlier year: of a class, or of a folder with a folder for each."""
    for pattern, name in (
        (f"submitted/*/{assignment}/gmmlearn", -3),
        ("submitted/*/*/gmmlearn", -3),
        ("*/gmmlearn", -2),
    ):
        found = {path.parts[name]: path.parent for path in sorted(folder.glob(pattern))}
        if found:
            return found
    raise UsageError(
        f"{folder} holds no submissions: give the class of an earlier year, or a folder that has a folder with "
        "gmmlearn/ for each student."
    )


def _read(folders: list[Path]) -> Iterator[Pieces]:
    if len(folders) < 50:  # starting processes takes longer
        yield from map(_read_one, folders)
        return
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        yield from pool.map(_read_one, folders, chunksize=20)


def _read_one(folder: Path) -> Pieces:
    try:
        return pieces(read_submission(folder).sources)
    except UsageError:  # a folder that cannot be read has no verdict either, and that is told
        return {}


def _given(assignment: Assignment) -> Iterator[Pieces]:
    """Stubs, code of the notebooks and of the hints, and what is short in the reference and in the library."""
    source = assignment.course / "source" / assignment.name
    yield pieces({path.stem: path.read_bytes() for path in source.glob("gmmlearn/*.py") if path.stem in CHAPTERS})
    for path in source.glob("*.ipynb"):
        for cell in json.loads(path.read_bytes())["cells"]:
            if cell["cell_type"] == "code":
                yield pieces({"cell": "".join(cell["source"]).encode()})
    hints = tomllib.loads((PACKAGE / "checks" / "hints.toml").read_text(encoding="utf-8"))
    for hint in hints.values():
        yield pieces({"hint": hint["hints"][-1].encode()})
    reference = {module: (private.FOLDERS["solutions"] / f"{module}.py").read_bytes() for module in CHAPTERS}
    yield pieces(reference, longest=SHORT)
    yield pieces({"mixtures": (PACKAGE / "library.py").read_bytes()}, longest=SHORT)
