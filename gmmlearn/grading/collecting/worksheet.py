"""Moodle's grading worksheet: whose number in a download is whose, when each student handed in, and where grades go."""

import csv
import io
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import get_month_names

from ...errors import UsageError
from .names import Who

_TITLES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("worksheet.toml").read_text(encoding="utf-8")
)
_WRITTEN = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\.? (?:de |d[’'])?(?P<month>[^\W\d_]+)\.? (?:de )?(?P<year>\d{4})(?: г\.)?(?:,| às)? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:[ \u202f](?P<half>[ap])\.?m\.?)?$",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """One student of a worksheet.

    Attributes
    ----------
    who : Who
        By what a roster may know the student.
    time : datetime or None
        Of the hand-in, in the time zone of the person who downloaded the worksheet; None without a hand-in.
    """

    who: Who
    time: datetime | None


@dataclass(frozen=True)
class Worksheet:
    """A grading worksheet.

    Attributes
    ----------
    said : str
        What was taken for what, in a sentence.
    lines : dict of str to Line
        By the number that is in the names of the downloaded files.
    columns : dict of str to int
        What a column is for -> where it is.
    rows : list of list of str
        The cells as they were read, with the titles first.
    delimiter : str
        Between cells.
    """

    said: str
    lines: dict[str, Line]
    columns: dict[str, int]
    rows: list[list[str]]
    delimiter: str

    def maximum(self) -> float | None:
        """The most points that Moodle takes; None for a scale of words."""
        found = {row[self.columns["maximum"]] for row in self.rows[1:]} if "maximum" in self.columns else set()
        text = found.pop().replace(",", ".") if len(found) == 1 else ""
        return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None

    def filled(self, grades: dict[str, tuple[float, str]]) -> str:
        """The worksheet with grades, in the form in which it came.

        Parameters
        ----------
        grades : dict of str to tuple
            Number of a participant -> grade and feedback. A comment that is there already is kept.
        """
        comma = "maximum" in self.columns and any("," in row[self.columns["maximum"]] for row in self.rows[1:])
        written = io.StringIO(newline="")
        rows = [self.rows[0]]
        for (number, _), row in zip(self.lines.items(), self.rows[1:]):
            if number in grades:
                row = [*row]
                points, feedback = grades[number]
                row[self.columns["grade"]] = f"{points:.2f}".replace(".", "," if comma else ".")
                if "feedback" in self.columns and not row[self.columns["feedback"]].strip():
                    row[self.columns["feedback"]] = feedback
            rows.append(row)
        csv.writer(written, delimiter=self.delimiter, lineterminator="\n").writerows(rows)
        return written.getvalue()


def read(path: Path) -> Worksheet:
    """Read a grading worksheet.

    Parameters
    ----------
    path : Path
        As Moodle gives it ("Download grading worksheet"), in one of the languages of `worksheet.toml`.

    Raises
    ------
    UsageError
        When it is another file, or has a number or a time that is not understood.
    """
    with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
        text = file.read()
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise UsageError(f"{path} is not a table ({error}): give the worksheet as Moodle wrote it.") from None
    titles = rows[0] if rows else []
    language, columns = _columns(titles)
    if not {"identifier", "time"} <= columns.keys():
        raise UsageError(
            f"{path} is not read: its columns are {', '.join(map(repr, titles)) or 'none'}. It is to be the grading "
            f"worksheet of an assignment, downloaded with Moodle set to {_languages()}."
        )
    lines: dict[str, Line] = {}
    for number, row in enumerate(rows[1:], start=2):
        row += [""] * (len(titles) - len(row))
        cells = {what: row[place].strip() for what, place in columns.items()}
        participant = re.search(r"\d+$", cells["identifier"])
        if participant is None or participant[0] in lines:
            why = "has no number" if participant is None else "is there twice"
            raise UsageError(f"{path}, line {number}: the identifier {cells['identifier']!r} {why}.")
        name = cells.get("name", "")
        ids = tuple(filter(None, (cells.get("number"), cells.get("email"), participant[0])))
        try:
            time = _time(cells["time"], language)
        except ValueError:
            raise UsageError(
                f"{path}, line {number}: the time {cells['time']!r} is not understood; it is to be as Moodle writes "
                f"it in {_called(language)}, like {_EXAMPLES.get(language, '2 November 2026, 13:05')!r}."
            ) from None
        lines[participant[0]] = Line(Who(name or cells["identifier"], ids, name), time)
    taken = ", ".join(f"{titles[columns[what]]!r} is the {_WORDS[what]}" for what in _WORDS if what in columns)
    return Worksheet(f"{path.name} is read as {_called(language)}: {taken}.", lines, columns, rows, delimiter)


_WORDS = {"identifier": "participant", "name": "name", "number": "ID number", "email": "address",
          "time": "time of the hand-in"}  # fmt: skip
_EXAMPLES = {"en": "Monday, 2 November 2026, 1:05 PM", "de": "Montag, 2. November 2026, 13:05"}


def _columns(titles: list[str]) -> tuple[str, dict[str, int]]:
    """The language in which most titles are known, and what each column is for."""
    found = {language: dict(_known(titles, language)) for language in _TITLES}
    best = max(found, key=lambda language: ({"identifier", "time"} <= found[language].keys(), len(found[language])))
    return best, found[best]


def _known(titles: list[str], language: str) -> Any:
    for place, title in reversed(list(enumerate(titles))):  # so that of two with one title the first counts
        for what, called in _TITLES[language].items():
            if _plain(title) in map(_plain, called if isinstance(called, list) else [called]):
                yield what, place


def _plain(title: str) -> str:
    return title.strip().casefold().replace("’", "'")


def _called(language: str) -> str:
    return str(Locale.parse(language).get_display_name("en"))


def _languages() -> str:
    *names, last = sorted(map(_called, _TITLES))
    return f"{', '.join(names)} or {last}"


@cache
def _months(language: str) -> dict[str, int]:
    """A month's name, whole or shortened, in the forms that the language has -> its number."""
    return {
        name.casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, context, language).items()
    }


def _time(text: str, language: str = "en") -> datetime | None:
    """A time as Moodle writes it.

    >>> _time("Monday, 2 November 2026, 1:05 PM"), _time("2 November 2026, 13:05"), _time("-")
    (datetime.datetime(2026, 11, 2, 13, 5), datetime.datetime(2026, 11, 2, 13, 5), None)
    >>> _time("mercredi 2 février 2026, 13:05", "fr"), _time("segunda-feira, 14 set. 2026, 21:51", "pt_BR")
    (datetime.datetime(2026, 2, 2, 13, 5), datetime.datetime(2026, 9, 14, 21, 51))
    """
    if text in ("", "-"):
        return None
    found = _WRITTEN.search(text)
    month = _months(language).get(found["month"].casefold()) if found else None
    if found is None or month is None:
        raise ValueError(text)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] in "Pp")
    return datetime(int(found["year"]), month, int(found["day"]), hour, int(found["minute"]))
