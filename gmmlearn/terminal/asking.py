"""The questions of `gmmlearn recall`, one after the other."""

from collections.abc import Callable
from pathlib import Path

from ..checks import record
from ..checks.questions import verdict
from ..checks.recall import draw, expected, noted, pool
from ..checks.reporting.drawing import WIDTH, wrapped


def run(
    folder: Path,
    chapter: str | None,
    say: Callable[[str], object],
    choose: Callable[[int], int | None] | None,
) -> None:
    """Ask what is not answered yet today; say whether it was right and why, and what comes next.

    Parameters
    ----------
    folder : Path
        Where the record is.
    chapter : str or None
        As for `draw`.
    say : callable
        Shows a line.
    choose : callable or None
        Called with the number of choices, it returns one of them from 0, or None to skip; None where nobody can answer.
    """
    known = draw(record.load(folder), record.today(), chapter)
    record.save(known, folder)
    open_questions = [key for key, choices in known.asked.items() if not choices]
    for number, key in enumerate(open_questions, start=1):
        question = pool()[key]
        say("\n" + _hanging(f"{number} of {len(open_questions)}  ", question["question"]))
        for place, answer in enumerate(question["answers"], start=1):
            say(_hanging(f"  {place}  ", answer["answer"]))
        choice = choose(len(question["answers"])) if choose else None
        if choice is None:
            continue
        say(_hanging("", verdict(question["answers"][choice])))
        known = noted(record.load(folder), key, choice, record.today())
        record.save(known, folder)
    if open_questions and not choose:
        say("\n" + _hanging("", "To answer, run this in a terminal in which you can type."))
    elif not open_questions:
        say("Today's questions are answered." if known.asked else "There is nothing to recall today.")
    then = expected(known, record.today())
    if then:
        say(_hanging("", then))


def _hanging(begin: str, text: str) -> str:
    """A text as broad as the terminal, whose further lines are below its own beginning."""
    first, *more = wrapped(text, WIDTH - len(begin))
    return "\n".join([begin + first, *(" " * len(begin) + line for line in more)])
