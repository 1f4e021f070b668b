"""What a student's function rests on, read off the text of their files: other exercises, libraries, all of its code."""

import ast
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..contract import EXERCISES, known_in
from ..manifest import is_students


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of a module.

    Attributes
    ----------
    node : ast.stmt
        Without docstrings.
    text : str
        The same, as it stands in a module.
    name : str
        Of a function, else empty.
    words : frozenset of str
        The plain and dotted names in it.
    modules : frozenset of str
        Names that it imports of the course or of the folder.
    """

    node: ast.stmt
    text: str
    name: str
    words: frozenset[str]
    modules: frozenset[str]

    def belongs_to(self, exercise: str) -> bool:
        """Whether it is this exercise, or something that is no exercise at all."""
        return self.name == exercise or self.name not in EXERCISES


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
        for node in (one.node for one in _statements_of(module, folder)):
            if isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module or "")
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    return sorted(one for one in found if one.partition(".")[0] in ("numpy", "scipy", "sklearn"))


def state(name: str, folder: Path) -> str:
    """Digest of the function of an exercise as it is in the files of a folder; empty where its file is missing.

    A comment, a docstring or an empty line changes none, and neither does another exercise: while one is checked,
    earlier ones are right functions.

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
    texts: dict[str, str] = {}
    waiting = [module]
    while waiting:
        stem = waiting.pop()
        if stem not in texts:
            texts[stem], imported = _without_others((folder / f"{stem}.py").read_bytes(), name)
            waiting += [one for one in imported if is_students(one) and (folder / f"{one}.py").is_file()]
    lines = sorted(f"{stem}\n{text}" for stem, text in texts.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _without_others(content: bytes, exercise: str) -> tuple[str, set[str]]:
    """The text of a module without other exercises, and what it imports of the course or of the folder."""
    try:
        kept = [one for one in _statements(content) if one.belongs_to(exercise)]
    except (SyntaxError, ValueError):
        return content.hex(), set()
    return "".join(one.text for one in kept).lstrip("\n"), {module for one in kept for module in one.modules}


def _statements_of(module: str, folder: Path) -> tuple[_Statement, ...]:
    try:
        return _statements((folder / f"{module}.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()


@lru_cache(maxsize=64)
def _statements(content: bytes) -> tuple[_Statement, ...]:
    """The statements of a module; kept, as a check asks for the same few files once for every exercise."""
    return tuple(map(_statement, parsed(content).body))


def parsed(content: bytes) -> ast.Module:
    """The syntax tree of a module, without docstrings."""
    tree = ast.parse(content)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def _statement(node: ast.stmt) -> _Statement:
    is_block = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    name = node.name if isinstance(node, ast.FunctionDef) else ""
    parts = list(ast.walk(node))
    modules: set[str] = set()
    for part in parts:
        if isinstance(part, ast.ImportFrom) and _is_of_the_course(part):
            modules |= {(part.module or "").rpartition(".")[2], *(alias.name for alias in part.names)}
        elif isinstance(part, ast.Import):
            modules |= {alias.name.removeprefix("gmmlearn.") for alias in part.names}
    words = {ast.unparse(part) for part in parts if isinstance(part, ast.Name | ast.Attribute)}
    words -= {part.arg for part in parts if isinstance(part, ast.arg)}  # parameters may be called like exercises
    return _Statement(node, "\n" * (1 + is_block) + ast.unparse(node), name, frozenset(words), frozenset(modules))


def _is_of_the_course(node: ast.ImportFrom) -> bool:
    return bool(node.level) or (node.module or "").startswith("gmmlearn")


def _called_directly(name: str, folder: Path) -> set[str]:
    """Exercises that occur in a function and in what else its module holds, other exercises left out."""
    statements = _statements_of(EXERCISES[name].module, folder)
    imported = _imported(one.node for one in statements)
    words = {word for one in statements if one.belongs_to(name) for word in one.words}
    return {_in_full(word, imported) for word in words} & {*EXERCISES}


def _imported(nodes: Iterable[ast.stmt]) -> dict[str, str]:
    """Name in the module -> what of the course it stands for, a function or a module."""
    names = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and _is_of_the_course(node):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            course = [alias for alias in node.names if alias.name.startswith("gmmlearn")]
            names |= {alias.asname or alias.name: alias.name for alias in course}
    return names


def _in_full(word: str, imported: dict[str, str]) -> str:
    """The function that a plain name or a dotted one stands for, `L.log_joint` where L is a module of the course."""
    module, _, last = word.rpartition(".")
    return last if module in imported else imported.get(word, word)
