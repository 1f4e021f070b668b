"""Which functions of the contract a student's function calls, read off the text."""

import ast
from pathlib import Path

from ..contract import CHAPTERS, EXERCISES


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
        A name that occurs counts as a call; a module that cannot be parsed calls nothing.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = _names_in(waiting.pop(), folder) - found - {name}
        found |= new
        waiting += new
    return [one for one in EXERCISES if one in found]


def _names_in(name: str, folder: Path) -> set[str]:
    """Exercises that occur in a function and in what else its module holds, other exercises left out."""
    try:
        body = ast.parse((folder / f"{EXERCISES[name].module}.py").read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return set()
    others = [
        node for node in body if isinstance(node, ast.FunctionDef) and node.name in EXERCISES and node.name != name
    ]
    words: set[str] = set()
    for node in body:
        if node not in others and not isinstance(node, ast.Import | ast.ImportFrom):
            words |= _words_in(node)
    return words & {*EXERCISES}


def _words_in(node: ast.stmt) -> set[str]:
    """The names that occur in a statement, `log_joint` or `likelihood.log_joint`; not those of its parameters."""
    parts = list(ast.walk(node))
    words = {part.id for part in parts if isinstance(part, ast.Name)}
    words |= {
        part.attr
        for part in parts
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in CHAPTERS
    }
    return words - {part.arg for part in parts if isinstance(part, ast.arg)}
