"""Public checks: whether a function is right, and why not."""

from importlib import import_module
from typing import Any

__all__ = ["check", "compare", "hint", "progress", "reference", "reset"]


def __getattr__(name: str) -> Any:
    """What a student calls is imported when it is asked for: the judge uses the engine alone."""
    if name in __all__:
        return getattr(import_module(".api", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
