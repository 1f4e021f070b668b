"""The report of a class as one page: no request to any host, all text escaped, sorted by an inline script."""

import base64
import hashlib
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from ...calls import Status
from ...checks.diagnosing.answer_key import sentences
from ...checks.reporting.drawing import environment
from ...checks.reporting.report import STATUS_WORDS
from ...contract import CHAPTERS, EXERCISES
from ..nbgrader import project
from .exports import objectives, safe
from .results import NOTEBOOKS, NUMBERS, TITLES, Result, Results, Student, graded_points
from .similar import ALIKE, HALF, Comparison, many

TEMPLATES = Path(__file__).with_name("templates")
MISTAKES = 5
"""Kinds of mistake that are shown of an exercise."""
PAIRS = 100
"""Pairs that are shown."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A way in which an exercise went wrong, and how many went wrong so."""

    count: int
    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """One exercise in the class, or the project, or the bug hunt.

    Attributes
    ----------
    number, name, title, objective, section : str
    worth : float
        Its points in the class.
    points : list of float
        Of all who were graded.
    not_begun : int
        How many left the stub as it was.
    mistakes : list of Mistake
        The most common.
    others : int
        How many made another one.
    """

    number: str
    name: str
    title: str
    objective: str
    section: str
    worth: float
    points: list[float]
    not_begun: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    others: int = 0

    @property
    def graded(self) -> int:
        """How many were graded."""
        return len(self.points)

    @property
    def full(self) -> int:
        """How many have all points."""
        return sum(each >= self.worth for each in self.points)

    @property
    def nothing(self) -> int:
        """How many have none."""
        return sum(each <= 0 for each in self.points)

    @property
    def share(self) -> float | None:
        """The mean, as a part of what it is worth; None where nobody was graded."""
        return sum(self.points) / self.worth / len(self.points) if self.points else None


