"""Public checks: whether a function is right, and why not."""

# The module of this name is imported first, so that importing it later does not put it in the place of the function.
from . import compare as _comparators  # noqa: F401
from .door import check, compare, hint, progress

__all__ = ["check", "compare", "hint", "progress"]
