"""`gmmlearn dev`, for those who carry on the work."""

import click

from ..errors import GmmlearnError


@click.group()
def dev() -> None:
    """For those who carry on the work."""


@dev.command(name="check")
def prove() -> None:
    """Prove the course: stubs, solutions, mistakes, hints, notebooks, names, files."""
    from .proof import proof

    problems = 0
    for title, found in proof():
        click.echo(f"{'✗' if found else '✓'} {title}")
        for problem in found:
            click.echo(f"    {problem}")
        problems += len(found)
    if problems:
        raise GmmlearnError(f"{problems} things to fix.")


@dev.command()
def answers() -> None:
    """Build the answer key of the public checks anew."""
    from .answers import write

    click.echo(write())


@dev.command()
@click.option("--practice", is_flag=True, help="Only those of practice.")
@click.option("--grading", is_flag=True, help="Only those that grade, against the ones of practice as they are.")
def bugs(practice: bool, grading: bool) -> None:
    """Choose the wrong functions of the bug hunt anew, for practice and for grading (takes minutes)."""
    from . import bugs as made

    if practice or not grading:
        click.echo(made.write())
    if grading or not practice:
        click.echo(made.write_grading())


@dev.command(name="glossary")
def write_glossary() -> None:
    """Write the notebook of the glossary anew."""
    from ..glossary import NOTEBOOK, notebook
    from ..private import ROOT

    (ROOT / "course" / NOTEBOOK).write_text(notebook(), encoding="utf-8", newline="\n")


@dev.command()
@click.argument("name")
@click.option("--chapter", required=True, help="Module of the chapter, e_step for example.")
def new(name: str, chapter: str) -> None:
    """Lay out what a new exercise NAME needs, in every file; `gmmlearn dev check` says what is missing."""
    from .new import lay_out

    for line in lay_out(name, chapter):
        click.echo(line)


COMMANDS = {"dev": dev}
