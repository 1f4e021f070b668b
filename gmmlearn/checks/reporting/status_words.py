"""The sign and the words for every way in which an exercise can end."""

from dataclasses import dataclass

from ...calls import Status


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How one status is shown.

    Attributes
    ----------
    sign : str
        A character, so that a colour is not needed.
    state : str
        In a table, about the function: `"takes too long"`.
    headline : str
        In a report, about the check: `"took too long"`.
    tone : str
        `"good"`, `"bad"` or `"neutral"`: which colour goes with it.
    """

    sign: str
    state: str
    headline: str
    tone: str


STATUS_WORDS = {
    Status.PASSED: StatusWords("✓", "done", "passed all public checks", "good"),
    Status.WRONG: StatusWords("✗", "wrong", "not right yet", "bad"),
    Status.NOT_STARTED: StatusWords("○", "not started", "not written yet", "neutral"),
    Status.ERROR: StatusWords("✗", "stops with an exception", "stopped with an exception", "bad"),
    Status.TIMEOUT: StatusWords("✗", "takes too long", "took too long", "bad"),
    Status.OUT_OF_MEMORY: StatusWords("✗", "uses too much memory", "used too much memory", "bad"),
    Status.CRASHED: StatusWords("✗", "ends Python", "ended the Python process", "bad"),
    Status.MALFORMED: StatusWords("✗", "returns nothing usable", "returned nothing usable", "bad"),
    Status.INTERRUPTED: StatusWords("–", "interrupted", "interrupted", "neutral"),
}


CHANGED = StatusWords("○", "changed since", "changed since it was checked", "neutral")
"""Of an exercise whose function is another one now than when it was checked."""
