"""The bug hunt in a class: a notebook whose one graded cell is worth nothing, so that what is caught comes on top.

nbgrader adds the scores of all cells, and the points of a cell without any do not raise what can be had.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from ...checks.reporting.drawing import render
from ...contract import EXERCISES, TESTS, TESTS_FILE, TESTS_NOTEBOOK
from ..judge.function_source import file_panel
from ..judge.submission import Submission
from ..judge.verdict import Verdict
from . import comments, source

GRADE_ID = "hunts"
_MARK = "gmmlearn"
_TEXT = """\
# Bug hunt, for up to {worth:g} extra points

Write tests in [{file}]({file}). A test is a function whose name begins with `test_` and the name of an exercise. It
takes the function to be tested, calls it with inputs of yours, and asserts something of what comes back.

```python
{example}
```

- Right functions have to pass all your tests of an exercise. If one does not, the exercise earns nothing, and you are
  told what your test demands that the exercise does not.
- A wrong function is caught as soon as one of your tests raises. The cell below shows how many of a dozen you catch, in
  each exercise. They are for practice: the functions that count are others.
- You get the share that you catch, of {worth:g} points, as a mean over all {n} exercises of this assignment.
- Your tests may use NumPy, SciPy and your own modules, and scikit-learn where the exercise may. Each function meets
  your tests in a new process. What a function does to `rng` is not seen, only what it returns.
"""
_EXAMPLE = """\
def test_{name}({name}):
    ...  # found = {name}(...)
    ...  # assert ..."""
_MODULE = '''"""Tests for the bug hunt: each begins with `test_` and the name of an exercise, see {notebook}."""

import numpy as np
'''


def write(folder: Path, exercises: Sequence[str], worth: float) -> None:
    """Write the notebook of the hunt, and the module for the tests, into the source of an assignment.

    Parameters
    ----------
    folder : Path
        `source/ASSIGNMENT` of a class.
    exercises : sequence of str
        Of the assignment.
    worth : float
        Extra points for tests that catch everything in all of them.
    """
    example = _EXAMPLE.format(name=exercises[0])
    said = _TEXT.format(worth=worth, file=TESTS_FILE, example=example, n=len(exercises))
    text = new_markdown_cell(said, id="hunt-text")
    cell = new_code_cell("from gmmlearn.hunting import hunt_all\n\nhunt_all()", id="hunt-all")
    cell.metadata |= {"nbgrader": source.mark(GRADE_ID, grade=True, solution=False), _MARK: {"extra_points": worth}}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = new_notebook(cells=comments.add_cells([text, cell]), metadata=about)
    (folder / TESTS_NOTEBOOK).write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / TESTS_FILE).write_text(_MODULE.format(notebook=TESTS_NOTEBOOK), encoding="utf-8")


def extra_points(folder: Path) -> float:
    """What the hunt is worth in an assignment; 0 where it has none."""
    path = folder / TESTS_NOTEBOOK
    if not path.exists():
        return 0.0
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return sum(float(cell["metadata"].get(_MARK, {}).get("extra_points", 0.0)) for cell in cells)


def score(verdict: Verdict, worth: float) -> float:
    """The extra points for what a student's tests caught: the mean share over the exercises that were judged."""
    if not verdict.exercises:
        return 0.0
    shares = [hunt.share for name, hunt in verdict.hunts.items() if name in verdict.exercises]
    return round(worth * sum(shares) / len(verdict.exercises), 2)


def fill(cell: NotebookNode, verdict: Verdict, submission: Submission) -> None:
    """Put the tests that were handed in, what was caught, and the score, into the graded cell of the hunt."""
    worth = worth_of(cell)
    points = score(verdict, worth)
    cell.metadata[_MARK]["score"] = points
    html = render(
        "hunts",
        Path(__file__).with_name("templates"),
        title=f"Bug hunt: {points:g} of {worth:g} extra points",
        hunts=[(EXERCISES[name], hunt) for name, hunt in verdict.hunts.items() if name in verdict.exercises],
        n_others=len(verdict.exercises.keys() - verdict.hunts.keys()),
        file=TESTS_FILE,
    )
    shown = [file_panel(TESTS_FILE, submission.sources.get(TESTS, b"")), html]
    cell.outputs = [new_output("display_data", {"text/html": one}) for one in shown if one]


def is_hunt(cell: NotebookNode) -> bool:
    """Whether it is the graded cell of the hunt."""
    return source.grade_id(cell) == GRADE_ID


def worth_of(cell: NotebookNode) -> float:
    """The extra points that the graded cell of the hunt is good for; nbgrader has 0 as its maximum."""
    return float(cell.metadata[_MARK]["extra_points"])


def score_in(cell: NotebookNode) -> float | None:
    """The extra points that `fill` has put into a cell; None for any other cell."""
    return cell.metadata[_MARK]["score"] if is_hunt(cell) else None


def message(verdict: Verdict) -> str:
    """What was caught, for tables.

    >>> from ..judge.verdict import HuntVerdict
    >>> found = {"assign": HuntVerdict(6, 9), "fit": HuntVerdict(0, 12, "Your tests did not end.")}
    >>> message(Verdict({}, True, 1, "", hunts=found))
    '4.2 assign: 6 of 9 caught; 6.2 fit: not counted'
    """
    words = (
        f"{EXERCISES[name].number} {name}: {'not counted' if hunt.problem else f'{hunt.caught} of {hunt.of} caught'}"
        for name, hunt in verdict.hunts.items()
    )
    return "; ".join(words)
