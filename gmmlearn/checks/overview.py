"""The answer of `progress`: the record as a table, in a notebook and in a terminal."""

from dataclasses import dataclass
from html import escape

from ..contract import CHAPTERS, EXERCISES
from . import panel
from .outcome import SIGNS, WORDS
from .record import Record, summary


@dataclass(frozen=True)
class Progress:
    """The answer of `progress`: the record as a table, in a notebook and in a terminal."""

    record: Record

    def __str__(self) -> str:
        lines = [f"{panel.bar(self.record.points, 100)} {summary(self.record)}"]
        for number, (module, title) in enumerate(CHAPTERS.items(), start=1):
            own = [exercise for exercise in EXERCISES.values() if exercise.module == module]
            points = sum(exercise.points for exercise in own if exercise in self.record.passed)
            lines.append(f"\n{number} {title}: {points} of {sum(exercise.points for exercise in own)} points")
            for exercise in own:
                outcome = self.record.outcome(exercise.name)
                word = f"{SIGNS[outcome]} {WORDS[outcome]}"
                lines.append(f"  {exercise.number} {exercise.name:24} {exercise.points:2} points   {word}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        left, right = "text-align:left;padding:.1em 1.2em .1em 0", "text-align:right;padding:.1em 1.2em .1em 0"
        head = f'<th scope="col" style="{left}">Exercise</th><th scope="col" style="{right}">Points</th>'
        head += f'<th scope="col" style="{left}">State</th>'
        body = ""
        for number, (module, title) in enumerate(CHAPTERS.items(), start=1):
            own = [exercise for exercise in EXERCISES.values() if exercise.module == module]
            points = sum(exercise.points for exercise in own if exercise in self.record.passed)
            body += (
                f'<tr style="background:none"><th colspan="3" scope="rowgroup" style="{left};padding-top:.7em">'
                f"{number} {escape(title)}: {points} of {sum(exercise.points for exercise in own)} points</th></tr>"
            )
            for exercise in own:
                outcome = self.record.outcome(exercise.name)
                body += (
                    f'<tr style="background:none"><td style="{left}">{exercise.number} {exercise.name}</td>'
                    f'<td style="{right}">{exercise.points}</td>'
                    f'<td style="{left}">{panel.sign(outcome)} {WORDS[outcome]}</td></tr>'
                )
        return panel.frame(
            "Progress",
            "transparent",
            f'<p style="margin:.2em 0">{panel.bar_html(self.record.points)} {escape(summary(self.record))}</p>'
            f'<table style="border-collapse:collapse;margin:0;font-size:inherit;color:{panel.INK}">'
            f'<thead><tr style="background:none">{head}</tr></thead><tbody>{body}</tbody></table>',
        )
