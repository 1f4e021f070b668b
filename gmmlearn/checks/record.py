"""What a student has reached so far, kept between runs in `.gmmlearn/progress.json` of the folder they work in."""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..calls import Status
from ..contract import EXERCISES, Exercise

FILE = Path(".gmmlearn") / "progress.json"


@dataclass(frozen=True)
class Record:
    """How the last check of every exercise ended, and how many hints were shown.

    Attributes
    ----------
    statuses : mapping of str to Status
        Those that were checked.
    hints : mapping of str to int
        Level of the last hint.
    """

    statuses: Mapping[str, Status] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)

    def status(self, name: str) -> Status:
        """Of one exercise; not started when it was never checked."""
        return self.statuses.get(name, Status.NOT_STARTED)

    def having(self, name: str, status: Status) -> "Record":
        """With another status of one exercise."""
        return Record({**self.statuses, name: status}, self.hints)

    def hinted(self, name: str, level: int) -> "Record":
        """With another level of hint for one exercise."""
        return Record(self.statuses, {**self.hints, name: level})

    @property
    def passed(self) -> list[Exercise]:
        """The exercises that pass."""
        return [exercise for name, exercise in EXERCISES.items() if self.status(name) is Status.PASSED]

    @property
    def points(self) -> int:
        """Of the exercises that pass, on the public checks."""
        return sum(exercise.points for exercise in self.passed)

    @property
    def following(self) -> Exercise | None:
        """The first exercise that does not pass yet."""
        return next((one for name, one in EXERCISES.items() if self.status(name) is not Status.PASSED), None)

    def to_json(self) -> dict[str, Any]:
        """As builtins that `json` writes; `from_json` reads them back."""
        return {"exercises": {name: one.value for name, one in self.statuses.items()}, "hints": dict(self.hints)}

    @classmethod
    def from_json(cls, data: Any) -> "Record":
        """What `to_json` wrote; anything else in the file is left out.

        >>> Record.from_json({"exercises": {"assign": "passed", "dance": "passed", "fit": 3}}).points
        3
        """
        if not isinstance(data, dict):
            return cls()
        exercises, hints = (data.get(key) for key in ("exercises", "hints"))
        words = {status.value: status for status in Status}
        return cls(
            {
                name: words[value]
                for name, value in (exercises.items() if isinstance(exercises, dict) else ())
                if name in EXERCISES and isinstance(value, str) and value in words
            },
            {
                name: level
                for name, level in (hints.items() if isinstance(hints, dict) else ())
                if name in EXERCISES and level in (1, 2, 3)
            },
        )


def load(folder: Path) -> Record:
    """The record of a folder; an empty one where there is none or its file is broken."""
    try:
        return Record.from_json(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return Record()


def save(record: Record, folder: Path) -> bool:
    """Write the record in one step, so that an interruption leaves the old one; False where the folder is read-only."""
    path = folder / FILE
    temporary = None
    try:
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".progress-", suffix=".tmp", delete=False
        ) as file:
            temporary = file.name
            json.dump(record.to_json(), file, indent=1)
        _replace(temporary, path)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        return False
    return True


def _replace(temporary: str, path: Path) -> None:
    """`os.replace`, tried again where Windows refuses for the moment in which a virus scanner reads the old file."""
    for pause in (0.02, 0.1, 0.3):
        try:
            return os.replace(temporary, path)
        except PermissionError:
            time.sleep(pause)
    return os.replace(temporary, path)


def summary(record: Record) -> str:
    """The whole record in words."""
    n_passed = len(record.passed)
    following = record.following
    then = f"next: {following.number} {following.name}" if following else "that is all of them"
    return f"{n_passed} of {len(EXERCISES)} exercises, {record.points} of 100 points on the public checks; {then}"
