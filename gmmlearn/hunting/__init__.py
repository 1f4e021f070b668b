"""The bug hunt: you write a test, and see which of a dozen wrong functions it catches."""

from .trying import hunt, hunt_all, tests_in

__all__ = ["hunt", "hunt_all", "tests_in"]
