"""What the result of a check rests on: the function and what its files hold beside it, as a short digest.

A comment, a docstring or an empty line changes none, and neither does another exercise: while one is checked,
earlier ones are right functions.
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..contract import EXERCISES
from ..manifest import is_students


def state(name: str, folder: Path) -> str:
    """Digest of the function of an exercise as it is in the files of a folder; empty where its file is missing.

    Parameters
    ----------
    name : str
        Exercise.
    folder : Path
        Folder of the student's modules.

    Returns
    -------
    str
        The same as long as neither the function nor what it uses of the student's own has changed.
    """
    module = EXERCISES[name].module
    if not (folder / f"{module}.py").is_file():
        return ""
    texts: list[str] = []
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        stem = waiting.pop()
        if stem not in seen:
            seen.add(stem)
            text, imported = _read(folder / f"{stem}.py", name)
            texts.append(f"{stem}\n{text}")
            waiting += sorted(one for one in imported if is_students(one) and (folder / f"{one}.py").is_file())
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]


def _read(path: Path, exercise: str) -> tuple[str, set[str]]:
    """The text of a file without other exercises and docstrings, and the modules of the folder that it imports."""
    content = path.read_bytes()
    try:
        statements = _statements(content)
    except (SyntaxError, ValueError):
        return content.hex(), set()
    kept = [one for one in statements if one.name == exercise or one.name not in EXERCISES]
    return "".join(one.text for one in kept).lstrip("\n"), {module for one in kept for module in one.imports}


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of a module: its name where it is a function, its text, the modules of the folder that it imports."""

    name: str
    text: str
    imports: frozenset[str]


@lru_cache(maxsize=64)
def _statements(content: bytes) -> tuple[_Statement, ...]:
    """The statements of a module without docstrings; kept, as a check reads the same files for every exercise."""
    tree = ast.parse(content)
    _drop_docstrings(tree)
    found = []
    for node in tree.body:
        name = node.name if isinstance(node, ast.FunctionDef) else ""
        is_block = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        found.append(_Statement(name, "\n" * (1 + is_block) + ast.unparse(node), frozenset(_imports(node))))
    return tuple(found)


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]


def _imports(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("gmmlearn")):
            yield (node.module or "").rpartition(".")[2]
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("gmmlearn.") for alias in node.names)
