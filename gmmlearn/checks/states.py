"""What the result of a check rests on: the function and what its files hold beside it, as a short digest.

A comment, a docstring or an empty line changes none, and neither does another exercise: while one is checked,
earlier ones are right functions.
"""

import ast
import hashlib
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
        tree = ast.parse(content)
    except (SyntaxError, ValueError):
        return content.hex(), set()
    others = EXERCISES.keys() - {exercise}
    tree.body = [node for node in tree.body if not (isinstance(node, ast.FunctionDef) and node.name in others)]
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("gmmlearn")):
            imported |= {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Import):
            imported |= {alias.name.removeprefix("gmmlearn.") for alias in node.names}
    return ast.unparse(tree), imported
