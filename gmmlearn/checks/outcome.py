"""How a check ends, and the word and the sign for it."""

from enum import Enum


class Outcome(Enum):
    """How a check ended; the value is the word in the student's record."""

    PASSED = "passed"
    WRONG = "wrong"
    ERROR = "error"
    NOT_STARTED = "not-started"


SIGNS = {Outcome.PASSED: "✓", Outcome.WRONG: "✗", Outcome.ERROR: "✗", Outcome.NOT_STARTED: "○"}
WORDS = {
    Outcome.PASSED: "done",
    Outcome.WRONG: "wrong",
    Outcome.ERROR: "stops with an exception",
    Outcome.NOT_STARTED: "not started",
}
