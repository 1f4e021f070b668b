"""Reads a declaration off a notebook without running it: `project = Project(...)` with its values written out."""

import ast
import json
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .declaration import Project

NAME = "project"
MOST_LETTERS = 20_000


def declared_in(notebook: bytes | Path) -> Project:
    """The last declaration in a notebook.

    Parameters
    ----------
    notebook : bytes or Path

    Raises
    ------
    UsageError
        When there is none, a value in it is not written out, or it is not a possible one.

    Examples
    --------
    >>> source = 'project = Project("penguins", ["body_mass_g"], n_components=2, candidates=range(1, 5))'
    >>> declared_in(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()).candidates
    (1, 2, 3, 4)
    """
    found = declarations(notebook)
    if not found:
        raise UsageError(f"The notebook has no cell with {NAME} = Project(...): write one, and save the notebook.")
    last = found[-1]
    try:
        if _is_declaration(last):
            return _project(last)
        raise UsageError(
            f"In its last place the notebook has {NAME} = {_written(last)}, which cannot be read off: write "
            f"{NAME} = Project(...) there, with all its values."
        )
    except (ValueError, OverflowError, RecursionError, MemoryError):  # a number of thousands of digits, and the like
        raise UsageError("A value in the declaration is too large to be read: write the one that you used.") from None


def declarations(notebook: bytes | Path) -> list[ast.expr]:
    """All that the cells of a notebook give to `project`, in their order."""
    return [value for source in _sources(notebook) for value in _given(source)]


def _sources(notebook: bytes | Path) -> list[str]:
    try:
        content = json.loads(notebook.read_bytes() if isinstance(notebook, Path) else notebook)
        cells = [cell["source"] for cell in content["cells"] if cell["cell_type"] == "code"]
        return ["".join(source) for source in cells]
    except OSError as error:
        raise UsageError(
            f"{notebook} cannot be read ({error.strerror}): the declaration is expected in the notebook of that name; "
            'in another notebook, call `check("project")` in a cell.'
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("The file cannot be read as a notebook: open it in Jupyter, and save it.") from None


def _given(source: str) -> list[ast.expr]:
    """What a cell gives to `project`."""
    if len(source) > MOST_LETTERS or f"{NAME}" not in source:
        return []
    lines = ("" if line.startswith(("%", "!")) else line for line in source.splitlines())
    try:
        body = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    targets = [
        (node.targets if isinstance(node, ast.Assign) else [node.target], node.value)
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
    ]
    return [value for those, value in targets if any(isinstance(one, ast.Name) and one.id == NAME for one in those)]


def _is_declaration(value: ast.expr) -> bool:
    """Whether it is a call of `Project`, also as an attribute of a module."""
    if not isinstance(value, ast.Call):
        return False
    return getattr(value.func, "id", getattr(value.func, "attr", "")) == "Project"


def _written(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) < 40 else f"{text[:37]}..."


def _project(call: Any) -> Project:
    given = [_value(f"argument {number} of Project", node) for number, node in enumerate(call.args, start=1)]
    named = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise UsageError("Project(**...) cannot be read off the notebook: write the settings out.")
        named[keyword.arg] = _value(keyword.arg, keyword.value)
    return Project(*given, **named)


def _value(name: str, node: ast.expr) -> Any:
    """A literal, or a range of literals."""
    is_range = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    try:
        return range(*map(ast.literal_eval, node.args)) if is_range else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise UsageError(
            f"{name} is written as {_written(node)}: write the value itself, so that others can read it."
        ) from None
