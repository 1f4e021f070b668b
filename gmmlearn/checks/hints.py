"""Hints in three levels, all in `hints.toml`: a question, the idea, the shape of the code. Then a worked relative."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..contract import Exercise
from .relatives import RELATIVES, source_of
from .reporting.drawing import render, wrapped
from .wording import how_to

PATH = Path(__file__).with_name("hints.toml")
N_LEVELS = 3
RELATIVE = N_LEVELS + 1
"""After the last hint: another function, solved."""


@dataclass(frozen=True)
class Hint:
    """One hint; shows itself in a notebook and in a terminal.

    Attributes
    ----------
    number, name : str
        Of the exercise.
    level : int
        1 to 3, or 4 for the relative.
    text : str
        A sentence or two, or lines of code.
    more : str
        How to go on from here.
    """

    number: str
    name: str
    level: int
    text: str
    more: str = ""

    @property
    def title(self) -> str:
        """Which hint it is."""
        if self.level == RELATIVE:
            return f"{self.number} {self.name}: a relative of it, solved"
        return f"{self.number} {self.name}: hint {self.level} of {N_LEVELS}"

    @property
    def is_code(self) -> bool:
        """Whether the text is lines of code, as the last hint and the relative are."""
        return self.level >= N_LEVELS

    def __str__(self) -> str:
        body = self.text.splitlines() if self.is_code else wrapped(self.text, 92)
        more = wrapped(self.more, 92)
        return "\n".join(f"  {line}" if place else line for place, line in enumerate([self.title, *body, *more]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return render("hint", hint=self)


@cache
def all_hints() -> dict[str, list[str]]:
    """Exercise -> its three hints; the lines of the first two are joined, the third stays as it is written."""
    entries = tomllib.loads(PATH.read_text("utf-8"))
    written = {name: entry["hints"] for name, entry in entries.items()}
    return {
        name: [" ".join(text.split()) for text in texts[: N_LEVELS - 1]]
        + [text.strip("\n") for text in texts[N_LEVELS - 1 :]]
        for name, texts in written.items()
    }


def levels(exercise: Exercise) -> int:
    """How many levels an exercise has."""
    return RELATIVE if exercise.name in RELATIVES else N_LEVELS


def read(exercise: Exercise, level: int) -> Hint:
    """One hint of an exercise, or its relative."""
    text = source_of(exercise.name) if level == RELATIVE else all_hints()[exercise.name][level - 1]
    again = how_to("hint", exercise.name, level=1)
    if level < N_LEVELS:
        more = f"`{how_to('hint', exercise.name)}` gives a stronger one."
    elif level < levels(exercise):
        more = (
            f"This is the last hint; `{how_to('hint', exercise.name)}` shows another function that needs the same "
            f"step, solved. `{again}` shows the first again. The formulas are in {exercise.notebook}."
        )
    else:
        now = how_to("reference", exercise.name, now=True)
        more = (
            f"`{again}` shows the first hint again. When your function passes, `{how_to('reference', exercise.name)}` "
            f"shows other ways to write it; `{now}` shows them before, and the record notes that."
        )
    return Hint(exercise.number, exercise.name, level, text, more)
