"""What was missed comes back: one session later, three sessions after that, and seven after that.

A session is a day on which the record was written. What is missed is a question whose first choice was wrong, or a
known mistake that a check named; what comes back is a question of `quizzes/<chapter>.recall.json` whose `about` lists
it. Everything here turns one record into the next; nothing reads a clock or a file but the questions.
"""

from collections import defaultdict
from dataclasses import replace
from functools import cache

from ..contract import CHAPTERS, EXERCISES
from ..errors import UsageError
from .questions import Question, every, is_right, named
from .record import Record

SPACING = (1, 3, 7)
"""How many sessions after it was missed, and after each right answer, a question comes back."""
MOST, FEWEST = 3, 2
"""How many questions a session has at most, and at least where something can be asked."""
NEVER = 10**6
"""More sessions than anybody has."""
APART = 2
"""How many chapters before it the last is that the head of a chapter asks about."""


@cache
def pool() -> dict[str, Question]:
    """All questions that can come back, chapter by chapter.

    >>> {len(question["answers"]) for question in pool().values()} <= {3, 4}
    True
    """
    return {key: question for chapter in CHAPTERS for key, question in named(chapter, "recall").items()}


@cache
def about() -> dict[str, tuple[str, ...]]:
    """What can be missed -> the questions that come back for it, of its own chapter first; one of the pool itself.

    >>> about()["fit-old-means"]
    ('em/stale-means', 'm_step/smallest')
    """
    found = defaultdict(list)
    for key, question in pool().items():
        for what in (key, *question["about"]):
            found[what].append(key)
    return {
        what: tuple(sorted(keys, key=lambda key: not key.startswith(_chapter(what)))) for what, keys in found.items()
    }


def _chapter(what: str) -> str:
    exercise = EXERCISES.get(what.partition("-")[0])
    return exercise.module if exercise else what.partition("/")[0]


def missed(record: Record, what: str, day: str) -> Record:
    """With a question to come back for what was missed: another one than before where there is another.

    Parameters
    ----------
    record : Record
    what : str
        Name of a question or of a known mistake; of those that no question is about, nothing comes back.
    day : str
        Of the miss.
    """
    keys = about().get(what, ())
    stages = {key: record.recall[key][1] if key in record.recall else -1 for key in keys}
    if not keys or 0 in stages.values():  # it is on its way already
        return record
    return _at_stage(record, min(keys, key=stages.__getitem__), day, 0)


def noted(record: Record, name: str, choice: int, day: str) -> Record:
    """With one more choice for a question, wherever it was asked; only a first choice tells what somebody knows.

    Parameters
    ----------
    record : Record
    name : str
        Of the question; the mixed quiz puts `mixed-0/` before it.
    choice : int
        From 0.
    day : str
    """
    record = record.on(day)
    is_first = name not in record.answers
    record = record.answered(name, choice)
    key = name.partition("/")[2] if name.startswith("mixed-") else name
    right = key not in every() or is_right(every()[key], choice)
    if name not in record.asked:
        return missed(record, key, day) if is_first and not right else record
    before = record.asked[name]
    record = replace(record, asked={**record.asked, name: (*before[:1], choice)})
    if before:
        return record
    if not right:
        return _at_stage(record, name, day, 0)
    return _at_stage(record, name, day, record.recall[name][1] + 1) if _left(record, name, day) <= 0 else record


def draw(record: Record, day: str, chapter: str | None = None) -> Record:
    """With the questions of this session in `asked`: what is due, and else the hardest that were never answered.

    Parameters
    ----------
    record : Record
    day : str
        Called again on the same day it keeps what was asked, and adds to it as long as there are less than `MOST`.
    chapter : str, optional
        At whose head they are asked: then they are about chapters at least two before it, and what was missed there
        need not wait for the next session.

    Raises
    ------
    UsageError
        When there is no such chapter.
    """
    chapters = list(CHAPTERS)
    if chapter not in (None, *chapters):
        raise UsageError(f"No chapter is called {chapter!r}; there are {', '.join(chapters)}.")
    record = record.on(day)
    at = chapters.index(chapter or (record.following.module if record.following else chapters[-1]))
    others = [key for key in pool() if key not in record.asked]
    early = [key for key in others if key.partition("/")[0] in chapters[: max(0, at - APART + 1)]]

    def is_wanted(key: str) -> bool:
        return _left(record, key, day) <= 0 or bool(chapter and record.recall.get(key, ("", -1))[1] == 0)

    due = [key for key in (early if chapter else others) if is_wanted(key)]
    due.sort(key=lambda key: (_left(record, key, day), -pool()[key]["difficulty"]))
    chosen = [*record.asked, *due[: max(0, MOST - len(record.asked))]]
    hardest = [key for key in early if key not in record.answers and key not in chosen]
    hardest.sort(key=lambda key: -pool()[key]["difficulty"])
    chosen += hardest[: max(0, FEWEST - len(chosen))]
    return replace(record, asked={key: record.asked.get(key, ()) for key in chosen})


def expected(record: Record, day: str) -> str:
    """What is due now and what comes later, in one sentence; empty where nothing is.

    >>> expected(missed(Record(), "fit-old-means", "2026-03-01"), "2026-03-01")
    'The next question comes back on your next day of work here.'
    """
    waits = [left for key in pool() if (left := _left(record, key, day)) < NEVER]
    n_due = sum(wait <= 0 for wait in waits)
    if n_due:
        n_later = len(waits) - n_due
        later = f", {n_later} come{'s' * (n_later == 1)} later" if n_later else ""
        return f"{n_due} question{' is' if n_due == 1 else 's are'} due to come back{later}."
    if not waits:
        return ""
    sessions = min(waits)
    later = f"in {sessions} days, counting only those on which you work here"
    return f"The next question comes back {'on your next day of work here' if sessions == 1 else later}."


def _left(record: Record, key: str, day: str) -> int:
    """In how many sessions a question is due, 0 or less where it is."""
    since, stage = record.recall.get(key, ("", len(SPACING)))
    if key not in record.recall or stage >= len(SPACING):
        return NEVER
    return SPACING[stage] - len({one for one in (*record.days, day) if one > since})


def _at_stage(record: Record, key: str, day: str, stage: int) -> Record:
    return replace(record, recall={**record.recall, key: (day, stage)})
