"""The answer of `progress`: the record as a table, in a notebook and in a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...contract import (
    BONUS,
    CHAPTERS,
    PROJECT_NOTEBOOK,
    PROJECT_NUMBER,
    Exercise,
    exercises_of,
    notebook_of,
    number_of,
)
from ..questions import standing
from ..recall import expected
from ..record import Record, summary, today
from ..wording import how_to
from .drawing import bar, render
from .report import CHANGED, STATUS_WORDS, StatusWords

IN_CLONE = (
    "This is the clone of the course, which a later version would overwrite: `gmmlearn start DIR` in a terminal makes "
    "a copy of your own."
)


@dataclass(frozen=True)
class Chapter:
    """One chapter in the table: its title with the points, its exercises with their states, its questions."""

    title: str
    questions: str
    exercises: tuple[tuple[Exercise, StatusWords], ...]


@dataclass(frozen=True)
class Progress:
    """The answer of `progress`; in a clone of the repository it says that work belongs in a copy."""

    record: Record
    in_clone: bool = False
    notebooks: frozenset[str] = frozenset()
    """Names of those beside the record."""

    @property
    def summary(self) -> str:
        """The whole record in words."""
        return summary(self.record)

    @property
    def chapters(self) -> Iterator[Chapter]:
        """The chapters in order; the project and a bonus where their notebooks are, or as soon as they are begun."""
        for module, title in CHAPTERS.items():
            if module in BONUS:
                yield from self._project()
                if not self.record.bonus_begun and notebook_of(module) not in self.notebooks:
                    continue
            own = exercises_of(module)
            points = sum(exercise.points for exercise in own if exercise in self.record.passed)
            states = tuple((exercise, self._words(exercise.name)) for exercise in own)
            kind = "bonus points" if module in BONUS else "points"
            heading = f"{number_of(module)} {title}: {points} of {sum(one.points for one in own)} {kind}"
            yield Chapter(heading, standing(module, self.record), states)

    def _project(self) -> Iterator[Chapter]:
        seen = self.record.project
        if not seen and PROJECT_NOTEBOOK not in self.notebooks:
            return
        if not seen:
            yield Chapter(
                f"{PROJECT_NUMBER} Project: not checked yet",
                f"`{how_to('check', 'project')}` reads your declaration and asks.",
                (),
            )
            return
        n, numbers = len(seen["traps"]), "no numbers declared"
        if seen["claims"]:
            numbers = f"{seen['reproduced']} of {seen['claims']} numbers reproduced"
        asked = f"open: {', '.join(seen['traps'])}" if n else "nothing was asked"
        yield Chapter(
            f"{PROJECT_NUMBER} Project: checked, {n} question{'' if n == 1 else 's'} open", f"{numbers}; {asked}", ()
        )

    def _words(self, name: str) -> StatusWords:
        return CHANGED if name in self.record.changed else STATUS_WORDS[self.record.status(name)]

    @property
    def notes(self) -> list[str]:
        """What there is to do: about functions that have changed since they were checked, about the place."""
        notes = []
        n = len(self.record.changed)
        if n:
            again = f"`{how_to('progress', again=True)}` checks {'it' if n == 1 else 'them'} again."
            notes.append(f"{n} function{' has' if n == 1 else 's have'} changed since the last check: {again}")
        comes_back = expected(self.record, today())
        if comes_back:
            notes.append(f"{comes_back} `{how_to('recall')}` asks what is due.")
        if self.in_clone:
            notes.append(IN_CLONE)
        return notes

    def remark(self, name: str) -> str:
        """Whether the reference was looked at before the exercise passed; how many bugs were caught."""
        parts = ["the reference was shown first"] if self.record.shown.get(name) == "asked" else []
        n_caught = self.record.caught.get(name)
        parts += [f"{n_caught} bug{'' if n_caught == 1 else 's'} caught"] if n_caught else []
        return ", ".join(parts)

    def __str__(self) -> str:
        lines = [f"{bar(self.record.points, 100)} {self.summary}"]
        for chapter in self.chapters:
            lines.append(f"\n{chapter.title}")
            for exercise, words in chapter.exercises:
                state = f"{words.sign} {words.state}"
                remark = f" ({self.remark(exercise.name)})" if self.remark(exercise.name) else ""
                lines.append(f"  {exercise.number} {exercise.name:24} {exercise.points:2} points   {state}{remark}")
            if chapter.questions:
                lines.append(f"  {chapter.questions}")
        return "\n".join([*lines, *(f"\n{note}" for note in self.notes)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return render("progress", progress=self)
