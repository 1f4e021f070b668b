"""All comparators: what a value is held against, and the sentence when it does not hold.

A comparator is a frozen dataclass: `comparator(got)` is None or a `Mismatch`. None of them prints, or raises because
of a value.
"""

from .draws import SameLaw, SameMixture, SameMoments
from .invariants import NeverFalls, PositiveDefinite, RowsSumToOne, SameUpToPermutation, Symmetric
from .mismatches import Comparator, Mismatch, Problem
from .values import Close, Finite, Labels, Parts, Shape, Truth

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
