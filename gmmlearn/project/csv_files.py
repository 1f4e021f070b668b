"""Reads tables from the files that spreadsheets and statistics programs write."""

import csv
import io
import re
from pathlib import Path

import numpy as np

from ..errors import UsageError

MISSING = frozenset(["", "na", "n/a", "#n/a", "nan", "null", "none", "?", ".", "-", "--", "missing"])
"""How files write that a value is missing, in small letters."""
FEWEST_ROWS = 20
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*')
"""The line by which Excel is told what is between the values."""
_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
"""Encodings that a file begins with a sign for."""
_POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
"""Numbers with a decimal point, or a decimal comma, and the other sign between thousands."""
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3})")
"""Between thousands as well."""
_PERCENT = re.compile(r"\s*%$")

Columns = tuple[dict[str, np.ndarray], dict[str, np.ndarray]]
"""Columns of numbers, NaN where a value is missing, and columns of text."""


def read(path: Path) -> Columns:
    """The columns of a CSV file: commas, semicolons, tabs or bars, the first line with the names of the columns.

    A column whose values are all numbers, as far as they are there, is one of numbers; any other is one of text. A
    number may have a sign between its thousands, and a percent sign behind it, which is left out. Between semicolons
    or tabs a comma may be the decimal point. A first column without a name, which is where pandas and R write the
    numbers of the rows, is left out, and so is an empty last one.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UsageError
        For a file that cannot be read as such, in a sentence that says what to do.
    """
    text = _decoded(path)
    begin = _SEPARATOR.match(text)
    if begin:
        text = text[begin.end() :]
    first_line = text.lstrip().partition("\n")[0]
    delimiter = begin[1] if begin else max(",;\t|", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        numbered = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UsageError(f"Line {reader.line_num} of {path} cannot be read as CSV ({error}): save it anew.") from None
    if len(numbered) <= FEWEST_ROWS:
        there = max(len(numbered) - 1, 0)
        raise UsageError(f"{path} has {there} of the {FEWEST_ROWS} rows that a mixture needs at least.")
    (_, first), *rest = numbered
    names = [" ".join(name.split()) for name in first]
    for line, row in rest:
        if len(row) != len(names):
            raise UsageError(
                f"Line {line} of {path} has {len(row)} values; the first line names {len(names)}. The names have to be "
                "in the first line, and every row needs as many values."
            )
    if all(_numbers([name], delimiter) is not None for name in names if name):
        raise UsageError(f"The first line of {path} holds numbers; it has to name the columns: write one above it.")
    columns, texts = {}, {}
    for name, values in _named(path, names, [row for _, row in rest]):
        cells = ["" if value.strip().lower() in MISSING else value.strip() for value in values]
        numbers = _numbers(cells, delimiter)
        if numbers is None:
            texts[name] = np.array(cells)
        else:
            columns[name] = numbers
    return columns, texts


def _decoded(path: Path) -> str:
    try:
        data = path.expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): give the path of a CSV file.") from None
    encoding = next((name for name, mark in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or data.startswith(b"PK\x03\x04"):  # another encoding, or a workbook, which is a zip
        raise UsageError(f"{path} is not a text in UTF-8: save it as CSV UTF-8 in your spreadsheet.")
    return text


def _named(path: Path, names: list[str], rows: list[list[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Names with their values, without those of rows that are only numbered and without an empty end."""
    kept = list(zip(names, zip(*rows)))
    if len(kept) > 1 and not kept[0][0]:
        kept = kept[1:]
    if len(kept) > 1 and not kept[-1][0] and not any(value.strip() for value in kept[-1][1]):
        kept = kept[:-1]
    if len({name for name, _ in kept}) < len(kept) or not all(name for name, _ in kept):
        raise UsageError(f"The first line of {path} has to name every column, each with a name of its own.")
    return kept


def _numbers(cells: list[str], delimiter: str) -> np.ndarray | None:
    """The values of a column, NaN for those that are missing; None if one is not a number."""
    cells = [_SPACES.sub("", _PERCENT.sub("", cell)).replace("\N{MINUS SIGN}", "-") for cell in cells]
    written = [cell for cell in cells if cell]
    if all(map(_POINT.fullmatch, written)) and (delimiter == "," or any("," in one and "." in one for one in written)):
        cells = [cell.replace(",", "") for cell in cells]
    elif delimiter != "," and all(map(_COMMA.fullmatch, written)) and any("," in one for one in written):
        cells = [cell.replace(".", "").replace(",", ".") for cell in cells]
    elif delimiter != ",":
        cells = [cell.replace(",", ".") for cell in cells]
    try:
        numbers = np.array([float(cell) if cell else np.nan for cell in cells])
    except ValueError:
        return None
    return numbers if np.isfinite(numbers).any() and not np.isinf(numbers).any() else None


def odd_one(cells: np.ndarray) -> tuple[int, str] | None:
    """Place and text of the first value that is not a number, in a column where most are; None for other columns."""
    wrong = [(place, cell) for place, cell in enumerate(cells.tolist()) if cell and _numbers([cell], ";") is None]
    return wrong[0] if wrong and 2 * len(wrong) < len(cells) else None
