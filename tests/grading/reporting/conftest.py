"""The Chromium of the explorations also opens the reports."""

from ...explore.conftest import chromium

__all__ = ["chromium"]
