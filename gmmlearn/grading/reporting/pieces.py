"""The code of a submission in pieces that can be looked up: what is the same, however it is written down.

A function is read as a syntax tree without docstring, comments, annotations and the names of variables, and cut into
runs of `PIECE` nodes (k-grams, as in MOSS, Dolos and copydetect).
"""

import ast
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from ...contract import CHAPTERS, EXERCISES, known_in

PIECE = 8
"""Nodes in a piece of code."""
MAX_BYTES = 100_000
"""Of a file that is compared; a chapter solved has about a tenth of it."""
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 2**64) for power in range(PIECE)], dtype=np.uint64)

Pieces = dict[str, np.ndarray]
"""Function -> the hashes of its pieces, sorted. What else is in a file is one entry, `"helpers in em.py"`."""


def pieces(sources: Mapping[str, bytes], *, longest: int | None = None) -> Pieces:
    """The functions of a submission in pieces; a file that cannot be read or is too long is left out.

    Parameters
    ----------
    sources : mapping of str to bytes
        Module -> its text.
    longest : int, optional
        Leave out functions with more statements, and what is not in a function.

    Returns
    -------
    dict of str to ndarray
    """
    found: Pieces = {}
    for module, text in sources.items():
        if len(text) > MAX_BYTES:
            continue
        try:
            found |= _of_file(ast.parse(text), module, longest)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # all that the parser raises on strange text
            continue
    return {name: hashes for name, hashes in found.items() if len(hashes)}


def _of_file(tree: ast.Module, module: str, longest: int | None) -> Pieces:
    exercises = known_in(module) if module in CHAPTERS else frozenset()
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= _imported(node)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in (exercises or EXERCISES):
            names[node.name] = "a helper"
    found: Pieces = {}
    rest: list[str] = []
    for node in tree.body:
        words = _Tree().read(node, names)
        if not (isinstance(node, ast.FunctionDef) and node.name in exercises):
            rest += words if longest is None else []
        elif longest is None or len(node.body) - (ast.get_docstring(node) is not None) <= longest:
            found[node.name] = _hashed(words)
    return {**found, f"helpers in {module}.py": _hashed(rest)}


@cache
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _hashed(words: list[str]) -> np.ndarray:
    """One number for each run of `PIECE` words, each number once."""
    n_pieces = len(words) - PIECE + 1
    if n_pieces < 1:
        return np.empty(0, np.uint64)
    codes = np.array([_code(word) for word in words], dtype=np.uint64)
    return np.unique(sum(codes[place : place + n_pieces] * factor for place, factor in enumerate(_FACTORS)))


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """Name -> path of what an import gives; of ours the name alone, from wherever it comes."""
    if isinstance(node, ast.Import):
        return {alias.asname: alias.name for alias in node.names if alias.asname}
    ours = node.level or (node.module or "").partition(".")[0] == "gmmlearn"
    before = "" if ours else f"{node.module}."
    return {alias.asname or alias.name: f"{before}{alias.name}" for alias in node.names}


class _Tree:
    """A syntax tree in words, each node before its children; what the same code may be written with is left out.

    Attributes
    ----------
    words : list of str
        A name begins with a space until `read` knows what it stands for.
    names : dict of str to str
        What the names that are given inside stand for.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.names: dict[str, str] = {}

    def read(self, node: ast.AST, outside: Mapping[str, str]) -> list[str]:
        """The words of a tree; `outside` says what the names of its module stand for."""
        self._add(node)
        known = {**outside, **self.names}
        words: list[str] = []
        for word in self.words:
            if word[0] != " ":
                words.append(word)
                continue
            meaning = known.get(word[1:], word[1:])
            if "." in meaning:
                first, *attributes = meaning.split(".")
                words += [first, *(f".{attribute}" for attribute in attributes)]
            else:
                words.append(meaning)
        return words

    def _add(self, node: ast.AST) -> None:
        special = _SPECIAL.get(type(node))
        if special is not None:
            special(self, node)
            return
        self.words.append(type(node).__name__)
        for name in node._fields:
            part = getattr(node, name, None)
            if isinstance(part, list):
                self._add_all(part)
            elif isinstance(part, ast.AST):
                self._add(part)

    def _add_all(self, parts: Iterable[object]) -> None:
        for part in parts:
            if isinstance(part, ast.AST):  # a keyword of a dictionary that is unpacked is None
                self._add(part)

    def _name(self, node: ast.Name) -> None:
        if type(node.ctx) is ast.Store:
            self.names[node.id] = "a variable"
        self.words.append(f" {node.id}")

    def _attribute(self, node: ast.Attribute) -> None:
        self._add(node.value)
        self.words.append(f".{node.attr}")

    def _constant(self, node: ast.Constant) -> None:
        self.words.append("text" if isinstance(node.value, str | bytes) else repr(node.value))

    def _statement(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self._add(node.value)

    def _augmented(self, node: ast.AugAssign) -> None:
        self.words.append("Assign")
        self._add(node.target)
        self.words.append("BinOp")
        self._add_all((node.target, node.op, node.value))

    def _annotated(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.words.append("Assign")
            self._add_all((node.target, node.value))

    def _function(self, node: ast.FunctionDef) -> None:
        if self.words:
            self.names[node.name] = "a helper"
        self.words.append("function")
        self._add(node.args)
        self._add_all(node.body)

    def _argument(self, node: ast.arg) -> None:
        self.names[node.arg] = "a variable"

    def _call(self, node: ast.Call) -> None:
        self.words.append("call")
        self._add(node.func)
        self._add_all(node.args)
        self._add_all(sorted(node.keywords, key=lambda keyword: keyword.arg or ""))

    def _keyword(self, node: ast.keyword) -> None:
        self.words.append(f"{node.arg}=")
        self._add(node.value)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.names |= _imported(node)

    def _nothing(self, node: ast.AST) -> None:
        pass


_SPECIAL: dict[type, Callable[[_Tree, Any], None]] = {
    ast.Name: _Tree._name,
    ast.Attribute: _Tree._attribute,
    ast.Constant: _Tree._constant,
    ast.Expr: _Tree._statement,
    ast.AugAssign: _Tree._augmented,
    ast.AnnAssign: _Tree._annotated,
    ast.FunctionDef: _Tree._function,
    ast.arg: _Tree._argument,
    ast.Call: _Tree._call,
    ast.keyword: _Tree._keyword,
    ast.Import: _Tree._import,
    ast.ImportFrom: _Tree._import,
    **dict.fromkeys((ast.Load, ast.Store, ast.Del, ast.Pass), _Tree._nothing),
}
"""Node -> how it is read, where that is not its class and then its children."""
