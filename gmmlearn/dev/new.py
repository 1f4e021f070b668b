"""Lays out what a new exercise needs, in every file where others have it; `gmmlearn dev check` says what is missing.

Nothing that is laid out passes for done: the solution raises, the hints are empty, the points are 0.
"""

import ast
import json
import re
from pathlib import Path

from .. import private
from ..contract import CHAPTERS, EXERCISES, exercises_of, notebook_of
from ..errors import UsageError

_STUB = '''

def {name}(X):
    """TITLE (exercise {number}).

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples.

    Returns
    -------
    float
    """
    raise NotImplementedError("Exercise {number}: write {name} in gmmlearn/{chapter}.py")
'''
_SOLUTION = '''

def {name}(X):
    """TITLE (exercise {number})."""
    raise NotImplementedError("the reference is not written yet")
'''
_MISTAKES = '''"""Known mistakes of `{name}`."""

from .registry import mistake
'''
_TEST = """

@pytest.mark.exercise("{name}", weight=3, main=True)
def test_{name}_of_skewed_samples(expect, rng):
    expect(values(rng.normal(2, 3, size=(7, 3)).round(2), about="seven samples of three features"))
"""
_HINTS = '''
[{name}]
hints = [
"""
""",
"""
""",
"""
""",
]
'''


def lay_out(name: str, chapter: str, root: Path = private.ROOT) -> list[str]:
    """Write the skeleton of a new exercise at the end of a chapter; returns what was written.

    Parameters
    ----------
    name : str
        Of the function.
    chapter : str
        Module of the chapter.
    root : Path
        The clone of the repository.

    Raises
    ------
    UsageError
        When the name is taken or is not one, or there is no such chapter.
    """
    if chapter not in CHAPTERS:
        raise UsageError(f"There is no chapter {chapter!r}; there are {', '.join(CHAPTERS)}.")
    if not name.isidentifier() or name in EXERCISES:
        raise UsageError(f"{name!r} is taken, or cannot be the name of a function.")
    before = exercises_of(chapter)[-1]
    number = f"{before.chapter}.{int(before.number.partition('.')[2]) + 1}"
    words = {"name": name, "chapter": chapter, "number": number}
    written = []

    def put(file: str, text: str) -> None:
        (root / file).write_text(text, encoding="utf-8")
        written.append(file)

    contract = (root / "gmmlearn/contract.py").read_text(encoding="utf-8")
    entry = f'    yield "{chapter}", "{name}", 0, {{"X": "n, d"}}, _value(){_sklearn(before.sklearn)}\n'
    put("gmmlearn/contract.py", _after_last_line(contract, f'yield "{chapter}", "{before.name}"', entry))
    for file, skeleton in ((f"gmmlearn/{chapter}.py", _STUB), (f"solutions/{chapter}.py", _SOLUTION)):
        put(file, _after_function((root / file).read_text(encoding="utf-8"), before.name, skeleton.format(**words)))
    library = (root / "gmmlearn/library.py").read_text(encoding="utf-8")
    put("gmmlearn/library.py", _after_function(library, before.name, _SOLUTION.format(**words)))
    put(f"solutions/mistakes/{name}.py", _MISTAKES.format(**words))
    test = f"tests/hidden/test_{chapter}.py"
    put(test, (root / test).read_text(encoding="utf-8").rstrip("\n") + "\n" + _TEST.format(**words))
    hints = "gmmlearn/checks/hints.toml"
    put(hints, (root / hints).read_text(encoding="utf-8").rstrip("\n") + "\n" + _HINTS.format(**words))
    notebook = f"course/{notebook_of(chapter)}"
    put(notebook, _with_cells((root / notebook).read_text(encoding="utf-8"), words))
    return written


def _sklearn(allowed: tuple[str, ...]) -> str:
    return f", {allowed!r}" if allowed else ""


def _after_last_line(text: str, marker: str, line: str) -> str:
    lines = text.splitlines(keepends=True)
    at = max(i for i, one in enumerate(lines) if marker in one)
    return "".join([*lines[: at + 1], line, *lines[at + 1 :]])


def _after_function(text: str, name: str, skeleton: str) -> str:
    """The text with a skeleton behind a function, which helper functions may follow."""
    [function] = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name]
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: function.end_lineno], skeleton, *lines[function.end_lineno :]])


def _with_cells(text: str, words: dict[str, str]) -> str:
    notebook = json.loads(text)
    template = next(cell for cell in notebook["cells"] if "nbgrader" in cell.get("metadata", {}))
    graded = json.loads(json.dumps(template))
    graded["metadata"]["nbgrader"] |= {"grade_id": words["name"], "points": 0}
    graded["source"] = [f'check("{words["name"]}")']
    graded["id"] = f"check-{words['name']}".replace("_", "-")
    heading = f"### Exercise {words['number']}: `{words['name']}` (0 points, about N lines)"
    exercise_id = re.sub(r"\W|_", "-", f"exercise-{words['name']}")
    notebook["cells"] += [{"cell_type": "markdown", "id": exercise_id, "metadata": {}, "source": [heading]}, graded]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
