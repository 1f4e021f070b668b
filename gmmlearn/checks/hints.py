"""Hints in three levels, all in `hints.toml`: a question, the idea, the shape of the code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from ..contract import Exercise
from . import panel
from .ways import way

PATH = Path(__file__).with_name("hints.toml")
N_LEVELS = 3


@dataclass(frozen=True)
class Hint:
    """One hint; shows itself in a notebook and in a terminal."""

    number: str
    name: str
    level: int
    text: str

    @property
    def title(self) -> str:
        """Which hint it is, and whether there are more."""
        more = f"; `{way('hint', self.name)}` gives the next" if self.level < N_LEVELS else ", the last"
        return f"{self.number} {self.name}, hint {self.level} of {N_LEVELS}{more}"

    def __str__(self) -> str:
        body = self.text.splitlines() if self.level == N_LEVELS else panel.wrapped(" ".join(self.text.split()), 92)
        return "\n".join([self.title, *(f"  {line}" for line in body)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        shape = f"{panel.MONO};margin:0;white-space:pre-wrap;color:{panel.INK};background:none"
        body = (
            f'<pre style="{shape}">{escape(self.text)}</pre>'
            if self.level == N_LEVELS
            else f'<p style="margin:0">{panel.code(self.text)}</p>'
        )
        return panel.frame(self.title.replace("`", ""), "#0072B2", panel.heading(panel.code(self.title)) + body)


@cache
def all_hints(path: Path = PATH) -> dict[str, list[str]]:
    """Exercise -> its three hints; the lines of the first two are joined, the third stays as it is written."""
    entries = tomllib.loads(path.read_text("utf-8"))
    written = {name: entry["hints"] for name, entry in entries.items()}
    return {
        name: [" ".join(text.split()) for text in texts[: N_LEVELS - 1]]
        + [text.strip("\n") for text in texts[N_LEVELS - 1 :]]
        for name, texts in written.items()
    }


def read(exercise: Exercise, level: int) -> Hint:
    """One hint of an exercise."""
    return Hint(exercise.number, exercise.name, level, all_hints()[exercise.name][level - 1])
