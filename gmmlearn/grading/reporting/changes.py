"""What has changed in a class: read from the log of verdicts, in which each new verdict is a line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ...contract import EXERCISES
from ..nbgrader.store import CHANGES_FILE


@dataclass(frozen=True, slots=True)
class Change:
    """One student on the last date.

    Attributes
    ----------
    student : str
        Id.
    before : float or None
        Sum of the points before that date; None if there was no verdict.
    after : float
        Sum of the points since.
    up, down : tuple of str
        Exercises that gained or lost points.
    """

    student: str
    before: float | None
    after: float
    up: tuple[str, ...]
    down: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """The log of an assignment.

    Attributes
    ----------
    attempts : dict of str to int
        Student -> number of hand-ins that were judged.
    last, previous : date or None
        The last date in the log and the one before it, in UTC.
    changes : list of Change
        Of the last date, those who lost most first.
    new_tests : bool
        Whether the hidden tests changed between the two dates.
    unreadable : int
        Lines that could not be read, as a run that was killed may leave one.
    """

    attempts: dict[str, int] = field(default_factory=dict)
    last: date | None = None
    previous: date | None = None
    changes: list[Change] = field(default_factory=list)
    new_tests: bool = False
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    time: datetime
    student: str
    submission: str
    tests: Any
    old: dict[str, float] | None
    new: dict[str, float]

    @classmethod
    def read(cls, text: str) -> "_Line":
        entry = json.loads(text)
        time = datetime.fromisoformat(entry["time"])
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        old = None if entry["old"] is None else _points(entry["old"])
        handed_in, tests = str(entry.get("submission")), entry.get("tests")
        return cls(time, str(entry["student"]), handed_in, tests, old, _points(entry["new"]))


def read(folder: Path, worth: Mapping[str, float]) -> History:
    """The log in a folder of verdicts; an empty history where there is none.

    Parameters
    ----------
    folder : Path
        With the verdicts of the assignment.
    worth : mapping of str to float
        Exercise -> its points in the class, in which the changes are told.

    Returns
    -------
    History
    """
    path = folder / CHANGES_FILE
    if not path.exists():
        return History()
    lines, unreadable = [], 0
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            lines.append(_Line.read(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            unreadable += bool(text.strip())
    if not lines:
        return History(unreadable=unreadable)
    lines.sort(key=lambda line: line.time)
    distinct: dict[str, set[str]] = {}
    for line in lines:
        distinct.setdefault(line.student, set()).add(line.submission)
    last = lines[-1].time.date()
    before = [line for line in lines if line.time.date() < last]
    tests = [json.dumps(line.tests, sort_keys=True) for line in (*before[-1:], lines[-1])]
    return History(
        attempts={student: len(handed_in) for student, handed_in in distinct.items()},
        last=last,
        previous=before[-1].time.date() if before else None,
        changes=_changes([line for line in lines if line.time.date() == last], worth),
        new_tests=len(set(tests)) > 1,
        unreadable=unreadable,
    )


def _changes(lines: list[_Line], worth: Mapping[str, float]) -> list[Change]:
    """From the first and the last verdict of each student on one date; those without a difference are left out."""
    first: dict[str, _Line] = {}
    last: dict[str, _Line] = {}
    for line in lines:
        first.setdefault(line.student, line)
        last[line.student] = line
    found = []
    for student, line in last.items():
        old, new = first[student].old, line.new
        up = tuple(name for name in worth if old is not None and new.get(name, 0.0) > old.get(name, 0.0))
        down = tuple(name for name in worth if old is not None and new.get(name, 0.0) < old.get(name, 0.0))
        if old is None or up or down:
            before = None if old is None else _in_class(old, worth)
            found.append(Change(student, before, _in_class(new, worth), up, down))
    return sorted(found, key=lambda one: (one.before is None, one.after - (one.before or 0.0), one.student))


def _points(entry: Any) -> dict[str, float]:
    return {str(name): float(points) for name, points in entry.items()}


def _in_class(points: Mapping[str, float], worth: Mapping[str, float]) -> float:
    """Points of a verdict as the class counts them."""
    return round(sum(points.get(name, 0.0) / EXERCISES[name].points * most for name, most in worth.items()), 2)
