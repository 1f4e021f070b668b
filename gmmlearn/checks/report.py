"""The answer of `check`, as plain data; `panel.py` draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import panel
from .outcome import Outcome
from .shown import Grid


@dataclass(frozen=True)
class Report:
    """The answer of `check`: shows itself as a panel in a notebook and as text in a terminal.

    Attributes
    ----------
    number, name : str
        Of the exercise, `"4.1"` and `"responsibilities"`.
    outcome : Outcome
    headline : str
        The result in one line.
    rows : tuple of (str, str or Grid)
        A word and what belongs to it: what was called, what came, what was due, why, where to read.
    notes : tuple of str
        Sentences below.
    standing : str
        Where the student stands in the course, one line under a passed check; with it `points` so far.
    mistake : str or None
        Id of the known mistake that was recognised.
    inputs : dict
        The arguments of the call that is shown, to try it by hand: `responsibilities(**report.inputs)`.
    printed : str
        All that the function printed, in all calls.
    """

    number: str
    name: str
    outcome: Outcome
    headline: str
    rows: tuple[tuple[str, str | Grid], ...] = ()
    notes: tuple[str, ...] = ()
    standing: str = ""
    points: int = 0
    mistake: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether all public checks hold."""
        return self.outcome is Outcome.PASSED

    def __str__(self) -> str:
        return panel.text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return panel.html(self)
