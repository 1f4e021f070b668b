"""`gmmlearn judge`: one submission, without nbgrader."""

import json
from pathlib import Path

import click
from rich.console import Console

from ...contract import EXERCISES
from ...errors import UsageError
from ..judge import verdict_report
from ..judge.judging import judge, seed_of
from .group import needs_linux


@click.command(name="judge")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Judge this one only; may be repeated.")
@click.option("--seed", type=int, help="Draw the hidden inputs from this number.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--no-sandbox", is_flag=True, help="Run the code with your own rights. Only for code that you trust.")
def judge_command(folder: Path, exercises: tuple[str, ...], seed: int | None, as_json: bool, no_sandbox: bool) -> None:
    """Judge what lies in FOLDER/gmmlearn/*.py with the hidden tests."""
    needs_linux()
    unknown = [name for name in exercises if name not in EXERCISES]
    if unknown:
        raise UsageError(f"There is no exercise {unknown[0]!r}. They are: {', '.join(EXERCISES)}.")
    if seed is None:
        seed = seed_of(b"", folder.resolve().name)
    verdict = judge(folder, exercises or tuple(EXERCISES), seed=seed, sandbox=not no_sandbox)
    if as_json:
        click.echo(json.dumps(verdict.to_json(), indent=1))
        return
    console = Console()
    console.print(verdict_report.table(verdict))
    console.print(f"[dim]seed {verdict.seed}, submission {verdict.submission[:12]}[/dim]")
