"""The answer of `check`, as plain data that is complete when it is made; and the words for how an exercise can end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...calls import Status
from .drawing import WIDTH, bar, render, visible, wrapped
from .excerpts import Grid

CODE_ROWS = frozenset(["Called", "Line", "Printed"])
"""Words of the rows whose text is code or output, not a sentence."""

Row = tuple[str, str | Grid]
"""A word, and what belongs to it."""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How one status is shown.

    Attributes
    ----------
    sign : str
        A character, so that a colour is not needed.
    state : str
        In a table, about the function: `"takes too long"`.
    headline : str
        In a report, about the check: `"took too long"`.
    tone : str
        `"good"`, `"bad"` or `"neutral"`: which colour goes with it.
    """

    sign: str
    state: str
    headline: str
    tone: str


STATUS_WORDS = {
    Status.PASSED: StatusWords("✓", "done", "passed all public checks", "good"),
    Status.WRONG: StatusWords("✗", "wrong", "not right yet", "bad"),
    Status.NOT_STARTED: StatusWords("○", "not started", "not written yet", "neutral"),
    Status.ERROR: StatusWords("✗", "stops with an error", "stopped with an exception", "bad"),
    Status.TIMEOUT: StatusWords("✗", "takes too long", "took too long", "bad"),
    Status.OUT_OF_MEMORY: StatusWords("✗", "uses too much memory", "used too much memory", "bad"),
    Status.CRASHED: StatusWords("✗", "ends Python", "ended the Python process", "bad"),
    Status.MALFORMED: StatusWords("✗", "returns nothing usable", "returned nothing usable", "bad"),
    Status.INTERRUPTED: StatusWords("–", "interrupted", "interrupted", "neutral"),
}

CHANGED = StatusWords("○", "changed since", "changed since it was checked", "neutral")
"""Of an exercise whose function is another one now than when it was checked."""


@dataclass(frozen=True)
class Report:
    """The answer of `check`: shows itself as a panel in a notebook and as text in a terminal.

    Attributes
    ----------
    number, name : str
        Of the exercise, `"4.1"` and `"responsibilities"`.
    status : Status
    headline : str
        The result in one line.
    rows : tuple of (str, str or Grid)
        A word and what belongs to it: what was called, what was got and expected, why, where to read.
    notes : tuple of str
        Sentences below.
    standing : str
        Where the student is in the course, one line under a passed check; with it `points` so far.
    points : int
    mistakes : tuple of str
        Ids of the known mistakes that it may be: one, or two that nothing tried tells apart.
    inputs : dict
        The arguments of the call that is shown, to try it by hand: `responsibilities(**report.inputs)`.
    printed : str
        All that the function printed, in all calls.
    """

    number: str
    name: str
    status: Status
    headline: str
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    standing: str = ""
    points: int = 0
    mistakes: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether all public checks hold."""
        return self.status is Status.PASSED

    @property
    def mistake(self) -> str | None:
        """Id of the one known mistake that it is."""
        return self.mistakes[0] if len(self.mistakes) == 1 else None

    @property
    def title(self) -> str:
        """The exercise and its result.

        >>> Report("4.2", "assign", Status.WRONG, "not right yet").title
        '4.2 assign: not right yet'
        """
        return f"{self.number} {self.name}: {self.headline}"

    @property
    def words(self) -> StatusWords:
        """The words for its status."""
        return STATUS_WORDS[self.status]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines for a terminal, each with its role: `"headline"`, `"row"` or `"note"`."""
        yield "headline", visible(f"{self.words.sign} {self.title}")
        width = max((len(word) for word, _ in self.rows), default=0)
        for word, content in self.rows:
            body = content.lines() if isinstance(content, Grid) else wrapped(content, WIDTH - width - 4)
            for i, line in enumerate(body):
                yield "row", f"  {word if i == 0 else '':{width}}  {line}"
        notes = [*self.notes, f"{bar(self.points, 100)} {self.standing}"] if self.standing else self.notes
        for note in notes:
            for line in wrapped(note, WIDTH - 2):
                yield "note", f"  {line}"

    def __str__(self) -> str:
        return "\n".join(line for _, line in self.lines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return render("panel", report=self, code_rows=CODE_ROWS)
