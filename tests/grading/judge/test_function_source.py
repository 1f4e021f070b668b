"""The lines of a function in a file that may be broken: found as Python's own parser finds them, where that can."""

import ast
import time

import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.grading.judge.function_source import docstring_of_stub, function_panel, pieces_of
from gmmlearn.grading.judge.submission import Submission

from ..course_folder import ROOT

BROKEN = """\
import numpy as np
from .helpers import (
    shifted,
)

SCALE: float = 2.0

@np.vectorize
def twice(x):
    return SCALE * x

def assign(r):
    return 0

class Unused: pass

def assign(r):
    '''Text in the first column:
def responsibilities(): pass
'''
    # a comment
    return twice(r.argmax(axis=1)

# about what follows
def responsibilities(X, weights, means, covariances):
    return assign(X)
"""


@pytest.mark.parametrize("folder", ["solutions", "gmmlearn"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_lines_are_those_that_python_parses(folder, exercise):
    source = (ROOT / folder / f"{EXERCISES[exercise].module}.py").read_bytes()
    [node] = [node for node in ast.parse(source).body if getattr(node, "name", "") == exercise]
    found = {piece.number: piece.number + len(piece.lines) - 1 for piece in pieces_of(exercise, source)}
    assert found[node.lineno] == node.end_lineno
    assert not {node.lineno for node in ast.parse(source).body if getattr(node, "name", "") in EXERCISES} & (
        set(found) - {node.lineno}
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_of_a_broken_file_the_last_definition_and_what_it_uses(ends, mark):
    source = (mark + BROKEN.replace("\n", ends)).encode()
    assert [piece.lines[0] for piece in pieces_of("assign", source)] == [
        "SCALE: float = 2.0", "@np.vectorize", "def assign(r):",
    ]  # fmt: skip
    assert pieces_of("assign", source)[-1].lines[-1] == "    return twice(r.argmax(axis=1)"
    [own] = pieces_of("responsibilities", source)  # its call of another exercise is not followed
    assert own.number == BROKEN.split("\n").index("def responsibilities(X, weights, means, covariances):") + 1


def test_a_function_that_comes_from_elsewhere_is_shown_as_the_line_that_brings_it():
    assert [piece.lines for piece in pieces_of("assign", b"from .mine import assign\n")] == [
        ("from .mine import assign",)
    ]
    assert pieces_of("assign", b"def other(): pass\n") == pieces_of("assign", b"") == []


@pytest.mark.parametrize(
    "source",
    [b'"\\"' * 300_000, b"'" * 2**20, b"a" * 2**20, b"(" * 2**20, b"\n" * 2**20, b"assign = assign\n" * 60_000,
     b"@\n" * 500_000, b'"""\n' * 250_000, b"\xff\xfe" * 1000, b"def assign(r):\n" + b" r\n" * 300_000],
)  # fmt: skip
def test_no_file_takes_long(source):
    before = time.process_time()
    html = function_panel("assign", Submission({"e_step": source}))
    assert time.process_time() - before < 2
    assert len(html) < 200_000


def test_what_is_shown_is_escaped_cut_and_without_the_docstring_of_the_course():
    docstring = "\n".join(docstring_of_stub("assign"))
    hostile = '    x = "</pre><script>alert(1)</script>"  # \u202e \x1b[31m\n' + "    y = 1\n" * 400
    source = f"def assign(responsibilities):\n{docstring}\n{hostile}    z = '{'z' * 5000}'\n".encode()
    html = function_panel("assign", Submission({"e_step": source}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert "Label of the most" in docstring
    assert "Label of the most" not in html
    assert "lines are not shown" in html
    assert "gmmlearn/e_step.py, as it was graded" in html
