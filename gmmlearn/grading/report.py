"""A verdict as people read it: the table in a terminal and the panel in a graded notebook."""

from html import escape

from rich.table import Table
from rich.text import Text

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.grading.verdict import ExerciseVerdict, Status, Verdict

_MARKS = {Status.PASSED: ("✓", "green"), Status.NOT_STARTED: ("·", "dim")}
_PANEL = (
    '<div role="group" aria-label="{name}: {said}" style="border-left: 4px solid {colour}; padding: 0.4em 0.9em; '
    "margin: 0.3em 0; max-width: 50em; font-family: var(--jp-ui-font-family, sans-serif); "
    'color: var(--jp-ui-font-color1, #1a1a1a)">'
    "<strong>{mark} {number} {name}: {said}</strong> · {points:g} of {max_points:g} points{message}{tests}</div>"
)


def table(verdict: Verdict) -> Table:
    """The verdict as a table: one line an exercise, what to mend in words, the sum at the end."""
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
            Text(said),
        )
    return view


def panel(name: str, exercise: ExerciseVerdict) -> str:
    """The verdict on one exercise as HTML for its cell; all text is escaped, some of it is a stranger's."""
    passed = exercise.status is Status.PASSED
    message = "" if passed else f'<p style="margin: 0.4em 0">{escape(exercise.message)}</p>'
    items = "".join(
        f"<li>{'passed' if test.passed else 'not passed'}: {escape(test.name)}"
        f"{'' if test.message in (None, exercise.message) else ' – ' + escape(test.message or '')}</li>"
        for test in exercise.tests
    )
    tests = f"<details><summary>{len(exercise.tests)} hidden tests</summary><ul>{items}</ul></details>" if items else ""
    return _PANEL.format(
        name=escape(name),
        number=EXERCISES[name].number,
        said=exercise.status.value.replace("-", " "),
        mark="✓" if passed else "✗",
        colour="#009E73" if passed else "#D55E00",
        points=exercise.points,
        max_points=exercise.max_points,
        message=message,
        tests=tests,
    )
