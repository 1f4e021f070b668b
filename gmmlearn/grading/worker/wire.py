"""The wire between judge and worker: length-prefixed frames, a closed set of messages, values with bounds.

Both ends use this file. A frame is four bytes of length and that many bytes of MessagePack. Whatever comes
from a worker is untrusted: its length is looked at before it is read, its types before it is used, and the
size of an array before it is made.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

MAX_FRAME_BYTES = 32 * 2**20
MAX_ITEMS = 16
MAX_TEXT = 500


class WireError(Exception):
    """The bytes are no message of ours: a forged, broken or oversized frame."""


class Array(msgspec.Struct, tag="array", array_like=True):
    """A NumPy array of float64, int64 or bool, in C order."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class Items(msgspec.Struct, tag="items", array_like=True):
    """A tuple, or a `Fit` when `name` says so."""

    name: str
    items: list[Any]


class Seed(msgspec.Struct, tag="seed", array_like=True, frozen=True):
    """Stands for `numpy.random.default_rng(n)`, which the worker makes anew for each call."""

    n: int


class Mixture(msgspec.Struct, tag="mixture", array_like=True):
    """A fitted scikit-learn estimator, told by its class, its plain parameters and its arrays."""

    class_name: str
    parameters: dict[str, Any]
    attributes: dict[str, Any]


class Unusable(msgspec.Struct, tag="unusable", array_like=True):
    """A value that has no place on the wire; only the name of its type travels."""

    type_name: str


Tagged = Array | Items | Seed | Mixture | Unusable


class Load(msgspec.Struct, tag="load"):
    """Judge to worker, first: the text of the student's modules and the limits of each exercise."""

    sources: dict[str, bytes]
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int
    processes: int


class Begin(msgspec.Struct, tag="begin"):
    """Judge to worker: fork a process for this exercise."""

    exercise: str
    own: bool


class Ended(msgspec.Struct, tag="ended"):
    """Worker to judge, on the channel that no student's code holds: how the process of the exercise ended."""

    exit_code: int
    signal: int
    cpu_seconds: float


class Ready(msgspec.Struct, tag="ready"):
    """Worker to judge: it stands and has loaded nothing of the student's."""


class Call(msgspec.Struct, tag="call"):
    """Judge to the process of an exercise: call this function."""

    nonce: int
    function: str
    positional: list[Any]
    keyword: dict[str, Any]


class Finish(msgspec.Struct, tag="finish"):
    """Judge to the process of an exercise: no more calls."""


class Returned(msgspec.Struct, tag="returned"):
    """The function returned; `changed` names the arguments whose bytes it altered."""

    nonce: int
    value: Any
    changed: list[str]


class Raised(msgspec.Struct, tag="raised"):
    """The function, or the import of its module, raised."""

    nonce: int
    kinds: list[str]
    message: str
    file: str
    line: int
    text: str
    loading: bool


ToWorker = Load | Begin | Call | Finish
FromWorker = Ready | Ended | Returned | Raised

_encoder = msgspec.msgpack.Encoder()
_decoders = {
    "worker": msgspec.msgpack.Decoder(ToWorker),
    "judge": msgspec.msgpack.Decoder(FromWorker),
    "value": msgspec.msgpack.Decoder(Tagged),
}


def encode(value: object, depth: int = 0) -> Any:
    """Put a Python value into the form that travels.

    Parameters
    ----------
    value : object
        A number, a text, an array-like, a `Fit`, a tuple of those, a `Seed` or a fitted estimator.
    depth : int
        How deep in tuples the value lies.

    Returns
    -------
    None, bool, int, float, str or bytes
        Everything but the plain scalars is a tagged message of its own, in bytes.

    Examples
    --------
    >>> decode(encode([[1, 2], [3, 4]])).tolist()
    [[1, 2], [3, 4]]
    >>> decode(encode(object()))
    Unusable(type_name='object')
    """
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)) and abs(int(value)) < 2**63:
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value)
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)[:MAX_TEXT]
    return _encoder.encode(_tagged(value, depth))


