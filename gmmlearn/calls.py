"""A call of a function of the contract, what came of it, and the one encoding of both.

The public check makes calls in the student's own process or in a copy of it, the judge makes them in a sandbox, and
the answer key keeps them in a file. All three use these types and this encoding, so that a value looks the same to the
comparators wherever it was made. Nothing here knows what a right value is: this file lies in the sandbox.
"""

import linecache
import math
import time
import traceback
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

import numpy as np

from .errors import GmmlearnError

MAX_TEXT = 500
MAX_ITEMS = 16
MAX_BYTES = 16 * 2**20
_DTYPES = ("|b1", "<i8", "<f8", "<f4", "<f2")


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


class NotAValue(GmmlearnError):
    """Bytes or builtins that `encode` does not make: forged, broken or too large."""


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

    def to_plain(self) -> dict[str, Any]:
        """As builtins that JSON and MessagePack carry; `from_plain` reads them back."""
        return {
            "value": encode(self.value),
            "failure": asdict(self.failure) if self.failure else None,
            "changed": list(self.changed),
            "aliased": list(self.aliased),
            "seconds": self.seconds,
            "warnings": list(self.warnings),
            "printed": self.printed,
        }

    @classmethod
    def from_plain(cls, data: Any) -> "Outcome":
        """What `to_plain` made. Nothing in it is trusted: texts are cut, types and sizes are checked.

        Raises
        ------
        NotAValue
            When it was not made by `to_plain`.
        """
        try:
            failure = data["failure"]
            if failure is not None:
                texts = {name: _text(failure[name]) for name in ("text", "file", "function", "source")}
                classes = tuple(_text(name) for name in failure["classes"][:MAX_ITEMS])
                failure = Failure(classes, **texts, line=int(failure["line"]), loading=bool(failure["loading"]))
            names = {key: tuple(map(_text, data[key][:MAX_ITEMS])) for key in ("changed", "aliased", "warnings")}
            printed = data["printed"]
            if not isinstance(printed, str):
                raise NotAValue("a printed text that is not a text")
            return cls(decode(data["value"]), failure, **names, seconds=float(data["seconds"]), printed=printed)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise NotAValue(f"an outcome that is none ({type(error).__name__})") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotAValue("a text that is not a text")
    return value[:MAX_TEXT]


def perform(function: Callable[..., Any], call: Call, files: Collection[str] = ()) -> Outcome:
    """Make a call on fresh copies of its arguments and say what came of it.

    Parameters
    ----------
    function : callable
    call : Call
    files : collection of str
        Names of the student's files, to find the line of an exception; the function's own file counts always.

    Returns
    -------
    Outcome
        Any exception, `SystemExit` among them, becomes a `Failure`; an interrupt by the user stays one.

    Examples
    --------
    >>> perform(lambda x: x + 1, Call({"x": np.array([1.0])})).value
    array([2.])
    >>> perform(lambda x: x.pop(), Call({"x": np.array([1.0])})).failure.name
    'AttributeError'
    """
    given = {name: fresh(value) for name, value in {**call.arguments, **call.options}.items()}
    positional = [given[name] for name in call.arguments]
    keywords = {name: given[name] for name in call.options}
    arrays = {name: value for name, value in given.items() if isinstance(value, np.ndarray)}
    before = {name: (array.shape, array.dtype, array.tobytes()) for name, array in arrays.items()}
    value, failure, aliased = None, None, ()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        begin = time.perf_counter()
        try:
            raw = function(*positional, **keywords)
            seconds = time.perf_counter() - begin
            value = decode(encode(raw))
            aliased = tuple(name for name, array in arrays.items() if _shares_memory(raw, array))
        except (Exception, SystemExit) as error:
            seconds = time.perf_counter() - begin
            failure = failure_of(error, files, function)
    changed = tuple(name for name, a in arrays.items() if (a.shape, a.dtype, a.tobytes()) != before[name])
    warned = tuple(dict.fromkeys(str(one.message)[:MAX_TEXT] for one in caught))[:MAX_ITEMS]
    return Outcome(value, failure, changed, aliased, seconds, warned)


def fresh(value: Any) -> Any:
    """A copy of an argument that a function may spoil; a `Seed` becomes its generator, `Items` a tuple."""
    if isinstance(value, Seed):
        return np.random.default_rng(value.value)
    if isinstance(value, Items):
        return tuple(map(fresh, value.items))
    return value.copy() if isinstance(value, np.ndarray | list) else value


def _shares_memory(value: Any, array: np.ndarray) -> bool:
    parts = value if isinstance(value, tuple | list) else (value,)
    return any(isinstance(part, np.ndarray) and np.may_share_memory(part, array) for part in parts)


def failure_of(
    error: BaseException, files: Collection[str] = (), function: Any = None, *, loading: bool = False
) -> Failure:
    """The exception as data, with the last of the student's own lines that was being run."""
    classes = tuple(one.__name__[:MAX_TEXT] for one in type(error).__mro__[:6])
    if isinstance(error, SyntaxError) and error.filename:
        source = (error.text or "").strip()[:MAX_TEXT]
        return Failure(classes, str(error.msg)[:MAX_TEXT], error.filename, error.lineno or 0, "", source, loading)
    try:
        text = str(error)[:MAX_TEXT]
    except BaseException as second:  # an exception whose text raises
        text = f"(its text cannot be shown: {type(second).__name__})"
    own = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    theirs = {*files, *([own.co_filename] if own else [])}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in theirs or "ipykernel" in frame.filename:  # a function of another cell of the notebook
            source = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()[:MAX_TEXT]
            return Failure(classes, text, frame.filename, frame.lineno or 0, frame.name, source, loading)
    return Failure(classes, text, loading=loading)


