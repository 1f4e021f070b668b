"""Which functions of the contract a student's function calls, read off the text."""

import ast
from functools import lru_cache
from pathlib import Path

from ..contract import EXERCISES, known_in

Statements = tuple[tuple[ast.stmt, frozenset[str]], ...]
"""Statements of a module, each with the plain and dotted names in it."""


def called_by(name: str, folder: Path) -> list[str]:
    """Other exercises that a function calls, directly or through others, in the order of the course.

    Parameters
    ----------
    name : str
        Exercise.
    folder : Path
        Folder of the student's modules.

    Returns
    -------
    list of str
        A name that occurs counts as a call, but for those of later chapters, which may well be names of variables; a
        module that cannot be parsed calls nothing.
    """
    known = known_in(EXERCISES[name].module)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = (_called_directly(waiting.pop(), folder) & known) - found - {name}
        found |= new
        waiting += new
    return [one for one in EXERCISES if one in found]


def libraries_of(name: str, folder: Path) -> list[str]:
    """NumPy's, SciPy's and scikit-learn's modules that the files of a function and of those it calls import."""
    found: set[str] = set()
    for module in {EXERCISES[one].module for one in [name, *called_by(name, folder)]}:
        for node, _ in _body_of(module, folder):
            if isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module or "")
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    return sorted(one for one in found if one.partition(".")[0] in ("numpy", "scipy", "sklearn"))


def _body_of(module: str, folder: Path) -> Statements:
    try:
        return _parsed((folder / f"{module}.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()


@lru_cache(maxsize=64)
def _parsed(content: bytes) -> Statements:
    """The statements of a module with the words in each; kept, as a check asks for the same files again and again."""
    return tuple((node, frozenset(_words_in(node))) for node in ast.parse(content).body)


def _called_directly(name: str, folder: Path) -> set[str]:
    """Exercises that occur in a function and in what else its module holds, other exercises left out."""
    body = _body_of(EXERCISES[name].module, folder)
    imported = _imported(body)
    words: set[str] = set()
    for node, words_there in body:
        is_other = isinstance(node, ast.FunctionDef) and node.name in EXERCISES and node.name != name
        if not is_other:
            words |= words_there
    return {_in_full(word, imported) for word in words} & {*EXERCISES}


def _imported(body: Statements) -> dict[str, str]:
    """Name in the module -> what of the course it stands for, a function or a module."""
    names = {}
    for node, _ in body:
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("gmmlearn")):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            course = [alias for alias in node.names if alias.name.startswith("gmmlearn")]
            names |= {alias.asname or alias.name: alias.name for alias in course}
    return names


def _in_full(word: str, imported: dict[str, str]) -> str:
    """The function that a plain name or a dotted one stands for, `L.log_joint` where L is a module of the course."""
    module, _, last = word.rpartition(".")
    return last if module in imported else imported.get(word, word)


def _words_in(node: ast.stmt) -> set[str]:
    """The plain and dotted names in a statement; its parameters may be called like exercises and are left out."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return set()
    parts = list(ast.walk(node))
    words = {ast.unparse(part) for part in parts if isinstance(part, ast.Name | ast.Attribute)}
    return words - {part.arg for part in parts if isinstance(part, ast.arg)}
