"""The answer of `check`, as plain data that is complete when it is made; `panel.py` draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...calls import Status
from .excerpts import Grid
from .panel import CODE_ROWS, lines
from .status_words import STATUS_WORDS

Row = tuple[str, str | Grid]
"""A word, and what belongs to it."""


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
    mistake : str or None
        Id of the known mistake that was recognised.
    mistakes : tuple of str
        Ids of those that it may be: that one, or two that nothing tried tells apart.
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
    mistake: str | None = None
    mistakes: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether all public checks hold."""
        return self.status is Status.PASSED

    @property
    def title(self) -> str:
        """The exercise and its result.

        >>> Report("4.2", "assign", Status.WRONG, "not right yet").title
        '4.2 assign: not right yet'
        """
        return f"{self.number} {self.name}: {self.headline}"

    def __str__(self) -> str:
        return "\n".join(line for _, line in lines(self))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from .templates import render

        return render("panel", report=self, words=STATUS_WORDS[self.status], code_rows=CODE_ROWS)
