"""The door to all comparators: what a value is held against, and the sentence when it does not hold.

A comparator is a frozen dataclass: `comparator(got)` is None or a `Mismatch`, `str(comparator)` says what it
asks for, and `comparator.bad()` is a value that it must refuse. None of them prints or raises over a value.
"""

from .chance import SameLaw, SameMixture, SameMoments
from .laws import NeverFalls, Parts, PositiveDefinite, RowsSumToOne, SameUpToPermutation, Symmetric
from .values import Close, Finite, Labels, Mismatch, Shape

__all__ = [
    "Close",
    "Finite",
    "Labels",
    "Mismatch",
    "NeverFalls",
    "Parts",
    "PositiveDefinite",
    "RowsSumToOne",
    "SameLaw",
    "SameMixture",
    "SameMoments",
    "SameUpToPermutation",
    "Shape",
    "Symmetric",
]
