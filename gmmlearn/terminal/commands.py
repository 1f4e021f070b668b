"""The commands of a student, which `cli.py` shows; what they do is in the files beside this one and in `checks/`.

What a command needs is imported when it runs, so that `gmmlearn --help` starts at once.
"""

import sys
from pathlib import Path
from typing import Any

import click

from ..contract import CHAPTERS, EXERCISES
from ..manifest import is_clone
from .group import Checked, Names
from .printing import print_lines, print_report, program, say

here = click.option(
    "--in", "folder", type=click.Path(path_type=Path), default=".", help="Folder of the notebooks, if not this one."
)
exercise_argument = click.argument("exercise", type=Names())


@click.command()
@click.argument("exercises", nargs=-1, type=Checked())
@click.option("--seconds", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Limit of a check.")
@here
def check(exercises: tuple[Any, ...], seconds: float, folder: Path) -> None:
    """Check EXERCISES, or all of them.

    Those of a bonus chapter are among all once they are begun. `project` is the project of chapter 8.

    The status is 0 when all pass and 1 when one does not. Questions about the project change no status.
    """
    from .. import checks
    from ..calls import Status
    from ..checks.checking import PROJECT
    from . import kit as kits

    kit = kits.find(folder)
    if PROJECT in exercises:
        from ..project.checking import report_on_notebook

        click.echo(str(report_on_notebook(kit.notebooks, kit.root)))
        exercises = tuple(one for one in exercises if one != PROJECT)
        if not exercises:
            return
    reports = []
    for one in exercises or EXERCISES.values():
        reports.append(checks.check(one.name, folder=kit.package, seconds=seconds))
        if reports[-1].status is Status.INTERRUPTED:
            raise click.Abort
    if exercises:
        for report in reports:
            print_report(report)
    else:
        reports = [one for one in reports if not EXERCISES[one.name].bonus or one.status is not Status.NOT_STARTED]
        _print_overview(reports)
        say(str(checks.progress(folder=kit.package)).splitlines()[0])
    if not all(report.passed for report in reports):
        sys.exit(1)


def _print_overview(reports: list[Any]) -> None:
    """A line for each exercise, and the first report on one that was begun and does not pass."""
    from ..calls import Status

    print_lines(("row", str(report).splitlines()[0]) for report in reports)
    begun = [one for one in reports if not one.passed and one.status is not Status.NOT_STARTED]
    if begun:
        click.echo()
        print_report(begun[0])
    click.echo()


@click.command()
@click.argument("exercise", type=Names(), required=False)
@here
def watch(exercise: Any, folder: Path) -> None:
    """Check an exercise whenever you save a file."""
    from . import kit as kits
    from . import watch as watching

    def show(state: watching.Watch) -> None:
        click.clear()
        print_lines(state.screen())

    watching.run(watching.Watch.of(kits.find(folder), exercise), show)


@click.command()
@exercise_argument
@click.option(
    "--level",
    type=click.IntRange(1, 4),
    help="1 a question, 2 the idea, 3 the shape of the code, 4 a relative, solved.",
)
@here
def hint(exercise: Any, level: int | None, folder: Path) -> None:
    """Give the next hint on EXERCISE."""
    from .. import checks
    from . import kit as kits

    click.echo(checks.hint(exercise.name, level=level, where=kits.find(folder).package.parent))


@click.command()
@exercise_argument
@click.option("--now", is_flag=True, help="Before your function passes; the record notes it.")
@here
def reference(exercise: Any, now: bool, folder: Path) -> None:
    """Show other ways to write EXERCISE.

    Your function and others that do the same are shown side by side, with their times.
    """
    from .. import checks
    from . import kit as kits

    click.echo(checks.reference(exercise.name, now=now, folder=kits.find(folder).package))


@click.command()
@exercise_argument
@here
def compare(exercise: Any, folder: Path) -> None:
    """Time your function beside a library's.

    It has to pass its check first. The inputs grow.
    """
    from .. import checks
    from . import kit as kits

    say(str(checks.compare(exercise.name, folder=kits.find(folder).package)))


@click.command()
@click.option("--again", is_flag=True, help="Check what has changed since it was checked.")
@here
def progress(again: bool, folder: Path) -> None:
    """Show what is done and what is next."""
    from .. import checks
    from . import kit as kits

    say(str(checks.progress(again=again, folder=kits.find(folder).package)))


@click.command()
@exercise_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@here
def hunt(exercise: Any, file: Path | None, folder: Path) -> None:
    """Try your tests on a dozen wrong functions.

    They should catch all of them.

    FILE is Python. Each function in it whose name begins with `test` takes the function to be tested. Without FILE the
    tests in gmmlearn/hunts.py are tried whose names begin with `test_` and the name of the exercise.
    The status is 0 when all wrong functions are caught and 1 when one is not.
    """
    from .. import hunting
    from . import kit as kits

    tests = hunting.tests_in(file) if file else []
    found = hunting.hunt(exercise.name, *tests, where=kits.find(folder).root)
    click.echo(str(found))
    if found.problem or found.missed:
        sys.exit(1)


@click.command()
@click.argument("chapter", type=click.Choice(list(CHAPTERS)), required=False, metavar="[CHAPTER]")
@here
def recall(chapter: str | None, folder: Path) -> None:
    """Ask again what you missed before.

    These are at most three questions; where you missed nothing, they are on what is hardest. With CHAPTER they are
    about chapters at least two before it. Where no answers can be typed, the questions are shown.
    """
    from . import asking
    from . import kit as kits

    asking.run(kits.find(folder).root, chapter, click.echo, _choice if sys.stdin.isatty() else None)


def _choice(n_choices: int) -> int | None:
    """What somebody types for one of so many choices, from 0; None for nothing."""

    def choice(typed: str) -> int | None:
        if not typed.strip():
            return None
        if typed.strip() in map(str, range(1, n_choices + 1)):
            return int(typed) - 1
        raise click.BadParameter(f"{typed!r} is not a choice; type a number from 1 to {n_choices}, or only Enter.")

    return click.prompt(f"1 to {n_choices}, or Enter to skip", default="", show_default=False, value_proc=choice)


@click.command()
@click.argument("term", nargs=-1)
def glossary(term: tuple[str, ...]) -> None:
    """Say what TERM means, or list all terms."""
    from ..glossary import glossary as find
    from ..glossary import terms

    if term:
        say(str(find(" ".join(term))))
    else:
        click.echo("\n".join(terms()))


@click.command()
@exercise_argument
@here
def reset(exercise: Any, folder: Path) -> None:
    """Put the stub of EXERCISE back.

    A copy of the file as it was is kept.
    """
    from . import kit as kits

    copy = kits.reset(exercise, kits.find(folder))
    kept = f" The file as it was is in {copy}." if copy else " There was no file, so all of it was restored."
    say(f"{exercise.name} in {exercise.file} is a stub again.{kept}")


@click.command()
@click.option("--name", help="Name of the zip, as your teacher knows you; by default that of your account.")
@click.option("--yes", is_flag=True, help="Do not ask when something is unfinished.")
@here
def submit(name: str | None, yes: bool, folder: Path) -> None:
    """Make the zip that you hand in.

    What is in it and what is unfinished is shown first.
    """
    from . import hand_in
    from . import kit as kits

    kit = kits.find(folder)
    for inside, file in hand_in.contents(kit).items():
        click.echo(f"  {file.stat().st_size / 1024:7.1f} kB  {inside}")
    reports = hand_in.unfinished(kit)
    if reports:
        asked = hand_in.asked(kit) | {report.name for report in reports}
        click.echo(f"\n{len(reports)} of {len(asked)} exercises do not pass the public checks:")
        print_lines(("row", f"  {str(report).splitlines()[0]}") for report in reports)
    if reports and not yes and sys.stdin.isatty() and not click.confirm("Make the zip all the same?", default=True):
        click.echo("No zip was made.")
        return
    made = hand_in.make(kit, name or hand_in.name_of_account())
    if made.missing:
        say(f"Without the notebooks {', '.join(made.missing)}, which are not in {kit.root.resolve()}.")
    say(f"{made.path} is ready to be handed in. Your teacher's system runs other checks as well.")
    if not name:
        say("Its name is that of your account; if your teacher knows you by another, give that as `--name NAME`.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--update", "updating", is_flag=True, help="Bring the copy in FOLDER up to this version of the course.")
def start(folder: Path, updating: bool) -> None:
    """Make your copy of the course in FOLDER.

    It has the notebooks, and the files that you write in.
    """
    from . import student_copy

    if not updating:
        student_copy.start(folder)
        say(f"Your copy of the course is in {folder}. Open it with: {program()} lab {folder}")
        return
    done = student_copy.update(folder)
    said = (
        (done.saved, "You had run or changed these files of the course; they are kept as"),
        (done.kept, "Yours, left as they are:"),
        (done.beside, "The course's new form of your notebooks is beside them:"),
    )
    if done.written or done.beside:
        say(f"From version {done.before} to {done.after}: {len(done.written)} files are new or changed.")
    else:
        say(f"Your copy is up to date: it is version {done.after}.")
    for names, sentence in said:
        if names:
            say(f"{sentence} {', '.join(names)}")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[FOLDER] [JUPYTER OPTIONS]")
def lab(words: tuple[str, ...]) -> None:
    """Open JupyterLab in FOLDER, or here.

    The notebooks and the files that you write in are both in sight.
    """
    from . import lab as jupyter

    folder, options = (words[0], words[1:]) if words and not words[0].startswith("-") else (".", words)
    if is_clone(Path(folder)):
        say(jupyter.CLONE)
    jupyter.run(Path(folder), options)


COMMANDS = (check, watch, hint, reference, compare, progress, hunt, recall, glossary, reset, submit, start, lab)
