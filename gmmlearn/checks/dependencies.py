"""What a student's function rests on, read off the text of their files: other exercises, libraries, all of its code."""

import ast
import hashlib
from collections.abc import Mapping
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
    text : str
        As it is in the module, without docstrings.
    name : str
        Of a function, else empty.
    words : frozenset of str
        The plain and dotted names in it.
    modules : frozenset of str
        Names that it imports of the course or of the folder.
    imported : mapping of str to str
        Name in the module -> what of the course it stands for, a function or a module.
    libraries : frozenset of str
        Those of NumPy, SciPy and scikit-learn that it imports, where it is an import.
    """

    text: str
    name: str
    words: frozenset[str]
    modules: frozenset[str]
    imported: Mapping[str, str]
    libraries: frozenset[str]

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
    modules = {EXERCISES[one].module for one in [name, *called_by(name, folder)]}
    return sorted({one for module in modules for part in _statements_of(module, folder) for one in part.libraries})


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
        documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if documented and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def _statement(node: ast.stmt) -> _Statement:
    is_block = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    name = node.name if isinstance(node, ast.FunctionDef) else ""
    parts = list(ast.walk(node))
    modules: set[str] = set()
    imported: dict[str, str] = {}
    for part in parts:
        if isinstance(part, ast.ImportFrom) and (part.level or (part.module or "").startswith("gmmlearn")):
            modules |= {(part.module or "").rpartition(".")[2], *(alias.name for alias in part.names)}
            imported |= {alias.asname or alias.name: alias.name for alias in part.names}
        elif isinstance(part, ast.Import):
            modules |= {alias.name.removeprefix("gmmlearn.") for alias in part.names}
            course = [alias for alias in part.names if alias.name.startswith("gmmlearn")]
            imported |= {alias.asname or alias.name: alias.name for alias in course}
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
    names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    libraries = frozenset(one for one in names if one.partition(".")[0] in ("numpy", "scipy", "sklearn"))
    words = {ast.unparse(part) for part in parts if isinstance(part, ast.Name | ast.Attribute)}
    words -= {part.arg for part in parts if isinstance(part, ast.arg)}  # parameters may be called like exercises
    text = "\n" * (1 + is_block) + ast.unparse(node)
    return _Statement(text, name, frozenset(words), frozenset(modules), imported, libraries)


def _called_directly(name: str, folder: Path) -> set[str]:
    """Exercises that occur in a function and in what else its module holds, other exercises left out."""
    statements = _statements_of(EXERCISES[name].module, folder)
    imported = {word: meant for one in statements for word, meant in one.imported.items()}
    words = {word for one in statements if one.belongs_to(name) for word in one.words}
    return {_in_full(word, imported) for word in words} & {*EXERCISES}


def _in_full(word: str, imported: dict[str, str]) -> str:
    """The function that a plain name or a dotted one stands for, `L.log_joint` where L is a module of the course."""
    module, _, last = word.rpartition(".")
    return last if module in imported else imported.get(word, word)
