"""A verdict as people read it: the table in a terminal, and in a graded notebook the function and its panel."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ...calls import Status
from ...checks.reporting.build import CANNOT_RUN, where_to_read
from ...checks.reporting.drawing import render, visible
from ...checks.reporting.report import CODE_ROWS, STATUS_WORDS, Report
from ...contract import CHAPTERS, EXERCISES
from .verdict import ExerciseVerdict, Verdict

_MARKS = {Status.PASSED: ("✓", "green"), Status.NOT_STARTED: ("·", "dim")}
_INPUTS = "The grade uses inputs that were drawn for you alone."
_EXAMPLE = "The inputs of the example were drawn for this page."
TEMPLATES = Path(__file__).with_name("templates")
_CODE_ROWS = CODE_ROWS | {"Example", "Got", "Expected"}


def table(verdict: Verdict) -> Table:
    """The verdict as a table: one line an exercise, what to fix in words, the sum at the end."""
    view = Table(box=None, pad_edge=False, show_footer=True, expand=False)
    view.add_column("", footer="")
    view.add_column("Exercise", no_wrap=True, footer="Sum")
    view.add_column("Status", no_wrap=True)
    view.add_column("Points", justify="right", no_wrap=True, footer=f"{verdict.points:g} / {verdict.max_points:g}")
    view.add_column("", overflow="fold", footer="" if verdict.sandbox else "judged WITHOUT a sandbox")
    chapter = None
    for name, exercise in verdict.exercises.items():
        entry = EXERCISES[name]
        if entry.module != chapter:
            chapter = entry.module
            view.add_row("", Text(f"{entry.chapter} {CHAPTERS[chapter]}", style="bold"))
        mark, colour = _MARKS.get(exercise.status, ("✗", "red"))
        said = "" if exercise.status is Status.PASSED else exercise.message
        view.add_row(
            Text(mark, style=colour),
            f"{entry.number} {name}",
            Text(exercise.status.value, style=colour),
            f"{exercise.points:g} / {exercise.max_points:g}",
            Text(visible(said)),
        )
    return view


def panel(name: str, exercise: ExerciseVerdict, points: float, worth: float, left_out: Sequence[str] = ()) -> str:
    """The verdict on one exercise as HTML for its cell, drawn like the panel of `check`; all text is escaped.

    `left_out` says what of the submission was not read; an exercise that failed may have failed for that.
    """
    entry = EXERCISES[name]
    rows = [("Judged", f"{points:g} of {worth:g} points")]
    if exercise.status is Status.NOT_STARTED:
        rows.append(("Next", exercise.message.removeprefix("Not written yet. ")))
    elif exercise.status is not Status.PASSED:
        rows.append(("Why", exercise.message))
    wrong = [test for test in exercise.tests if not test.passed]
    if wrong and len(wrong) < len(exercise.tests):
        rows.append(("Passed", ", ".join(test.name for test in exercise.tests if test.passed)))
    others = {test.name: test.message for test in wrong if test.message not in (None, exercise.message)}
    rows += [("Also", f"{test}: {message}") for test, message in others.items()]
    if exercise.example:
        shown = dict(exercise.example.rows)
        if "Got" in shown or shown["Result"] in exercise.message:
            del shown["Result"]
        rows += [("Example", exercise.example.lines), *shown.items()]
    if exercise.status is not Status.PASSED:
        rows += [("Left out", sentence) for sentence in left_out[:3] if sentence not in exercise.message]
        rows.append(("Read", where_to_read(entry)))
    headline = STATUS_WORDS[exercise.status].headline
    if exercise.status is Status.PASSED:
        headline = "passed all hidden tests"
    if exercise.status is Status.ERROR and (not exercise.tests or "cannot be imported" in exercise.message):
        headline = CANNOT_RUN
    notes = (_INPUTS, _EXAMPLE) if exercise.example else (_INPUTS,)
    report = Report(entry.number, name, exercise.status, headline, tuple(rows), notes)
    return render("panel", report=report, code_rows=_CODE_ROWS)


def by_hand(judged: float, worth: float, given: float | None, extra: float | None) -> str:
    """What a teacher set by hand beside a verdict, as HTML; empty where nothing was.

    >>> "Judged 1 of 3; your teacher gave 2.5." in by_hand(1, 3, 2.5, None)
    True
    """
    if given is None and not extra:
        return ""
    words = [] if given is None else [f"gave {given:g}"]
    if extra:
        words.append(f"added {extra:g}, so the score is {(judged if given is None else given) + extra:g}")
    text = f"Judged {judged:g} of {worth:g}; your teacher {' and '.join(words)}."
    return render("by_hand", TEMPLATES, text=text)
