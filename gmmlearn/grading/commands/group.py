"""The group `gmmlearn class`, and the arguments that its commands share."""

import os
from pathlib import Path

import click


@click.group(name="class")
def class_group() -> None:
    """Make and look after a class that nbgrader grades."""


course_argument = click.argument("folder", type=click.Path(path_type=Path), default=".")
assignment_option = click.option(
    "--assignment", default="", metavar="NAME", help="Which one, where the class has several."
)
students_option = click.option(
    "--student", "students", multiple=True, metavar="ID", help="This one only; may be repeated."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="Submissions at a time."
)
