"""A student's function as people read it beside its verdict: coloured, with the numbers of its lines."""

from itertools import islice
from pathlib import Path

from ...checks.reporting.templates import render
from ...contract import EXERCISES
from .function_source import Piece, docstring_of_stub, lines_of, pieces_of
from .submission import Submission

MAX_LINES, MAX_COLUMNS = 150, 200
_TEMPLATES = Path(__file__).with_name("templates")
_QUOTES = '"""'


def function_panel(exercise: str, submission: Submission) -> str:
    """The function of an exercise, and what the file defines for it, as HTML for the cell of its verdict.

    Parameters
    ----------
    exercise : str
    submission : Submission
        What was judged.

    Returns
    -------
    str
        All of it escaped, without the docstring that the course gives. Empty where the file has no such function.
    """
    file, module = EXERCISES[exercise].file, EXERCISES[exercise].module
    rows: list[tuple[int | None, str]] = []
    for piece in pieces_of(exercise, submission.sources.get(module, b"")):
        rows += [(None, "")] if rows else []
        rows += _numbered(piece, docstring_of_stub(exercise))
    return _drawn(file, rows)


def file_panel(file: str, source: bytes) -> str:
    """A whole file as HTML in the same form; empty where nothing is in it.

    Parameters
    ----------
    file : str
        Its name.
    source : bytes
        What was handed in.
    """
    return _drawn(file, list(enumerate(lines_of(source), 1)) if source.strip() else [])


def _drawn(file: str, rows: list[tuple[int | None, str]]) -> str:
    if not rows:
        return ""
    n_more = max(len(rows) - MAX_LINES, 0)
    numbers, lines = zip(*islice(rows, MAX_LINES))
    shown = [line if len(line) <= MAX_COLUMNS else f"{line[:MAX_COLUMNS]} ..." for line in lines]
    return render("function", _TEMPLATES, file=file, rows=list(zip(numbers, _coloured(shown))), n_more=n_more)


def _numbered(piece: Piece, given: tuple[str, ...]) -> list[tuple[int | None, str]]:
    """The lines of a piece with their numbers; the docstring `given` becomes one line."""
    lines = piece.lines
    places = range(len(lines) - len(given) + 1) if given else ()
    start = next((place for place in places if lines[place : place + len(given)] == given), len(lines))
    rows = [(piece.number + place, line) for place, line in enumerate(lines)]
    if start < len(lines):
        indent = lines[start].partition(_QUOTES)[0]
        rows[start : start + len(given)] = [(None, f"{indent}{_QUOTES}...{_QUOTES}")]
    return rows


def _coloured(lines: list[str]) -> list[list[tuple[str, str]]]:
    """Each line as pieces of text with the kind of each: keyword, comment, string, number or nothing."""
    from pygments.lexers import PythonLexer
    from pygments.token import Comment, Keyword, Number, Operator, String

    kinds = {Comment: "comment", Keyword: "keyword", Operator.Word: "keyword", String: "string", Number: "number"}
    rows: list[list[tuple[str, str]]] = [[]]
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens("\n".join(lines)):
        kind = next((kind for type_, kind in kinds.items() if token in type_), "")
        first, *others = text.split("\n")
        rows[-1].append((first, kind))
        rows += [[(other, kind)] for other in others]
    return rows
