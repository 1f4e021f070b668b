"""`gmmlearn judge`: one submission, without nbgrader."""

import json
import os
from pathlib import Path

import click
from rich.console import Console

from ...contract import EXERCISES, REQUIRED
from ...errors import UsageError
from .group import needs_linux


@click.command(name="judge")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Judge this one only; may be repeated.")
@click.option("--seed", type=int, help="Draw the hidden inputs from this number.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--no-sandbox", is_flag=True, help="Run the code with your own rights. Only for code that you trust.")
def judge_command(folder: Path, exercises: tuple[str, ...], seed: int | None, as_json: bool, no_sandbox: bool) -> None:
    """Judge FOLDER/gmmlearn/*.py with the hidden tests.

    Inside a class, FOLDER is submitted/STUDENT/ASSIGNMENT, and the hidden inputs are those of the student.
    """
    needs_linux()  # before what is loaded next, some of which is for Linux only
    from ..judge import verdict_report
    from ..judge.judging import judge, seed_of

    unknown = [name for name in exercises if name not in EXERCISES]
    if unknown:
        raise UsageError(f"There is no exercise {unknown[0]!r}. They are: {', '.join(EXERCISES)}.")
    _must_be_a_submission(folder)
    if seed is None:
        seed = _seed_in_class(folder)
    if seed is None:
        seed = seed_of(b"", folder.resolve().name)
    verdict = judge(folder, exercises or tuple(REQUIRED), seed=seed, sandbox=not no_sandbox)
    if as_json:
        click.echo(json.dumps(verdict.to_json(), indent=1))
        return
    console = Console()
    console.print(verdict_report.table(verdict))
    for sentence in verdict.remarks:
        console.print(sentence, markup=False)
    console.print(f"[dim]seed {verdict.seed}, submission {verdict.submission[:12]}[/dim]")


def _must_be_a_submission(folder: Path) -> None:
    """Say which folder was probably meant, where it is one too high or too low."""
    if not folder.is_dir() or os.path.lexists(folder / "gmmlearn"):
        return
    whole = folder.resolve()
    above = [parent.parent for parent in (whole, *whole.parents[:2]) if parent.name == "gmmlearn"]
    below = sorted({path.parent for depth in ("*", "*/*") for path in folder.glob(f"{depth}/gmmlearn")})
    meant = [os.path.relpath(path) for path in [*above[:1], *below]]
    if not meant:
        raise UsageError(f"{folder} holds no folder gmmlearn: give the folder that was handed in.")
    several = ", ".join(meant[:3]) + (f" or one of {len(meant) - 3} more" if len(meant) > 3 else "")
    raise UsageError(f"{folder} holds no folder gmmlearn. Do you mean {several}?")


def _seed_in_class(folder: Path) -> int | None:
    """The seed of a student, where the folder is one of a class: submitted/STUDENT/ASSIGNMENT."""
    from ..nbgrader import store

    whole = folder.resolve()
    if whole.parent.parent.name != "submitted":
        return None
    student, course = whole.parent.name, whole.parents[2]
    if not all((course / name).is_file() for name in ("nbgrader_config.py", store.SECRET_FILE)):
        return None
    click.echo(f"With the seed of {student} in the class {course}.", err=True)
    return store.seed_in_class(course, student)