def _tagged(value: object, depth: int) -> Tagged:
    kind = type(value)
    if isinstance(value, (Seed, Unusable)):
        return value
    if isinstance(value, tuple) and depth < 2 and len(value) <= MAX_ITEMS:
        return Items(kind.__name__[:MAX_TEXT], [encode(item, depth + 1) for item in value])
    if kind.__module__.partition(".")[0] == "sklearn" and hasattr(value, "get_params"):
        return _mixture(value)
    array = _as_array(value)
    if array is None:
        return Unusable(kind.__name__[:MAX_TEXT])
    return Array(array.dtype.str, array.shape, array.tobytes())


def _as_array(value: object) -> np.ndarray | None:
    if isinstance(value, (dict, set, bytes)):
        return None
    try:
        array = np.asarray(value)
    except Exception:  # a ragged list, or an object that answers badly: no array
        return None
    target = {"b": "|b1", "i": "<i8", "u": "<i8", "f": "<f8"}.get(array.dtype.kind)
    return None if target is None or array.nbytes > MAX_FRAME_BYTES // 2 else array.astype(target)


def _mixture(estimator: Any) -> Mixture:
    attributes = {
        name: getattr(estimator, name)
        for name in sorted(vars(estimator))
        if name.endswith("_") and not name.startswith("_")
    }
    return Mixture(
        f"{type(estimator).__module__.partition('.')[0]}.{type(estimator).__name__}",
        {name: encode(value, 2) for name, value in estimator.get_params(deep=False).items()},
        {name: encode(value, 2) for name, value in attributes.items()},
    )


def decode(value: Any, depth: int = 0) -> Any:
    """Undo `encode`; every bound is checked before anything is allocated.

    Returns
    -------
    None, bool, int, float, str, ndarray, tuple, Items, Seed, Mixture or Unusable
        Arrays are new and writable; a named tuple stays an `Items` with decoded items.

    Raises
    ------
    WireError
        When the bytes are no value that `encode` makes.
    """
    if depth > 3:
        raise WireError("a value nested too deeply")
    if not isinstance(value, bytes):
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        raise WireError("a value of a type that does not travel")
    try:
        tagged: Tagged = _decoders["value"].decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"a value that cannot be decoded: {error}") from error
    if isinstance(tagged, Array):
        return _array(tagged)
    if isinstance(tagged, Items):
        if len(tagged.items) > MAX_ITEMS:
            raise WireError("too many items")
        items = [decode(item, depth + 1) for item in tagged.items]
        return tuple(items) if tagged.name == "tuple" else Items(tagged.name, items)
    if isinstance(tagged, Mixture):
        return Mixture(
            tagged.class_name,
            {name: decode(item, depth + 1) for name, item in tagged.parameters.items()},
            {name: decode(item, depth + 1) for name, item in tagged.attributes.items()},
        )
    return tagged


def _array(array: Array) -> np.ndarray:
    if array.dtype not in ("|b1", "<i8", "<f8") or len(array.shape) > 4 or min(array.shape, default=0) < 0:
        raise WireError(f"an array of dtype {array.dtype!r} and shape {array.shape}")
    if math.prod(array.shape) * np.dtype(array.dtype).itemsize != len(array.data):
        raise WireError("an array whose size and shape differ")
    return np.frombuffer(array.data, array.dtype).reshape(array.shape).copy()


def send(write: Callable[[memoryview], int], message: ToWorker | FromWorker) -> None:
    """Write one frame; `write` takes what it can and says how much. `WireError` for one that is too large."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME_BYTES:
        raise WireError(f"a message of {len(body)} bytes, more than {MAX_FRAME_BYTES}")
    frame = memoryview(len(body).to_bytes(4, "big") + body)
    while frame:
        frame = frame[write(frame) :]


def receive(read: Callable[[int], bytes], end: str) -> Any:
    """Read one frame that is meant for `end`, "worker" or "judge"; `read(n)` gives at most n bytes, none at the end.

    Raises
    ------
    EOFError
        When the other end is closed.
    WireError
        When the bytes are no message for this end.
    """
    length = int.from_bytes(_exactly(read, 4), "big")
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a frame that claims {length} bytes")
    try:
        return _decoders[end].decode(_exactly(read, length))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"a frame that cannot be decoded: {error}") from error


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < count:
        chunk = read(min(count - len(chunks), 2**20))
        if not chunk:
            raise EOFError
        chunks += chunk
    return bytes(chunks)
