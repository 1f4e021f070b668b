"""A call of a function of the contract, and what came of it.

The public check makes calls in the student's own process or in a copy of it (`performing.py`), the judge makes them in
a sandbox, and the answer key keeps them in a file; `encoding.py` is their one encoding. All three use these types, so
that a value looks the same to the comparators wherever it was made. Nothing here knows what a right value is: these
files are in the sandbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Status(Enum):
    """How an exercise ended, in a check or when it was judged; the value is the word in JSON."""

    PASSED = "passed"
    WRONG = "wrong"
    NOT_STARTED = "not-started"
    ERROR = "error"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out-of-memory"
    CRASHED = "crashed"
    MALFORMED = "malformed"
    INTERRUPTED = "interrupted"


class Stopped(Exception):
    """A function gave no value and never will: its time was up, it was interrupted, or its process ended.

    Attributes
    ----------
    status : Status
    place : str
        The line that was being run, `"gmmlearn/em.py, line 31, in fit"`, where that is known.
    """

    def __init__(self, status: Status, text: str, place: str = "") -> None:
        super().__init__(text)
        self.status, self.place = status, place


@dataclass(frozen=True, slots=True)
class Seed:
    """Stands in the arguments of a call for `numpy.random.default_rng(value)`, made anew for every call."""

    value: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the required arguments in order, and the options by name."""

    arguments: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Items:
    """Several values in a tuple, a list or a named tuple, whose name is kept."""

    type_name: str
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FittedModel:
    """An estimator of scikit-learn, told by its class, its settings and its fitted attributes."""

    class_name: str
    settings: Mapping[str, Any]
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unusable:
    """A value that is neither a number, an array, a text nor a model; only the name of its type is known."""

    type_name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception of the student's code, as data.

    Attributes
    ----------
    classes : tuple of str
        Names of its class and of the bases of that.
    text : str
        Its message.
    file, line, function, source : str, int, str, str
        The student's own line that was being run: where it is and how it reads. Empty when no line is known.
    loading : bool
        Whether the import of the file raised, not the call.
    """

    classes: tuple[str, ...]
    text: str
    file: str = ""
    line: int = 0
    function: str = ""
    source: str = ""
    loading: bool = False

    @property
    def name(self) -> str:
        """Name of its class."""
        return self.classes[0] if self.classes else "an exception"

    @property
    def not_started(self) -> bool:
        """Whether it says that the function is still to be written."""
        return "NotImplementedError" in self.classes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one call.

    Attributes
    ----------
    value : object
        What the function returned, in the form that `decode` gives; None after a failure.
    failure : Failure or None
        Its exception.
    changed : tuple of str
        Names of the arguments whose bytes are not what they were.
    aliased : tuple of str
        Names of the arguments whose memory the result shares.
    seconds : float
        Wall time of the function alone.
    warnings : tuple of str
        What NumPy and others warned of while it ran.
    printed : str
        What it printed.
    """

    value: Any = None
    failure: Failure | None = None
    changed: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    printed: str = ""