def encode(value: Any, put: Callable[[np.ndarray], Any] | None = None, depth: int = 0) -> Any:
    """A value as builtins: numbers and texts as they are, everything else as a dictionary of one key.

    Parameters
    ----------
    value : object
        What a function returned, an argument of a call, or a mapping of such.
    put : callable, optional
        What becomes of an array; by default its type, its shape and its bytes.
    depth : int
        How deep in tuples the value lies.

    Examples
    --------
    >>> decode(encode([[1, 2], [3, 4]])).tolist()
    [[1, 2], [3, 4]]
    >>> decode(encode(([0.5], "two"))).items
    (array([0.5]), 'two')
    >>> decode(encode(object()))
    Unusable(type_name='object')
    """
    if value is None or isinstance(value, bool | np.bool_):
        return value if value is None else bool(value)
    if isinstance(value, int | np.integer) and abs(int(value)) < 2**63:
        return int(value)
    if isinstance(value, float | np.float64):
        return float(value)
    if isinstance(value, str):
        return str(value)[:MAX_TEXT]
    name = type(value).__name__[:MAX_TEXT]
    if isinstance(value, Seed):
        return {"seed": value.value}
    if isinstance(value, Items | Unusable | FittedModel):
        return _encode_own(value, put, depth)
    if isinstance(value, Mapping) and put:
        return {"map": {key: encode(item, put, depth) for key, item in value.items()}}
    sequence = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.dtype == object)
    if isinstance(value, tuple) or not isinstance(array := _as_array(value), np.ndarray):
        if sequence and depth < 3 and 0 < len(value) <= MAX_ITEMS and np.ndim(value if name == "ndarray" else 0) < 2:
            return {"items": [name, [encode(item, put, depth + 1) for item in value]]}
        if type(value).__module__.partition(".")[0] == "sklearn" and hasattr(value, "get_params"):
            return _encode_own(_model(value), put, depth)
        return {"unusable": name if isinstance(array := _as_array(value), np.ndarray) else array}
    if put:
        return {"array": put(array)}
    return {"array": [array.dtype.str, list(array.shape), array.tobytes()]}


def _encode_own(value: Any, put: Any, depth: int) -> Any:
    if isinstance(value, Items):
        return {"items": [value.type_name, [encode(item, put, depth + 1) for item in value.items]]}
    if isinstance(value, Unusable):
        return {"unusable": value.type_name}
    parts = ({key: encode(item, put, 2) for key, item in one.items()} for one in (value.settings, value.attributes))
    return {"model": [value.class_name, *parts]}


def _as_array(value: Any) -> np.ndarray | str:
    """The value as an array of a type that travels, or what it is instead."""
    name = type(value).__name__[:MAX_TEXT]
    if isinstance(value, dict | set | bytes):
        return name
    try:
        array = np.asarray(value)
    except Exception:  # rows of unequal length, or an object whose own conversion fails in a way of its own
        return name
    if array.dtype.kind == "f":
        target = "<f8" if array.dtype.itemsize >= 8 else f"<f{array.dtype.itemsize}"
    else:
        target = {"b": "|b1", "i": "<i8", "u": "<i8"}.get(array.dtype.kind, "")
    if not target:
        return name if array.dtype.kind == "O" else f"{name} of {array.dtype.name} values"
    return array.astype(target) if array.nbytes <= MAX_BYTES else f"{name} of {array.nbytes >> 20} MB"


def _model(estimator: Any) -> FittedModel:
    fitted = {name: one for name, one in sorted(vars(estimator).items()) if name.endswith("_") and name[0] != "_"}
    package = type(estimator).__module__.partition(".")[0]
    return FittedModel(f"{package}.{type(estimator).__name__}", estimator.get_params(deep=False), fitted)


def decode(data: Any, get: Callable[[Any], np.ndarray] | None = None, depth: int = 0) -> Any:
    """Undo `encode`; every bound is checked before anything is allocated.

    Returns
    -------
    None, bool, int, float, str, ndarray, Items, Seed, FittedModel, Unusable or dict
        Arrays are new and writable.

    Raises
    ------
    NotAValue
        When it is nothing that `encode` makes.
    """
    if data is None or isinstance(data, bool | int | float):
        return data
    if isinstance(data, str):
        return data[:MAX_TEXT]
    if depth > 4 or not isinstance(data, dict) or len(data) != 1:
        raise NotAValue("a value of a type that does not travel")
    [(tag, body)] = data.items()
    try:
        if tag == "array":
            return get(body) if get else _array(*body)
        if tag == "seed":
            return Seed(int(body))
        if tag == "unusable":
            return Unusable(_text(body))
        if tag == "map" and get:
            return {key: decode(item, get, depth) for key, item in body.items()}
        if tag == "items" and len(body[1]) <= MAX_ITEMS:
            return Items(_text(body[0]), tuple(decode(item, get, depth + 1) for item in body[1]))
        if tag == "model":
            settings, attributes = ({_text(k): decode(v, get, depth + 1) for k, v in one.items()} for one in body[1:])
            return FittedModel(_text(body[0]), settings, attributes)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise NotAValue(f"a value that cannot be decoded ({type(error).__name__})") from error
    raise NotAValue("a value of a type that does not travel")


def _array(dtype: str, shape: list[int], data: bytes) -> np.ndarray:
    sizes_are_sizes = all(isinstance(size, int) and 0 <= size <= MAX_BYTES for size in shape)
    if dtype not in _DTYPES or len(shape) > 4 or not sizes_are_sizes or not isinstance(data, bytes):
        raise NotAValue("an array of a type or shape that does not travel")
    if math.prod(shape) * np.dtype(dtype).itemsize != len(data):
        raise NotAValue("an array whose size and shape differ")
    return np.frombuffer(data, dtype).reshape(shape).copy()
