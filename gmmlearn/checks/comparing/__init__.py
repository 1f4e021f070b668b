"""All comparators: what a value is held against, and the sentence when it does not hold.

A comparator is a frozen dataclass: `comparator(got)` is None or a `Mismatch`. None of them prints, or raises because
of a value.
"""
