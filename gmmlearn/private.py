"""The private half of the course, `solutions/` and the hidden tests: found by its own place, beside the package.

A `solutions.py` or a folder `tests/` in the working directory changes nothing: what is imported as `solutions` and as
`hidden` comes from the clone of the repository that this package is in; elsewhere there is none.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from .contract import EXERCISES
from .errors import UsageError

ROOT = Path(__file__).parents[1]
"""The clone of the repository."""
FOLDERS = {"solutions": ROOT / "solutions", "hidden": ROOT / "tests" / "hidden"}
"""Name of each private package -> where it is."""
BUGS = ROOT / "solutions" / "hunting" / "bugs.json.gz"
"""The wrong functions that grade a bug hunt in a class; `gmmlearn dev bugs` writes them."""


def package(name: str) -> ModuleType:
    """A private package, imported from its place whatever else has its name.

    Raises
    ------
    UsageError
        When this is not a clone of the repository.
    """
    folder = FOLDERS[name]
    start = folder / "__init__.py"
    if not start.is_file():
        raise UsageError(
            f"The folder {folder.relative_to(ROOT)} is not beside the package: grading and building need a clone of "
            "the repository, installed with `make setup`."
        )
    loaded = sys.modules.get(name)
    if loaded is not None and getattr(loaded, "__file__", None) == str(start):
        return loaded
    for other in [other for other in sys.modules if other == name or other.startswith(f"{name}.")]:
        del sys.modules[other]
    spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[str(folder)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def module(name: str) -> ModuleType:
    """A module of a private package, `"solutions.em"`."""
    package(name.partition(".")[0])
    return importlib.import_module(name)


def reference(exercise: str) -> Callable[..., Any]:
    """The right function of an exercise."""
    return getattr(module(f"solutions.{EXERCISES[exercise].module}"), exercise)


def mistakes_of(exercise: str) -> tuple[Any, ...]:
    """The known mistakes of an exercise."""
    return module("solutions.mistakes").mistakes_of(exercise)
