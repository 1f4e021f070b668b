"""`gmmlearn class collect`."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from ...errors import GmmlearnError
from ..collecting.names import Origin
from .group import assignment_option, class_group, class_path, for_those_who_may_read

ATTEMPTS = ("last-before-deadline", "best-before-deadline", "last", "first")
"""Those of `deadlines.Attempt`, which is imported when the command runs."""


@class_group.command(name="collect")
@click.argument("folder", type=class_path, callback=for_those_who_may_read)
@click.argument("downloads", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@assignment_option
@click.option(
    "--from",
    "origin",
    type=click.Choice([one.value for one in Origin]),
    default="auto",
    show_default=True,
    help="Whose names.",
)
@click.option(
    "--attempt", type=click.Choice(ATTEMPTS), default=ATTEMPTS[0], show_default=True,
    help="Which of several hand-ins of a student counts; the best is found by judging them.",
)  # fmt: skip
@click.option(
    "--deadline", default="", metavar="TIME", help="Like '2026-11-02 23:59'; if not given, that of `class due`."
)
@click.option(
    "--roster", "roster_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Who is in the class; roster.csv in FOLDER if it is there.",
)  # fmt: skip
@click.option(
    "--worksheet", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Moodle's grading worksheet, which has the names and the times of the hand-ins.",
)  # fmt: skip
@click.option("--cells", is_flag=True, help="Take functions that are only in cells of a notebook.")
def collect(
    folder: Path,
    downloads: tuple[Path, ...],
    assignment: str,
    origin: str,
    attempt: str,
    deadline: str,
    roster_file: Path | None,
    worksheet: Path | None,
    cells: bool,
) -> None:
    """Collect the hand-ins in DOWNLOADS, as Moodle, Canvas, Blackboard, GitHub Classroom or people give them.

    DOWNLOADS are folders and archives. The submission is found by content, wherever it is in a hand-in. One line is
    printed for each hand-in that needs a look, and at the end a sum that adds up. The status is 0 when all are
    collected.
    """
    from ..classroom import attempts, collecting, roster
    from ..classroom.assignment import Assignment
    from ..collecting import worksheet as worksheets
    from ..nbgrader import deadlines

    found = Assignment.find(folder, assignment)
    people = roster.read(found.course, roster_file)
    sheet = worksheets.read(worksheet) if worksheet else None
    known = deadlines.find(found.course, found.name)
    if deadline:
        known = replace(known, due=deadlines.parsed(deadline, known.zone))
    settings = attempts.CollectSettings(Origin(origin), deadlines.Attempt(attempt), known, cells)
    console, counts, loose = Console(highlight=False, soft_wrap=True), Counter(), 0
    if sheet:
        console.print(sheet.said, markup=False)
    for row in collecting.collect_each(found, downloads, settings, people, sheet.lines if sheet else None):
        if row.student:
            counts[row.status] += 1
        else:
            loose += 1
        is_in = row.status in (collecting.Status.COLLECTED, collecting.Status.UNCHANGED)
        state = "" if is_in or not row.student else row.status.value
        for remark in row.remarks:
            console.print(": ".join(filter(None, (row.student, state, remark))), markup=False)
    _sum_up(counts, loose, bool(people))


def _sum_up(counts: Counter, loose: int, with_roster: bool) -> None:
    from ..classroom.collecting import Status

    collected = counts[Status.COLLECTED] + counts[Status.UNCHANGED]
    parts = [f"{collected} collected", f"{counts[Status.MISSING]} missing", f"{counts[Status.UNREAD]} unread"]
    if not with_roster:
        parts.pop(1)
    n_students = collected + counts[Status.MISSING] + counts[Status.UNREAD]
    click.echo(f"{n_students} {'in the roster' if with_roster else 'found'}: {', '.join(parts)}.")
    if collected:
        news = counts[Status.COLLECTED]
        click.echo(f"{news} of them new or changed." if news else "Nothing has changed.")
    amiss = [
        f"{number} {what}"
        for number, what in (
            (counts[Status.MISSING], "missing"),
            (counts[Status.UNREAD], "unread"),
            (counts[Status.STRANGER], "not in the roster"),
            (loose, "of nobody"),
        )
        if number
    ]
    if amiss:
        raise GmmlearnError(f"Not collected: {', '.join(amiss)}; see above for each.")
