"""A student's function beside others that do the same: the library's, and in a clone the reference, a loop, an einsum.

A student's copy holds no solution in the clear, so what it shows beside the student's own is `gmmlearn.library`, which
calls SciPy and scikit-learn. Where `solutions/` is beside the package, the reference and two other styles come too.
"""

import ast
import importlib
import warnings
from dataclasses import dataclass
from pathlib import Path

from .. import loading
from ..contract import EXERCISES, Exercise
from ..manifest import PACKAGE
from . import timing
from .reporting.build import duration
from .reporting.drawing import render

LIBRARY = "library"
OTHERS = {
    "reference": PACKAGE.parent / "solutions",
    "loop": PACKAGE.parent / "tests" / "right_answers" / "loops",
    "einsum": PACKAGE.parent / "tests" / "right_answers" / "einsum",
}
"""What a clone has besides: title -> folder of modules, like a student's."""


@dataclass(frozen=True)
class Style:
    """One way to write a function.

    Attributes
    ----------
    title : str
        `"yours"`, `"reference"`, ...
    source : str
        The function, with what else of its file it uses.
    seconds : tuple of float
        Of one call, for the first sizes of the `Reference`; fewer where it gets slow, none where time does not grow.
    """

    title: str
    source: str
    seconds: tuple[float, ...] = ()


@dataclass(frozen=True)
class Reference:
    """The answer of `reference`: shows itself in a notebook and in a terminal.

    Attributes
    ----------
    number, name : str
        Of the exercise.
    n_samples : tuple of int
        Sizes for which the styles were timed.
    styles : tuple of Style
    """

    number: str
    name: str
    n_samples: tuple[int, ...]
    styles: tuple[Style, ...]

    @property
    def title(self) -> str:
        """What is shown."""
        return f"{self.number} {self.name}: {len(self.styles)} ways to write it"

    @property
    def rows(self) -> list[list[str]]:
        """The times as a table, a row for each size; a dash where a style was too slow."""
        return [
            [f"{n:,}", *(duration(one.seconds[at]) if at < len(one.seconds) else "–" for one in self.styles)]
            for at, n in enumerate(self.n_samples)
        ]

    def __str__(self) -> str:
        parts = [self.title, *(f"# {style.title}\n{style.source}" for style in self.styles)]
        if self.n_samples:
            head = ["n", *(style.title for style in self.styles)]
            parts.append("\n".join("".join(f"{cell:>12}" for cell in row) for row in [head, *self.rows]))
        return "\n\n".join(parts)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        # Only a notebook needs matplotlib, and `checks` does without it.
        picture = importlib.import_module("gmmlearn.figures.timing").lines(self) if self.n_samples else None
        return render("reference", reference=self) + (picture._repr_html_() if picture else "")


def beside(exercise: Exercise, folder: Path, *, own: bool) -> Reference:
    """The student's function, if it is right (`own`), and the others that are at hand."""
    found = {"yours": folder} if own else {}
    found |= {title: place for title, place in OTHERS.items() if (place / f"{exercise.module}.py").is_file()}
    written = {
        title: (source(exercise.name, place), loading.load(exercise.name, place)) for title, place in found.items()
    }
    library = (PACKAGE / "library.py").read_text(encoding="utf-8")
    written[LIBRARY] = (_extract(library, exercise.name), timing.library_call(exercise.name)[0])
    styles = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for title, (text, function) in written.items():
            timed = timing.seconds_by_size(exercise.name, function, timing.SIZES) if exercise.timed else ()
            styles.append(Style(title, text, tuple(seconds for _, seconds in timed)))
    sizes = timing.SIZES[: max(len(style.seconds) for style in styles)]
    return Reference(exercise.number, exercise.name, sizes, tuple(styles))


def source(name: str, folder: Path) -> str:
    """A function as it is in a file, with what else of that file it uses."""
    return _extract((folder / f"{EXERCISES[name].module}.py").read_text(encoding="utf-8"), name)


def _extract(text: str, name: str) -> str:
    """A function of a module with the functions and constants of the module that it uses, without exercises.

    >>> print(_extract("A = 1\\ndef f(x):\\n    'What.'\\n    return _g(x)\\ndef _g(x):\\n    return A\\n", "f"))
    A = 1
    <BLANKLINE>
    <BLANKLINE>
    def f(x):
        return _g(x)
    <BLANKLINE>
    <BLANKLINE>
    def _g(x):
        return A
    """
    defined: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    wanted, waiting = set(), [name]
    while waiting:
        word = waiting.pop()
        if word in defined and word not in wanted and (word == name or word not in EXERCISES):
            wanted.add(word)
            waiting += [part.id for part in ast.walk(defined[word]) if isinstance(part, ast.Name)]
    lines = text.splitlines()
    nodes = sorted({id(defined[word]): defined[word] for word in wanted}.values(), key=lambda node: node.lineno)
    return "\n\n\n".join("\n".join(_lines(node, lines)) for node in nodes)


def _lines(node: ast.stmt, lines: list[str]) -> list[str]:
    """The lines of a definition, its docstring left out: that of a stub is longer than the code."""
    begin = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]) - 1
    if not isinstance(node, ast.FunctionDef) or ast.get_docstring(node) is None or len(node.body) == 1:
        return lines[begin : node.end_lineno]
    docstring = node.body[0]
    return [*lines[begin : docstring.lineno - 1], *lines[docstring.end_lineno : node.end_lineno]]