def render(results: Results, comparison: Comparison, *, pseudonyms: bool = False) -> str:
    """The page.

    Parameters
    ----------
    results : Results
    comparison : Comparison
        Of the submissions with each other.
    pseudonyms : bool
        Whether the results are without names.

    Returns
    -------
    str
        HTML.
    """
    templates = environment(TEMPLATES)
    templates.filters |= {"number": safe, "heat": heat, "shown": shown}
    style, script = ((TEMPLATES / f"report.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    exercises = list(_exercises(results))
    totals = [student.total for student in results.students if student.total is not None]
    return templates.get_template("report.html.j2").render(
        results=results,
        students=results.students,
        points=results.assignment.points,
        numbers={name: EXERCISES[name].number for name in results.assignment.points} | NUMBERS,
        now=datetime.now(UTC),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; "
        "form-action 'none'",
        parts=results.parts,
        titles=TITLES,
        rerun=_rerun(results),
        traps=_traps(results),
        exercises=exercises,
        hardest=sorted(exercises, key=lambda one: (one.share is None, one.share, one.number)),
        totals=totals,
        mean=statistics.mean(totals) if totals else None,
        median=statistics.median(totals) if totals else None,
        bins=_bins(totals, results.max_points),
        groups=_groups(results),
        differing=list(_differing(results)),
        moved={
            name: [sum(name in getattr(change, way) for change in results.history.changes) for way in ("up", "down")]
            for name in results.assignment.points
        },
        pairs=comparison.pairs[:PAIRS],
        n_pairs=len(comparison.pairs),
        compared=comparison.n_submissions,
        many=many(comparison.n_submissions),
        alike=ALIKE,
        half=HALF,
        pseudonyms=pseudonyms,
    )


def shown(result: Result) -> str:
    """The text of a cell: the points, a dash for what was not begun, nothing where there are none.

    >>> shown(Result(points=2.5)), shown(Result(points=0.0, status=Status.NOT_STARTED)), shown(Result())
    ('2.5', '–', '')
    """
    if result.points is None:
        return ""
    if result.status is Status.NOT_STARTED and not result.points:
        return "–"
    return safe(result.points) + ("*" if result.by_hand else "")


def heat(result: Result, worth: float) -> str:
    """The class of a cell, for its colour: from `c0` for no points to `c4` for all.

    >>> heat(Result(points=1.0), 3.0), heat(Result(points=3.0), 3.0), heat(Result(), 3.0)
    ('c2', 'c4', '')
    """
    if result.points is None:
        return ""
    if result.status is Status.NOT_STARTED and not result.points:
        return "n"
    share = result.points / worth
    return "c4" if share >= 1 else f"c{1 + int(3 * share)}" if share > 0 else "c0"


def _hash(text: str) -> str:
    """A source of a content security policy: this inline text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _bins(totals: Sequence[float], most: float) -> list[tuple[str, int]]:
    """How many have how many points, in tenths of what can be had; full marks and more are the last."""
    tenth = most / 10
    counts = Counter(min(10, int(total / tenth + 1e-9)) for total in totals)
    words = [f"{safe(tenth * i)} to below {safe(tenth * (i + 1))}" for i in range(10)]
    return [(word, counts[i]) for i, word in enumerate([*words, f"{safe(most)} and more"])]


def _groups(results: Results) -> list[tuple[str, str, list[Student]]]:
    """Students that need a look: heading, what it means, who."""
    students = results.students
    return [
        ("No verdict", "Handed in, and could not be read or was not judged: `gmmlearn class grade` says why.",
         [one for one in students if one.handed_in and not one.judged]),
        ("Not begun", "Handed in, and no function is written.",
         [one for one in students if one.judged and not one.begun]),
        ("Not handed in", "In the roster, and nothing is there.",
         [one for one in students if one.in_roster and not one.handed_in]),
        ("Not in the roster", "Handed in, and not in `roster.csv`, so in no file for a learning management system.",
         [one for one in students if results.has_roster and not one.in_roster]),
        ("Waits for a grade", "Judged, and a part is not graded yet, so there is no total.",
         [one for one in students if one.judged and one.total is None]),
    ]  # fmt: skip


def _differing(results: Results) -> Iterator[tuple[Student, str, Result]]:
    """Where the gradebook counts something else than the verdict."""
    for student, name, _, result in results.rows():
        if result.by_hand or (result.judged is not None and abs((result.points or 0.0) - result.judged) > 0.005):
            yield student, name, result


def _exercises(results: Results) -> Iterator[ExerciseSummary]:
    told = objectives()
    for name, worth in results.parts.items():
        yield ExerciseSummary(
            number=NUMBERS[name],
            name=name,
            title=TITLES[name],
            objective=told[name],
            section=NOTEBOOKS[name],
            worth=worth,
            points=graded_points(student.parts[name] for student in results.students),
        )
    for name, worth in results.assignment.points.items():
        exercise = EXERCISES[name]
        found = [student.exercises[name] for student in results.students]
        mistakes = _mistakes(name, found)
        yield ExerciseSummary(
            number=exercise.number,
            name=name,
            title=f"Chapter {exercise.chapter}, {CHAPTERS[exercise.module]}",
            objective=told[name],
            section=results.sections[name],
            worth=worth,
            points=graded_points(found),
            not_begun=sum(result.status is Status.NOT_STARTED for result in found),
            mistakes=mistakes[:MISTAKES],
            others=sum(mistake.count for mistake in mistakes[MISTAKES:]),
        )


def _rerun(results: Results) -> list[tuple[int, str]]:
    """How many projects came to what when the declared model was fitted again."""
    found = [student.parts[project.GRADE_ID] for student in results.students if project.GRADE_ID in student.parts]
    words = {
        Status.PASSED: "all declared numbers reproduced",
        Status.WRONG: "a declared number not reproduced",
        Status.ERROR: "no declaration that can be fitted again",
    }
    counts = Counter(result.status for result in found)
    return [(counts[status], said) for status, said in words.items() if counts[status]]


def _traps(results: Results) -> list[tuple[int, str]]:
    """How many projects were asked about each trap, the most common first."""
    found = (student.parts[project.GRADE_ID] for student in results.students if project.GRADE_ID in student.parts)
    counts = Counter(name for result in found for name in result.mistake.split("; ") if name)
    return [(count, name) for name, count in counts.most_common()]


def _mistakes(name: str, found: Sequence[Result]) -> list[Mistake]:
    """Known mistakes with their sentences, and what else went wrong by its status; the most common first."""
    known = Counter(result.mistake for result in found if result.mistake)
    messages = {result.mistake: result.message for result in found if result.mistake}
    unknown = Counter(
        result.status for result in found if result.begun and result.status is not Status.PASSED and not result.mistake
    )
    all_of_them = [
        *(Mistake(count, sentences()[name].get(key) or messages[key] or key, True) for key, count in known.items()),
        *(
            Mistake(count, f"{STATUS_WORDS[status].state}, and no known mistake", False)
            for status, count in unknown.items()
            if status is not None
        ),
    ]
    return sorted(all_of_them, key=lambda mistake: (-mistake.count, not mistake.known, mistake.text))
