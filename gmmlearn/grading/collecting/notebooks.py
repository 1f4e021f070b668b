"""The notebooks of a hand-in: which chapter each is of, and the functions that are in their cells."""

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec

from ...contract import CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, TESTS, TESTS_NOTEBOOK, Exercise, known_in, notebook_of
from . import names
from .contents import File

MAX_BYTES = 32 * 2**20
MAX_VALUES = 300_000
"""Of a notebook; Python and nbformat hold hundreds of bytes for each, however few it has in the file."""
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_MAX_CELL_LETTERS = 100_000


class _Mark(msgspec.Struct, gc=False):
    grade_id: str = ""


class _Metadata(msgspec.Struct, gc=False):
    nbgrader: _Mark | None = None


class _Cell(msgspec.Struct, gc=False):
    cell_type: str = ""
    source: str | list[str] = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)

    @property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else "".join(self.source)


class _Notebook(msgspec.Struct, gc=False):
    cells: list[_Cell] = []  # msgspec copies it


@dataclass(frozen=True)
class InCell:
    """A function of an exercise that is in a cell of a notebook.

    Attributes
    ----------
    exercise : Exercise
    notebook : str
        Name of the notebook as the course has it.
    cell : int
        Its place among all cells, from 1.
    source : str
        The function, and what else of the notebook it needs.
    """

    exercise: Exercise
    notebook: str
    cell: int
    source: str

    def __str__(self) -> str:
        return f"{self.exercise.name} is in {self.notebook}, cell {self.cell}, not in {self.exercise.file}"


def too_much(data: bytes) -> str:
    """Why a notebook is not parsed, as the end of a sentence that begins with its name; empty if it is.

    >>> too_much(b'{"cells": []}'), too_much(b"[" * 1_000_000)
    ('', 'holds more than 300,000 values; clear its outputs.')
    """
    if len(data) > MAX_BYTES:
        return f"has more than the {MAX_BYTES // 2**20} MB that are read; clear its outputs."
    if sum(map(data.count, b",[{")) > MAX_VALUES and sum(map(_TEXT.sub(b"", data).count, b",[{")) > MAX_VALUES:
        return f"holds more than {MAX_VALUES:,} values; clear its outputs."
    return ""


def named(files: Iterable[File]) -> tuple[dict[str, File], list[str]]:
    """The notebooks by the names that they have in the course, and a sentence on each that has no place.

    Parameters
    ----------
    files : iterable of File
        Of one hand-in.

    Returns
    -------
    dict of str to File
        Of several notebooks of a chapter the one of the right name, else the one nearest to the top.
    list of str
    """
    found: dict[str, list[File]] = {}
    for file in files:
        if file.path.suffix.lower() == ".ipynb" and (name := _name_of(file)):
            found.setdefault(name, []).append(file)
    chosen, remarks = {}, []
    for name, several in sorted(found.items()):
        several.sort(key=lambda file: (file.path.name != name, len(file.path.parts), str(file.path)))
        chosen[name] = several[0]
        others = [str(file.path) for file in several[1:] if file.data != several[0].data]
        if others:
            remarks.append(f"{', '.join(others)} left out, since {several[0].path} is taken as {name}.")
    return chosen, remarks


def _name_of(file: File) -> str | None:
    """The name that the course has for a notebook, by its own name or by the graded cells in it."""
    stem = file.path.stem.casefold()
    for name in (*map(notebook_of, CHAPTERS), PROJECT_NOTEBOOK, TESTS_NOTEBOOK):
        if names.without_copy(stem).startswith(name.removesuffix(".ipynb")):
            return name
    marked = [cell.metadata.nbgrader.grade_id for cell in _cells(file.data) if cell.metadata.nbgrader]
    for mark, name in (("project", PROJECT_NOTEBOOK), (TESTS, TESTS_NOTEBOOK)):
        if mark in marked:
            return name
    found = Counter(EXERCISES[name].notebook for name in marked if name in EXERCISES)
    return found.most_common(1)[0][0] if found else None


def _cells(data: bytes) -> list[_Cell]:
    """The cells of a notebook; none where it cannot be read, which is said when it is graded."""
    if too_much(data):
        return []
    try:
        return msgspec.json.decode(data, type=_Notebook).cells
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []


def definitions(notebooks: Iterable[bytes]) -> frozenset[str]:
    """The functions in cells that are called like an exercise, as text that is the same for the same code.

    Parameters
    ----------
    notebooks : iterable of bytes
        As they were handed out: they define wrong ones, to find the bug in.
    """
    trees = (_parsed(cell) for data in notebooks for cell in _cells(data))
    return frozenset(ast.dump(node) for tree in trees for name, node in _defined(tree).items() if name in EXERCISES)


def functions(
    notebooks: dict[str, File], wanted: Iterable[Exercise], given: Collection[str] = frozenset()
) -> list[InCell]:
    """The wanted functions that are in cells; of several definitions the last in the notebook of its chapter counts.

    Parameters
    ----------
    notebooks : dict of str to File
        As `named` gives them.
    wanted : iterable of Exercise
        Whose functions are not in a module.
    given : collection of str
        What `definitions` found in the notebooks that were handed out; these are nobody's answer.

    Returns
    -------
    list of InCell
    """
    wanted = list(wanted)
    if not wanted:
        return []
    parsed = {name: [_own(_parsed(cell), given) for cell in _cells(file.data)] for name, file in notebooks.items()}
    found = []
    for exercise in wanted:
        for name in sorted(parsed, key=lambda name: name != exercise.notebook):
            places = [number for number, tree in enumerate(parsed[name], 1) if exercise.name in _defined(tree)]
            if places:
                source = _source(parsed[name], exercise.name)
                found.append(InCell(exercise, name, places[-1], source))
                break
    return found


def _parsed(cell: _Cell) -> ast.Module:
    """The syntax tree of a code cell; empty where it has none."""
    lines = cell.text.splitlines() if cell.cell_type == "code" and len(cell.text) <= _MAX_CELL_LETTERS else []
    python = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)
    try:
        return ast.parse(python)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _own(tree: ast.Module, given: Collection[str]) -> ast.Module:
    """A cell without the definitions that were handed out."""
    return ast.Module([node for node in tree.body if ast.dump(node) not in given], []) if given else tree


def _defined(tree: ast.Module) -> dict[str, ast.stmt]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _source(trees: list[ast.Module], name: str) -> str:
    """A function with the imports of its notebook, and the other functions and classes there that it names."""
    definitions = {name: node for tree in trees for name, node in _defined(tree).items()}
    known = known_in(EXERCISES[name].module)
    taken, open_names = [], [name]
    while open_names:
        one = open_names.pop()
        if one in taken:
            continue
        taken.append(one)
        mentioned = {node.id for node in ast.walk(definitions[one]) if isinstance(node, ast.Name)}
        open_names += sorted(other for other in mentioned if other in definitions and other not in known)
    imports = dict.fromkeys(ast.unparse(node) for tree in trees for node in tree.body if _is_import(node))
    return "\n".join([*imports, "", "", *(f"{ast.unparse(definitions[one])}\n\n" for one in reversed(taken))])


def _is_import(node: ast.stmt) -> bool:
    """Whether a statement imports what a submission may use; pictures and the course's own tools stay outside."""
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        modules = [node.module or ""]
    else:
        return False
    return not any(module.split(".")[0] in ("gmmlearn", "matplotlib", "IPython", "ipywidgets") for module in modules)
