"""The Chromium of the explorations also opens the pages of graded work."""

from ...explore.conftest import chromium

__all__ = ["chromium"]
