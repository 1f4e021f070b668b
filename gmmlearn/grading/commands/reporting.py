"""`gmmlearn class report`."""

import time
from pathlib import Path

import click

from .group import assignment_option, class_group, course_argument


@class_group.command(name="report")
@course_argument
@assignment_option
@click.option("--pseudonyms", is_flag=True, help="Name nobody: a pseudonym for each student, the same in each report.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Folder for the report; made if not there.")
@click.option("--earlier", type=click.Path(path_type=Path), multiple=True,
              help="Compare with a class of an earlier year; may be repeated.")  # fmt: skip
@click.option("--column", default="", metavar="TEXT",
              help="Header of the grades in files for Moodle, Canvas and Blackboard, like 'gmm (4711)'.")  # fmt: skip
@click.option("--worksheet", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Moodle's grading worksheet, to be filled with the grades.")  # fmt: skip
def report(
    folder: Path,
    assignment: str,
    pseudonyms: bool,
    target: Path | None,
    earlier: tuple[Path, ...],
    column: str,
    worksheet: Path | None,
) -> None:
    """Write a page on the class, and its results as files for spreadsheets and gradebooks.

    The page shows who needs a look, the distribution, the hardest exercises, the common mistakes, and pairs of
    submissions that are alike. It needs nothing but a browser.
    """
    from ..classroom.assignment import Assignment
    from ..collecting import worksheet as worksheets
    from ..nbgrader import settings
    from ..reporting import writing

    began = time.monotonic()
    found = Assignment.find(folder, assignment)
    sheet = worksheets.read(worksheet) if worksheet else None
    written = writing.write(found, target, earlier=earlier, pseudonyms=pseudonyms, column=column, worksheet=sheet)
    unfinished = settings.unfinished(found.course)
    click.echo(
        "\n".join([*filter(None, [unfinished]), written.summary, *([sheet.said] if sheet else []), *written.remarks])
    )
    seconds = time.monotonic() - began
    click.echo(f"{written.folder / writing.PAGE}, and beside it {', '.join(written.files)}, in {seconds:.1f} s.")
    if pseudonyms:
        click.echo("Files for Moodle, Canvas and Blackboard need the ids, so they are not written with --pseudonyms.")
