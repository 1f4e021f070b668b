"""`gmmlearn class teach`: pages for the person in front of the class."""

from pathlib import Path

import click

from .group import class_group


@class_group.command(name="teach")
@click.argument("folder", type=click.Path(path_type=Path))
def teach(folder: Path) -> None:
    """Write a page and a slide for each chapter into FOLDER: what goes wrong, what to ask, what to cut.

    The pages hold the solutions to the predictions; they are not in a student's copy.
    """
    from ..classroom.teaching import write

    for path in write(folder):
        click.echo(path)
