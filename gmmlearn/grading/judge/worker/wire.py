"""The wire between judge and worker: length-prefixed frames and a closed set of messages.

Both ends use this file. A frame is four bytes of length and that many bytes of MessagePack. Whatever comes from a
worker is untrusted: its length is looked at before it is read, a value is decoded level by level, so that a frame of
a million empty lists becomes none in the judge's memory, and `gmmlearn.encoding` checks what is in it.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from gmmlearn.encoding import MAX_ITEMS

MAX_FRAME_BYTES = 32 * 2**20
MAX_ATTRIBUTES = 64


class WireError(Exception):
    """The bytes are not a message of ours: a forged, broken or oversized frame."""


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
    tests: bool = False
    """Whether the student's tests of the exercise are run, and not the student's function."""


class Ended(msgspec.Struct, tag="ended"):
    """Worker to judge, on the channel that no student's code holds: how the process of the exercise ended."""

    exit_code: int
    signal: int
    cpu_seconds: float


class Ready(msgspec.Struct, tag="ready"):
    """Worker to judge: it runs and has loaded nothing of the student's."""


class Request(msgspec.Struct, tag="request"):
    """Judge to the process of an exercise: make this call; arguments and options as `encoding.encode` gives them."""

    nonce: int
    arguments: dict[str, Any]
    options: dict[str, Any]


class Answer(msgspec.Struct, tag="answer"):
    """Judge to the process of an exercise: what came of the call that a test has asked for."""

    outcome: msgspec.Raw


class Finish(msgspec.Struct, tag="finish"):
    """Judge to the process of an exercise: no more calls."""


class Reply(msgspec.Struct, tag="reply"):
    """The process of an exercise to the judge: what came of a call, as `encode_outcome` gives it; see `plain`."""

    nonce: int
    outcome: msgspec.Raw


Arguments = Annotated[dict[str, msgspec.Raw], msgspec.Meta(max_length=MAX_ITEMS)]


class Asked(msgspec.Struct, tag="asked"):
    """The process of an exercise to the judge: a test calls the function that it is to be tried on; see `call`."""

    arguments: Arguments
    options: Arguments


ToWorker = Load | Begin | Request | Answer | Finish
FromWorker = Ready | Ended | Reply | Asked

Several = Annotated[list[str], msgspec.Meta(max_length=MAX_ITEMS)]
Named = Annotated[dict[str, msgspec.Raw], msgspec.Meta(max_length=MAX_ATTRIBUTES)]


class _Failure(msgspec.Struct):
    classes: Several
    text: str
    file: str
    line: int
    function: str
    source: str
    loading: bool


class _Outcome(msgspec.Struct):
    value: msgspec.Raw
    failure: _Failure | None
    changed: Several
    aliased: Several
    seconds: float
    warnings: Several
    printed: str


_outcome_decoder = msgspec.msgpack.Decoder(_Outcome)
_value_decoder = msgspec.msgpack.Decoder(
    None | bool | int | float | str | Annotated[dict[str, msgspec.Raw], msgspec.Meta(max_length=1)]
)
_body_decoders = {
    "array": msgspec.msgpack.Decoder(tuple[str, Annotated[list[int], msgspec.Meta(max_length=4)], bytes]),
    "unusable": msgspec.msgpack.Decoder(str),
    "items": msgspec.msgpack.Decoder(tuple[str, Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_ITEMS)]]),
    "model": msgspec.msgpack.Decoder(tuple[str, Named, Named]),
    "seed": msgspec.msgpack.Decoder(Annotated[int, msgspec.Meta(ge=0)]),
}
_encoder = msgspec.msgpack.Encoder()
_decoders = {"worker": msgspec.msgpack.Decoder(ToWorker), "judge": msgspec.msgpack.Decoder(FromWorker)}


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
        When the bytes are not a message for this end.
    """
    length = int.from_bytes(_exactly(read, 4), "big")
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a frame that claims {length} bytes")
    try:
        return _decoders[end].decode(_exactly(read, length))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"a frame that cannot be decoded: {error}") from error


def plain(outcome: msgspec.Raw) -> dict[str, Any]:
    """The outcome of a reply as builtins, for `decode_outcome`; `WireError` where it is none."""
    try:
        found = _outcome_decoder.decode(outcome)
        failure = None if found.failure is None else msgspec.structs.asdict(found.failure)
        return msgspec.structs.asdict(found) | {"failure": failure, "value": _plain(found.value)}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise WireError(f"an outcome that cannot be decoded: {error}") from error


def raw(value: Any) -> msgspec.Raw:
    """Builtins as a part of a message."""
    return msgspec.Raw(_encoder.encode(value))


def call(asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments and options that a test has asked for, for `encoding.decode`; `WireError` where they are none."""
    try:
        parts = (asked.arguments, asked.options)
        arguments, options = ({name: _plain(one) for name, one in part.items()} for part in parts)
        return arguments, options
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise WireError(f"a call that cannot be decoded: {error}") from error


def _plain(value: msgspec.Raw, depth: int = 0) -> Any:
    found = _value_decoder.decode(value)
    if not isinstance(found, dict):
        return found
    if depth > 4:
        raise WireError("a value that is nested too deep")
    return {tag: _body(tag, _body_decoders[tag].decode(body), depth) for tag, body in found.items()}


def _body(tag: str, body: Any, depth: int) -> Any:
    if tag == "items":
        return [body[0], [_plain(item, depth + 1) for item in body[1]]]
    if tag == "model":
        return [body[0], *({name: _plain(one, depth + 1) for name, one in part.items()} for part in body[1:])]
    return body


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < count:
        chunk = read(min(count - len(chunks), 2**20))
        if not chunk:
            raise EOFError
        chunks += chunk
    return bytes(chunks)
