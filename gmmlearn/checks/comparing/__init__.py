"""All comparators: what a value is held against, and the sentence when it does not hold.

A comparator is a frozen dataclass: `comparator(got)` is None or a `Mismatch`, `str(comparator)` says what it asks
for, and `comparator.bad()` is a value that it must refuse. None of them prints or raises over a value.
"""

from .draws import SameLaw, SameMixture, SameMoments
from .invariants import NeverFalls, PositiveDefinite, RowsSumToOne, SameUpToPermutation, Symmetric
from .values import Close, Comparator, Finite, Labels, Mismatch, Parts, Problem, Shape, Truth

__all__ = [
    "Close",
    "Comparator",
    "Finite",
    "Labels",
    "Mismatch",
    "NeverFalls",
    "Parts",
    "PositiveDefinite",
    "Problem",
    "RowsSumToOne",
    "SameLaw",
    "SameMixture",
    "SameMoments",
    "SameUpToPermutation",
    "Shape",
    "Symmetric",
    "Truth",
]
