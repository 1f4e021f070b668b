"""The bug hunt: you write a test, and see which of a dozen wrong functions it catches."""

from .trying import hunt, tests_in

__all__ = ["hunt", "tests_in"]
