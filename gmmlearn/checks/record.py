"""What a student has reached so far, kept between runs in `.gmmlearn/progress.json` beside the code that was checked.

So a notebook, a terminal, a copied notebook and `gmmlearn watch` see one record, wherever each of them runs.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from .. import atomic
from ..calls import Status
from ..contract import EXERCISES, REQUIRED, Exercise
from .dependencies import state

FILE = Path(".gmmlearn") / "progress.json"


@dataclass(frozen=True)
class Record:
    """How the last check of every exercise ended, and what else was done.

    Attributes
    ----------
    statuses : mapping of str to Status
        Those that were checked.
    hints : mapping of str to int
        Level of the last hint.
    states : mapping of str to str
        The state of the function that was checked, as `dependencies.state` gives it.
    answers : mapping of str to tuple of int
        Question of a quiz or prediction -> the first choice, and the latest where that was not the only one; from 0.
    shown : mapping of str to str
        Exercise whose reference was shown -> `"passed"` when it passed before, `"asked"` when it did not.
    caught : mapping of str to int
        Exercise -> the most wrong functions that tests of the student's have caught in one hunt.
    mistakes : mapping of str to tuple of str
        Exercise -> the known mistakes that its checks have named, each once.
    recall : mapping of str to tuple of (str, int)
        Question that comes back -> the day of its last miss or success, and how often it was right since it was missed.
    asked : mapping of str to tuple of int
        Question that `recall` asked on the last of `days` -> the first choice and the latest of that day, if any.
    project : mapping of str to object
        What the last check of the project saw: `"reproduced"` of `"claims"` numbers, and the names of the `"traps"`.
    days : tuple of str
        The days on which the record was written, as `2026-03-01`: the sessions of work.
    changed : frozenset of str
        Exercises whose function is another one now than when it was checked; found on reading, not kept.
    """

    statuses: Mapping[str, Status] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    caught: Mapping[str, int] = field(default_factory=dict)
    mistakes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recall: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    asked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    project: Mapping[str, Any] = field(default_factory=dict)
    days: tuple[str, ...] = field(default=(), compare=False)
    changed: frozenset[str] = frozenset()

    def status(self, name: str) -> Status:
        """Of one exercise when it was checked; not started when it never was."""
        return self.statuses.get(name, Status.NOT_STARTED)

    def having(self, name: str, status: Status, state: str = "") -> "Record":
        """With another status of one exercise, of which this is the state of the function."""
        return replace(
            self,
            statuses={**self.statuses, name: status},
            states={**self.states, name: state},
            changed=self.changed - {name},
        )

    def hinted(self, name: str, level: int) -> "Record":
        """With another level of hint for one exercise."""
        return replace(self, hints={**self.hints, name: level})

    def answered(self, question: str, choice: int) -> "Record":
        """With one more choice for a question."""
        before = self.answers.get(question, ())
        if before[-1:] == (choice,):
            return self
        return replace(self, answers={**self.answers, question: (*before[:1], choice)})

    def naming(self, name: str, mistake: str) -> "Record":
        """With a known mistake that the check of an exercise has named."""
        before = self.mistakes.get(name, ())
        return self if mistake in before else replace(self, mistakes={**self.mistakes, name: (*before, mistake)})

    def on(self, day: str) -> "Record":
        """As it is on a day, which counts as a session from now on; what was asked before is no longer asked."""
        return self if self.days[-1:] == (day,) else replace(self, days=(*self.days, day), asked={})

    def seen(self, name: str) -> "Record":
        """With the reference of an exercise shown; what the first time was like stays."""
        how = "passed" if self.status(name) is Status.PASSED and name not in self.changed else "asked"
        return replace(self, shown={name: how, **self.shown})

    def having_caught(self, name: str, number: int) -> "Record":
        """With the result of one more hunt; the best stays."""
        return replace(self, caught={**self.caught, name: max(number, self.caught.get(name, 0))})

    @property
    def passed(self) -> list[Exercise]:
        """The exercises that pass, as the function is now."""
        return [
            exercise
            for name, exercise in EXERCISES.items()
            if self.status(name) is Status.PASSED and name not in self.changed
        ]

    @property
    def points(self) -> int:
        """Of the required exercises that pass, on the public checks; a bonus is not among the 100 points."""
        return sum(exercise.points for exercise in self.passed if not exercise.bonus)

    @property
    def following(self) -> Exercise | None:
        """The first required exercise that does not pass yet."""
        return next((exercise for exercise in REQUIRED.values() if exercise not in self.passed), None)

    @property
    def bonus_begun(self) -> bool:
        """Whether an exercise of a bonus chapter was written and checked."""
        bonus = (name for name, exercise in EXERCISES.items() if exercise.bonus)
        return any(self.status(name) is not Status.NOT_STARTED for name in bonus)

    def to_json(self) -> dict[str, Any]:
        """As builtins that `json` writes; `from_json` reads them back."""
        return {
            "exercises": {name: one.value for name, one in self.statuses.items()},
            "states": dict(self.states),
            "hints": dict(self.hints),
            "answers": {question: list(choices) for question, choices in self.answers.items()},
            "shown": dict(self.shown),
            "caught": dict(self.caught),
            "mistakes": {name: list(those) for name, those in self.mistakes.items()},
            "recall": {question: list(stage) for question, stage in self.recall.items()},
            "asked": {question: list(choices) for question, choices in self.asked.items()},
            "project": dict(self.project),
            "days": list(self.days),
        }

    @classmethod
    def from_json(cls, data: Any) -> "Record":
        """What `to_json` wrote; anything else in the file is left out.

        >>> Record.from_json({"exercises": {"assign": "passed", "dance": "passed", "fit": 3}}).points
        3
        """
        words = {status.value: status for status in Status}
        return cls(
            statuses={
                name: words[value]
                for name, value in _by_exercise(data, "exercises")
                if isinstance(value, str) and value in words
            },
            hints={name: level for name, level in _by_exercise(data, "hints") if level in (1, 2, 3, 4)},
            states={name: digest for name, digest in _by_exercise(data, "states") if isinstance(digest, str)},
            answers={question: choices for question, choices in _choices(data, "answers") if choices},
            shown={name: how for name, how in _by_exercise(data, "shown") if how in ("passed", "asked")},
            caught={name: n for name, n in _by_exercise(data, "caught") if type(n) is int and n >= 0},
            mistakes={name: _texts(those) for name, those in _by_exercise(data, "mistakes")},
            recall={
                question: (stage[0], stage[1])
                for question, stage in _entries(data, "recall")
                if isinstance(stage, list) and [type(part) for part in stage] == [str, int]
            },
            asked=dict(_choices(data, "asked")),
            project=_project(data),
            days=_texts(data.get("days") if isinstance(data, dict) else None),
        )


def _entries(data: Any, key: str) -> Iterable[tuple[str, Any]]:
    part = data.get(key) if isinstance(data, dict) else None
    return part.items() if isinstance(part, dict) else ()


def _by_exercise(data: Any, key: str) -> Iterable[tuple[str, Any]]:
    return ((name, value) for name, value in _entries(data, key) if name in EXERCISES)


def _choices(data: Any, key: str) -> Iterable[tuple[str, tuple[int, ...]]]:
    return (
        (question, tuple(choices))
        for question, choices in _entries(data, key)
        if isinstance(choices, list) and all(type(choice) is int for choice in choices)
    )


def _project(data: Any) -> Mapping[str, Any]:
    found = dict(_entries(data, "project"))
    numbers = {name: found.get(name) for name in ("reproduced", "claims")}
    if not all(type(number) is int and number >= 0 for number in numbers.values()):
        return {}
    return {**numbers, "traps": list(_texts(found.get("traps")))}


def _texts(those: Any) -> tuple[str, ...]:
    return tuple(one for one in those if isinstance(one, str)) if isinstance(those, list) else ()


def load(folder: Path, package: Path | None = None) -> Record:
    """The record of a folder; an empty one where there is none or its file is broken.

    With the folder of the student's modules it knows what has changed since.
    """
    try:
        record = Record.from_json(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return Record()
    if package is None:
        return record
    changed = (name for name in record.statuses if record.states.get(name) != state(name, package))
    return replace(record, changed=frozenset(changed))


def today() -> str:
    """The day, as the record has it."""
    return date.today().isoformat()


def save(record: Record, folder: Path) -> bool:
    """Write the record in one step, so that an interruption leaves the old one; False where the folder is read-only.

    The day counts as a session.
    """
    record = record.on(today())
    path = folder / FILE
    temporary = None
    try:
        path.parent.mkdir(exist_ok=True)
        # Under a name of its own, as a notebook and `gmmlearn watch` may write at the same time.
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".progress-", suffix=".tmp", delete=False
        ) as file:
            temporary = file.name
            json.dump(record.to_json(), file, indent=1)
        atomic.replace(temporary, path)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        return False
    return True


def summary(record: Record) -> str:
    """The whole record in words."""
    n_passed = sum(not exercise.bonus for exercise in record.passed)
    following = record.following
    then = f"next: {following.number} {following.name}" if following else "that is all of them"
    words = f"{n_passed} of {len(REQUIRED)} exercises, {record.points} of 100 points on the public checks; {then}"
    if not record.bonus_begun:
        return words
    return f"{words}; bonus: {len(record.passed) - n_passed} of {len(EXERCISES) - len(REQUIRED)}"
