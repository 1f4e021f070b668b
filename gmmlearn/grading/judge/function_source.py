"""A student's function as people read it beside its verdict: coloured, with the numbers of its lines.

The lines are found without parsing the file, which may be broken, or hostile.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from ...checks.reporting.drawing import render
from ...contract import EXERCISES, known_in
from ...manifest import PACKAGE
from .submission import Submission

MAX_BYTES, MAX_COLUMNS = 2**17, 1000
"""What comes behind them in a file or in a line is not looked at."""
MAX_SHOWN_LINES, MAX_SHOWN_COLUMNS = 150, 200
_TEMPLATES = Path(__file__).with_name("templates")
_NAME = r"[^\W\d]\w*"
_WORD = re.compile(_NAME)
_FUNCTION = re.compile(rf"(?:async\s+def|def|class)\s+({_NAME})")
_VALUE = re.compile(rf"({_NAME})\s*(?::[^=]+)?=(?!=)")
_IMPORT = re.compile(r"(?:from\s+\S+\s+)?import\s+(.+)")
_GOES_ON = re.compile(r"\s|[)\]}#]|$")
# A text that is not closed takes the rest of its line, so that no line is searched twice.
_QUOTES = re.compile(r'"""|\'\'\'|#.*|"(?:\\.|[^"\\])*"?|\'(?:\\.|[^\'\\])*\'?')


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring lines of a file; `number` is that of the first, counted from 1."""

    number: int
    lines: tuple[str, ...]


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
    n_more = max(len(rows) - MAX_SHOWN_LINES, 0)
    numbers, lines = zip(*islice(rows, MAX_SHOWN_LINES))
    shown = [line if len(line) <= MAX_SHOWN_COLUMNS else f"{line[:MAX_SHOWN_COLUMNS]} ..." for line in lines]
    return render("function", _TEMPLATES, file=file, rows=list(zip(numbers, _coloured(shown))), n_more=n_more)


def _numbered(piece: Piece, given: tuple[str, ...]) -> list[tuple[int | None, str]]:
    """The lines of a piece with their numbers; the docstring `given` becomes one line."""
    lines = piece.lines
    places = range(len(lines) - len(given) + 1) if given else ()
    start = next((place for place in places if lines[place : place + len(given)] == given), len(lines))
    rows = [(piece.number + place, line) for place, line in enumerate(lines)]
    if start < len(lines):
        indent = lines[start].partition('"""')[0]
        rows[start : start + len(given)] = [(None, f'{indent}"""..."""')]
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


def lines_of(source: bytes) -> list[str]:
    """The lines of a file, as many and as much of each as is looked at."""
    text = source[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return [line[:MAX_COLUMNS] for line in text.split("\n")]


def pieces_of(exercise: str, source: bytes) -> list[Piece]:
    """The function of an exercise in a student's file, with what the file defines and the function uses.

    Parameters
    ----------
    exercise : str
    source : bytes
        The file.

    Returns
    -------
    list of Piece
        In the order of the file, without other exercises. It is empty where no line of the file defines the function.

    Examples
    --------
    >>> [piece.number for piece in pieces_of("assign", b"x = 1\\ny = 2\\ndef assign(r):\\n    return r[x]\\n")]
    [1, 3]
    """
    pieces = list(_top_level(lines_of(source)))
    defined = {name: piece for piece in pieces for name in _defined_in(piece)}
    brought = {name: piece for piece in pieces for name in _imported_in(piece) if name == exercise}
    known = known_in(EXERCISES[exercise].module)
    found: dict[int, Piece] = {}
    wanted = [exercise]
    while wanted:
        name = wanted.pop()
        piece = defined.get(name) or brought.get(name)
        if piece and piece.number not in found and (name == exercise or name not in known):
            found[piece.number] = piece
            wanted += _WORD.findall("\n".join(piece.lines))
    return [found[number] for number in sorted(found)]


@cache
def docstring_of_stub(exercise: str) -> tuple[str, ...]:
    """The lines of the docstring that the course gives for a function, which need not be shown again.

    >>> docstring_of_stub("assign")[0].strip()[:20]
    '\"\"\"Label of the most'
    """
    [piece] = pieces_of(exercise, (PACKAGE / f"{EXERCISES[exercise].module}.py").read_bytes())[-1:]
    marked = [place for place, line in enumerate(piece.lines) if '"""' in line]
    return piece.lines[marked[0] : marked[-1] + 1] if marked else ()


def _top_level(lines: Sequence[str]) -> Iterator[Piece]:
    """The statements of a file that begin in its first column, decorators with what they decorate."""
    begin, quote = 0, ""
    for number, line in enumerate(lines):
        goes_on = quote or _GOES_ON.match(line) or (number and lines[number - 1].startswith("@"))
        if not goes_on and number > begin:
            yield _stripped(begin, lines[begin:number])
            begin = number
        quote = _open_after(line, quote)
    yield _stripped(begin, lines[begin:])


def _stripped(begin: int, lines: Sequence[str]) -> Piece:
    """Without the blank lines and comments at its end, which are about what follows."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return Piece(begin + 1, tuple(lines[:end]))


def _open_after(line: str, quote: str) -> str:
    """The three quotes that are open at the end of a line, if they were `quote` at its beginning."""
    place = 0
    while True:
        if quote:
            end = line.find(quote, place)
            if end < 0:
                return quote
            place, quote = end + 3, ""
        found = _QUOTES.search(line, place)
        if found is None:
            return ""
        place = found.end()
        if found[0] in ('"""', "'''"):
            quote = found[0]


def _defined_in(piece: Piece) -> list[str]:
    line = next((line for line in piece.lines if not line.startswith("@")), "")
    found = _FUNCTION.match(line) or _VALUE.match(line)
    return [found[1]] if found else []


def _imported_in(piece: Piece) -> list[str]:
    found = _IMPORT.match(piece.lines[0])
    return _WORD.findall("\n".join(piece.lines)) if found else []
