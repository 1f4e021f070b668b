"""One strong test of each exercise, as a good student would write it: inputs and expected values of its own.

Each chapter's module with `common.py` before it is a file of tests that can be handed in.
"""

from importlib import import_module
from pathlib import Path

from gmmlearn.contract import EXERCISES

STRONG = {
    name: getattr(import_module(f".{entry.module}", __name__), f"test_{name}") for name, entry in EXERCISES.items()
}
"""Exercise -> its test."""


def handed_in(chapter: str) -> bytes:
    """The tests of a chapter as one file."""
    common, own = (Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8") for name in ("common", chapter))
    return "\n".join([common, *(line for line in own.splitlines() if not line.startswith("from ."))]).encode()
