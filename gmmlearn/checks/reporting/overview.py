"""The answer of `progress`: the record as a table, in a notebook and in a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...contract import CHAPTERS, Exercise, exercises_of
from ..record import Record, summary
from .panel import bar
from .status_words import STATUS_WORDS, StatusWords


@dataclass(frozen=True)
class Chapter:
    """One chapter in the table: its title with the points, and its exercises with their states."""

    title: str
    exercises: tuple[tuple[Exercise, StatusWords], ...]


@dataclass(frozen=True)
class Progress:
    """The answer of `progress`."""

    record: Record

    @property
    def summary(self) -> str:
        """The whole record in words."""
        return summary(self.record)

    @property
    def chapters(self) -> Iterator[Chapter]:
        """The chapters in order."""
        for number, (module, title) in enumerate(CHAPTERS.items(), start=1):
            own = exercises_of(module)
            points = sum(exercise.points for exercise in own if exercise in self.record.passed)
            states = tuple((exercise, STATUS_WORDS[self.record.status(exercise.name)]) for exercise in own)
            yield Chapter(f"{number} {title}: {points} of {sum(one.points for one in own)} points", states)

    def __str__(self) -> str:
        lines = [f"{bar(self.record.points, 100)} {self.summary}"]
        for chapter in self.chapters:
            lines.append(f"\n{chapter.title}")
            for exercise, words in chapter.exercises:
                state = f"{words.sign} {words.state}"
                lines.append(f"  {exercise.number} {exercise.name:24} {exercise.points:2} points   {state}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from .templates import render

        return render("progress", progress=self)
