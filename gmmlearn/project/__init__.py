"""The project of chapter 8: what you declare, the model that follows from it, and what `check("project")` looks for."""

from importlib import import_module
from typing import Any

from .declaration import Project

__all__ = ["Project", "Table", "fitted", "single_starts", "split", "table"]
_PLACES = {"fitted": "fitting", "single_starts": "fitting", "split": "fitting", "Table": "tables", "table": "tables"}


def __getattr__(name: str) -> Any:
    """What fits models is imported when it is asked for: others read declarations only."""
    if name in _PLACES:
        return getattr(import_module(f".{_PLACES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
